"""Addresses of screening, preparation, certificate and quality assurance."""

from django.urls import URLPattern, path

from rehabilitering.views import (
    forberedelse,
    kvalitetssikring,
    laegeattest,
    laegerykker,
    screening,
    screeningsfravigelse,
)

_SAG = "sager/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(f"{_SAG}screening/", screening.screening, name="screening"),
    path(f"{_SAG}screening/afgoer/", screening.screening_afgoer, name="screening_afgoer"),
    path(
        f"{_SAG}screening/fravig/", screeningsfravigelse.screening_fravig, name="screening_fravig"
    ),
    path(
        "screeningsfravigelser/<int:pk>/",
        screeningsfravigelse.screeningsfravigelse,
        name="screeningsfravigelse",
    ),
    path(f"{_SAG}forberedende-del/", forberedelse.forberedende_del, name="forberedende_del"),
    path(
        f"{_SAG}forberedende-del/ny-version/",
        forberedelse.forberedende_begynd,
        name="forberedende_begynd",
    ),
    path(
        f"{_SAG}forberedende-del/gennemgaaet/",
        forberedelse.forberedende_gennemgaaet,
        name="forberedende_gennemgaaet",
    ),
    path(f"{_SAG}laegeattest/", laegeattest.laegeattest, name="laegeattest"),
    path(f"{_SAG}laegeattest/anmod/", laegeattest.laegeattest_anmod, name="laegeattest_anmod"),
    path(
        f"{_SAG}laegeattest/<int:attest_pk>/modtag/",
        laegeattest.laegeattest_modtag,
        name="laegeattest_modtag",
    ),
    path(
        f"{_SAG}laegeattest/<int:attest_pk>/retur/",
        laegeattest.laegeattest_retur,
        name="laegeattest_retur",
    ),
    path(
        f"{_SAG}laegeattest/<int:attest_pk>/annuller/",
        laegeattest.laegeattest_annuller,
        name="laegeattest_annuller",
    ),
    path(
        f"{_SAG}laegeattest/rykkere/<int:rykker_pk>/brev.pdf",
        laegerykker.laegerykker_brev,
        name="laegerykker_brev",
    ),
    path(
        f"{_SAG}laegeattest/rykkere/<int:rykker_pk>/send/",
        laegerykker.laegerykker_send,
        name="laegerykker_send",
    ),
    path(f"{_SAG}kvalitetssikring/", kvalitetssikring.kvalitetssikring, name="kvalitetssikring"),
    path(
        f"{_SAG}kvalitetssikring/send/",
        kvalitetssikring.kvalitetssikring_indsend,
        name="kvalitetssikring_indsend",
    ),
    path(
        f"{_SAG}kvalitetssikring/afgoer/",
        kvalitetssikring.kvalitetssikring_afgoer,
        name="kvalitetssikring_afgoer",
    ),
]
