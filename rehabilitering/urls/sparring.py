"""Addresses of sparring slots."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
