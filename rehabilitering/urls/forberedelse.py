"""Addresses of screening, preparation, certificate and quality assurance."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
