"""Moving and calling off a meeting, apologies and deputies, and series."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from rehabilitering.models import (
    Fastmedlem,
    Kravbegrundelse,
    Laegeattest,
    Moedepause,
    Moedeserie,
    Teammoede,
)
from rehabilitering.services import moede as moeder
from rehabilitering.services.moede import serier
from ressource.kalender import i_dag
from ressource.models import Besked, Lukkedag, Rolle
from tests.factories import (
    BrugerFactory,
    DagsordenspunktFactory,
    IndstillingFactory,
    KravbegrundelseFactory,
    MoededeltagerFactory,
    SagFactory,
    SagspakkeFactory,
    TeammoedeFactory,
    TildelingFactory,
)

pytestmark = pytest.mark.django_db

TORSDAG = date(2026, 12, 3)


@pytest.fixture(autouse=True)
def tirsdag(time_machine):
    time_machine.move_to("2026-11-24 08:00:00+01:00", tick=False)


@pytest.fixture
def koordinator():
    return BrugerFactory(roller=[Rolle.MOEDEKOORDINATOR])


def leder():
    return BrugerFactory(roller=[Rolle.MOEDELEDER])


def rettelse(moede, **felter):
    nu = {
        felt: getattr(moede, felt)
        for felt in ("dato", "start", "slut", "sted", "kapacitet", "minutter_pr_sag", "moedeleder")
    }
    return moeder.Rettelse(**nu | felter)


def test_moved_meeting_keeps_its_cases_and_tells_members_and_caseworkers(koordinator):
    moede = TeammoedeFactory(dato=TORSDAG)
    medlem = MoededeltagerFactory(moede=moede).bruger
    ansvarlig = BrugerFactory()
    punkt = DagsordenspunktFactory(moede=moede, sag=SagFactory(fase="moede", ansvarlig=ansvarlig))
    ny = rettelse(moede, dato=TORSDAG + timedelta(days=7), start=time(13), slut=time(16))

    rettet = moeder.ret_moede(moede, ny, sekvens=0, af=koordinator)

    assert (rettet.dato, rettet.sekvens) == (TORSDAG + timedelta(days=7), 1)
    assert list(moede.punkter.aktive()) == [punkt]
    beskeder = Besked.objects.filter(noegle__startswith=f"teammoede-{moede.pk}-flyttet")
    # The chair got a seat with the change, and hears of it too.
    assert {b.modtager for b in beskeder} == {medlem, ansvarlig, moede.moedeleder}
    tekst = beskeder.first().tekst
    assert "torsdag 10. december 2026 kl. 13.00" in tekst
    assert punkt.sag.borger.efternavn not in tekst
    assert punkt.sag.sagsnummer not in tekst


def test_meeting_changed_meanwhile_is_not_overwritten(koordinator):
    moede = TeammoedeFactory(dato=TORSDAG)
    moeder.ret_moede(moede, rettelse(moede, sted="Kantinen"), sekvens=0, af=koordinator)

    with pytest.raises(ValidationError, match="En anden har rettet"):
        moeder.ret_moede(moede, rettelse(moede, sted="Salen"), sekvens=0, af=koordinator)


@pytest.mark.parametrize(
    ("felter", "hvorfor"),
    [
        ({"dato": date(2026, 12, 25)}, "lukket"),
        ({"dato": date(2026, 11, 23)}, "Datoen er gået"),
        ({"dato": date(2027, 2, 4)}, "LÆ 265 er ikke aktuel torsdag"),
        ({"kapacitet": 1}, "Der er 2 sager"),
        ({"start": time(22), "slut": time(23)}, "midnat"),
    ],
)
def test_move_that_cannot_be_is_refused(koordinator, felter, hvorfor):
    moede = TeammoedeFactory(dato=TORSDAG)
    for _ in range(2):
        punkt = DagsordenspunktFactory(moede=moede)
    Laegeattest.objects.filter(sag=punkt.sag).update(gyldig_til=date(2027, 1, 31))

    with pytest.raises(ValidationError, match=hvorfor):
        moeder.ret_moede(moede, rettelse(moede, **felter), sekvens=0, af=koordinator)


def test_meeting_the_team_has_begun_on_is_neither_moved_nor_called_off(koordinator):
    punkt = IndstillingFactory(punkt__moede__dato=TORSDAG).punkt
    ny = rettelse(punkt.moede, dato=TORSDAG + timedelta(days=7))

    with pytest.raises(ValidationError, match="begyndt på"):
        moeder.ret_moede(punkt.moede, ny, sekvens=0, af=koordinator)
    with pytest.raises(ValidationError, match="begyndt på"):
        moeder.aflys_moede(punkt.moede, "Sygdom", af=koordinator)


def test_called_off_meeting_lets_its_cases_wait_again(koordinator):
    moede = TeammoedeFactory(dato=TORSDAG)
    medlem = MoededeltagerFactory(moede=moede).bruger
    punkt = DagsordenspunktFactory(moede=moede)
    SagspakkeFactory(punkt=punkt)
    TildelingFactory(
        sag=punkt.sag,
        bruger=medlem,
        art="teammoede",
        fra_dato=i_dag(),
        til_dato=TORSDAG + timedelta(days=14),
    )

    moeder.aflys_moede(moede, "Sygdom", af=koordinator)

    moede.refresh_from_db()
    assert (moede.aflyst_grund, moede.punkter.aktive().count()) == ("Sygdom", 0)
    assert not punkt.sag.tildelinger.filter(bruger=medlem).exists()
    assert Besked.objects.filter(modtager=medlem, emne="Et teammøde er aflyst").count() == 1
    andet = TeammoedeFactory(dato=TORSDAG, moedeleder=moede.moedeleder)
    moeder.saet_paa_dagsorden(andet, punkt.sag, af=koordinator)
    with pytest.raises(ValidationError, match="er aflyst"):
        moeder.saet_paa_dagsorden(moede, punkt.sag, af=koordinator)
    assert moede not in Teammoede.objects.kommende(i_dag())


def test_deputy_takes_the_seat_by_one_click_and_gives_it_back(koordinator):
    moede = TeammoedeFactory(dato=TORSDAG)
    vikar = BrugerFactory(roller=[Rolle.TEAMMEDLEM])
    deltager = MoededeltagerFactory(moede=moede, mandat="6 timer", stedfortraeder=vikar)
    with pytest.raises(ValidationError, match="Meld først afbud"):
        moeder.lad_traede_ind(deltager, af=koordinator)
    moeder.meld_afbud(deltager, af=koordinator)

    ny = moeder.lad_traede_ind(deltager, af=koordinator)

    assert (ny.bruger, ny.fagomraade, ny.mandat) == (vikar, "social", "6 timer")
    assert ny.traeder_ind_for == deltager
    for afvist in (moeder.lad_traede_ind, moeder.fortryd_afbud, moeder.fjern_deltager):
        with pytest.raises(ValidationError, match=r"trådt ind"):
            afvist(deltager, af=koordinator)
    moeder.fjern_deltager(ny, af=koordinator)
    deltager = moede.deltagere.get()
    assert moeder.fortryd_afbud(deltager, af=koordinator).afbud_den is None


def test_chairs_deputy_leads_only_while_the_chair_is_absent(koordinator):
    vikar = leder()
    moede = TeammoedeFactory(dato=TORSDAG, stedfortraeder_leder=vikar)
    punkt = DagsordenspunktFactory(moede=moede)
    stol = MoededeltagerFactory(moede=moede, bruger=moede.moedeleder, fagomraade="beskaeftigelse")

    def ledere():
        return [b for b in (moede.moedeleder, vikar, koordinator) if moeder.leder_er(punkt, b)]

    assert ledere() == [moede.moedeleder]
    moeder.meld_afbud(stol, af=koordinator)
    assert ledere() == []
    moeder.lad_traede_ind(stol, af=koordinator)
    assert ledere() == [vikar]


def plan(**felter):
    standard = {
        "ugedag": 3,
        "hver_uge": 2,
        "fra_dato": date(2026, 12, 1),
        "til_dato": date(2027, 1, 31),
        "start": time(9),
        "slut": time(12),
        "sted": "Rådhuset",
        "kapacitet": 4,
        "minutter_pr_sag": 40,
        "moedeleder": leder(),
    }
    return serier.Serieplan(**standard | felter)


def test_series_leaves_out_days_with_the_reason(koordinator):
    Lukkedag.objects.create(dato=date(2027, 1, 14), aarsag="Personaledag")
    leder_ = leder()
    TeammoedeFactory(dato=date(2026, 12, 3), moedeleder=leder_)

    visning = serier.vis_plan(plan(moedeleder=leder_, undtagelser=frozenset({date(2026, 12, 31)})))

    assert visning.dage == [date(2026, 12, 17), date(2027, 1, 28)]
    assert visning.udeladte == [
        (date(2026, 12, 3), "mødelederen har et andet møde"),
        (date(2026, 12, 31), "undtaget"),
        (date(2027, 1, 14), "personaledag"),
    ]


def test_series_makes_meetings_with_its_members_and_one_moved_leaves_the_rest(koordinator):
    social, vikar = BrugerFactory(), BrugerFactory()
    medlemmer = [moeder.Medlem(social, "social", "6 timer", vikar)]

    serie, visning = serier.opret_serie(plan(), medlemmer, af=koordinator)

    alle = list(serie.moeder.order_by("dato"))
    assert [m.dato for m in alle] == visning.dage
    for moede in alle:
        deltager = moede.deltagere.get(bruger=social)
        assert (deltager.mandat, deltager.stedfortraeder) == ("6 timer", vikar)
        assert moede.deltagere.filter(bruger=moede.moedeleder).exists()
    ny = rettelse(alle[0], dato=date(2026, 12, 4))
    moeder.ret_moede(alle[0], ny, sekvens=0, af=koordinator)
    assert [m.dato for m in serie.moeder.order_by("dato")][1:] == visning.dage[1:]
    assert serie.moeder.get(dato=date(2026, 12, 4)).serie_dato == date(2026, 12, 3)


def test_stopped_series_holds_the_meetings_with_cases(koordinator):
    serie, _ = serier.opret_serie(
        plan(), [moeder.Medlem(BrugerFactory(), "social")], af=koordinator
    )
    foerste = serie.moeder.order_by("dato").first()
    DagsordenspunktFactory(moede=foerste)

    antal = serie.moeder.count()
    assert serier.stop_serie(serie, i_dag(), af=koordinator) == (antal - 1, 1)

    assert list(serie.moeder.staaende()) == [foerste]
    assert Besked.objects.filter(noegle__startswith="moedeserie-").count() == 1
    with pytest.raises(ValidationError, match="allerede stoppet"):
        serier.stop_serie(serie, i_dag(), af=koordinator)


def test_standing_member_is_replaced_from_a_day_on(koordinator):
    gammel, ny = BrugerFactory(), BrugerFactory()
    serie, _ = serier.opret_serie(
        plan(), [moeder.Medlem(gammel, "social", "6 timer")], af=koordinator
    )
    alle = list(serie.moeder.order_by("dato"))

    antal = serier.afloes_medlem(serie.medlemmer.get(), ny, alle[1].dato, af=koordinator)

    assert antal == len(alle) - 1
    assert alle[0].deltagere.filter(bruger=gammel).exists()
    assert alle[1].deltagere.get(bruger=ny).mandat == "6 timer"
    assert serie.medlemmer.get().bruger == ny


@pytest.mark.parametrize(
    ("felter", "hvorfor"),
    [
        ({"fra_dato": date(2026, 11, 23)}, "Datoen er gået"),
        ({"til_dato": date(2026, 11, 30)}, "slutter, før"),
        ({"til_dato": date(2026, 12, 2)}, "ingen dag med den ugedag"),
        ({"hver_uge": 1, "til_dato": date(2029, 12, 31)}, "højst 110"),
        ({"til_dato": date(2026, 12, 3), "undtagelser": {TORSDAG}}, "Alle dage er udeladt"),
        ({"start": time(22)}, "midnat"),
    ],
)
def test_series_that_cannot_be_is_refused(koordinator, felter, hvorfor):
    with pytest.raises(ValidationError, match=hvorfor):
        serier.opret_serie(plan(**felter), [], af=koordinator)


def serie(**felter):
    standard = vars(plan(til_dato=date(2027, 1, 1))) | {"oprettet_af": BrugerFactory()}
    return Moedeserie.objects.create(**standard | {"undtagelser": []} | felter)


def to_moeder_samme_dag():
    en = serie()
    for _ in range(2):
        TeammoedeFactory(serie=en, serie_dato=TORSDAG)


def medlem_to_gange():
    en, bruger = serie(), BrugerFactory()
    for omraade in ("social", "sundhed"):
        Fastmedlem.objects.create(serie=en, bruger=bruger, fagomraade=omraade)


def egen_stedfortraeder():
    bruger = BrugerFactory()
    Fastmedlem.objects.create(
        serie=serie(), bruger=bruger, fagomraade="social", stedfortraeder=bruger
    )


def leder_for_sig_selv():
    en = leder()
    TeammoedeFactory(moedeleder=en, stedfortraeder_leder=en)


def to_pauser():
    moede = TeammoedeFactory()
    for _ in range(2):
        Moedepause.objects.create(moede=moede, efter_plads=1)


def begrundet_to_gange():
    KravbegrundelseFactory(punkt=KravbegrundelseFactory().punkt)


@pytest.mark.parametrize(
    ("bryd", "navn"),
    [
        (lambda: serie(til_dato=date(2026, 11, 30)), "moedeserie_slut_efter_start"),
        (lambda: serie(hver_uge=9), "moedeserie_rytme"),
        (lambda: serie(kapacitet=0), "moedeserie_plads"),
        (to_moeder_samme_dag, "teammoede_et_pr_dag"),
        (medlem_to_gange, "fastmedlem_en_gang"),
        (egen_stedfortraeder, "fastmedlem_stedfortraeder_anden"),
        (leder_for_sig_selv, "teammoede_stedfortraeder_anden"),
        (lambda: TeammoedeFactory(aflyst_grund="Sygdom"), "teammoede_aflysning_hel"),
        (lambda: DagsordenspunktFactory(minutter=4), "dagsordenspunkt_minutter"),
        (to_pauser, "moedepause_en_pr_plads"),
        (
            lambda: Moedepause.objects.create(moede=TeammoedeFactory(), efter_plads=1, minutter=4),
            "moedepause_minutter",
        ),
        (begrundet_to_gange, "kravbegrundelse_en_pr_krav"),
        (lambda: KravbegrundelseFactory(begrundelse=""), "kravbegrundelse_har_tekst"),
    ],
)
def test_database_refuses(bryd, navn):
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        bryd()
    assert not Kravbegrundelse.objects.filter(begrundelse="").exists()
