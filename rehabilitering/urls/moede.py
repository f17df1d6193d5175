"""Addresses of meetings, recommendations and decisions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
