"""What an address may ask a list for, and what a file may hold."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.http import QueryDict
from openpyxl import load_workbook

from ressource.listevalg import Kolonne, Liste, Listevalg, en_af, heltal, kend
from ressource.models import GemtVisning
from ressource.regneark import HOEJST, Regneark, svar
from tests.factories import BrugerFactory

LISTE = Liste(
    navn="proeve",
    titel="Prøve på ære",
    adresse="overblik",
    handling="overblik.se",
    kolonner=(
        Kolonne("navn", "Navn", ("navn", "pk"), fast=True),
        Kolonne("dag", "Dag", ("dag",)),
        Kolonne("note", "Note", valgt=False),
    ),
    sortering="-dag",
    foerst="nyeste først",
    filtre={"vis": en_af("en", "to"), "ejer": heltal},
)


def laes(tekst, **sendt):
    return Listevalg.laes(LISTE, QueryDict(tekst), sendt=sendt)


@pytest.mark.parametrize(
    ("adresse", "skrevet"),
    [
        ("", ""),
        ("sorter=-dag", ""),
        ("vis=tre&sorter=id%3B--&kol=x&ejer=1e5&rolle=konge", ""),
        ("ejer=" + "9" * 40, ""),
        ("ejer=²", ""),
        ("sorter=note", ""),
        ("kol=navn", "kol=navn"),
        ("kol=note&kol=dag", "kol=navn,dag,note"),
        ("q=Eva&side=3&vis=to&ejer=7", "vis=to&ejer=7"),
        ("sorter=navn&rolle=mentor&vis=en", "rolle=mentor&vis=en&sorter=navn"),
    ],
)
def test_only_what_the_list_knows_is_read_and_written_again(adresse, skrevet):
    assert laes(adresse).forespoergsel() == skrevet
    assert laes(skrevet).forespoergsel() == skrevet


def test_form_counts_before_the_address():
    assert laes("vis=en&ejer=4", vis="").forespoergsel() == "ejer=4"


def test_order_never_holds_a_word_of_the_address():
    assert laes("sorter=navn").orden_sql("m") == "m.navn ASC NULLS LAST, m.pk ASC NULLS LAST"
    assert laes("sorter=navn; drop").orden_sql("m") == "m.dag DESC NULLS LAST"


def test_nothing_chosen_is_said_where_the_bare_address_is_taken():
    valg = laes("rolle=mentor").med(har_standard=True)

    assert valg.forespoergsel() == "rolle=mentor&sorter=-dag"
    assert valg.forespoergsel(vis="en") == "rolle=mentor&vis=en"


def test_another_list_of_the_same_name_is_refused():
    kend(LISTE)
    with pytest.raises(ValueError, match="proeve"):
        kend(Liste("proeve", "", "", "", LISTE.kolonner, "dag", ""))


FARLIGE = ["=1+1", "+4512345678", "-2", "@SUM(A1)", "\t=1", "a\x00b", "Æ;\"ø'\n å"]


def test_spreadsheet_reckons_nothing_anybody_wrote():
    response = svar(Regneark("Prøve", ["Tekst"], [[t] for t in FARLIGE]), "xlsx")

    side = load_workbook(io.BytesIO(response.content)).active
    celler = [raekke[0] for raekke in side.iter_rows(min_row=2)]
    assert [c.data_type for c in celler] == ["s"] * len(FARLIGE)
    assert celler[0].value == "=1+1"


def test_csv_reckons_nothing_and_reads_as_danish():
    raekker = [[t] for t in FARLIGE]
    raekker.append([date(2026, 12, 24), Decimal("7.5"), 12, True, None])
    raekker.append([datetime(2026, 12, 24, 12, 0, tzinfo=UTC)])

    indhold = svar(Regneark("Prøve", ["Tekst"], raekker), "csv").content

    assert indhold.startswith(b"\xef\xbb\xbfTekst\r\n")
    laest = list(csv.reader(io.StringIO(indhold.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [r[0][0] for r in laest[1:6]] == ["'"] * 5
    assert laest[-2] == ["24.12.2026", "7,5", "12", "ja", ""]
    assert laest[-1] == ["24.12.2026 13:00"]


@pytest.mark.parametrize("flere", [0, 1])
def test_file_ends_at_the_bound_and_says_when_there_was_more(flere):
    ark = Regneark("Prøve på ære", ["Tekst"], [["a"]] * (HOEJST + flere))

    response = svar(ark, "csv")

    linjer = response.content.decode().splitlines()
    assert linjer.count("a") == HOEJST
    assert (f"flere end {HOEJST}" in linjer[-1]) is bool(flere)
    assert response["Content-Disposition"] == 'attachment; filename="proeve-paa-aere.csv"'


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("felter", "regel"),
    [
        ({"navn": "En"}, "gemtvisning_et_navn"),
        ({"navn": "To", "er_standard": True}, "gemtvisning_en_standard"),
        ({"navn": ""}, "gemtvisning_har_navn"),
    ],
)
def test_database_refuses(felter, regel):
    bruger = BrugerFactory()
    GemtVisning.objects.create(bruger=bruger, side="x", navn="En", er_standard=True)

    with pytest.raises(IntegrityError, match=regel):
        GemtVisning.objects.create(bruger=bruger, side="x", **felter)
