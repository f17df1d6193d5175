"""One's own reminders: shown, counted in the header, read."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from opfoelgning.models import Frist, Paamindelse, Paamindelsesvalg
from ressource.models import Besked, Stedfortraeder
from tests.factories import (
    BrugerFactory,
    PaamindelseFactory,
    SagFactory,
    TildelingFactory,
    klokken,
)
from tests.opfoelgning.sager import frist

pytestmark = pytest.mark.django_db

IDAG = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def en_tirsdag():
    with time_machine.travel(klokken(IDAG, 9), tick=False):
        yield


@pytest.fixture
def klient(som):
    return som("sagsbehandler")


def paamind(bruger, **felter) -> Paamindelse:
    sag = felter.pop("sag", None) or SagFactory(ansvarlig=bruger)
    om_dage = felter.pop("om_dage", -4)
    return PaamindelseFactory(
        **{"frist": frist(sag, om_dage, ejer=bruger), "bruger": bruger, "art": "overskredet"}
        | felter
    )


def adresse() -> str:
    return reverse("opfoelgning:paamindelser")


def test_unread_come_first_with_a_way_to_the_case(klient):
    laest = paamind(klient.bruger, laest_den=timezone.now())
    ulaest = paamind(klient.bruger)

    svar = klient.get(adresse())

    assert [p for p, _ in svar.context["linjer"]] == [ulaest, laest]
    html = svar.content.decode()
    assert reverse("sag", args=[ulaest.frist.sag_id]) in html
    assert "4 dage over" in html
    assert "Læst 24.11.2026" in html


@pytest.mark.parametrize(("rolle", "links"), [("sagsbehandler", 1), ("mentor", 0)])
def test_only_who_may_read_deadlines_is_led_to_the_explanation(som, rolle, links):
    klient = som(rolle)
    fundet = paamind(klient.bruger, sag=TildelingFactory(bruger=klient.bruger).sag)

    html = klient.get(adresse()).content.decode()

    assert html.count(reverse("opfoelgning:frist_hvorfor", args=[fundet.frist_id])) == links


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_list_costs_the_same_however_many(klient, django_assert_num_queries, antal):
    for _ in range(antal):
        paamind(klient.bruger)

    # Session, user, figures, page, look-up log, own reminders, unread in the header.
    with django_assert_num_queries(7):
        klient.get(adresse())


def test_header_counts_the_unread(klient):
    paamind(klient.bruger)
    paamind(klient.bruger, laest_den=timezone.now())
    paamind(BrugerFactory())

    svar = klient.get(adresse())

    assert svar.context["ramme"].antal_paamindelser == 1


def test_reading_takes_it_off_the_count(klient):
    en = paamind(klient.bruger)

    svar = klient.post(reverse("opfoelgning:paamindelse_laest", args=[en.pk]), follow=True)

    assert svar.redirect_chain == [(adresse(), 302)]
    assert svar.context["ramme"].antal_paamindelser == 0


def test_others_reminders_and_those_of_cases_one_has_left_are_not_there(klient):
    fremmed = paamind(BrugerFactory())
    sag = SagFactory(ansvarlig=klient.bruger)
    tidligere = paamind(klient.bruger, sag=sag)
    sag.tildelinger.update(til_dato=IDAG - timedelta(days=1))

    assert not klient.get(adresse()).context["linjer"]
    for en in (fremmed, tidligere):
        laest = klient.post(reverse("opfoelgning:paamindelse_laest", args=[en.pk]))
        assert laest.status_code == 404


def test_empty_list_says_what_will_come(klient):
    assert "Du har ingen påmindelser." in klient.get(adresse()).content.decode()


def skilte(klient) -> dict[str, int]:
    return {t.navn: t.antal for t in klient.get(adresse()).context["taellere"]}


def test_figures_filter_and_leave_out_what_no_longer_holds(klient):
    naer = paamind(klient.bruger, art="varsel", om_dage=2)
    over = paamind(klient.bruger)
    opfyldt = paamind(klient.bruger)
    Frist.objects.filter(pk=opfyldt.frist_id).update(opfyldt_dato=IDAG)
    flyttet = paamind(klient.bruger)
    Frist.objects.filter(pk=flyttet.frist_id).update(forfald_dato=IDAG)
    passeret = paamind(klient.bruger, art="varsel")

    assert skilte(klient) == {"Alle": 5, "Overskredet": 1, "Nærmer sig": 1}
    for art, ventet in (("overskredet", over), ("varsel", naer)):
        svar = klient.get(adresse(), {"vis": art})
        assert [p for p, _ in svar.context["linjer"]] == [ventet]
    alle = klient.get(adresse())
    assert [p for p, _ in alle.context["linjer"]] == [over, naer, passeret, flyttet, opfyldt]
    assert alle.context["ramme"].antal_paamindelser == 2
    html = alle.content.decode()
    assert html.count("Gælder ikke mere") == 3
    assert "Flyttet til " in html


def test_a_teamleder_is_shown_the_number_and_not_the_citizen(som):
    klient = som("teamleder")
    sag = SagFactory(ansvarlig=BrugerFactory(navn="Maja Kirkegaard"))
    en = frist(sag, -9, ejer=sag.tildelinger.get().bruger)
    paamindelse = PaamindelseFactory(frist=en, bruger=klient.bruger, art="eskaleret")

    svar = klient.get(adresse(), {"vis": "eskaleret"})

    html = svar.content.decode()
    assert sag.sagsnummer in html
    assert "Ansvarlig: Maja Kirkegaard" in html
    assert "9 dage over" in html
    assert sag.borger.efternavn not in html
    assert reverse("sag", args=[sag.pk]) not in html
    assert svar.context["ramme"].antal_paamindelser == 1
    klient.post(reverse("opfoelgning:paamindelse_laest", args=[paamindelse.pk]))
    assert klient.get(adresse()).context["ramme"].antal_paamindelser == 0


def test_all_or_one_kind_are_read_at_once(klient):
    for _ in range(2):
        paamind(klient.bruger)
    naer = paamind(klient.bruger, art="varsel", om_dage=1)
    fremmed = paamind(BrugerFactory())

    svar = klient.post(reverse("opfoelgning:paamindelser_laest"), {"vis": "overskredet"})
    assert svar.url == f"{adresse()}?vis=overskredet"
    assert list(Paamindelse.objects.filter(laest_den=None)) == [fremmed, naer]

    svar = klient.post(reverse("opfoelgning:paamindelser_laest"), follow=True)
    assert "1 påmindelse er markeret som læst." in svar.content.decode()
    assert Paamindelse.objects.filter(laest_den=None).get() == fremmed


def test_a_deputy_sees_for_whom(klient):
    birgit = BrugerFactory(navn="Birgit Nygaard")
    Stedfortraeder.objects.create(for_bruger=birgit, vikar=klient.bruger)
    sag = SagFactory(ansvarlig=birgit)
    PaamindelseFactory(frist=frist(sag, -1, ejer=birgit), bruger=klient.bruger, for_bruger=birgit)

    assert "Vikar for Birgit Nygaard" in klient.get(adresse()).content.decode()


def test_what_came_to_a_deputy_or_a_leader_goes_when_they_are_so_no_more(som):
    klient = som("sagsbehandler")
    birgit, sag = BrugerFactory(), SagFactory(ansvarlig=klient.bruger)
    vikariat = Stedfortraeder.objects.create(for_bruger=birgit, vikar=klient.bruger)
    # In the circle themselves, so that the case is still theirs to see.
    som_vikar = PaamindelseFactory(
        frist=frist(sag, -4, ejer=birgit),
        bruger=klient.bruger,
        art="overskredet",
        for_bruger=birgit,
    )
    paamind(klient.bruger, art="eskaleret")
    alle = klient.get(adresse())
    assert [p for p, _ in alle.context["linjer"]] == [som_vikar]
    assert alle.context["ramme"].antal_paamindelser == 1

    vikariat.fra_dato, vikariat.til_dato = IDAG - timedelta(days=2), IDAG - timedelta(days=1)
    vikariat.save()

    alle = klient.get(adresse())
    assert not alle.context["linjer"]
    assert alle.context["ramme"].antal_paamindelser == 0


VALG = {"hyppighed": "ugentlig", "ugedag": "4", "med_varsler": "on"}


def test_the_choice_is_kept_and_the_mail_follows_it_before(klient):
    paamind(klient.bruger)
    side = reverse("opfoelgning:paamindelsesvalg")

    foer = klient.get(side)
    assert "tirsdag 24. november 2026" in foer.content.decode()
    assert "Du har 1 frist i Ressource" in foer.content.decode()

    vist = klient.post(f"{side}?vis", VALG)
    assert "torsdag 26. november 2026" in vist.content.decode()
    assert not Paamindelsesvalg.objects.exists()
    assert not Besked.objects.exists()

    assert klient.post(side, VALG).status_code == 302
    assert Paamindelsesvalg.objects.get(bruger=klient.bruger).ugedag == 4
    klient.post(side, VALG | {"hyppighed": "aldrig"})
    assert Paamindelsesvalg.objects.get(bruger=klient.bruger).hyppighed == "aldrig"
    assert "Du får ingen mail." in klient.get(side).content.decode()


def test_an_unknown_choice_is_refused_with_the_input_kept(klient):
    svar = klient.post(reverse("opfoelgning:paamindelsesvalg"), VALG | {"hyppighed": "altid"})

    assert svar.status_code == 422
    assert svar.context["form"]["ugedag"].value() == "4"
    assert not Paamindelsesvalg.objects.exists()


@pytest.mark.parametrize(
    ("felter", "navn"),
    [
        ({"hyppighed": "altid"}, "paamindelsesvalg_hyppighed_kendt"),
        ({"ugedag": 6}, "paamindelsesvalg_hverdag"),
    ],
)
def test_the_database_refuses_an_unknown_choice(felter, navn):
    with pytest.raises(IntegrityError, match=navn):
        Paamindelsesvalg.objects.create(bruger=BrugerFactory(), **felter)


@pytest.mark.parametrize(
    ("felter", "navn"),
    [
        ({"art": "altid"}, "paamindelse_art_kendt"),
        ({"for_bruger": "bruger"}, "paamindelse_vikar_for_en_anden"),
    ],
)
def test_the_database_refuses_a_reminder_of_no_kind_or_for_oneself(felter, navn):
    bruger = BrugerFactory()
    if "for_bruger" in felter:
        felter = {"for_bruger": bruger}
    with pytest.raises(IntegrityError, match=navn):
        paamind(bruger, **felter)


def test_the_database_refuses_the_same_event_twice():
    en = paamind(BrugerFactory())

    with pytest.raises(IntegrityError, match="paamindelse_en_gang"):
        PaamindelseFactory(frist=en.frist, bruger=en.bruger, art=en.art)


def test_the_database_refuses_a_mail_without_its_time():
    besked = Besked.objects.create(modtager=BrugerFactory(), noegle="n", emne="e", tekst="t")

    with pytest.raises(IntegrityError, match="paamindelse_mailet_har_tid"):
        paamind(BrugerFactory(), besked=besked)
