"""The list of cases, and registering, handing over and closing one."""

from django.urls import path

from borgere.views import sag

urlpatterns = [
    path("sager/", sag.sag_liste, name="sag_liste"),
    path("sager/ny/", sag.sag_ny, name="sag_ny"),
    path("sager/<int:pk>/afslut/", sag.sag_afslut, name="sag_afslut"),
    path("sager/<int:pk>/tildel/", sag.tildel, name="tildel"),
]
