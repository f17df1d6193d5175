"""Weekly series: drafts, publishing, moving one, leaving out a day, the end."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from rehabilitering.models import Sparringsserie, Sparringstid
from rehabilitering.services.sparring import serier, tider
from rehabilitering.services.sparring.pladser import Ugeplan
from rehabilitering.services.sparring.serier import Hvordan
from ressource.grunddata import indlaes
from ressource.models import Haendelse, Lukkedag, Rolle
from tests.factories import BrugerFactory, SparringsbookingFactory, SparringstidFactory, klokken

pytestmark = pytest.mark.django_db

# A Thursday; Monday 30 November is a working day.
NU = klokken(date(2026, 11, 19), 9)
MANDAG = date(2026, 11, 30)
VIDEO = Hvordan("Video", er_video=True)
URL = "/sparring/"


@pytest.fixture(autouse=True)
def torsdag():
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def birgit():
    return BrugerFactory(navn="Birgit Falk", roller=[Rolle.SUNDHEDSKOORDINATOR])


@pytest.fixture
def nanna(som):
    return som("moedekoordinator", navn="Nanna Friis")


def plan(**felter):
    standard = {
        "ugedage": frozenset({0, 3}),
        "fra_kl": time(9),
        "til_kl": time(10),
        "minutter": 30,
        "fra_dato": MANDAG,
        "til_dato": date(2027, 1, 8),
    }
    return Ugeplan(**(standard | felter))


def lav_serie(birgit, af=None, **felter):
    return serier.opret_serie(birgit, plan(**felter), VIDEO, af=af or birgit)


def starter(tider):
    return [timezone.localtime(tid.start).strftime("%d.%m %H.%M") for tid in tider]


def tekst(svar):
    return " ".join(svar.content.decode().split())


def test_a_series_is_drafts_and_names_what_it_leaves_out(birgit, nanna):
    Lukkedag.objects.create(dato=date(2026, 12, 3), aarsag="teammøde")
    SparringstidFactory(sundhedskoordinator=birgit, start=klokken(date(2026, 12, 7), 9, 15))

    serie, visning = lav_serie(birgit, nanna.bruger, undtagelser=frozenset({date(2026, 12, 10)}))

    assert visning.udeladte == [
        (date(2026, 12, 3), "teammøde"),
        (date(2026, 12, 7), "har allerede tid"),
        (date(2026, 12, 10), "undtaget"),
        (date(2026, 12, 24), "Juleaftensdag"),
        (date(2026, 12, 31), "Nytårsaftensdag"),
    ]
    assert serie.tider.kladder().count() == len(visning.pladser) == 14
    assert not Sparringstid.objects.ledige(NU).filter(serie=serie).exists()
    assert Haendelse.objects.filter(kode="sparring.serie_oprettet").get().data == {"antal": 14}


def test_drafts_are_seen_and_published_by_the_coordinator_alone(birgit, nanna, som):
    lav_serie(birgit)
    maja = som("sagsbehandler")
    kladde = Sparringstid.objects.kladder().first()

    assert "Udgiv 4 kladder" in tekst(nanna.get(URL, {"uge": "2026-W49"}))
    assert "Kladde" not in tekst(maja.get(URL, {"uge": "2026-W49"}))
    assert maja.get(URL, {"tid": kladde.pk}).status_code == 404
    svar = nanna.post(
        reverse("rehabilitering:sparring_udgiv_kladder"), {"uge": "2026-W49"}, follow=True
    )

    assert "4 tider er udgivet." in tekst(svar)
    assert Sparringstid.objects.udgivne().count() == 4
    assert tekst(maja.get(URL, {"uge": "2026-W49"})).count("Ledig</b>") == 4


def test_publishing_leaves_a_draft_on_a_day_that_has_closed_since(birgit):
    serie, visning = lav_serie(birgit)
    Lukkedag.objects.create(dato=MANDAG, aarsag="flytning")

    udgivelse = serier.udgiv_kladder(MANDAG, date(2027, 1, 8), serie=serie, af=birgit)

    assert udgivelse.udeladte == [(MANDAG, "flytning")]
    assert len(udgivelse.tider) == len(visning.pladser) - 2
    assert starter(serie.tider.kladder()) == ["30.11 09.00", "30.11 09.30"]
    with pytest.raises(ValidationError, match=r"Ingen kladder er udgivet.*flytning"):
        serier.udgiv_kladder(MANDAG, date(2027, 1, 8), serie=serie, af=birgit)


def test_a_series_without_a_day_is_refused(birgit):
    with pytest.raises(ValidationError, match=r"Alle dage er udeladt: tors 24\.12\.2026"):
        lav_serie(birgit, fra_dato=date(2026, 12, 24), til_dato=date(2026, 12, 26))

    assert not Sparringsserie.objects.exists()


def test_moving_one_slot_leaves_the_rest_and_its_place(birgit):
    serie, _ = lav_serie(birgit)
    foer = {tid.pk: tid.start for tid in serie.tider.all()}
    tid = serie.tider.first()

    tider.flyt_tid(tid, klokken(date(2026, 12, 1), 14), sted="Lokale 2", af=birgit)

    efter = {tid.pk: tid.start for tid in serie.tider.all()}
    assert {pk for pk in foer if foer[pk] != efter[pk]} == {tid.pk}
    tid.refresh_from_db()
    assert (tid.start, tid.slut) == (
        klokken(date(2026, 12, 1), 14),
        klokken(date(2026, 12, 1), 14, 30),
    )
    assert tid.serie_start == klokken(MANDAG, 9)


@pytest.mark.parametrize(
    ("start", "besked"),
    [
        (klokken(date(2026, 11, 18)), "fortiden"),
        (klokken(date(2026, 12, 25)), "Juledag"),
        (klokken(date(2026, 12, 5)), "weekend"),
        (klokken(MANDAG, 9, 45), "overlapper"),
    ],
)
def test_a_slot_cannot_be_moved_to_where_nobody_meets(birgit, start, besked):
    serie, _ = lav_serie(birgit)

    with pytest.raises(ValidationError, match=besked):
        tider.flyt_tid(serie.tider.first(), start, sted="Video", af=birgit)


def test_a_slot_may_be_moved_within_its_own_time_and_a_booked_one_not_at_all(birgit):
    tid = SparringstidFactory(sundhedskoordinator=birgit, start=klokken(MANDAG, 9))
    tider.flyt_tid(tid, klokken(MANDAG, 9, 15), sted="Video", af=birgit)
    SparringsbookingFactory(tid=tid)

    with pytest.raises(ValidationError, match=r"Tiden er booket\. Aflys eller flyt"):
        tider.flyt_tid(tid, klokken(MANDAG, 10), sted="Video", af=birgit)


def test_leaving_out_a_day_takes_its_slots_and_refuses_when_one_is_booked(birgit):
    serie, _ = lav_serie(birgit)

    assert serier.undtag_dag(serie, MANDAG, af=birgit) == 2
    serie.refresh_from_db()
    assert serie.undtagelser == [MANDAG]
    with pytest.raises(ValidationError, match="ingen tid den dag"):
        serier.undtag_dag(serie, MANDAG, af=birgit)

    torsdag = MANDAG + timedelta(days=3)
    SparringsbookingFactory(tid=serie.tider.filter(start__date=torsdag).first())
    with pytest.raises(ValidationError, match=r"Kl\. 9\.00 er booket"):
        serier.undtag_dag(serie, torsdag, af=birgit)


def test_a_day_left_out_is_put_back_as_drafts_once(birgit):
    serie, _ = lav_serie(birgit, undtagelser=frozenset({MANDAG + timedelta(days=3)}))
    serier.udgiv_kladder(MANDAG, MANDAG, serie=serie, af=birgit)
    foerste, _anden = serie.tider.filter(start__date=MANDAG)
    tider.flyt_tid(foerste, klokken(MANDAG + timedelta(days=1), 9), sted="Video", af=birgit)
    serier.undtag_dag(serie, MANDAG, af=birgit)

    # What was never laid out is made, what was taken back comes again, what was moved stays.
    assert serier.saet_dag_ind(serie, MANDAG + timedelta(days=3), af=birgit) == 2
    assert serier.saet_dag_ind(serie, MANDAG, af=birgit) == 1
    serie.refresh_from_db()
    assert serie.undtagelser == []
    igen = serie.tider.kladder().filter(start__date__range=(MANDAG, MANDAG + timedelta(days=3)))
    assert starter(igen) == ["30.11 09.30", "03.12 09.00", "03.12 09.30"]
    with pytest.raises(ValidationError, match="ikke undtaget"):
        serier.saet_dag_ind(serie, MANDAG, af=birgit)


def test_a_day_that_cannot_be_put_back_says_why_on_the_page(birgit, nanna):
    serie, _ = lav_serie(birgit, undtagelser=frozenset({MANDAG}))
    Lukkedag.objects.create(dato=MANDAG, aarsag="flytning")
    url = reverse("rehabilitering:sparring_serie_saet_ind", args=[serie.pk])

    assert "Sæt ind igen" in tekst(
        nanna.get(reverse("rehabilitering:sparring_serie", args=[serie.pk]))
    )
    assert "man 30.11.2026 (flytning)" in tekst(
        nanna.post(url, {"dato": "2026-11-30"}, follow=True)
    )
    assert "Vælg en af de undtagne dage." in tekst(nanna.post(url, {"dato": "x"}, follow=True))
    Lukkedag.objects.all().delete()
    assert "Man 30.11.2026 er sat ind igen: 2 tider som kladde." in tekst(
        nanna.post(url, {"dato": "2026-11-30"}, follow=True)
    )


def test_the_end_takes_what_is_free_and_keeps_what_is_booked(birgit):
    serie, visning = lav_serie(birgit)
    serier.udgiv_kladder(MANDAG, date(2026, 12, 6), serie=serie, af=birgit)
    booket = SparringsbookingFactory(tid=serie.tider.first()).tid

    assert serier.slut_serie(serie, MANDAG, af=birgit) == (len(visning.pladser) - 1, 1)
    assert list(serie.tider.filter(aflyst_den=None)) == [booket]
    with pytest.raises(ValidationError, match="allerede ophørt"):
        serier.slut_serie(serie, MANDAG, af=birgit)


# The pages


def formular(birgit, **felter):
    return {
        "sundhedskoordinator": birgit.pk,
        "ugedage": ["0", "3"],
        "fra_kl": "9.00",
        "til_kl": "10.00",
        "minutter": "30",
        "sted": "Video",
        "fra_dato": "21.12.2026",
        "til_dato": "08.01.2027",
        "form": "begge",
        "anledning": "begge",
        "undtagelser": "04.01.2027",
    } | felter


def test_the_preview_shows_every_date_and_keeps_nothing(birgit, nanna):
    url = reverse("rehabilitering:sparring_serie_ny")

    side = tekst(nanna.post(url, formular(birgit) | {"vis": "1"}))

    assert "Giver 6 tider.</strong> Springes over: tors 24.12.2026 (Juleaftensdag)" in side
    assert "man 21.12.2026 kl. 9.00, 9.30" in side
    assert "man 04.01.2027: undtaget" in side
    assert not Sparringsserie.objects.exists()
    del_ = nanna.post(url, formular(birgit) | {"vis": "1"}, headers={"HX-Request": "true"})
    assert "<html" not in tekst(del_)
    ufaerdig = nanna.post(url, {"vis": "1"}, headers={"HX-Request": "true"})
    assert (ufaerdig.status_code, tekst(ufaerdig)) == (200, "")


def test_from_the_form_to_published_slots(birgit, nanna):
    svar = nanna.post(reverse("rehabilitering:sparring_serie_ny"), formular(birgit), follow=True)

    assert "6 tider er gemt som kladde. Udeladt: tors 24.12.2026 (Juleaftensdag)" in tekst(svar)
    serie = Sparringsserie.objects.get()
    assert "Ikke udgivet" in tekst(nanna.get(reverse("rehabilitering:sparring_serier")))
    svar = nanna.post(reverse("rehabilitering:sparring_serie_udgiv", args=[serie.pk]), follow=True)
    assert "6 tider er udgivet." in tekst(svar)
    svar = nanna.post(
        reverse("rehabilitering:sparring_serie_undtag", args=[serie.pk]),
        {"undtag-dato": "21.12.2026"},
        follow=True,
    )
    assert "Dagen er undtaget. 2 tider er taget tilbage." in tekst(svar)
    svar = nanna.post(
        reverse("rehabilitering:sparring_serie_slut", args=[serie.pk]),
        {"slut-dato": "01.01.2026"},
    )
    assert (svar.status_code, "Dagen er gået" in tekst(svar)) == (422, True)


@pytest.mark.parametrize(
    ("felter", "felt"),
    [
        ({"ugedage": []}, "ugedage"),
        ({"til_kl": "9.10"}, "til_kl"),
        ({"til_dato": "01.12.2026"}, "til_dato"),
        ({"undtagelser": "jul"}, "undtagelser"),
        ({"sted": "720583-1234"}, "sted"),
        ({"fra_dato": "24.12.2026", "til_dato": "26.12.2026"}, "fra_dato"),
    ],
)
def test_a_form_that_cannot_be_is_refused_and_kept(birgit, nanna, felter, felt):
    svar = nanna.post(reverse("rehabilitering:sparring_serie_ny"), formular(birgit, **felter))

    assert (svar.status_code, list(svar.context["form"].errors)) == (422, [felt])
    assert "08.01.2027" in tekst(svar) or "til_dato" in felter


def test_a_slot_is_moved_from_its_page(birgit, nanna):
    tid = SparringstidFactory(sundhedskoordinator=birgit, start=klokken(MANDAG, 9))
    url = reverse("rehabilitering:sparring_flyt_tid", args=[tid.pk])

    assert 'value="30.11.2026"' in tekst(nanna.get(url))
    svar = nanna.post(url, {"dato": "05.12.2026", "klokken": "9.00", "sted": "Video"})
    assert (svar.status_code, list(svar.context["form"].errors)) == (422, ["dato"])
    svar = nanna.post(url, {"dato": "01.12.2026", "klokken": "9.30", "sted": "Video"}, follow=True)
    assert "Tiden er flyttet til tirsdag 1. december 2026 kl. 9.30." in tekst(svar)


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_a_series_page_takes_the_same_number_of_statements(
    birgit, nanna, antal, django_assert_num_queries
):
    serie, _ = lav_serie(birgit, ugedage=frozenset({0}), til_dato=MANDAG + timedelta(weeks=26))
    behold = serie.tider.values_list("pk", flat=True)[:antal]
    Sparringstid.objects.exclude(pk__in=list(behold)).delete()

    # Session, user, series, count, drafts, slots, reminders.
    with django_assert_num_queries(7):
        nanna.get(reverse("rehabilitering:sparring_serie", args=[serie.pk]))
    with django_assert_num_queries(4):
        nanna.get(reverse("rehabilitering:sparring_serier"))


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_the_coordinators_week_takes_the_same_number_of_statements(
    birgit, nanna, antal, django_assert_num_queries
):
    for nr in range(antal):
        start = klokken(MANDAG + timedelta(days=nr % 5), 8 + nr // 5)
        SparringsbookingFactory(tid=SparringstidFactory(sundhedskoordinator=birgit, start=start))
    lav_serie(birgit, fra_kl=time(15), til_kl=time(16))

    # Session, user, week (2), absences, closed days (2), bookings hit, waiting list, waiting time,
    # use, answers and questions that wait (2), people for the form (2), reminders.
    with django_assert_num_queries(16):
        nanna.get(URL, {"uge": "2026-W49"})


def test_the_list_has_the_same_slots_as_the_grid(birgit, nanna):
    lav_serie(birgit)

    side = tekst(nanna.get(URL, {"uge": "2026-W49", "vis": "liste"}))

    assert side.count("ikke udgivet</span>") == 4
    assert "Vis som uge" in side
    assert "?uge=2026-W50&amp;vis=liste" in side or "?uge=2026-W50&vis=liste" in side


@pytest.mark.parametrize(
    ("navn", "felter"),
    [
        ("sparringsserie_slut_efter_start", {"til_dato": date(2026, 11, 29)}),
        ("sparringsserie_kl", {"til_kl": time(9)}),
        ("sparringsserie_minutter", {"minutter": 5}),
        ("sparringsserie_ugedage", {"ugedage": [5]}),
    ],
)
def test_the_database_refuses_a_series(birgit, navn, felter):
    gyldig = {
        "ugedage": [0],
        "fra_kl": time(9),
        "til_kl": time(10),
        "minutter": 30,
        "fra_dato": MANDAG,
        "til_dato": MANDAG,
    }
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        Sparringsserie.objects.create(
            **(gyldig | felter), sundhedskoordinator=birgit, sted="Video", oprettet_af=birgit
        )


@pytest.mark.parametrize(
    ("navn", "felter"),
    [
        ("sparringstid_udgivelse_hel", {"udgivet_den": None}),
        ("sparringstid_plads_i_serie", {"serie_start": NU}),
    ],
)
def test_the_database_refuses_a_slot(navn, felter):
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        SparringstidFactory(**felter)


def test_the_database_refuses_two_slots_in_one_place(birgit):
    tid = lav_serie(birgit)[0].tider.first()

    with (
        pytest.raises(IntegrityError, match="sparringstid_en_pr_plads"),
        transaction.atomic(),
    ):
        SparringstidFactory(serie=tid.serie, serie_start=tid.serie_start)


class FlytningTest(TestCase):
    """Moving any one slot to anywhere leaves every other where it was."""

    @classmethod
    def setUpTestData(cls):
        indlaes()
        cls.birgit = BrugerFactory(roller=[Rolle.SUNDHEDSKOORDINATOR])

    @settings(max_examples=15, deadline=None)
    @given(
        nr=st.integers(0, 9),
        dage=st.integers(-30, 150),
        minut=st.integers(0, 23 * 60),
        fra=st.sampled_from([date(2026, 12, 7), date(2027, 3, 15), date(2027, 10, 18)]),
    )
    def test_moving_one_leaves_the_rest(self, nr, dage, minut, fra):
        serie, _ = lav_serie(self.birgit, fra_dato=fra, til_dato=fra + timedelta(weeks=5))
        foer = {tid.pk: (tid.start, tid.slut) for tid in serie.tider.all()}
        tid = serie.tider.order_by("start")[nr]
        maal = klokken(fra + timedelta(days=dage), minut // 60, minut % 60)

        try:
            tider.flyt_tid(tid, maal, sted="Video", af=self.birgit)
        except ValidationError:
            flyttet = set()
        else:
            flyttet = {tid.pk} if maal != tid.start else set()

        efter = {tid.pk: (tid.start, tid.slut) for tid in serie.tider.all()}
        assert {pk for pk in foer if foer[pk] != efter[pk]} == flyttet
        for start, slut in efter.values():
            assert slut - start == timedelta(minutes=30)
            assert timezone.localdate(start).weekday() < 5
