"""The forløb begins with the decision and ends with the case."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from borgere.models import Fase
from indsatsplan.models import Ressourceforloeb
from ressource import haendelser
from ressource.kalender import i_dag
from ressource.models import Haendelse
from tests.factories import (
    AfgoerelseFactory,
    IndsatsFactory,
    IndsatsfravaerFactory,
    IndsatspauseFactory,
    RessourceforloebFactory,
    SagFactory,
)

pytestmark = pytest.mark.django_db


def traeffes(afgoerelse):
    return haendelser.log(
        afgoerelse, "afgoerelse.truffet", af=afgoerelse.afsluttet_af, sag_id=afgoerelse.sag_id
    )


def luk(sag, dato):
    sag.fase = Fase.AFSLUTNING
    sag.afsluttet_dato = dato
    sag.afsluttet_af = sag.oprettet_af
    sag.afslutningsaarsag = "andet"
    sag.save()
    haendelser.log(sag, "sag.afsluttet", af=sag.oprettet_af, sag_id=sag.pk)


def test_afgoerelse_of_ressourceforloeb_begins_forloeb_plan_and_goal():
    afgoerelse = AfgoerelseFactory(truffet=True)

    traeffes(afgoerelse)

    forloeb = Ressourceforloeb.objects.get(afgoerelse=afgoerelse)
    assert (forloeb.start_dato, forloeb.slut_dato) == (
        afgoerelse.virkning_fra,
        afgoerelse.slut_dato,
    )
    assert forloeb.borger == afgoerelse.sag.borger
    plan = forloeb.planer.get()
    assert (plan.nr, plan.er_godkendt) == (1, False)
    assert plan.oprettet_af == afgoerelse.afsluttet_af
    maal = forloeb.maal.get()
    assert (maal.rang, maal.tekst, maal.art) == (1, "Medhjælper på bibliotek", "job")
    koder = set(Haendelse.objects.filter(sag_id=afgoerelse.sag_id).values_list("kode", flat=True))
    assert koder == {"afgoerelse.truffet", "forloeb.begyndt", "plan.begyndt"}


def test_afgoerelse_of_something_else_begins_nothing():
    traeffes(AfgoerelseFactory(truffet=True, udfald="fleksjob"))

    assert not Ressourceforloeb.objects.exists()


def test_departing_afgoerelse_begins_without_a_goal():
    afgoerelse = AfgoerelseFactory(truffet=True, indstilling__udfald="fleksjob")
    afgoerelse.indstilling.maal = ""
    afgoerelse.indstilling.save()

    traeffes(afgoerelse)

    assert not afgoerelse.forloeb.maal.exists()


def test_overlapping_forloeb_is_refused_and_the_afgoerelse_rolled_back():
    foerste = RessourceforloebFactory()
    foerste.sag.fase = Fase.AFSLUTNING
    foerste.sag.afsluttet_dato = i_dag()
    foerste.sag.afsluttet_af = foerste.sag.oprettet_af
    foerste.sag.afslutningsaarsag = "andet"
    foerste.sag.save()
    sag = SagFactory(borger=foerste.borger, fase=Fase.AFGOERELSE)
    afgoerelse = AfgoerelseFactory(truffet=True, indstilling__punkt__sag=sag)

    with pytest.raises(ValidationError) as afvist, transaction.atomic():
        traeffes(afgoerelse)

    assert "Borgeren har allerede et ressourceforløb fra" in afvist.value.messages[0]
    assert not Haendelse.objects.filter(sag_id=sag.pk).exists()
    assert Ressourceforloeb.objects.get() == foerste


def test_closing_the_case_ends_forloeb_and_efforts():
    forloeb = RessourceforloebFactory()
    i_gang = IndsatsFactory(forloeb=forloeb, i_gang=True)
    planlagt = IndsatsFactory(forloeb=forloeb, maal=i_gang.maal)
    dato = i_dag() - timedelta(days=2)

    luk(forloeb.sag, dato)

    for raekke in (forloeb, i_gang, planlagt):
        raekke.refresh_from_db()
    assert forloeb.afsluttet_dato == dato
    assert (i_gang.status, i_gang.faktisk_slut) == ("afsluttet", dato)
    assert (planlagt.status, planlagt.faktisk_slut) == ("bortfaldet", None)
    assert Haendelse.objects.filter(kode="forloeb.afsluttet", objekt_id=forloeb.pk).count() == 1


@pytest.mark.parametrize(
    ("lukket", "sidste_dag"),
    [
        (date(2026, 3, 1), date(2026, 3, 1)),
        # The case stayed open after the grant ran out.
        (date(2026, 6, 20), date(2026, 5, 31)),
        # The case closed before the grant began.
        (date(2025, 5, 10), date(2025, 6, 1)),
    ],
)
def test_last_day_of_a_forloeb_lies_within_the_grant(lukket, sidste_dag):
    forloeb = RessourceforloebFactory(
        sag__oprettet_dato=date(2025, 1, 1),
        start_dato=date(2025, 6, 1),
        slut_dato=date(2026, 5, 31),
    )

    luk(forloeb.sag, lukket)

    forloeb.refresh_from_db()
    assert forloeb.afsluttet_dato == sidste_dag


def test_closing_the_case_ends_pauses_and_absence():
    indsats = IndsatsFactory(i_gang=True, status="pause")
    pause = IndsatspauseFactory(indsats=indsats, til_dato=None)
    til_at_begynde = IndsatsfravaerFactory(indsats=indsats, fra_dato=i_dag(), til_dato=None)

    luk(indsats.forloeb.sag, i_dag() - timedelta(days=2))

    for raekke in (indsats, pause, til_at_begynde):
        raekke.refresh_from_db()
    assert (indsats.status, pause.til_dato) == ("afsluttet", i_dag() - timedelta(days=2))
    assert til_at_begynde.fjernet_den is not None


def test_case_cannot_end_before_an_effort_began():
    indsats = IndsatsFactory(i_gang=True, planlagt_start=i_dag() - timedelta(days=5))

    with (
        pytest.raises(ValidationError, match="Virksomhedspraktik, bibliotek"),
        transaction.atomic(),
    ):
        luk(indsats.forloeb.sag, i_dag() - timedelta(days=10))

    indsats.refresh_from_db()
    assert indsats.status == "i_gang"


def test_case_without_forloeb_can_end():
    sag = SagFactory()

    luk(sag, i_dag())

    assert not Haendelse.objects.filter(kode="forloeb.afsluttet").exists()
