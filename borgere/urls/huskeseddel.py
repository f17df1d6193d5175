"""One's own dated reminders."""

from django.urls import path

from borgere.views import huskeseddel

urlpatterns = [
    path("sager/<int:pk>/huskesedler/", huskeseddel.huskesedler, name="huskesedler"),
    path("huskesedler/<int:pk>/klaret/", huskeseddel.klaret, name="huskeseddel_klaret"),
    path("huskesedler/<int:pk>/flyt/", huskeseddel.flyt, name="huskeseddel_flyt"),
    path("huskesedler/<int:pk>/overtag/", huskeseddel.overtag, name="huskeseddel_overtag"),
]
