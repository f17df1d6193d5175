"""Addresses of citizens and cases."""

from django.urls import URLPattern

app_name = "borgere"
urlpatterns: list[URLPattern] = []
