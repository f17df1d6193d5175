"""Addresses of the drejebog, the agreement about the meeting, the packet and their templates."""

from django.urls import URLPattern, path

from rehabilitering.views import drejebog, skabelon

_DREJEBOG = "sager/<int:pk>/drejebog/"
_SKABELON = "skabeloner/<slug:navn>/"

urlpatterns: list[URLPattern] = [
    path(_DREJEBOG, drejebog.drejebog, name="drejebog"),
    path(f"{_DREJEBOG}saet/", drejebog.drejebog_saet, name="drejebog_saet"),
    path(f"{_DREJEBOG}<int:flueben_pk>/fjern/", drejebog.drejebog_fjern, name="drejebog_fjern"),
    path(f"{_DREJEBOG}aftale/", drejebog.drejebog_aftale, name="drejebog_aftale"),
    path(f"{_DREJEBOG}pakke/", drejebog.borgerpakke, name="borgerpakke"),
    path(f"{_DREJEBOG}pakke.pdf", drejebog.borgerpakke_pdf, name="borgerpakke_pdf"),
    path(f"{_DREJEBOG}pakke/udlever/", drejebog.borgerpakke_udlever, name="borgerpakke_udlever"),
    path("skabeloner/", skabelon.skabeloner, name="skabeloner"),
    path(_SKABELON, skabelon.skabelon, name="skabelon"),
    path(f"{_SKABELON}ny/", skabelon.skabelon_ny, name="skabelon_ny"),
    path(f"{_SKABELON}<slug:kode>/", skabelon.skabelon_ret, name="skabelon_ret"),
    path(f"{_SKABELON}<slug:kode>/flyt/", skabelon.skabelon_flyt, name="skabelon_flyt"),
    path(f"{_SKABELON}<slug:kode>/tag-ud/", skabelon.skabelon_tag_ud, name="skabelon_tag_ud"),
]
