"""Addresses for laying out sparring slots."""

from django.urls import URLPattern, path

from rehabilitering.views import sparring_tider

urlpatterns: list[URLPattern] = [
    path("sparring/udgiv/", sparring_tider.sparring_udgiv, name="sparring_udgiv"),
    path(
        "sparring/<int:pk>/tag-tilbage/",
        sparring_tider.sparring_tag_tilbage,
        name="sparring_tag_tilbage",
    ),
]
