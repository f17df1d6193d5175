"""An answer from sparring in the forberedende del and the indstilling, always with its source."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from rehabilitering import dokumenter, forberedelsesudskrift, indsatte_svar
from rehabilitering.models import ForberedendeDel, Indstilling, Svarindsaettelse
from rehabilitering.services import forberedelse, forberedelsesversion, svarindsaettelse
from ressource import pdf
from ressource.kalender import i_dag
from ressource.models import Haendelse
from tests.factories import (
    BrugerFactory,
    DagsordenspunktFactory,
    IndstillingFactory,
    LaegeattestFactory,
    MoededeltagerFactory,
    SagFactory,
    SparringsbookingFactory,
    TeammoedeFactory,
    TildelingFactory,
)
from tests.rehabilitering.klargoering import skriv_alt
from tests.rehabilitering.svardata import SVAR, besvaret
from tests.traade import paa_een_gang, proev

pytestmark = pytest.mark.django_db

KODE = "helbred"


@pytest.fixture
def maja():
    return BrugerFactory(roller=["sagsbehandler"])


@pytest.fixture
def sag(maja):
    return SagFactory(fase="forberedelse", ansvarlig=maja)


@pytest.fixture
def booking(sag):
    return besvaret(sag)


def adresse(sag, kode=KODE):
    return f"{reverse('rehabilitering:forberedende_del', args=[sag.pk])}?afsnit={kode}"


def tekst(svar):
    return " ".join(svar.content.decode().split())


def test_an_answer_is_put_into_a_section_and_taken_out_again(som, maja, sag, booking):
    klient = som(maja)
    assert "Indsæt i dette afsnit" in tekst(klient.get(adresse(sag)))

    ind = klient.post(
        reverse("rehabilitering:svar_indsaet", args=[sag.pk, booking.pk]),
        {"afsnit": KODE},
        follow=True,
    )
    assert "indsat i afsnit" in tekst(ind)
    assert reverse("rehabilitering:sparring_svar", args=[booking.pk]) in tekst(ind)
    indsat = Svarindsaettelse.objects.get()

    ud = klient.post(reverse("rehabilitering:svar_fjern", args=[sag.pk, indsat.pk]), follow=True)
    assert "indsat i afsnit" not in tekst(ud)
    assert SVAR in tekst(ud)
    koder = Haendelse.objects.filter(sag_id=sag.pk, kode__startswith="sparring.svar")
    assert list(koder.order_by("pk").values_list("kode", flat=True)) == [
        "sparring.svar_indsat",
        "sparring.svar_fjernet",
    ]


def test_the_same_answer_twice_is_once_and_may_stand_in_more_sections(maja, sag, booking):
    for kode in (KODE, KODE, "erfaring_ressourcer"):
        svarindsaettelse.indsaet_i_afsnit(booking, kode, af=maja)

    del_ = forberedelse.seneste_del(sag)
    linjer = forberedelse.afsnitsliste(sag, del_)
    (linje,) = indsatte_svar.i_forberedende_del(sag, del_, linjer, laeser=maja, kode=KODE)
    assert linje.steder == " og ".join(
        str(x.nr) for x in linjer if x.kode in {KODE, "erfaring_ressourcer"}
    )
    assert indsatte_svar.indsatte(del_, timezone.now()) == [booking]


def test_a_kept_version_prints_what_stood_there_then(maja, sag, booking, monkeypatch):
    skriv_alt(sag, af=maja)
    indsat = svarindsaettelse.indsaet_i_afsnit(booking, KODE, af=maja)
    kopi = forberedelsesversion.gem_som_version(sag, af=maja)
    svarindsaettelse.fjern(indsat, af=maja)
    monkeypatch.setattr(pdf, "skriv_pdf", lambda html, *args, **felter: html.encode())

    def kladden():
        del_ = forberedelse.seneste_del(sag)
        return forberedelsesudskrift.kladde(
            sag, del_, stor_skrift=False, tidspunkt=timezone.now(), af=maja
        ).decode()

    assert SVAR in forberedelsesudskrift.version(kopi, stor_skrift=False).decode()
    assert SVAR not in kladden()
    svarindsaettelse.indsaet_i_afsnit(booking, KODE, af=maja)
    assert SVAR in kladden()


def test_what_was_gone_through_must_be_gone_through_again(maja, sag, booking):
    skriv_alt(sag, af=maja)

    svarindsaettelse.indsaet_i_afsnit(booking, KODE, af=maja)

    assert forberedelse.seneste_del(sag).gennemgaaet_dato is None


def test_a_new_round_begins_with_the_answers_of_the_last(maja, sag, booking):
    svarindsaettelse.indsaet_i_afsnit(booking, KODE, af=maja)
    fjernet = svarindsaettelse.indsaet_i_afsnit(booking, "erfaring_ressourcer", af=maja)
    svarindsaettelse.fjern(fjernet, af=maja)
    ForberedendeDel.objects.update(status="kvalitetssikret", gennemgaaet_dato=i_dag())

    ny = forberedelse.begynd_del(sag, af=maja)

    assert list(ny.indsatte_svar.values_list("booking", "kode")) == [(booking.pk, KODE)]


@pytest.mark.parametrize("kode", ["", "findes_ikke"])
def test_an_unknown_section_is_refused(maja, booking, kode):
    with pytest.raises(ValidationError, match="findes ikke"):
        svarindsaettelse.indsaet_i_afsnit(booking, kode, af=maja)


def test_nothing_is_put_into_or_taken_out_of_a_closed_part(maja, sag, booking):
    indsat = svarindsaettelse.indsaet_i_afsnit(booking, KODE, af=maja)
    ForberedendeDel.objects.update(status="kvalitetssikret", gennemgaaet_dato=i_dag())

    with pytest.raises(ValidationError):
        svarindsaettelse.fjern(indsat, af=maja)
    with pytest.raises(ValidationError):
        svarindsaettelse.indsaet_i_afsnit(besvaret(sag, dage_siden=3), KODE, af=maja)


def test_an_unanswered_booking_has_nothing_to_put_in(som, maja, sag):
    booking = SparringsbookingFactory(sag=sag)

    with pytest.raises(ValidationError, match="ikke svaret"):
        svarindsaettelse.indsaet_i_afsnit(booking, KODE, af=maja)
    sti = reverse("rehabilitering:svar_indsaet", args=[sag.pk, booking.pk])
    assert som(maja).post(sti, {"afsnit": KODE}).status_code == 404


def test_another_cases_answer_is_not_found(som, maja, sag):
    fremmed = besvaret(SagFactory(fase="forberedelse"))

    sti = reverse("rehabilitering:svar_indsaet", args=[sag.pk, fremmed.pk])

    assert som(maja).post(sti, {"afsnit": KODE}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_at_once_put_it_in_once(maja, booking):
    forsoeg = proev(svarindsaettelse.indsaet_i_afsnit, booking, KODE, af=maja)

    assert paa_een_gang([forsoeg] * 3) == ["ok"] * 3
    assert Svarindsaettelse.objects.count() == 1


@pytest.fixture
def punkt():
    """A case on today's agenda with an answer; the chair sits in the meeting."""
    moede = TeammoedeFactory(dato=i_dag())
    MoededeltagerFactory(moede=moede, bruger=moede.moedeleder)
    punkt = DagsordenspunktFactory(moede=moede)
    LaegeattestFactory(sag=punkt.sag, modtaget=True)
    TildelingFactory(sag=punkt.sag, bruger=moede.moedeleder, art="teammoede")
    return punkt


def test_the_team_puts_an_answer_in_with_what_it_has_typed(som, punkt):
    booking = besvaret(punkt.sag)
    klient = som(punkt.moede.moedeleder)
    sti = reverse("rehabilitering:live", args=[punkt.pk])
    data = {"laas": 0, "enighed": "enige", "begrundelse": "Skrevet i samme åndedrag"}

    klient.post(sti, data | {"handling": f"svar-indsaet-{booking.pk}"})

    indstilling = Indstilling.objects.get()
    assert indstilling.begrundelse == "Skrevet i samme åndedrag"
    assert [i.booking for i in indstilling.indsatte_svar.gaeldende()] == [booking]
    assert "Fjern fra indstillingen" in tekst(klient.get(sti))

    klient.post(sti, data | {"laas": indstilling.laas, "handling": f"svar-fjern-{booking.pk}"})
    assert not indstilling.indsatte_svar.gaeldende().exists()


def test_who_may_not_read_health_in_the_preparation_puts_no_answer_in(som, punkt):
    booking = besvaret(punkt.sag)
    vejleder = BrugerFactory(roller=["uddannelsesvejleder"])
    MoededeltagerFactory(moede=punkt.moede, bruger=vejleder)
    TildelingFactory(sag=punkt.sag, bruger=vejleder, art="teammoede")
    klient = som(vejleder)
    sti = reverse("rehabilitering:live", args=[punkt.pk])

    side = tekst(klient.get(sti))
    svar = klient.post(
        sti, {"laas": 0, "enighed": "enige", "handling": f"svar-indsaet-{booking.pk}"}
    )

    assert SVAR not in side
    assert svar.status_code == 403
    assert not Svarindsaettelse.objects.exists()


def test_a_finalised_indstilling_keeps_its_answers_and_gets_no_more(som, punkt):
    booking = besvaret(punkt.sag)
    leder = punkt.moede.moedeleder
    indstilling = IndstillingFactory(punkt=punkt)
    indsat = svarindsaettelse.indsaet_i_indstilling(booking, indstilling, af=leder)
    Indstilling.objects.update(
        udfald="fleksjob", begrundelse="x", afsluttet_den=timezone.now(), afsluttet_af=leder
    )

    with pytest.raises(ValidationError, match="afsluttet"):
        svarindsaettelse.fjern(indsat, af=leder)
    sagsbehandler = BrugerFactory(roller=["sagsbehandler"])
    TildelingFactory(sag=punkt.sag, bruger=sagsbehandler)
    side = tekst(som(sagsbehandler).get(reverse("rehabilitering:sag_moede", args=[punkt.sag_id])))
    assert SVAR in side
    assert "Åbn kilden" in side
    vejleder = BrugerFactory(roller=["uddannelsesvejleder"])
    MoededeltagerFactory(moede=punkt.moede, bruger=vejleder)
    TildelingFactory(sag=punkt.sag, bruger=vejleder, art="teammoede")
    for navn, pk in (("sag_moede", punkt.sag_id), ("live", punkt.pk)):
        side = tekst(som(vejleder).get(reverse(f"rehabilitering:{navn}", args=[pk])))
        assert "Begrundelse" in side
        assert SVAR not in side


def test_only_who_sits_in_the_meeting_puts_answers_into_its_indstilling(punkt):
    indstilling = IndstillingFactory(punkt=punkt)

    with pytest.raises(PermissionDenied):
        svarindsaettelse.indsaet_i_indstilling(
            besvaret(punkt.sag), indstilling, af=BrugerFactory(roller=["teammedlem"])
        )
    with pytest.raises(ValidationError, match="anden sag"):
        svarindsaettelse.indsaet_i_indstilling(
            besvaret(SagFactory()), indstilling, af=punkt.moede.moedeleder
        )


def test_the_letter_prints_the_answer_with_its_source(punkt, monkeypatch):
    leder = punkt.moede.moedeleder
    indstilling = IndstillingFactory(punkt=punkt, udfald="fleksjob", begrundelse="Fordi.")
    svarindsaettelse.indsaet_i_indstilling(besvaret(punkt.sag), indstilling, af=leder)
    indstilling.afsluttet_den, indstilling.afsluttet_af = timezone.now(), leder
    monkeypatch.setattr(pdf, "skriv_pdf", lambda html, *args, **felter: html.encode())

    brev = dokumenter.indstillingsbrev(indstilling).decode()

    assert SVAR in brev
    assert "Kilde:" in brev


@pytest.mark.parametrize(
    ("navn", "felter"),
    [
        ("svarindsaettelse_et_sted", {"kode": ""}),
        ("svarindsaettelse_fjernet_helt", {"fjernet_den": timezone.now()}),
    ],
)
def test_constraint_refuses(maja, booking, navn, felter):
    svarindsaettelse.indsaet_i_afsnit(booking, KODE, af=maja)

    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        Svarindsaettelse.objects.update(**felter)


def test_one_place_holds_an_answer_once(maja, booking, punkt):
    indsat = svarindsaettelse.indsaet_i_afsnit(booking, KODE, af=maja)
    i_indstilling = Svarindsaettelse.objects.create(
        booking=booking, indstilling=IndstillingFactory(punkt=punkt), indsat_af=maja
    )
    for navn, raekke in (("en_i_afsnit", indsat), ("en_i_indstilling", i_indstilling)):
        raekke.pk = None
        raekke._state.adding = True
        with pytest.raises(IntegrityError, match=f"svarindsaettelse_{navn}"), transaction.atomic():
            raekke.save()
