"""Addresses of the catalogue of effort types."""

from django.urls import path

from rehabilitering.views import katalog

urlpatterns = [
    path("katalog/indsatstyper/", katalog.indsatstyper, name="indsatstyper"),
    path("katalog/indsatstyper/ny/", katalog.indsatstype_ny, name="indsatstype_ny"),
    path("katalog/indsatstyper/<int:pk>/", katalog.indsatstype_ret, name="indsatstype_ret"),
]
