"""Addresses of sparring: the week, bookings and answers."""

from django.urls import URLPattern, path

from rehabilitering.views import sparring

urlpatterns: list[URLPattern] = [
    path("sparring/", sparring.sparring, name="sparring"),
    path("sparring/samtykke/", sparring.sparring_samtykke, name="sparring_samtykke"),
    path("sparring/<int:pk>/book/", sparring.sparring_book, name="sparring_book"),
    path("sparring/<int:pk>/book-for-kollega/", sparring.sparring_kollega, name="sparring_kollega"),
    path("sparring/booking/<int:pk>/", sparring.sparring_svar, name="sparring_svar"),
]
