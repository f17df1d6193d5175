"""Who takes part in a case at the meeting, and the calls to it: notice, letters, consent, answers."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from borgere.deling import DelingAfvist
from borgere.models import Bisidder, Dokument, Forsendelse, Informationstype, Samtykke, Tildeling
from rehabilitering import indkaldelser, moedekalender
from rehabilitering.models import Indkaldelse, Punktdeltager
from rehabilitering.services import indkaldelse as services
from rehabilitering.services import moede as moeder
from rehabilitering.services.indkaldelse import Deltagelse, afsendelse
from ressource.kalender import i_dag
from ressource.models import Besked, Haendelse, Rolle
from ressource.pdf import PdfUtilgaengelig
from tests.factories import (
    BrugerFactory,
    DagsordenspunktFactory,
    FuldmagtFactory,
    IndkaldelseFactory,
    MoededeltagerFactory,
    NetvaerkspersonFactory,
    PunktdeltagerFactory,
    SagspakkeFactory,
    SamtykkeFactory,
)
from tests.rehabilitering.klargoering import PDF

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)
# Statements, whatever the number of rows.
ANTAL_INDKALDELSER = 19
Art, Kanal, Svar = Punktdeltager.Art, Indkaldelse.Kanal, Indkaldelse.Svar


@pytest.fixture(autouse=True)
def tirsdag(time_machine):
    time_machine.move_to("2026-11-24 08:00:00+01:00", tick=True)


@pytest.fixture
def koordinator():
    return BrugerFactory(roller=[Rolle.MOEDEKOORDINATOR])


@pytest.fixture
def punkt():
    """A case on the agenda of a meeting in four weeks, of a citizen with Digital Post."""
    return DagsordenspunktFactory(
        moede__dato=i_dag() + 28 * DAG,
        sag__ansvarlig=BrugerFactory(telefon="12 34 56 78"),
        sag__borger__fornavn="Kim",
        sag__borger__er_fritaget_digital_post=False,
    )


@pytest.fixture
def brevet(monkeypatch):
    """No PDF is made; gives the words of every letter that would have been."""
    fundne = []

    def dan(deltager, plan, *, af, tidspunkt):
        fundne.append(afsendelse.vis_brev(deltager, plan, af=af))
        # No two letters are the same bytes.
        return PDF + f"\n%{len(fundne)}\n".encode()

    monkeypatch.setattr(afsendelse, "dan_brev", dan)
    return fundne


def paa(punkt, art=Art.BORGER, **felter):
    return PunktdeltagerFactory(punkt=punkt, art=art, **felter)


def flyt(moede, dage, af):
    ny = moeder.Rettelse(
        moede.dato + dage * DAG,
        moede.start,
        moede.slut,
        moede.sted,
        moede.kapacitet,
        moede.minutter_pr_sag,
        moede.moedeleder,
    )
    return moeder.ret_moede(moede, ny, sekvens=moede.sekvens, af=af)


def kald(deltager, af, kanal=Kanal.DIGITAL_POST, **felter):
    felter.setdefault("nr", afsendelse.naeste_nr(deltager))
    return services.indkald(deltager, kanal=kanal, af=af, **felter)


def ord_i(brev):
    return "\n".join(
        [
            *brev.linjer,
            *(f"{blok.tekst} {' '.join(blok.punkter)}" for blok in brev.blokke),
        ]
    )


# The list


def test_case_names_whom_to_put_on_the_list(punkt, koordinator):
    borger = punkt.sag.borger
    borger.tolkesprog = "polsk"
    borger.save()
    FuldmagtFactory(borger=borger, navn="Advokat Bo Lind")
    Bisidder.objects.create(borger=borger, navn="Ida Brun", fra_dato=i_dag())
    NetvaerkspersonFactory(borger=borger, navn="Ove Holt", deltager_i=["teammoede"])
    NetvaerkspersonFactory(borger=borger, navn="En der ikke vil", deltager_i=[])
    assert services.tilfoej_foreslaaede(punkt, af=koordinator) == 6
    paa_listen = {d.art: d.navn for d in punkt.deltagere.aktuelle()}
    assert paa_listen[Art.BORGER] == borger.navn
    assert paa_listen[Art.PARTSREPRAESENTANT] == "Advokat Bo Lind"
    assert paa_listen[Art.BISIDDER] == "Ida Brun"
    assert paa_listen[Art.NETVAERK] == "Ove Holt"
    assert paa_listen[Art.TOLK] == "Tolk, polsk"
    assert Art.SAGSBEHANDLER in paa_listen
    # Again, there is nobody left to propose.
    assert services.tilfoej_foreslaaede(punkt, af=koordinator) == 0


@pytest.mark.parametrize(
    ("deltagelse", "besked"),
    [
        (Deltagelse(Art.TOLK), "Skriv et navn"),
        (Deltagelse(Art.BISIDDER, "Ida 720583-1234"), "personnumre"),
        (Deltagelse(Art.FAGPERSON, "Lise Toft"), "Vælg, hvad fagpersonen"),
    ],
)
def test_list_refuses(punkt, koordinator, deltagelse, besked):
    with pytest.raises(ValidationError, match=besked):
        services.tilfoej(punkt, deltagelse, af=koordinator)


def test_nobody_is_on_the_list_twice_or_from_another_citizen(punkt, koordinator):
    person = NetvaerkspersonFactory(borger=punkt.sag.borger)
    services.tilfoej(punkt, Deltagelse(Art.NETVAERK, netvaerksperson=person), af=koordinator)
    with pytest.raises(ValidationError, match="allerede på listen"):
        services.tilfoej(punkt, Deltagelse(Art.NETVAERK, netvaerksperson=person), af=koordinator)
    fremmed = Deltagelse(Art.NETVAERK, netvaerksperson=NetvaerkspersonFactory())
    with pytest.raises(ValidationError, match="en anden borger"):
        services.tilfoej(punkt, fremmed, af=koordinator)


def test_fagperson_reads_the_case_from_publication_until_taken_off(punkt, koordinator):
    fagperson = BrugerFactory(roller=[Rolle.FAMILIEAFDELING])
    ny = Deltagelse(Art.FAGPERSON, bruger=fagperson, fagomraade="familie")
    deltager = services.tilfoej(punkt, ny, af=koordinator)
    adgang = Tildeling.objects.gaeldende(i_dag()).filter(bruger=fagperson)
    assert not adgang.exists()
    services.fjern(deltager, af=koordinator)
    SagspakkeFactory(punkt=punkt)
    deltager = services.tilfoej(punkt, ny, af=koordinator)
    assert adgang.exists()
    services.fjern(deltager, af=koordinator)
    assert not adgang.exists()


def test_citizen_keeps_the_place(punkt, koordinator):
    with pytest.raises(ValidationError, match="altid plads"):
        services.fjern(paa(punkt), af=koordinator)


# Calls


def test_call_by_digital_post_is_a_document_a_dispatch_and_one_event(punkt, koordinator, brevet):
    deltager = paa(punkt)
    fundet = kald(deltager, koordinator)
    assert (fundet.nr, fundet.varsel_dage, fundet.sted) == (1, 28, punkt.moede.sted)
    assert fundet.dokument.art == Dokument.Art.ANDET
    assert fundet.forsendelse.modtager_art == Forsendelse.Modtager.PART
    assert fundet.forsendelse.informationstype == Informationstype.MOEDER
    assert Haendelse.objects.filter(kode="indkaldelse.sendt").count() == 1
    tekst = ord_i(brevet[-1])
    assert "din sagsbehandler" in tekst
    assert "Så fortæller du" in tekst
    assert "Derefter træffer" in tekst
    assert "Du må gerne tage nogen med" in tekst
    assert "Vi bruger kun dine oplysninger" in tekst


def test_same_form_sent_twice_calls_once(punkt, koordinator, brevet):
    deltager = paa(punkt)
    kald(deltager, koordinator, nr=1)
    with pytest.raises(ValidationError, match="indkaldt imens"):
        kald(deltager, koordinator, nr=1)
    assert deltager.indkaldelser.count() == 1


def test_short_notice_needs_a_reason_and_a_letter_takes_longer(punkt, koordinator, brevet):
    regelsaet, moede = punkt.sag.regelsaet, punkt.moede
    moede.dato = i_dag() + regelsaet.indkaldelse_varsel_dage * DAG
    moede.save()
    deltager = paa(punkt)
    kald(deltager, koordinator, Kanal.DIGITAL_POST)
    with pytest.raises(ValidationError, match="Skriv, hvorfor det er kortere"):
        kald(deltager, koordinator, Kanal.BREV)
    fundet = kald(deltager, koordinator, Kanal.BREV, kort_varsel_grund="Borgeren bad om det")
    assert fundet.varsel_dage == regelsaet.indkaldelse_varsel_dage - regelsaet.postgang_dage
    assert fundet.kort_varsel_grund == "Borgeren bad om det"


def test_letter_that_comes_after_the_meeting_is_refused(punkt, koordinator, brevet):
    punkt.moede.dato = i_dag() + DAG
    punkt.moede.save()
    with pytest.raises(ValidationError, match="først frem efter mødet"):
        kald(paa(punkt), koordinator, Kanal.BREV, kort_varsel_grund="Haster")


def test_exempt_citizen_gets_no_digital_post(punkt, koordinator, brevet):
    punkt.sag.borger.er_fritaget_digital_post = True
    punkt.sag.borger.save()
    deltager = paa(punkt)
    assert services.kanaler(deltager)[0] == Kanal.BREV
    with pytest.raises(ValidationError, match="på den måde"):
        kald(deltager, koordinator, Kanal.DIGITAL_POST)


def test_network_is_called_by_consent_alone(punkt, koordinator, brevet):
    person = NetvaerkspersonFactory(borger=punkt.sag.borger, navn="Ove Holt")
    deltager = paa(punkt, Art.NETVAERK, navn=person.navn, netvaerksperson=person)
    for kanal in (Kanal.BREV, Kanal.TELEFON):
        with pytest.raises(DelingAfvist):
            kald(deltager, koordinator, kanal)
    assert Haendelse.objects.filter(kode="deling.afvist").count() == 2
    assert not Indkaldelse.objects.exists()
    assert not punkt.sag.dokumenter.filter(art=Dokument.Art.ANDET).exists()
    SamtykkeFactory(
        borger=punkt.sag.borger,
        art=Samtykke.Art.FORVALTNING,
        modtager=Samtykke.Modtager.NETVAERK,
        modtager_navn="",
        netvaerksperson=person,
        informationstyper=[Informationstype.MOEDER],
    )
    fundet = kald(deltager, koordinator, Kanal.BREV)
    assert fundet.forsendelse.samtykke
    assert "vil gerne have dig med" in ord_i(brevet[-1])


def test_bisidder_has_no_letter(punkt, koordinator):
    deltager = paa(punkt, Art.BISIDDER, navn="Ida Brun")
    assert services.kanaler(deltager) == []
    with pytest.raises(ValidationError, match="på den måde"):
        kald(deltager, koordinator, Kanal.BREV)


def test_colleague_is_told_when_and_where_and_not_who(punkt, koordinator):
    kollega = BrugerFactory(roller=[Rolle.FAMILIEAFDELING])
    deltager = paa(punkt, Art.FAGPERSON, bruger=kollega, navn=kollega.navn, fagomraade="familie")
    kald(deltager, koordinator, Kanal.BESKED)
    besked = Besked.objects.get(modtager=kollega)
    assert punkt.moede.sted in besked.tekst
    for skjult in (punkt.sag.borger.fornavn, punkt.sag.borger.efternavn, punkt.sag.sagsnummer):
        assert skjult not in f"{besked.emne} {besked.tekst} {besked.sti}"


def test_protected_address_stands_in_no_letter_and_the_name_is_kept_from_the_planner(
    punkt, koordinator, brevet
):
    borger = punkt.sag.borger
    borger.er_adressebeskyttet, borger.adresse, borger.postnummer = True, "Skjulvej 7", "9999"
    borger.save()
    deltager = paa(punkt)
    with pytest.raises(ValidationError, match="Navnet er beskyttet"):
        kald(deltager, koordinator)
    ansvarlig = punkt.sag.tildelinger.get(art=Tildeling.Art.ANSVARLIG).bruger
    kald(deltager, ansvarlig)
    assert "Skjulvej" not in ord_i(brevet[-1])
    assert "9999" not in ord_i(brevet[-1])


# After a move


def test_moved_meeting_asks_for_a_new_call_with_the_next_number(punkt, koordinator, brevet):
    deltager = paa(punkt)
    kald(deltager, koordinator)
    (status,) = indkaldelser.mangler([punkt.moede], koordinator) or [None]
    assert status is None
    moede = flyt(punkt.moede, 7, koordinator)
    (status,) = indkaldelser.mangler([moede], koordinator)
    assert status.skal_igen
    deltager.punkt.moede = moede
    plan = services.planlaeg(deltager, Kanal.DIGITAL_POST)
    assert plan.aftale.erstatter == "tirsdag 22. december 2026 kl. 9.00"
    assert kald(deltager, koordinator).nr == 2
    assert services.planlaeg(deltager, Kanal.DIGITAL_POST).erstatter == ""
    assert indkaldelser.mangler([moede], koordinator) == []


def test_cancelled_meeting_asks_for_word_and_numbering_goes_on(som, punkt, koordinator, brevet):
    kald(paa(punkt), koordinator)
    moeder.aflys_moede(punkt.moede, "Mødelederen er syg", af=koordinator)
    assert [p for p, _navn in indkaldelser.uden_moede(koordinator)] == [punkt]
    assert "Har fået besked" in som(koordinator).get(reverse("overblik")).content.decode()
    nyt = DagsordenspunktFactory(sag=punkt.sag, moede__dato=i_dag() + 35 * DAG)
    assert kald(paa(nyt), koordinator).nr == 2
    assert indkaldelser.uden_moede(koordinator) == []


def test_citizen_who_was_told_is_ticked_off_once(som, punkt, koordinator, brevet):
    kald(paa(punkt), koordinator)
    adresse = reverse("rehabilitering:moede_underret", args=[punkt.pk])
    klient = som(koordinator)
    klient.post(adresse)
    punkt.refresh_from_db()
    assert punkt.underrettet_den is None
    moeder.aflys_moede(punkt.moede, "Mødelederen er syg", af=koordinator)
    klient.post(adresse)
    klient.post(adresse)
    assert indkaldelser.uden_moede(koordinator) == []
    assert Haendelse.objects.filter(kode="indkaldelse.underrettet").count() == 1


def test_last_day_counts_notice_and_post(punkt):
    regelsaet = punkt.sag.regelsaet
    regelsaet.indkaldelse_varsel_dage, regelsaet.postgang_dage = 14, 3
    dag = date(2026, 12, 22)
    assert indkaldelser.sidste_dag(dag, regelsaet, fritaget_digital_post=False) == date(2026, 12, 8)
    assert indkaldelser.sidste_dag(dag, regelsaet, fritaget_digital_post=True) == date(2026, 12, 5)


# Answers


def test_answer_and_receipt_are_written_and_can_change(punkt, koordinator, brevet):
    fundet = kald(paa(punkt), koordinator)
    fundet = services.registrer_svar(
        fundet,
        kvitteret=i_dag(),
        svar=Svar.ANDEN_TID,
        bemaerkning="Helst om eftermiddagen",
        af=koordinator,
    )
    assert fundet.svar_registreret_af == koordinator
    assert Forsendelse.objects.get().modtaget_dato == i_dag()
    (status,) = indkaldelser.mangler([punkt.moede], koordinator)
    assert status.skal_flyttes
    assert services.registrer_svar(fundet, svar=Svar.JA, af=koordinator).svar == Svar.JA
    assert indkaldelser.mangler([punkt.moede], koordinator) == []


@pytest.mark.parametrize(
    ("felter", "besked"),
    [
        ({}, "hvornår indkaldelsen er modtaget"),
        ({"bemaerkning": "Nej tak"}, "hvad svaret er"),
        ({"kvitteret": date(2026, 11, 25)}, "til i dag"),
        ({"svar": "nej", "bemaerkning": "720583-1234"}, "personnumre"),
    ],
)
def test_answer_refuses(punkt, koordinator, brevet, felter, besked):
    fundet = kald(paa(punkt), koordinator)
    with pytest.raises(ValidationError, match=besked):
        services.registrer_svar(fundet, **felter, af=koordinator)


def test_answer_belongs_to_the_latest_call(punkt, koordinator, brevet):
    deltager = paa(punkt)
    gammel = kald(deltager, koordinator)
    kald(deltager, koordinator)
    with pytest.raises(ValidationError, match="indkaldt igen"):
        services.registrer_svar(gammel, svar=Svar.JA, af=koordinator)


# What the database says


@pytest.mark.parametrize(
    ("felter", "navn"),
    [
        ({"art": "nabo"}, "punktdeltager_art_kendt"),
        ({"art": "borger"}, "punktdeltager_en_borger"),
        ({"art": "tolk", "med_bruger": True}, "punktdeltager_kilde_passer"),
        ({"art": "fagperson", "med_bruger": True, "igen": True}, "punktdeltager_bruger_en_gang"),
        ({"art": "netvaerk", "med_person": True, "igen": True}, "punktdeltager_netvaerk_en_gang"),
    ],
)
def test_database_refuses_a_person(punkt, felter, navn):
    paa(punkt)
    kilde = {}
    if felter.get("med_bruger"):
        kilde["bruger"] = BrugerFactory()
    if felter.get("med_person"):
        kilde["netvaerksperson"] = NetvaerkspersonFactory(borger=punkt.sag.borger)
    if felter.get("igen"):
        paa(punkt, felter["art"], **kilde)
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        paa(punkt, felter["art"], **kilde)


def test_database_refuses_a_call(punkt):
    fundet = IndkaldelseFactory(deltager=paa(punkt), nr=1)
    with pytest.raises(IntegrityError, match="indkaldelse_nr"), transaction.atomic():
        IndkaldelseFactory(deltager=fundet.deltager, nr=1)
    with pytest.raises(IntegrityError, match="indkaldelse_svar_helt"), transaction.atomic():
        Indkaldelse.objects.filter(pk=fundet.pk).update(svar="ja")


# Pages and calendar


def test_page_costs_the_same_and_keeps_what_was_typed(
    som, koordinator, punkt, django_assert_num_queries
):
    klient = som(koordinator)
    sti = reverse("rehabilitering:indkaldelser", args=[punkt.pk])
    svar = klient.post(sti, {"art": "tolk", "form": "personligt", "fagomraade": "social"})
    assert svar.status_code == 422
    assert "Skriv et navn." in svar.text
    klient.get(sti)
    for antal in (1, 3, 25):
        while punkt.deltagere.count() < antal:
            nr = punkt.deltagere.count()
            IndkaldelseFactory(deltager=paa(punkt, Art.TOLK, navn=f"Tolk {nr}"), nr=1)
        with django_assert_num_queries(ANTAL_INDKALDELSER):
            klient.get(sti)


def test_calling_from_the_page_shows_the_letter_first(som, koordinator, punkt, brevet):
    deltager = paa(punkt)
    klient = som(koordinator)
    sti = reverse("rehabilitering:indkald", args=[deltager.pk])
    assert "Du er inviteret til et møde" in klient.get(sti).text
    assert klient.post(sti, {"nr": 1}).status_code == 422
    svar = klient.post(sti, {"kanal": "digital_post", "nr": 1, "handling": "indkald"})
    assert svar.status_code == 302
    assert deltager.indkaldelser.count() == 1


def test_page_says_why_a_letter_cannot_be_made(som, koordinator, punkt, monkeypatch):
    def dan(*args, **kwargs):
        raise PdfUtilgaengelig("Denne maskine kan ikke lave PDF.")

    monkeypatch.setattr(afsendelse, "dan_brev", dan)
    deltager = paa(punkt)
    sti = reverse("rehabilitering:indkald", args=[deltager.pk])
    svar = som(koordinator).post(sti, {"kanal": "brev", "nr": 1})
    assert svar.status_code == 422
    assert not deltager.indkaldelser.exists()


def test_calendar_has_the_meeting_and_the_turn_without_names(punkt):
    medlem = MoededeltagerFactory(moede=punkt.moede).bruger
    ansvarlig = punkt.sag.tildelinger.get(art=Tildeling.Art.ANSVARLIG).bruger
    (moedet,) = moedekalender.aftaler(medlem)
    (sagen,) = moedekalender.aftaler(ansvarlig)
    assert (moedet.titel, moedet.uid) == ("Teammøde", f"teammoede-{punkt.moede_id}")
    assert (sagen.titel, sagen.uid) == ("Teammøde, en sag", f"teammoede-punkt-{punkt.pk}")
    assert sagen.start.astimezone().time().replace(tzinfo=None) != time(0)
    assert punkt.sag.borger.efternavn not in repr((moedet, sagen))
