"""Every address of the application; each app brings its own."""

from django.urls import include, path

urlpatterns: list = []
