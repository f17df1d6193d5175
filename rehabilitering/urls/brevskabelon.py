"""Addresses of the municipality's letters."""

from django.urls import URLPattern, path

from rehabilitering.views import brevskabelon

_BREV = "breve/<slug:kode>/"

urlpatterns: list[URLPattern] = [
    path("breve/", brevskabelon.brevskabeloner, name="brevskabeloner"),
    path(_BREV, brevskabelon.brevskabelon, name="brevskabelon"),
    path(f"{_BREV}ret/", brevskabelon.brevskabelon_ret, name="brevskabelon_ret"),
    path(f"{_BREV}<int:nr>.pdf", brevskabelon.brevskabelon_pdf, name="brevskabelon_pdf"),
    path(f"{_BREV}skift/", brevskabelon.brevskabelon_skift, name="brevskabelon_skift"),
    path(f"{_BREV}svar/", brevskabelon.brevskabelon_svar, name="brevskabelon_svar"),
]
