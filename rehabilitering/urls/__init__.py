"""Addresses from screening to decision, one module per part of the course."""

from rehabilitering.urls import forberedelse, moede, sparring, sparringstid

app_name = "rehabilitering"
urlpatterns = [
    *forberedelse.urlpatterns,
    *sparring.urlpatterns,
    *sparringstid.urlpatterns,
    *moede.urlpatterns,
]
