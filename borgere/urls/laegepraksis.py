"""The register of general practices."""

from django.urls import path

from borgere.views import laegepraksis

urlpatterns = [
    path("laegepraksis/", laegepraksis.laegepraksis_liste, name="laegepraksis_liste"),
    path("laegepraksis/ny/", laegepraksis.laegepraksis_ny, name="laegepraksis_ny"),
    path("laegepraksis/<int:pk>/", laegepraksis.laegepraksis_ret, name="laegepraksis_ret"),
]
