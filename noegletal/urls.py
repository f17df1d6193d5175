"""Addresses of key figures."""

from django.urls import URLPattern

app_name = "noegletal"
urlpatterns: list[URLPattern] = []
