"""The search box of the top bar."""

from django.urls import path

from borgere.views import soeg

urlpatterns = [path("soeg/", soeg.soeg, name="soeg")]
