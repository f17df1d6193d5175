"""The register of companies: CVR numbers, likenesses, contacts, search, and that it names nobody."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indsatsplan import cvr
from indsatsplan.models import Praktik, Virksomhed, Virksomhedskontakt
from ressource.models import Haendelse, Opslag
from tests.factories import (
    PraktikFactory,
    VirksomhedFactory,
    VirksomhedskontaktFactory,
)
from tests.factories import cvr as lav_cvr

pytestmark = pytest.mark.django_db

LISTE = reverse("indsatsplan:virksomheder")
NY = reverse("indsatsplan:virksomhed_ny")
# Session, user, trades, number of companies, the page of them, their counts, reminders.
LISTESIDE = 7
CVR = lav_cvr(4820001)


@pytest.fixture
def tina(som):
    return som("virksomhedskonsulent")


def side(virksomhed, navn="virksomhed"):
    return reverse(f"indsatsplan:{navn}", args=[virksomhed.pk])


def felter(v, **andre):
    return {
        "cvr": v.cvr,
        "navn": v.navn,
        "branche": v.branche,
        "er_aktiv": "on",
        "laas": v.laas,
    } | andre


def fundne(svar):
    return [v.navn for v, _ in svar.context["raekker"]]


@settings(max_examples=40)
@example(CVR)
@given(st.text("0123456789", min_size=8, max_size=8))
def test_rule_of_the_form_is_the_rule_of_the_table(nummer):
    vaegtet = sum(int(c) * v for c, v in zip(nummer, (2, 7, 6, 5, 4, 3, 2, 1), strict=True))
    kan = nummer[0] != "0" and vaegtet % 11 == 0
    assert (cvr.fejl(nummer) == "") == kan
    try:
        with transaction.atomic():
            Virksomhed.objects.create(cvr=nummer, navn="Prøven")
            Virksomhed.objects.filter(cvr=nummer).delete()
    except IntegrityError:
        assert not kan
    else:
        assert kan


@pytest.mark.parametrize(
    ("navn", "brud"),
    [
        ("virksomhed_cvr_otte_cifre", lambda: VirksomhedFactory(cvr="1234567")),
        ("virksomhed_cvr_modulus_11", lambda: VirksomhedFactory(cvr="12345678")),
        ("virksomhed_en_gang", lambda: [VirksomhedFactory(cvr=CVR, navn="A") for _ in range(2)]),
        (
            "virksomhedskontakt_en_gang",
            lambda: VirksomhedskontaktFactory(
                virksomhed=VirksomhedskontaktFactory(navn="Bo").virksomhed, navn="Bo"
            ),
        ),
    ],
)
def test_table_refuses(navn, brud):
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        brud()


def test_company_is_added_and_logged_and_nobody_was_looked_up(tina):
    svar = tina.post(NY, {"cvr": f"DK {CVR[:2]} {CVR[2:4]} {CVR[4:]}", "navn": "Stutteriet"})

    virksomhed = Virksomhed.objects.get()
    assert (svar.status_code, svar["Location"]) == (302, side(virksomhed))
    assert virksomhed.cvr == CVR
    assert Haendelse.objects.get().kode == "virksomhed.oprettet"
    assert Opslag.objects.count() == 0


@pytest.mark.parametrize(
    ("sendt", "besked"),
    [
        ({"cvr": "1234567"}, "Et CVR-nummer har 8 cifre."),
        ({"cvr": "²²²²²²²²"}, "Et CVR-nummer har 8 cifre."),
        ({"cvr": "1" * 21}, "Et CVR-nummer har 8 cifre."),
        ({"cvr": CVR[1] + CVR[0] + CVR[2:]}, "CVR-nummeret er ikke rigtigt"),
        ({"cvr": ""}, "Skriv CVR-nummeret."),
        ({"navn": ""}, "Skriv virksomhedens navn."),
        ({"postnr": "86"}, "fire cifre"),
        ({"aftale": "Plads til 720583-1234"}, "ligner et personnummer"),
    ],
)
def test_wrong_company_is_refused_and_kept(tina, sendt, besked):
    svar = tina.post(NY, {"cvr": "19000001", "navn": "X", "adresse": "Torvet 4"} | sendt)

    assert svar.status_code == 422
    assert besked in svar.content.decode()
    assert 'value="Torvet 4"' in svar.content.decode()


@pytest.mark.parametrize(
    "sendt", [{"cvr": CVR, "navn": "Byggecentret Nord"}, {"navn": "byggecentret  SYD"}]
)
def test_company_like_another_is_shown_before_it_is_saved(tina, sendt):
    findes = VirksomhedFactory(cvr=CVR, navn="Byggecentret Syd")
    data = {"cvr": lav_cvr(9900555), "navn": "X"} | sendt

    svar = tina.post(NY, data)

    assert svar.status_code == 422
    assert side(findes) in svar.content.decode()
    assert tina.post(NY, data | {"bekraeft": "on"}).status_code == 302
    assert Virksomhed.objects.count() == 2


def test_very_same_company_cannot_be_forced_in(tina):
    findes = VirksomhedFactory(cvr=CVR)

    svar = tina.post(NY, {"cvr": CVR, "navn": findes.navn, "bekraeft": "on"})

    assert svar.status_code == 422
    assert "Virksomheden står allerede i registret." in svar.content.decode()


def test_two_at_once_see_both_versions_and_the_same_again_writes_nothing(tina, som):
    v = VirksomhedFactory(branche="Byggeri")
    adresse = side(v, "virksomhed_ret")
    tina.post(adresse, felter(v))
    assert Haendelse.objects.count() == 0
    tina.post(adresse, felter(v, branche="Handel"))

    svar = som("koordinerende").post(adresse, felter(v, branche="Landbrug"))

    assert svar.status_code == 409
    assert "Handel" in svar.content.decode()
    assert tina.bruger.navn in svar.content.decode()


def test_closed_company_keeps_its_praktikker_and_is_not_suggested(tina):
    praktik = PraktikFactory()
    v = praktik.virksomhed

    tina.post(side(v, "virksomhed_ret"), felter(v, er_aktiv=""))

    assert Praktik.objects.get().virksomhed == v
    assert fundne(tina.get(LISTE)) == []
    assert fundne(tina.get(LISTE, {"vis": "lukkede"})) == [v.navn]


def test_contact_is_added_corrected_and_leaves(tina):
    v = VirksomhedFactory()
    tina.post(side(v, "virksomhed_kontakt_ny"), {"navn": "Bo Holm", "er_mentor": "on"})
    igen = tina.post(side(v, "virksomhed_kontakt_ny"), {"navn": "Bo Holm"})
    kontakt = Virksomhedskontakt.objects.get()
    adresse = side(kontakt, "virksomhed_kontakt")

    assert igen.status_code == 422
    assert "allerede under virksomheden" in igen.content.decode()
    sendt = {"navn": "Bo Holm", "udgaaet_dato": "01.11.2026", "laas": 0}
    assert tina.post(adresse, sendt).status_code == 302
    assert tina.post(adresse, sendt | {"navn": "Bo H."}).status_code == 409
    assert "Ikke i virksomheden fra 01.11.2026" in tina.get(side(v)).content.decode()
    assert tina.post(side(v, "virksomhed_kontakt_ny"), {"navn": "Bo Holm"}).status_code == 302


@pytest.mark.parametrize(
    ("valg", "navne"),
    [
        ({}, ["Åhavens Gård", "Byggecentret"]),
        ({"q": "aahaven"}, ["Åhavens Gård"]),
        ({"q": f"{CVR[:2]} {CVR[2:5]}"}, ["Byggecentret"]),
        ({"q": "silkeborg gaard"}, ["Åhavens Gård"]),
        ({"q": "landbrug"}, ["Åhavens Gård"]),
        ({"q": "%"}, []),
        ({"q": "\x00"}, ["Åhavens Gård", "Byggecentret"]),
        ({"branche": "Byggeri"}, ["Byggecentret"]),
        ({"branche": "Ukendt"}, ["Åhavens Gård", "Byggecentret"]),
        ({"vis": "faste"}, ["Åhavens Gård"]),
        ({"vis": "lukkede"}, ["Lukket Kiosk"]),
        ({"vis": "alle", "side": "999"}, ["Åhavens Gård", "Byggecentret", "Lukket Kiosk"]),
    ],
)
def test_register_is_searched_and_filtered_with_fixed_partners_first(tina, valg, navne):
    VirksomhedFactory(cvr=CVR, navn="Byggecentret", branche="Byggeri")
    VirksomhedFactory(navn="Åhavens Gård", by="Silkeborg", branche="Landbrug", er_fast=True)
    VirksomhedFactory(navn="Lukket Kiosk", er_aktiv=False)

    assert fundne(tina.get(LISTE, valg)) == navne


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_register_costs_the_same_for_any_number(tina, antal, django_assert_num_queries):
    for nr in range(antal):
        VirksomhedskontaktFactory(virksomhed__navn=f"Nr. {nr}")

    with django_assert_num_queries(LISTESIDE):
        svar = tina.get(LISTE)

    assert len(fundne(svar)) == antal


def test_register_counts_praktikker_and_names_nobody(tina):
    praktik = PraktikFactory()
    navn = praktik.indsats.forloeb.sag.borger.efternavn
    PraktikFactory(
        virksomhed=praktik.virksomhed,
        virksomhedsmentor=None,
        indsats__forloeb=praktik.indsats.forloeb,
        indsats__i_gang=False,
        indsats__status="bortfaldet",
    )

    svar = tina.get(LISTE)
    html = tina.get(side(praktik.virksomhed)).content.decode()

    [(_, tal)] = svar.context["raekker"]
    assert (tal.i_gang, tal.kommende, tal.i_alt) == (1, 0, 1)
    assert navn not in svar.content.decode() + html
    assert Opslag.objects.count() == 0


def test_pages_of_25_keep_the_filter(tina):
    for nr in range(27):
        VirksomhedFactory(navn=f"Værksted {nr}")

    svar = tina.get(LISTE, {"q": "værksted", "side": 2})

    assert len(fundne(svar)) == 2
    assert "?q=v%C3%A6rksted&amp;side=1" in svar.content.decode()


def test_reader_sees_the_register_and_cannot_change_it(som):
    v = VirksomhedFactory()
    maja = som("sagsbehandler")

    assert "Ret virksomheden" not in maja.get(side(v)).content.decode()
    assert maja.get(side(v, "virksomhed_ret")).status_code == 403
    assert LISTE in maja.get(LISTE).content.decode()
