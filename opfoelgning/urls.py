"""Addresses of follow-ups and deadlines."""

from django.urls import URLPattern

app_name = "opfoelgning"
urlpatterns: list[URLPattern] = []
