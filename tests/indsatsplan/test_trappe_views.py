"""The staircase on the plan page: what is opened and written there, without JavaScript, and by whom."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from borgere.models import Tildeling
from indsatsplan.models import FaktiskTimetal, Indsatsfravaer, Indsatstrin
from ressource.models import Opslag
from tests.factories import (
    IndsatsFactory,
    IndsatsfravaerFactory,
    IndsatsplanFactory,
    IndsatstrinFactory,
    MaalFactory,
    RessourceforloebFactory,
    TildelingFactory,
    klokken,
)

pytestmark = pytest.mark.django_db

I_DAG = date(2025, 11, 25)


@pytest.fixture(autouse=True)
def _dagen():
    with time_machine.travel(klokken(I_DAG, 9)):
        yield


@pytest.fixture
def trin(db):
    """The first step of a praktik that began 16 June."""
    forloeb = RessourceforloebFactory(start_dato=date(2025, 6, 1), slut_dato=date(2027, 5, 31))
    IndsatsplanFactory(forloeb=forloeb, godkendt=True)
    indsats = IndsatsFactory(
        i_gang=True,
        forloeb=forloeb,
        maal=MaalFactory(forloeb=forloeb, rang=1),
        planlagt_start=date(2025, 6, 16),
        planlagt_slut=date(2026, 2, 28),
    )
    return IndsatstrinFactory(
        indsats=indsats, fra_dato=date(2025, 6, 16), ugedage="mandag og torsdag"
    )


@pytest.fixture
def klient(som, trin):
    """The virksomhedskonsulent of the case, signed in."""
    klient = som("virksomhedskonsulent")
    sag = trin.indsats.forloeb.sag
    TildelingFactory(sag=sag, bruger=klient.bruger, art=Tildeling.Art.MEDVIRKENDE)
    return klient


def url(navn, pk):
    return reverse(f"indsatsplan:{navn}", args=[pk])


def plan(trin):
    return url("plan", trin.indsats.forloeb.sag_id)


def vist(svar):
    return svar.content.decode()


def felter(**andre):
    return {
        "fra_dato": "01.12.2025",
        "dage_pr_uge": "5",
        "timer_pr_dag": "2",
        "opgaver": "Med på udbringning",
        "kompleksitet": "flere",
        "stoette": "jaevnlig",
        "laas": "0",
        **andre,
    }


def test_next_step_begins_as_a_copy_of_the_last(klient, trin):
    side = klient.get(plan(trin), {"aaben": f"trin-ny-{trin.indsats_id}"})

    form = side.context["form"]
    assert form["opgaver"].value() == trin.opgaver
    assert form["ugedage"].value() == "mandag og torsdag"
    assert form["fra_dato"].value() == date(2025, 12, 1)  # the Monday after today
    assert f'id="trin-ny-{trin.indsats_id}"' in vist(side)
    assert "Næste trin, kopiér trin 1" in vist(side)


def test_next_step_is_saved_and_leads_back_to_its_staircase(klient, trin):
    svar = klient.post(url("trin_ny", trin.indsats_id), felter())

    assert svar.status_code == 302
    assert svar.url == f"{plan(trin)}#trappe-{trin.indsats_id}"
    assert Indsatstrin.objects.last().timer_pr_uge == 10


@pytest.mark.parametrize(
    ("andre", "saetning"),
    [
        ({"fra_dato": "01.03.2026"}, "gør trinnet til en skitse"),
        ({"opgaver": ""}, "Skriv, hvad opgaverne er."),
        ({"dage_pr_uge": "otte"}, "Skriv et helt tal fra 1 til 7."),
        ({"dage_pr_uge": "8"}, "1-7 dage om ugen"),
    ],
)
def test_refused_step_is_shown_again_in_the_page(klient, trin, andre, saetning):
    svar = klient.post(url("trin_ny", trin.indsats_id), felter(ugedage="Onsdag", **andre))

    assert svar.status_code == 422
    assert saetning in vist(svar)
    assert 'value="Onsdag"' in vist(svar)
    assert "Mål og indsatser" in vist(svar)
    assert Indsatstrin.objects.count() == 1
    assert Opslag.objects.count() == 1


def test_step_changed_by_two_shows_both_versions(klient, trin):
    Indsatstrin.objects.update(laas=1, opgaver="Kassen")

    svar = klient.post(url("trin", trin.pk), felter(opgaver="Lageret"))

    assert svar.status_code == 409
    assert "Kassen" in vist(svar)
    assert "Lageret" in vist(svar)


def test_hours_and_absence_are_written_and_taken_out(klient, trin):
    klient.post(
        url("timer_ny", trin.indsats_id),
        {"fra_dato": "16.06.2025", "timer_pr_uge": "3,5", "laas": "0"},
    )
    klient.post(
        url("fravaer_ny", trin.indsats_id),
        {"art": "syg", "fra_dato": "04.08.2025", "til_dato": "17.08.2025", "laas": "0"},
    )
    side = vist(klient.get(plan(trin)))
    assert "3,5 timer om ugen fra 16.06.2025" in side
    assert "Syg fra 04.08.2025 til 17.08.2025" in side
    assert "Blev til 3,5 timer." in side

    klient.post(url("timer_fjern", FaktiskTimetal.objects.get().pk))
    klient.post(url("fravaer_fjern", Indsatsfravaer.objects.get().pk))

    assert not FaktiskTimetal.objects.gaeldende().exists()
    assert not Indsatsfravaer.objects.gaeldende().exists()
    svar = klient.post(url("trin_som_planlagt", trin.pk), follow=True)
    assert "4 timer om ugen fra 16.06.2025" in vist(svar)


def test_absence_gets_its_last_day(klient, trin):
    syg = IndsatsfravaerFactory(indsats=trin.indsats, fra_dato=date(2025, 11, 20), til_dato=None)
    side = klient.get(plan(trin), {"aaben": f"fravaer-{syg.pk}"})
    assert "Tag fraværet ud" in vist(side)

    sendt = {"art": "syg", "fra_dato": "20.11.2025", "til_dato": "23.11.2025", "laas": "0"}
    klient.post(url("fravaer", syg.pk), sendt)

    syg.refresh_from_db()
    assert syg.til_dato == date(2025, 11, 23)
    svar = klient.post(url("fravaer", syg.pk), sendt | {"til_dato": "24.11.2025"})
    assert svar.status_code == 409
    assert "I har begge rettet fraværet" in vist(svar)


def test_effort_in_health_is_hidden_from_the_virksomhedskonsulent(klient, trin):
    indsats = trin.indsats
    indsats.indsatstype = indsats.indsatstype.__class__.objects.filter(omraade="sundhed").first()
    indsats.save(update_fields=["indsatstype"])

    side = vist(klient.get(plan(trin), {"aaben": f"trin-{trin.pk}"}))

    assert trin.opgaver not in side
    assert klient.post(url("trin_ny", indsats.pk), felter()).status_code == 404
    assert klient.post(url("trin_fjern", trin.pk)).status_code == 404


def test_sagsbehandler_reads_the_staircase_and_writes_nothing(som, trin):
    klient = som("sagsbehandler")
    sag = trin.indsats.forloeb.sag
    TildelingFactory(sag=sag, bruger=klient.bruger, art=Tildeling.Art.MEDVIRKENDE)

    side = vist(klient.get(plan(trin), {"aaben": f"trin-{trin.pk}"}))

    assert "Trin 1: 4 timer" in side
    assert "aaben=trin" not in side
    assert "Gem trinnet" not in side


def test_staircase_of_any_effort_is_begun_from_the_page(klient, trin):
    forloeb = trin.indsats.forloeb
    kursus = IndsatsFactory(
        forloeb=forloeb,
        maal=trin.indsats.maal,
        beskrivelse="Grundforløb",
        indsatstype=trin.indsats.indsatstype.__class__.objects.get(kode="undervisning"),
        planlagt_start=date(2026, 1, 5),
        planlagt_slut=date(2026, 6, 30),
    )

    side = vist(klient.get(plan(trin), {"aaben": f"trin-ny-{kursus.pk}"}))
    assert "Grundforløb: første trin" in side
    klient.post(url("trin_ny", kursus.pk), felter(fra_dato="05.01.2026", timer_pr_dag="6"))

    assert "Timer, Grundforløb" in vist(klient.get(plan(trin)))
    assert kursus.trin.get().timer_pr_uge == 30
