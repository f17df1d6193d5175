"""Addresses for laying out sparring slots, absences and closing days."""

from django.urls import URLPattern, path

from rehabilitering.views import sparring_tider as tider
from rehabilitering.views import sparringsfravaer as fravaer
from rehabilitering.views import sparringsserie as serie

urlpatterns: list[URLPattern] = [
    path("sparring/udgiv/", tider.sparring_udgiv, name="sparring_udgiv"),
    path("sparring/kladder/udgiv/", tider.sparring_udgiv_kladder, name="sparring_udgiv_kladder"),
    path("sparring/<int:pk>/tag-tilbage/", tider.sparring_tag_tilbage, name="sparring_tag_tilbage"),
    path("sparring/<int:pk>/flyt/", tider.sparring_flyt_tid, name="sparring_flyt_tid"),
    path("sparring/faste/", serie.sparring_serier, name="sparring_serier"),
    path("sparring/faste/ny/", serie.sparring_serie_ny, name="sparring_serie_ny"),
    path("sparring/faste/<int:pk>/", serie.sparring_serie, name="sparring_serie"),
    path("sparring/faste/<int:pk>/udgiv/", serie.sparring_serie_udgiv, name="sparring_serie_udgiv"),
    path(
        "sparring/faste/<int:pk>/undtag/",
        serie.sparring_serie_undtag,
        name="sparring_serie_undtag",
    ),
    path(
        "sparring/faste/<int:pk>/saet-ind/",
        serie.sparring_serie_saet_ind,
        name="sparring_serie_saet_ind",
    ),
    path("sparring/faste/<int:pk>/slut/", serie.sparring_serie_slut, name="sparring_serie_slut"),
    path("sparring/fravaer/", fravaer.sparring_fravaer, name="sparring_fravaer"),
    path(
        "sparring/fravaer/<int:pk>/slet/",
        fravaer.sparring_fravaer_slet,
        name="sparring_fravaer_slet",
    ),
    path("sparring/ramte/", fravaer.sparring_ramte, name="sparring_ramte"),
    path("lukkedage/", fravaer.lukkedage, name="lukkedage"),
    path("lukkedage/<int:pk>/slet/", fravaer.lukkedag_slet, name="lukkedag_slet"),
]
