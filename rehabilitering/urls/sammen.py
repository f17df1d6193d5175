"""Addresses of what is done together with the citizen: the shared screen, talks, versions, paper."""

from django.urls import URLPattern, path

from rehabilitering.views import forberedelsesudskrift, forberedelsesversion, sammen, samtale

_DEL = "sager/<int:pk>/forberedende-del/"
_SAMTALER = "sager/<int:pk>/samtaler/"

urlpatterns: list[URLPattern] = [
    path(f"{_DEL}sammen/", sammen.sammen, name="sammen"),
    path(f"{_SAMTALER}", samtale.samtaler, name="samtaler"),
    path(f"{_SAMTALER}ny/", samtale.samtale_ny, name="samtale_ny"),
    path(
        f"{_SAMTALER}<int:samtale_pk>/tag-tilbage/",
        samtale.samtale_tag_tilbage,
        name="samtale_tag_tilbage",
    ),
    path(
        f"{_DEL}versioner/",
        forberedelsesversion.forberedende_versioner,
        name="forberedende_versioner",
    ),
    path(
        f"{_DEL}versioner/gem/",
        forberedelsesversion.forberedende_version_gem,
        name="forberedende_version_gem",
    ),
    path(
        f"{_DEL}versioner/sammenlign/",
        forberedelsesversion.forberedende_sammenlign,
        name="forberedende_sammenlign",
    ),
    path(
        f"{_DEL}versioner/<int:version_pk>.pdf",
        forberedelsesudskrift.forberedende_version_pdf,
        name="forberedende_version_pdf",
    ),
    path(
        f"{_DEL}udskriv/", forberedelsesudskrift.forberedende_udskriv, name="forberedende_udskriv"
    ),
    path(
        f"{_DEL}kladde.pdf",
        forberedelsesudskrift.forberedende_kladde_pdf,
        name="forberedende_kladde_pdf",
    ),
]
