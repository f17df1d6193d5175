"""Addresses of sparring bookings and the waiting list."""

from django.urls import URLPattern, path

from rehabilitering.views import sparringsbooking as booking
from rehabilitering.views import venteliste

urlpatterns: list[URLPattern] = [
    path("sager/<int:pk>/sparring/", booking.sparring_sag, name="sparring_sag"),
    path("sparring/booking/<int:pk>/aflys/", booking.sparring_aflys, name="sparring_aflys"),
    path("sparring/booking/<int:pk>/flyt/", booking.sparring_flyt, name="sparring_flyt"),
    path(
        "sparring/booking/<int:pk>/spoergsmaal/",
        booking.sparring_spoergsmaal,
        name="sparring_spoergsmaal",
    ),
    path(
        "sparring/booking/<int:pk>/udeblevet/",
        booking.sparring_udeblevet,
        name="sparring_udeblevet",
    ),
    path("sparring/booking/<int:pk>/kom/", booking.sparring_kom, name="sparring_kom"),
    path("sparring/venteliste/ny/", venteliste.venteliste_ny, name="venteliste_ny"),
    path(
        "sparring/venteliste/<int:pk>/frameld/",
        venteliste.venteliste_frameld,
        name="venteliste_frameld",
    ),
    path(
        "sparring/venteliste/<int:pk>/tilbyd/",
        venteliste.venteliste_tilbyd,
        name="venteliste_tilbyd",
    ),
    path("sparring/tilbud/<int:pk>/", venteliste.sparringstilbud, name="sparringstilbud"),
]
