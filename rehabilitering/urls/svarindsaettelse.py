"""Addresses of answers put into the forberedende del."""

from django.urls import URLPattern, path

from rehabilitering.views import svarindsaettelse

_DEL = "sager/<int:pk>/forberedende-del/svar/"

urlpatterns: list[URLPattern] = [
    path(f"{_DEL}<int:booking_pk>/indsaet/", svarindsaettelse.svar_indsaet, name="svar_indsaet"),
    path(f"{_DEL}<int:indsat_pk>/fjern/", svarindsaettelse.svar_fjern, name="svar_fjern"),
]
