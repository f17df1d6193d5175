"""Addresses of the plan."""

from django.urls import URLPattern

app_name = "indsatsplan"
urlpatterns: list[URLPattern] = []
