"""Addresses of sparring slots."""

from django.urls import URLPattern, path

from rehabilitering.views import sparring

urlpatterns: list[URLPattern] = [
    path("sparring/", sparring.sparring, name="sparring"),
    path("sparring/udgiv/", sparring.sparring_udgiv, name="sparring_udgiv"),
    path("sparring/samtykke/", sparring.sparring_samtykke, name="sparring_samtykke"),
    path("sparring/<int:pk>/book/", sparring.sparring_book, name="sparring_book"),
    path(
        "sparring/<int:pk>/tag-tilbage/",
        sparring.sparring_tag_tilbage,
        name="sparring_tag_tilbage",
    ),
    path("sparring/booking/<int:pk>/", sparring.sparring_svar, name="sparring_svar"),
    path("sparring/booking/<int:pk>/aflys/", sparring.sparring_aflys, name="sparring_aflys"),
]
