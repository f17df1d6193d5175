"""Addresses of progression: a case's, and the catalogue of questions."""

from django.urls import path

from opfoelgning.views import progression, progressionskatalog

urlpatterns = [
    path("sager/<int:pk>/progression/", progression.side, name="progression"),
    path(
        "sager/<int:pk>/progression/borgerens.pdf",
        progression.udskrift,
        name="progression_udskrift",
    ),
    path("sager/<int:pk>/progression/skridt/", progression.skridt_ny, name="skridt_ny"),
    path(
        "sager/<int:pk>/progression/skridt/<int:skridt_pk>/tag-ud/",
        progression.skridt_tag_ud,
        name="skridt_tag_ud",
    ),
    path("katalog/progression/", progressionskatalog.versioner, name="progressionskataloger"),
    path("katalog/progression/ny/", progressionskatalog.version_ny, name="progressionskatalog_ny"),
    path("katalog/progression/<int:pk>/", progressionskatalog.version, name="progressionskatalog"),
    path(
        "katalog/progression/<int:pk>/ret/",
        progressionskatalog.version_ret,
        name="progressionskatalog_ret",
    ),
    path(
        "katalog/progression/<int:pk>/udgiv/",
        progressionskatalog.version_udgiv,
        name="progressionskatalog_udgiv",
    ),
    path(
        "katalog/progression/<int:pk>/kasser/",
        progressionskatalog.version_kasser,
        name="progressionskatalog_kasser",
    ),
    path(
        "katalog/progression/<int:pk>/indikatorer/ny/",
        progressionskatalog.indikator_ny,
        name="progressionsindikator_ny",
    ),
    path(
        "katalog/progression/<int:pk>/indikatorer/<int:indikator_pk>/",
        progressionskatalog.indikator_ret,
        name="progressionsindikator_ret",
    ),
    path(
        "katalog/progression/<int:pk>/indikatorer/<int:indikator_pk>/flyt/",
        progressionskatalog.indikator_flyt,
        name="progressionsindikator_flyt",
    ),
    path(
        "katalog/progression/<int:pk>/indikatorer/<int:indikator_pk>/fjern/",
        progressionskatalog.indikator_fjern,
        name="progressionsindikator_fjern",
    ),
]
