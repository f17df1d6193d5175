from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from borgere.models import Fase, Sag, Samtykke, Tildeling
from borgere.services import afslut_sag, tildel
from rehabilitering.models import Sparringsbooking, Sparringsspoergsmaal, Sparringstid
from rehabilitering.services import sparring as services
from rehabilitering.services.sparring import Plan
from ressource.kalender import i_dag
from ressource.models import Haendelse, Lukkedag, Rolle
from tests.factories import (
    BrugerFactory,
    SagFactory,
    SparringsbookingFactory,
    SparringstidFactory,
    klokken,
)
from tests.rehabilitering.sparringsdata import giv_samtykke, plan_for

pytestmark = pytest.mark.django_db

# A Thursday; Monday 30 November is a working day.
NU = klokken(date(2026, 11, 19), 9)
MANDAG = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def torsdag():
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def koordinator():
    return BrugerFactory(navn="Birgit Falk", roller=[Rolle.SUNDHEDSKOORDINATOR])


@pytest.fixture
def nanna():
    return BrugerFactory(navn="Nanna Friis", roller=[Rolle.MOEDEKOORDINATOR])


@pytest.fixture
def maja():
    return BrugerFactory(navn="Maja Kirkegaard")


@pytest.fixture
def sag(maja):
    sag = SagFactory(fase=Fase.FORBEREDELSE, ansvarlig=maja)
    giv_samtykke(sag)
    return sag


@pytest.fixture
def tid(koordinator):
    return SparringstidFactory(sundhedskoordinator=koordinator, start=klokken(MANDAG))


def book(tid, sag, af, **felter):
    return services.book(
        tid, sag, **({"eget_spoergsmaal": "Er jobønsket forsvarligt?"} | felter), af=af
    )


# Publishing


def test_udgiv_gives_slots_one_after_the_other_by_the_clock(koordinator, nanna):
    udgivelse = services.udgiv_tider(koordinator, plan_for(MANDAG, antal=3), sted="Video", af=nanna)

    assert [(t.start, t.slut) for t in Sparringstid.objects.all()] == [
        (klokken(MANDAG, 9, 0), klokken(MANDAG, 9, 30)),
        (klokken(MANDAG, 9, 30), klokken(MANDAG, 10, 0)),
        (klokken(MANDAG, 10, 0), klokken(MANDAG, 10, 30)),
    ]
    assert udgivelse.udeladte == []
    assert Haendelse.objects.get().kode == "sparring.udgivet"


def test_udgiv_leaves_out_holidays_and_closing_days_and_names_them(koordinator, nanna):
    Lukkedag.objects.create(dato=date(2027, 1, 8), aarsag="flytning")

    udgivelse = services.udgiv_tider(
        koordinator, plan_for(date(2026, 12, 18), antal=1, uger=4), sted="Video", af=nanna
    )

    assert [timezone.localdate(t.start) for t in udgivelse.tider] == [date(2026, 12, 18)]
    assert udgivelse.udeladte == [
        (date(2026, 12, 25), "Juledag"),
        (date(2027, 1, 1), "Nytårsdag"),
        (date(2027, 1, 8), "flytning"),
    ]


def test_udgiv_refuses_when_every_day_is_closed(koordinator, nanna):
    with pytest.raises(
        ValidationError, match=r"Der er lukket eller fravær lørdag 28\. november 2026 \(weekend\)"
    ) as fejl:
        services.udgiv_tider(koordinator, plan_for(date(2026, 11, 28)), sted="Video", af=nanna)

    assert list(fejl.value.error_dict) == ["dato"]


def test_udgiv_refuses_overlap_and_publishes_nothing(koordinator, nanna, tid):
    with pytest.raises(ValidationError, match=r"overlapper mandag 30\. november 2026 kl\. 10\.00"):
        services.udgiv_tider(
            koordinator,
            plan_for(MANDAG - timedelta(weeks=1), antal=4, uger=3),
            sted="Video",
            af=nanna,
        )

    assert list(Sparringstid.objects.all()) == [tid]


def test_udgiv_may_touch_another_slot_or_replace_one_taken_back(koordinator, nanna, tid):
    services.tag_tilbage(tid, af=nanna)

    services.udgiv_tider(koordinator, plan_for(MANDAG, antal=3), sted="Video", af=nanna)
    services.udgiv_tider(
        koordinator, plan_for(MANDAG, kl=(10, 30), antal=1), sted="Video", af=nanna
    )

    assert Sparringstid.objects.udgivne().count() == 4


@pytest.mark.parametrize(
    ("plan", "felt"),
    [
        (plan_for(date(2026, 11, 19), kl=(8, 30)), "dato"),
        (plan_for(MANDAG, kl=(22, 0), antal=5), "antal"),
    ],
)
def test_udgiv_refuses_the_past_and_slots_past_midnight(koordinator, nanna, plan, felt):
    with pytest.raises(ValidationError) as fejl:
        services.udgiv_tider(koordinator, plan, sted="Video", af=nanna)

    assert list(fejl.value.error_dict) == [felt]
    assert not Sparringstid.objects.exists()


def test_udgiv_may_end_at_midnight(koordinator, nanna):
    udgivelse = services.udgiv_tider(
        koordinator, plan_for(MANDAG, kl=(22, 0), antal=4), sted="Video", af=nanna
    )

    assert udgivelse.tider[-1].slut == klokken(MANDAG + timedelta(days=1), 0)


def test_udgiv_refuses_a_personnummer_in_the_place(koordinator, nanna):
    with pytest.raises(ValidationError) as fejl:
        services.udgiv_tider(koordinator, plan_for(MANDAG), sted="Møde om 740387-1234", af=nanna)

    assert list(fejl.value.error_dict) == ["sted"]


def test_udgiv_refuses_somebody_who_is_no_sundhedskoordinator(nanna, maja):
    with pytest.raises(ValidationError) as fejl:
        services.udgiv_tider(maja, plan_for(MANDAG), sted="Video", af=nanna)

    assert list(fejl.value.error_dict) == ["sundhedskoordinator"]


def test_udgiv_keeps_the_clock_time_when_summer_time_ends(koordinator, nanna):
    with time_machine.travel(klokken(date(2026, 10, 1)), tick=False):
        udgivelse = services.udgiv_tider(
            koordinator, plan_for(date(2026, 10, 19), antal=1, uger=2), sted="Video", af=nanna
        )

    assert [t.start.utcoffset() for t in udgivelse.tider] == [
        timedelta(hours=2),
        timedelta(hours=1),
    ]
    assert [timezone.localtime(t.start).hour for t in udgivelse.tider] == [9, 9]


# Taking back


def test_tag_tilbage_takes_a_free_slot_off_the_calendar(tid, nanna):
    services.tag_tilbage(tid, af=nanna)

    assert not Sparringstid.objects.udgivne().exists()
    assert Haendelse.objects.get().kode == "sparring.taget_tilbage"


def test_tag_tilbage_refuses_a_booked_slot_and_a_second_time(tid, sag, maja, nanna):
    booking = book(tid, sag, maja)
    with pytest.raises(ValidationError, match="Tiden er booket"):
        services.tag_tilbage(tid, af=nanna)
    services.aflys_booking(booking, af=maja)
    services.tag_tilbage(tid, af=nanna)

    with pytest.raises(ValidationError, match="Tiden er taget tilbage"):
        services.tag_tilbage(tid, af=nanna)


# Booking


def test_book_stores_the_questions_and_logs_on_the_case(tid, sag, maja):
    katalog = list(Sparringsspoergsmaal.objects.all()[:2])

    booking = book(tid, sag, maja, spoergsmaal=katalog, eget_spoergsmaal=" Larm? ", med_borger=True)

    gemt = Sparringsbooking.objects.get()
    assert (gemt, gemt.med_borger, gemt.booket_den) == (booking, True, NU)
    assert gemt.alle_spoergsmaal() == [str(katalog[0]), str(katalog[1]), "Larm?"]
    assert list(
        Haendelse.objects.filter(sag_id=sag.pk).order_by("pk").values_list("kode", flat=True)
    ) == [
        "sag.tildelt",
        "sparring.booket",
    ]


def test_book_lets_the_sundhedskoordinator_see_the_case_until_30_days_after(
    tid, sag, maja, koordinator
):
    assert not Sag.objects.synlige_for(koordinator).exists()

    booking = book(tid, sag, maja)

    assert Sparringsbooking.objects.synlige_for(koordinator).get() == booking
    sidste = MANDAG + timedelta(days=30)
    synlig = {dag: Sag.objects.synlige_for(koordinator, dag).exists() for dag in [i_dag(), sidste]}
    assert synlig == {i_dag(): True, sidste: True}
    for dag in (i_dag() - timedelta(days=1), sidste + timedelta(days=1)):
        assert not Sag.objects.synlige_for(koordinator, dag).exists()


def test_book_refuses_a_taken_slot_and_changes_nothing(tid, sag, maja):
    book(tid, sag, maja)
    anden = SagFactory(fase=Fase.FORBEREDELSE)
    giv_samtykke(anden)

    with pytest.raises(services.TidOptaget):
        book(tid, anden, BrugerFactory())

    assert Sparringsbooking.objects.count() == 1
    assert not anden.tildelinger.exists()


def test_book_refuses_without_a_question(tid, sag, maja):
    with pytest.raises(ValidationError) as fejl:
        book(tid, sag, maja, eget_spoergsmaal="  ")

    assert list(fejl.value.error_dict) == ["spoergsmaal"]


@pytest.mark.parametrize(
    ("fra", "til", "tekst"),
    [
        (None, None, "Borgeren har ikke givet samtykke til, at regionen"),
        (-300, -1, "at regionen .* får den forberedende del, udløb 18.11.2026"),
        (-300, 5, "at regionen .* får den forberedende del, udløber 24.11.2026"),
    ],
)
def test_book_refuses_without_consent_to_the_region(tid, maja, fra, til, tekst):
    sag = SagFactory(fase=Fase.FORBEREDELSE, ansvarlig=maja)
    if fra:
        giv_samtykke(sag, fra=i_dag() + timedelta(days=fra), til=i_dag() + timedelta(days=til))
    giv_samtykke(sag, modtager=Samtykke.Modtager.EGEN_LAEGE)

    with pytest.raises(ValidationError, match=tekst) as fejl:
        book(tid, sag, maja)

    assert fejl.value.error_dict["sag"][0].code == "mangler_samtykke"
    assert Haendelse.objects.filter(kode="deling.afvist", sag_id=sag.pk).count() == 1


def test_book_accepts_a_renewed_consent(tid, maja):
    sag = SagFactory(fase=Fase.FORBEREDELSE, ansvarlig=maja)
    giv_samtykke(sag, til=i_dag() + timedelta(days=5))
    giv_samtykke(sag, fra=i_dag() + timedelta(days=6))

    assert book(tid, sag, maja).pk


@pytest.mark.parametrize(
    ("anledning", "fase", "tilladt"),
    [
        ("forberedelse", Fase.KVALITETSSIKRING, True),
        ("forberedelse", Fase.MOEDE, True),
        ("forberedelse", Fase.OPFOELGNING, False),
        ("under_forloeb", Fase.PLAN, True),
        ("under_forloeb", Fase.FORBEREDELSE, False),
        ("begge", Fase.OPFOELGNING, True),
        ("begge", Fase.SCREENING, False),
        ("begge", Fase.INDSTILLING, False),
    ],
)
def test_book_fits_the_occasion_to_the_step(koordinator, maja, anledning, fase, tilladt):
    tid = SparringstidFactory(anledning=anledning)
    sag = SagFactory(fase=fase)
    giv_samtykke(sag)

    if tilladt:
        assert book(tid, sag, maja).pk
    else:
        with pytest.raises(ValidationError, match="Det her kan kun gøres i"):
            book(tid, sag, maja)
        assert not Sparringsbooking.objects.exists()


@pytest.mark.parametrize(
    ("form", "med_borger"),
    [(Sparringstid.Form.SAGSBEHANDLER_ALENE, True), (Sparringstid.Form.MED_BORGER, False)],
)
def test_book_refuses_the_wrong_participants(sag, maja, form, med_borger):
    tid = SparringstidFactory(form=form)

    with pytest.raises(ValidationError) as fejl:
        book(tid, sag, maja, med_borger=med_borger)

    assert list(fejl.value.error_dict) == ["med_borger"]


def test_book_refuses_past_and_withdrawn_slots_and_closing_days(koordinator, sag, maja):
    gaaet = SparringstidFactory(start=NU)
    taget = SparringstidFactory(aflyst_den=NU)
    lukket = SparringstidFactory(start=klokken(MANDAG))
    Lukkedag.objects.create(dato=MANDAG, aarsag="kursus")

    for tid, tekst in [
        (gaaet, "gået"),
        (taget, "taget tilbage"),
        (lukket, "lukket den dag .kursus."),
    ]:
        with pytest.raises(ValidationError, match=tekst):
            book(tid, sag, maja)
    assert not Sparringsbooking.objects.exists()
    assert not sag.tildelinger.filter(art=Tildeling.Art.SPARRING).exists()


# Free slots


def test_naeste_ledige_gives_later_ones_first(koordinator):
    def ny(dage, **felter):
        return SparringstidFactory(start=klokken(MANDAG + timedelta(days=dage)), **felter)

    tid = ny(1)
    foer, efter, senere = ny(0), ny(2), ny(3)
    SparringstidFactory(start=NU - timedelta(days=1))
    ny(2, aflyst_den=NU)
    SparringsbookingFactory(tid=ny(2))
    Lukkedag.objects.create(dato=MANDAG + timedelta(days=4), aarsag="kursus")
    ny(4)

    assert list(Sparringstid.objects.naeste_ledige(tid)) == [efter, senere, foer]


def test_egnede_leaves_out_slots_of_another_kind(sag):
    begge = SparringstidFactory()
    alene = SparringstidFactory(form=Sparringstid.Form.SAGSBEHANDLER_ALENE)
    SparringstidFactory(form=Sparringstid.Form.MED_BORGER)
    SparringstidFactory(anledning=Sparringstid.Anledning.UNDER_FORLOEB)

    assert list(Sparringstid.objects.egnede(sag, med_borger=False).order_by("pk")) == [begge, alene]


# Cancelling


def test_aflys_frees_the_slot_and_ends_the_access(tid, sag, maja, koordinator):
    booking = book(tid, sag, maja)

    services.aflys_booking(booking, af=maja)

    booking.refresh_from_db()
    assert (booking.aflyst_den, booking.aflyst_af) == (NU, maja)
    assert not Sag.objects.synlige_for(koordinator).exists()
    assert Haendelse.objects.latest("pk").kode == "sparring.aflyst"
    assert book(tid, sag, maja).pk != booking.pk


def test_aflys_next_day_keeps_the_days_the_access_lasted(tid, sag, maja, nanna, koordinator):
    booking = book(tid, sag, maja)

    with time_machine.travel(NU + timedelta(days=3), tick=False):
        services.aflys_booking(booking, af=nanna)
        assert not Sag.objects.synlige_for(koordinator).exists()

    tildeling = sag.tildelinger.get(art=Tildeling.Art.SPARRING)
    assert (tildeling.fra_dato, tildeling.til_dato) == (date(2026, 11, 19), date(2026, 11, 21))


def test_aflys_leaves_the_access_of_another_booking(tid, sag, maja, koordinator):
    booking = book(tid, sag, maja)
    samme_dag = SparringstidFactory(sundhedskoordinator=koordinator, start=klokken(MANDAG, 11))
    anden = book(samme_dag, sag, maja)

    services.aflys_booking(booking, af=maja)

    assert list(Sparringsbooking.objects.aktive().synlige_for(koordinator)) == [anden]


def test_aflys_is_for_who_booked_and_the_moedekoordinator(tid, sag, maja, koordinator):
    booking = book(tid, sag, maja)

    for anden in (koordinator, BrugerFactory()):
        with pytest.raises(PermissionDenied):
            services.aflys_booking(booking, af=anden)


def test_aflys_is_for_the_present_responsible_after_a_reassignment(tid, sag, maja):
    booking = book(tid, sag, maja)
    jonas = BrugerFactory(navn="Jonas Holt")
    with pytest.raises(PermissionDenied):
        services.aflys_booking(booking, af=jonas)
    tildel(sag, jonas, Tildeling.Art.ANSVARLIG, af=maja)

    assert list(Sparringsbooking.objects.kommende_bookinger(jonas)) == [booking]
    services.aflys_booking(booking, af=jonas)

    booking.refresh_from_db()
    assert booking.aflyst_af == jonas


def test_aflys_refuses_twice_after_the_start_and_after_the_answer(tid, sag, maja, koordinator):
    booking = book(tid, sag, maja)
    services.aflys_booking(booking, af=maja)
    with pytest.raises(ValidationError, match="allerede aflyst"):
        services.aflys_booking(booking, af=maja)
    booking = book(tid, sag, maja)
    with (
        time_machine.travel(klokken(MANDAG), tick=False),
        pytest.raises(ValidationError, match="begyndt"),
    ):
        services.aflys_booking(booking, af=maja)
    services.svar(booking, tekst="Ja", afklaret=True, af=koordinator)

    with pytest.raises(ValidationError, match="svaret på bookingen"):
        services.aflys_booking(booking, af=maja)


def test_a_case_that_ends_frees_its_coming_slot(tid, sag, maja, koordinator):
    booking = book(tid, sag, maja)
    besvaret = book(SparringstidFactory(start=klokken(MANDAG, 11)), sag, maja)
    services.svar(besvaret, tekst="Ja", afklaret=True, af=besvaret.tid.sundhedskoordinator)
    anden_sag = SagFactory(fase=Fase.FORBEREDELSE)
    giv_samtykke(anden_sag)

    afslut_sag(sag, aarsag="fraflyttet", dato=i_dag(), af=maja)

    booking.refresh_from_db()
    assert (booking.aflyst_den, booking.aflyst_af) == (NU, maja)
    assert list(Sparringsbooking.objects.aktive()) == [besvaret]
    assert Haendelse.objects.get(kode="sparring.aflyst").sag_id == sag.pk
    assert book(tid, anden_sag, anden_sag.oprettet_af)


def test_a_case_that_ends_leaves_a_slot_that_has_begun(tid, sag, maja):
    booking = book(tid, sag, maja)

    with time_machine.travel(klokken(MANDAG), tick=False):
        afslut_sag(sag, aarsag="fraflyttet", dato=i_dag(), af=maja)

    booking.refresh_from_db()
    assert booking.aflyst_den is None


# Answering


def test_svar_is_stored_with_author_and_time(tid, sag, maja, koordinator):
    booking = book(tid, sag, maja)

    services.svar(booking, tekst=" Ja, med høreværn. ", afklaret=False, af=koordinator)

    booking.refresh_from_db()
    assert (booking.svar, booking.er_afklaret) == ("Ja, med høreværn.", False)
    assert (booking.besvaret_af, booking.besvaret_den) == (koordinator, NU)
    assert Haendelse.objects.latest("pk").kode == "sparring.besvaret"


def test_svar_is_given_once_by_the_slots_own_sundhedskoordinator(tid, sag, maja, koordinator):
    booking = book(tid, sag, maja)
    with pytest.raises(PermissionDenied):
        services.svar(
            booking, tekst="Ja", afklaret=True, af=BrugerFactory(roller=["sundhedskoordinator"])
        )
    with pytest.raises(ValidationError, match="Skriv svaret"):
        services.svar(booking, tekst="  ", afklaret=True, af=koordinator)
    services.svar(booking, tekst="Ja", afklaret=True, af=koordinator)

    with pytest.raises(ValidationError, match=r"allerede svaret 19\.11\.2026 kl\. 9\.00"):
        services.svar(booking, tekst="Nej", afklaret=True, af=koordinator)


def test_svar_refuses_a_cancelled_booking(tid, sag, maja, koordinator):
    booking = book(tid, sag, maja)
    services.aflys_booking(booking, af=maja)

    with pytest.raises(ValidationError, match="aflyst"):
        services.svar(booking, tekst="Ja", afklaret=True, af=koordinator)


# Lists


def test_kommende_bookinger_keeps_the_unanswered_for_the_sundhedskoordinator(
    sag, maja, koordinator, django_assert_num_queries
):
    def booket(dage):
        start = klokken(MANDAG + timedelta(days=dage))
        return book(SparringstidFactory(sundhedskoordinator=koordinator, start=start), sag, maja)

    foerste, anden, tredje = booket(0), booket(1), booket(2)
    services.svar(foerste, tekst="Ja", afklaret=True, af=koordinator)
    services.aflys_booking(tredje, af=maja)
    alle = Sparringsbooking.objects

    assert list(alle.kommende_bookinger(koordinator)) == [foerste, anden]
    with time_machine.travel(klokken(MANDAG + timedelta(days=3)), tick=False):
        assert list(alle.kommende_bookinger(koordinator)) == [anden]
        assert list(alle.kommende_bookinger(maja)) == []
        assert list(alle.venter_paa_svar()) == [anden]


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_kommende_bookinger_takes_two_statements(
    maja, koordinator, antal, django_assert_num_queries
):
    for nr in range(antal):
        sag = SagFactory(fase=Fase.FORBEREDELSE)
        giv_samtykke(sag)
        start = klokken(MANDAG) + timedelta(hours=nr)
        book(
            SparringstidFactory(sundhedskoordinator=koordinator, start=start),
            sag,
            maja,
            spoergsmaal=Sparringsspoergsmaal.objects.all()[:1],
        )

    with django_assert_num_queries(2):
        vist = [
            (
                b.sag.borger.navn,
                b.booket_af.navn,
                b.tid.sundhedskoordinator.navn,
                b.alle_spoergsmaal(),
            )
            for b in Sparringsbooking.objects.kommende_bookinger(koordinator)
        ]

    assert len(vist) == antal


# The database's own rules


@pytest.mark.parametrize(
    ("navn", "goer"),
    [
        (
            "sparringstid_slut_efter_start",
            lambda: SparringstidFactory(start=NU, slut=NU - timedelta(minutes=1)),
        ),
        (
            "sparringstid_ingen_overlap",
            lambda: SparringstidFactory(
                sundhedskoordinator=SparringstidFactory(start=NU).sundhedskoordinator,
                start=NU + timedelta(minutes=29),
            ),
        ),
        (
            "sparringsbooking_en_pr_tid",
            lambda: SparringsbookingFactory(tid=SparringsbookingFactory().tid),
        ),
        ("sparringsbooking_aflysning_hel", lambda: SparringsbookingFactory(aflyst_den=NU)),
        ("sparringsbooking_svar_helt", lambda: SparringsbookingFactory(svar="Ja")),
        (
            "sparringsbooking_svar_helt",
            lambda: SparringsbookingFactory(
                svar="Ja",
                er_afklaret=True,
                besvaret_den=NU,
                besvaret_af=BrugerFactory(),
                aflyst_den=NU,
                aflyst_af=BrugerFactory(),
                aflysning=Sparringsbooking.Aflysning.AFLYST,
            ),
        ),
        (
            "rehabilitering_sparringsspoergsmaal_tekst",
            lambda: Sparringsspoergsmaal.objects.create(tekst="Er jobønsket forsvarligt?"),
        ),
    ],
)
def test_database_refuses(navn, goer):
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        goer()


def test_plan_gives_the_same_weekday():
    assert Plan(MANDAG, klokken(MANDAG).time(), 1, 30, uger=2).datoer() == [
        date(2026, 11, 30),
        date(2026, 12, 7),
    ]
