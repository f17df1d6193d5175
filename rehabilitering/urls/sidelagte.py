"""Address of the texts laid aside in the forberedende del."""

from django.urls import URLPattern, path

from rehabilitering.views import sidelagte

urlpatterns: list[URLPattern] = [
    path(
        "sager/<int:pk>/forberedende-del/lagt-til-side/",
        sidelagte.sidelagte_tekster,
        name="sidelagte_tekster",
    ),
]
