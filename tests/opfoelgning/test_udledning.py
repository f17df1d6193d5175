"""Deadlines come from facts: exact dates, idempotent, the same one by one as all together."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from borgere.models import Fase
from opfoelgning.forklaring import forklar
from opfoelgning.models import Frist, Fristregel, Paamindelse, Tilstand
from opfoelgning.udledning import udled
from rehabilitering.klagefrist import genvurderingsfrist
from ressource.datoer import Enhed
from ressource.kalender import i_dag
from ressource.models import Regelsaet
from tests.factories import (
    AfgoerelseFactory,
    BrugerFactory,
    IndsatsplanFactory,
    IndstillingFactory,
    KlageFactory,
    LaegeattestFactory,
    OpfoelgningsmoedeFactory,
    RessourceforloebFactory,
    SagFactory,
    TildelingFactory,
    klokken,
)

pytestmark = pytest.mark.django_db

IDAG = date(2026, 11, 25)


def indstil(moede_dato: date, **felter):
    """A finalised recommendation of a ressourceforløb at a meeting on `moede_dato`."""
    sag = felter.pop("sag", None) or SagFactory(
        fase=Fase.AFGOERELSE, oprettet_dato=moede_dato - timedelta(days=100)
    )
    TildelingFactory(sag=sag, fra_dato=sag.oprettet_dato)
    felter = {"punkt__behandlet_den": klokken(moede_dato)} | felter
    return IndstillingFactory(
        afsluttet=True, punkt__sag=sag, punkt__moede__dato=moede_dato, **felter
    )


def frister(sag) -> dict[str, Frist]:
    return {f.regel.kode: f for f in Frist.objects.filter(sag=sag).select_related("regel", "ejer")}


def test_appeal_period_rolls_forward_and_runs_out_by_itself():
    modtaget_dato = date(2026, 11, 27)
    afgoerelse = AfgoerelseFactory(
        truffet=True, modtaget_dato=modtaget_dato, afgoerelse_dato=modtaget_dato
    )

    udled(modtaget_dato)

    frist = frister(afgoerelse.sag)["KLAGEFRIST"]
    assert frist.forfald_dato == date(2026, 12, 28)
    udled(frist.forfald_dato + timedelta(days=1))
    frist.refresh_from_db()
    assert frist.tilstand(frist.forfald_dato + timedelta(days=1)) == Tilstand.UDLOEBET
    assert not Paamindelse.objects.filter(frist=frist).exists()
    assert afgoerelse.klagefrist == frist.forfald_dato


def test_the_weeks_of_appeal_and_reconsideration_are_those_of_the_rule_set():
    dag = date(2026, 11, 24)
    klage = KlageFactory(
        afgoerelse__modtaget_dato=dag, afgoerelse__klagefrist_uger=6, modtaget_dato=dag
    )
    Regelsaet.objects.filter(pk=klage.sag.regelsaet_id).update(genvurdering_uger=3)

    udled(dag)

    fundet = frister(klage.sag)
    klagefrist, genvurdering = fundet["KLAGEFRIST"], fundet["GENVURDERING"]
    assert klagefrist.forfald_dato == klage.afgoerelse.klagefrist == date(2027, 1, 5)
    assert forklar(klagefrist).udregning == "24.11. + 6 uger = 05.01."
    klage.sag.regelsaet.refresh_from_db()
    assert genvurdering.forfald_dato == genvurderingsfrist(dag, klage.sag.regelsaet)
    klage.genvurdering, klage.genvurdering_begrundelse = "fastholdt", "Intet nyt."
    klage.genvurdering_dato, klage.genvurdering_af = dag + timedelta(days=8), klage.registreret_af
    klage.save()
    udled(dag + timedelta(days=8))
    genvurdering.refresh_from_db()
    assert genvurdering.opfyldt_dato == dag + timedelta(days=8)


def test_a_complaint_that_is_withdrawn_needs_no_reconsideration():
    klage = KlageFactory(resultat="trukket", resultat_dato=i_dag(), lukket_den=timezone.now())

    udled(i_dag())

    assert frister(klage.sag)["GENVURDERING"].bortfaldet_begrundelse == "Klagen er trukket tilbage"


@pytest.mark.parametrize(
    ("start", "laengde", "enhed", "ventet"),
    [
        ("2026-08-31", 6, Enhed.MAANEDER, "2027-02-28"),
        ("2027-08-31", 6, Enhed.MAANEDER, "2028-02-29"),
        ("2026-11-24", 30, Enhed.DAGE, "2026-12-24"),
    ],
)
def test_each_unit_counts_in_itself(start, laengde, enhed, ventet):
    Fristregel.objects.filter(kode="LAE265_SVAR").update(laengde=laengde, enhed=enhed)
    attest = LaegeattestFactory(anmodet_dato=date.fromisoformat(start))

    udled(date.fromisoformat(start))

    assert frister(attest.sag)["LAE265_SVAR"].forfald_dato == date.fromisoformat(ventet)


def test_a_week_and_a_day_without_follow_up_flags_exactly_that_case(settings):
    moede_dato = date(2026, 11, 12)
    sen = indstil(moede_dato)
    holdt = indstil(moede_dato)
    OpfoelgningsmoedeFactory(
        sag=holdt.sag, afholdt=True, tidspunkt=klokken(moede_dato + timedelta(days=5))
    )
    ny = indstil(moede_dato + timedelta(days=1))

    with time_machine.travel(klokken(moede_dato + timedelta(days=8), 3), tick=False):
        call_command("frister")

        assert list(
            Frist.objects.filter(flaget_den__isnull=False).values_list("sag", "regel__kode")
        ) == [(sen.sag_id, "FOERSTE_OPFOELGNING")]
        ejer = sen.sag.tildelinger.get().bruger
        assert Paamindelse.objects.filter(art="overskredet").get().bruger == ejer
        assert not udled()
        assert frister(ny.sag)["FOERSTE_OPFOELGNING"].tilstand(date(2026, 11, 20)) == (
            Tilstand.VARSLET
        )


def test_due_day_itself_is_not_overdue():
    indstilling = indstil(date(2026, 11, 12))

    udled(date(2026, 11, 19))

    frist = frister(indstilling.sag)["FOERSTE_OPFOELGNING"]
    assert frist.flaget_den is None
    assert frist.tilstand(date(2026, 11, 19)) == Tilstand.VARSLET
    assert frist.tilstand(date(2026, 11, 20)) == Tilstand.OVERSKREDET


def test_plan_counts_from_follow_up_held_else_from_its_due_date():
    indstilling = indstil(date(2026, 11, 12))

    udled(date(2026, 11, 12))
    assert frister(indstilling.sag)["INDSATSPLAN_FRIST"].forfald_dato == date(2026, 12, 10)

    OpfoelgningsmoedeFactory(
        sag=indstilling.sag, afholdt=True, tidspunkt=klokken(date(2026, 11, 16))
    )
    udled(date(2026, 11, 16))

    assert frister(indstilling.sag)["INDSATSPLAN_VARSEL"].forfald_dato == date(2026, 11, 30)
    assert frister(indstilling.sag)["INDSATSPLAN_FRIST"].forfald_dato == date(2026, 12, 7)


def test_approved_plan_fulfils_in_time_or_late():
    forloeb = RessourceforloebFactory()
    indstilling = forloeb.afgoerelse.indstilling
    moede_dato = indstilling.moede_dato
    IndsatsplanFactory(
        forloeb=forloeb, godkendt=True, godkendt_dato=moede_dato + timedelta(days=25)
    )

    udled(moede_dato + timedelta(days=25))

    fundet = frister(indstilling.sag)
    assert fundet["INDSATSPLAN_VARSEL"].tilstand(date(2030, 1, 1)) == Tilstand.OPFYLDT_SENT
    assert fundet["INDSATSPLAN_FRIST"].tilstand(date(2030, 1, 1)) == Tilstand.OPFYLDT


def test_another_decision_voids_the_deadlines():
    indstilling = indstil(date(2026, 11, 12))
    udled(date(2026, 11, 12))
    AfgoerelseFactory(
        truffet=True, indstilling=indstilling, udfald="fleksjob", afgoerelse_dato=date(2026, 11, 17)
    )

    udled(date(2026, 11, 25))

    frist = frister(indstilling.sag)["FOERSTE_OPFOELGNING"]
    assert frist.bortfaldet_dato == date(2026, 11, 17)
    assert frist.bortfaldet_begrundelse == "Afgørelsen blev en anden"
    assert frist.flaget_den is None


@pytest.mark.parametrize(("senere", "bortfaldet"), [(None, True), ("ressourceforloeb", False)])
def test_decision_changed_after_a_complaint_voids_the_deadlines(senere, bortfaldet):
    indstilling = indstil(date(2026, 11, 12))
    foerst = AfgoerelseFactory(truffet=True, indstilling=indstilling)
    om = {"indstilling": None, "sag": indstilling.sag, "truffet": True}
    aendret = AfgoerelseFactory(
        erstatter=foerst, udfald="fleksjob", afgoerelse_dato=date(2026, 11, 17), **om
    )
    if senere:
        AfgoerelseFactory(erstatter=aendret, udfald=senere, **om)

    udled(date(2026, 11, 18))

    frist = frister(indstilling.sag)["FOERSTE_OPFOELGNING"]
    assert frist.bortfaldet_dato == (date(2026, 11, 17) if bortfaldet else None)


def test_deadline_whose_ground_is_gone_is_voided_not_deleted():
    indstilling = indstil(date(2026, 11, 12))
    udled(date(2026, 11, 12))
    type(indstilling).objects.filter(pk=indstilling.pk).update(udfald="fleksjob")

    assert udled(date(2026, 11, 13)).bortfaldne == 3

    assert frister(indstilling.sag)["FOERSTE_OPFOELGNING"].bortfaldet_begrundelse == (
        "Grundlaget for fristen er ændret"
    )


def test_deadline_that_moves_ahead_is_no_longer_flagged():
    indstilling = indstil(date(2026, 11, 2))
    udled(date(2026, 12, 1))
    assert frister(indstilling.sag)["INDSATSPLAN_FRIST"].flaget_den is not None

    OpfoelgningsmoedeFactory(
        sag=indstilling.sag, afholdt=True, tidspunkt=klokken(date(2026, 11, 30))
    )
    udled(date(2026, 12, 1))

    frist = frister(indstilling.sag)["INDSATSPLAN_FRIST"]
    assert frist.forfald_dato == date(2026, 12, 21)
    assert frist.flaget_den is None


def test_owner_follows_the_assignment():
    indstilling = indstil(date(2026, 11, 12))
    gammel = indstilling.sag.tildelinger.get()
    udled(date(2026, 11, 12))
    gammel.til_dato = date(2026, 11, 13)
    gammel.save()
    ny = BrugerFactory()
    TildelingFactory(sag=indstilling.sag, bruger=ny, fra_dato=date(2026, 11, 14))

    udled(date(2026, 11, 14))

    assert frister(indstilling.sag)["FOERSTE_OPFOELGNING"].ejer == ny


def test_new_owner_of_a_deadline_that_is_past_is_reminded_too():
    indstilling = indstil(date(2026, 11, 2))
    gammel = indstilling.sag.tildelinger.get()
    udled(date(2026, 11, 12))
    gammel.til_dato = date(2026, 11, 12)
    gammel.save()
    ny = BrugerFactory()
    TildelingFactory(sag=indstilling.sag, bruger=ny, fra_dato=date(2026, 11, 13))

    udled(date(2026, 11, 13))
    udled(date(2026, 11, 14))

    mindet = Paamindelse.objects.filter(art="overskredet").order_by("pk")
    assert [p.bruger for p in mindet] == [gammel.bruger, ny]


@pytest.mark.parametrize(("holdt", "tilstand"), [(17, "opfyldt"), (18, "bortfaldet")])
def test_what_comes_first_ends_a_deadline(holdt, tilstand):
    indstilling = indstil(date(2026, 11, 12))
    AfgoerelseFactory(
        truffet=True, indstilling=indstilling, udfald="fleksjob", afgoerelse_dato=date(2026, 11, 17)
    )
    OpfoelgningsmoedeFactory(
        sag=indstilling.sag, afholdt=True, tidspunkt=klokken(date(2026, 11, holdt))
    )

    udled(IDAG)

    assert frister(indstilling.sag)["FOERSTE_OPFOELGNING"].tilstand(IDAG) == tilstand


def test_rule_in_force_on_the_day_of_the_meeting_decides():
    Fristregel.objects.filter(kode="FOERSTE_OPFOELGNING").update(gyldig_til=date(2026, 11, 30))
    ny = Fristregel.objects.get(kode="FOERSTE_OPFOELGNING")
    ny.pk, ny.gyldig_fra, ny.gyldig_til, ny.laengde = None, date(2026, 12, 1), None, 2
    ny.save()

    foer, efter = indstil(date(2026, 11, 30)), indstil(date(2026, 12, 1))
    udled(date(2026, 12, 1))

    assert frister(foer.sag)["FOERSTE_OPFOELGNING"].forfald_dato == date(2026, 12, 7)
    assert frister(efter.sag)["FOERSTE_OPFOELGNING"].forfald_dato == date(2026, 12, 15)


def test_one_by_one_gives_the_same_rows_as_all_together():
    sager = [indstil(date(2026, 11, dag)).sag for dag in (2, 9, 12)]
    OpfoelgningsmoedeFactory(sag=sager[1], afholdt=True, tidspunkt=klokken(date(2026, 11, 13)))
    for sag in sager:
        udled(date(2026, 11, 20), sager=[sag.pk])
    enkeltvis = list(Frist.objects.order_by("sag", "regel").values())

    assert not udled(date(2026, 11, 20))

    assert list(Frist.objects.order_by("sag", "regel").values()) == enkeltvis
    assert Frist.objects.filter(anker_type="indstilling").count() == 9


@pytest.mark.parametrize("antal", [1, 3, 25])
def test_derivation_takes_the_same_statements_for_any_number_of_cases(
    antal, django_assert_num_queries
):
    sager = [indstil(date(2026, 11, 12)).sag_id for _ in range(antal)]

    # Savepoint around, and four statements: lock, derive, flag, warn.
    with django_assert_num_queries(6):
        udled(date(2026, 11, 25))
    # Some cases: they are locked as well.
    with django_assert_num_queries(7):
        udled(date(2026, 11, 25), sager=sager)


def test_task_run_twice_reminds_once():
    from opfoelgning.tasks import udled_frister

    indstil(date(2026, 11, 12))

    with time_machine.travel(klokken(date(2026, 11, 25), 3), tick=False):
        udled_frister()
        antal = Paamindelse.objects.count()
        udled_frister()

    assert antal > 0
    assert Paamindelse.objects.count() == antal


def test_database_refusing_at_commit_hands_over_to_the_job(monkeypatch):
    from opfoelgning import tasks, udledning

    koe = []
    monkeypatch.setattr(tasks.udled_frister, "delay", koe.append)

    def sprunget(*args, **kwargs):
        raise udledning.DatabaseError

    monkeypatch.setattr(udledning, "udled", sprunget)

    udledning.udled_ved_commit({7, 3})

    assert koe == [[3, 7]]
    assert connection.is_usable()


def test_job_may_take_longer_than_a_page():
    from opfoelgning import udledning
    from opfoelgning.tasks import udled_frister

    graenser = []

    def maal(**_):
        with connection.cursor() as markoer:
            markoer.execute("SHOW statement_timeout")
            graenser.append(markoer.fetchone()[0])

    with pytest.MonkeyPatch.context() as lapper:
        lapper.setattr(udledning, "udled", maal)
        udled_frister()

    assert graenser == ["0"]
