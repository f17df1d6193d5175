"""Addresses of key figures."""

from django.urls import path

from noegletal import views

app_name = "noegletal"
urlpatterns = [
    path("noegletal/", views.dashboard, name="dashboard"),
    path("noegletal/rapporter/<int:pk>.pdf", views.rapport, name="rapport"),
]
