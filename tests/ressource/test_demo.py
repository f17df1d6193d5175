"""The demo: ten citizens at ten points of the course, staff in every role, and a town around them."""

from collections import Counter
from datetime import date, timedelta
from hashlib import sha256
from io import StringIO

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count, Max, Q
from django.test import Client
from django.utils import timezone

from borgere.models import Borger, Dokument, Fase, Personnummer, Sag, Tildeling
from borgere.personnummer import Personnummer as Nummer
from indsatsplan.models import Indsats, Indsatsplan, Ressourceforloeb
from noegletal.beregning import beregn, udviklingsmaaneder
from noegletal.definitioner import NOEGLETAL
from opfoelgning.models import Frist, Opfoelgningsmoede, Opgave
from opfoelgning.udledning import udled
from rehabilitering import maalforskel
from rehabilitering.models import (
    Dagsordenspunkt,
    Kvalitetssikring,
    Screeningsnotat,
    Sparringsbooking,
    Sparringstid,
    Teammoede,
)
from ressource import demo, filtype, grunddata
from ressource.demo.personale import LOGINS, SAGSBEHANDLERE
from ressource.kalender import i_dag
from ressource.models import Bruger, Haendelse, Kalenderdag, Rolle

# A Tuesday, and a Saturday in front of a short week: nothing may depend on the day.
DAGE = (date(2026, 11, 24), date(2027, 12, 18))
NAVNE = ("Eva", "Per", "Bo", "Ibrahim", "Ole", "Rie", "Esben", "Tove", "Anne", "Kim")


@pytest.fixture(scope="module", params=DAGE, ids=str)
def indlaest(request, django_db_setup, django_db_blocker):
    """The demo, loaded once for the module and for each of the days."""
    with (
        time_machine.travel(f"{request.param} 08:30+01:00", tick=False),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        grunddata.indlaes()
        demo.indlaes()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def _by(indlaest, db):
    """The demo in a test of its own."""


pytestmark = pytest.mark.usefixtures("_by")


def _borger(navn: str) -> Sag:
    """The case of one of the ten, told apart from namesakes in the town by who prepared it."""
    return Sag.objects.get(borger__fornavn=navn, oprettet_af__brugernavn="sagsbehandler")


def _antal() -> dict[str, int]:
    return {
        model._meta.label: model.objects.count()
        for model in apps.get_models()
        if not model._meta.label.startswith(("sessions", "contenttypes"))
    }


def test_a_second_run_changes_nothing():
    foer = _antal()
    ud = StringIO()

    call_command("demo", stdout=ud)

    assert _antal() == foer
    assert "allerede" in ud.getvalue()


def test_a_run_on_a_later_day_changes_nothing():
    foer = _antal()

    with time_machine.travel(i_dag() + timedelta(days=40), tick=False):
        assert not demo.indlaes()
    assert _antal() == foer


def test_the_ten_citizens_stand_at_ten_different_points():
    punkter = {navn: _punkt(_borger(navn)) for navn in NAVNE}

    assert len(set(punkter.values())) == len(NAVNE)
    assert punkter["Kim"][0] == Fase.SCREENING
    assert punkter["Esben"][0] == Fase.AFSLUTNING


def _punkt(sag: Sag) -> tuple[object, ...]:
    """Where in the course a case is."""
    forloeb = sag.forloeb.first()
    return (
        sag.fase,
        sag.dagsordenspunkter.aabne().exists(),
        sag.indstillinger.afsluttede().exists(),
        sag.opfoelgningsmoeder.afholdte().exists(),
        forloeb and forloeb.slut_dato < i_dag() + timedelta(days=60),
        forloeb and forloeb.planer.godkendte().exists(),
    )


def test_each_citizen_is_where_the_story_says():
    assert Screeningsnotat.objects.get(sag=_borger("Kim")) in Screeningsnotat.objects.venter()
    attest = _borger("Rie").laegeattester.get()
    assert attest.modtaget_dato is None
    assert i_dag() <= attest.anmodet_dato + timedelta(days=30) <= i_dag() + timedelta(days=3)
    resultater = Kvalitetssikring.objects.filter(sag=_borger("Per")).order_by("pk")
    assert [ks.resultat for ks in resultater] == ["retur", ""]
    punkt = Dagsordenspunkt.objects.aabne().get(sag=_borger("Anne"))
    assert punkt.moede.dato == Kalenderdag.objects.get(dato=i_dag()).naeste_arbejdsdag
    assert not _borger("Tove").afgoerelser.exists()
    assert _borger("Esben").afslutningsaarsag == "uddannelse"


def test_bo_is_overdue_by_days_and_ibrahims_plan_is_due_soon():
    # The tasks of the logistikplan apart: Bo has some that are late too.
    overskredet = Frist.objects.overskredne(i_dag()).exclude(kode="OPGAVE")
    bo = overskredet.get(sag=_borger("Bo"))
    assert bo.regel.kode == "FOERSTE_OPFOELGNING"
    assert timedelta(1) <= i_dag() - bo.forfald_dato <= timedelta(7)
    assert not overskredet.filter(sag=_borger("Ibrahim")).exists()
    plan = Frist.objects.aabne().get(sag=_borger("Ibrahim"), regel__kode="INDSATSPLAN_FRIST")
    assert timedelta(1) <= plan.forfald_dato - i_dag() <= timedelta(12)
    ibrahim = _borger("Ibrahim").borger
    assert ibrahim.er_beskyttet(i_dag())
    assert ibrahim.tolkesprog


def test_no_task_waits_that_the_case_says_is_done():
    aabne = Opgave.objects.aabne()
    assert aabne.exists()
    truffet = Q(indstilling__afgoerelse__afgoerelse_dato__isnull=False)
    assert not aabne.filter(truffet, trin__kode="afgoerelse").exists()
    udleveret = Q(indstilling__udleveringer__isnull=False)
    assert not aabne.filter(udleveret, trin__kode="indstilling_paa_skrift").exists()


def test_eva_has_several_efforts_and_a_talk_today():
    sag = _borger("Eva")
    moede = sag.opfoelgningsmoeder.aftalte().get()

    assert moede.tidspunkt.date() == i_dag()
    assert Indsats.objects.filter(forloeb__sag=sag).i_gang(i_dag()).count() >= 3
    assert sag.tildelinger.filter(bruger__brugernavn="mentor", art="mentor").exists()
    timer = sag.forloeb.get().indsatser.filter(indsatstype__er_praktik=True)
    assert [float(i.timer_pr_uge) for i in timer.order_by("planlagt_start")] == [1.5, 3, 4.5]


def test_every_goal_passes_from_indstilling_to_plan_unchanged_or_says_why():
    med_plan = Indsatsplan.objects.exclude(indhold={}).values("forloeb")
    for et in Ressourceforloeb.objects.til_plan().filter(pk__in=med_plan):
        foer = et.afgoerelse.indstilling.maal
        for plan in et.planer.exclude(indhold={}).order_by("nr"):
            foerste, *_ = plan.indhold["maal"]
            grund = foerste.get("begrundelse", "")
            assert grund or not maalforskel.afviger(foerste["tekst"], foer)
            assert any(maal["indsatser"] for maal in plan.indhold["maal"])
            foer = foerste["tekst"]


@pytest.mark.parametrize("login", [ansat.brugernavn for ansat in LOGINS])
def test_each_login_can_sign_in_and_lands_on_an_overblik(login):
    klient = Client()

    svar = klient.post("/log-ind/", {"login": login, "password": demo.ADGANGSKODE}, follow=True)

    assert svar.status_code == 200
    assert svar.wsgi_request.user.brugernavn == login
    assert svar.wsgi_request.path == "/"


def test_colleagues_of_the_background_cannot_sign_in():
    kolleger = Bruger.objects.exclude(brugernavn__in=[ansat.brugernavn for ansat in LOGINS])

    assert kolleger.count() > len(SAGSBEHANDLERE)
    assert not any(kollega.has_usable_password() for kollega in kolleger)
    assert all(bruger.er_demo for bruger in Bruger.objects.all())


def test_the_two_worklists_can_be_read_and_the_background_keeps_the_norm():
    aabne = (
        Tildeling.objects.gaeldende(i_dag())
        .ansvarlige()
        .exclude(sag__fase=Fase.AFSLUTNING)
        .values_list("bruger__brugernavn")
        .annotate(Count("pk"))
    )
    antal = dict(aabne)

    assert 10 <= antal["sagsbehandler"] <= 25
    assert 10 <= antal["koordinerende"] <= 25
    baggrund = [antal[ansat.brugernavn] for ansat in SAGSBEHANDLERE]
    assert 18 <= sum(baggrund) / len(baggrund) <= 26


def test_roles_outside_the_case_circle_have_their_own_work():
    sundhed = Bruger.objects.get(brugernavn="sundhedskoordinator")
    bookinger = Sparringsbooking.objects.aktive().filter(tid__sundhedskoordinator=sundhed)

    assert bookinger.filter(besvaret_den=None, tid__start__date__gt=i_dag()).count() >= 2
    assert bookinger.filter(besvaret_den__isnull=False).count() >= 3
    assert Screeningsnotat.objects.venter().exists()
    assert Kvalitetssikring.objects.venter().count() >= 2
    assert Sag.objects.synlige_for(Bruger.objects.get(brugernavn="mentor")).count() >= 3
    konsulent = Bruger.objects.get(brugernavn="virksomhedskonsulent")
    assert Sag.objects.synlige_for(konsulent).exists()


def test_slots_and_meetings_lie_on_open_days_and_there_are_free_ones():
    lukket = set(Kalenderdag.objects.filter(er_arbejdsdag=False).values_list("dato", flat=True))
    tider = [tid.start.date() for tid in Sparringstid.objects.all()]

    assert not lukket & set(tider)
    assert not lukket & set(Teammoede.objects.values_list("dato", flat=True))
    assert Sparringstid.objects.ledige(timezone.now()).count() >= 10
    mine = Teammoede.objects.filter(moedeleder__brugernavn="moedeleder").kommende(i_dag())
    assert mine.count() >= 2
    assert {m.punkter.aktive().count() > 0 for m in mine} == {True}


def test_numbers_are_fictitious_unique_and_agree_with_the_citizen():
    numre = Personnummer.objects.filter(til_dato=None).select_related("borger")

    assert Borger.objects.count() == numre.count()
    for person in numre:
        nummer = Nummer.laes(person.nummer, i_dag=i_dag())
        assert nummer.er_erstatning
        assert (nummer.foedselsdato, str(nummer.koen)) == (
            person.borger.foedselsdato,
            person.borger.koen,
        )


def test_events_are_of_the_past_and_in_order_within_a_case():
    assert Haendelse.objects.aggregate(seneste=Max("tidspunkt"))["seneste"] <= timezone.now()
    for navn in NAVNE:
        tider = list(
            Haendelse.objects.filter(sag_id=_borger(navn).pk)
            .order_by("pk")
            .values_list("tidspunkt", flat=True)
        )
        assert len(tider) >= 5
        assert tider == sorted(tider)


def test_documents_are_what_they_say_with_their_own_hash():
    for dokument in Dokument.objects.exclude(sag__oprettet_af__brugernavn__contains="."):
        indhold = bytes(dokument.indhold)
        # As an upload of the same would be.
        assert filtype.kontroller(indhold) == dokument.indholdstype
        assert dokument.antal_byte == len(indhold)
        assert dokument.sha256 == sha256(indhold).hexdigest()


def test_rows_of_the_ten_satisfy_their_models():
    for navn in NAVNE:
        sag = _borger(navn)
        raekker = [
            sag,
            sag.borger,
            *sag.tildelinger.all(),
            *sag.screeningsnotater.all(),
            *sag.forberedende_dele.all(),
            *sag.laegeattester.all(),
            *sag.indstillinger.all(),
            *sag.afgoerelser.all(),
            *Indsats.objects.filter(forloeb__sag=sag),
            *Opfoelgningsmoede.objects.filter(sag=sag),
        ]
        for raekke in raekker:
            raekke.full_clean()


def test_deadlines_are_derived():
    assert not udled()


def test_the_background_has_the_size_and_trend_of_a_town():
    sidste = i_dag().replace(day=1) - timedelta(days=1)
    maaneder = udviklingsmaaneder(sidste)
    tal = beregn(maaneder)

    def linje(kode):
        return [float(tal[m][kode].vaerdi(NOEGLETAL[kode]) or 0) for m in maaneder]

    assert all(170 <= antal <= 240 for antal in linje("personer"))
    assert all(5 <= antal <= 18 for antal in linje("begyndt") + linje("afsluttet"))
    assert linje("virksomhedsrettet")[0] < 30 < linje("virksomhedsrettet")[-1]
    assert linje("mentor")[0] < 68 < 72 < linje("mentor")[-1]


def test_roles_of_the_logins_are_those_of_the_matrix():
    roller = Counter(str(ansat.rolle) for ansat in LOGINS)

    assert all(ansat.brugernavn == ansat.rolle for ansat in LOGINS)
    assert set(roller) >= set(Rolle.values) - {"familieafdeling", "uddannelsesvejleder", "leder"}


def test_shows_the_logins_without_touching_the_database(django_assert_num_queries):
    ud = StringIO()

    with django_assert_num_queries(0):
        call_command("demo", "--vis-login", stdout=ud)

    linjer = ud.getvalue().splitlines()
    assert demo.ADGANGSKODE in linjer[0]
    assert len(linjer) == 1 + len(LOGINS)


def test_is_refused_where_the_demo_is_off(settings):
    settings.RESSOURCE_DEMO = False

    with pytest.raises(CommandError, match="slået fra"):
        call_command("demo")


def test_refuses_when_a_login_belongs_to_somebody_real():
    Bruger.objects.filter(brugernavn="revisor").update(er_demo=False)

    with pytest.raises(CommandError, match="revisor"):
        call_command("demo")
