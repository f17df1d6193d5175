"""Changing a rule set: what cannot be, versions with their day, coming into force, moving cases."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from rehabilitering import varighedskontrol
from rehabilitering.regler import beroerte, felter, validering
from rehabilitering.services import regelsaet as services
from rehabilitering.tasks import gennemfoer_regelsaet
from ressource import regelsaetdata
from ressource.kalender import i_dag
from ressource.models import Haendelse, Regelsaet, Regelsaetversion
from ressource.samtidighed import ForaeldetVersionError
from tests.factories import AfgoerelseFactory, BrugerFactory, DagsordenspunktFactory, SagFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return BrugerFactory(navn="Ada Lind", roller=["administrator"])


@pytest.fixture
def r2022():
    return Regelsaet.objects.get(kode="R2022")


@pytest.fixture
def r2026():
    return Regelsaet.objects.get(kode="R2026")


def ret(saet, admin, indhold, **andet):
    felter_ = {"begrundelse": "Ny lov.", "gaelder_fra": i_dag(), "version": saet.version}
    return services.ret(saet, indhold, **(felter_ | andet), af=admin)


def i_kraft(saet, admin, **andet):
    felter_ = {
        "begrundelse": "Lov 1750.",
        "gaelder_fra": i_dag(),
        "ubesluttede": "behold",
        "version": saet.version,
    }
    return services.saet_i_kraft(saet, **(felter_ | andet), af=admin)


@pytest.mark.parametrize("kode", [r["kode"] for r in regelsaetdata.REGELSAET])
def test_every_regime_that_is_installed_is_valid_and_can_be_shown(kode):
    indhold = felter.indhold(Regelsaet.objects.get(kode=kode))

    validering.kontroller(indhold)
    assert felter.kan_laeses(indhold)
    # What the form reads back is what was there.
    for navn, felt in felter.FELTER.items():
        if felt.art is felter.Art.RAEKKER:
            assert felter.af_raekker(felt, felter.raekker(felt, indhold[navn])) == indhold[navn]


BAAND = {"pr_forloeb": 36, "antal": None, "i_alt": None, "mere_efter_oenske": False}


@pytest.mark.parametrize(
    ("felt", "vaerdi", "besked"),
    [
        ("varighed_min_maaneder", 40, "Mindste varighed er længere"),
        ("varigheder", [], "mindst én række"),
        (
            "varigheder",
            [
                BAAND | {"fra_alder": None, "til_alder": 40},
                BAAND | {"fra_alder": 40, "til_alder": None},
            ],
            "To rækker gælder for samme alder: 0 til 40 år og 40 til alle år",
        ),
        (
            "varigheder",
            [
                BAAND | {"fra_alder": None, "til_alder": 39},
                BAAND | {"fra_alder": 41, "til_alder": None},
            ],
            "ingen række for dem på 40 år",
        ),
        ("varigheder", [BAAND | {"fra_alder": 18, "til_alder": None}], "under 18 år"),
        ("varigheder", [BAAND | {"fra_alder": None, "til_alder": 49}], "over 49 år"),
        (
            "varigheder",
            [BAAND | {"fra_alder": None, "til_alder": None, "pr_forloeb": 60}],
            "60 måneder er mere end største varighed, 36",
        ),
        (
            "varigheder",
            [BAAND | {"fra_alder": None, "til_alder": None, "i_alt": 24}],
            "i alt er mindre end måneder pr. forløb",
        ),
        ("folkepensionsaldre", [], "Skriv folkepensionsalderen"),
        (
            "folkepensionsaldre",
            [{"foedt_fra": "1963-01-01", "aar": 68, "maaneder": 0}],
            "gælde fra 01.01.1900",
        ),
        (
            "folkepensionsaldre",
            [{"foedt_fra": "1900-01-01", "aar": 8, "maaneder": 0}],
            "60 til 80 år",
        ),
        ("maalgruppebetingelser", [{"kode": "a", "tekst": "x"}], "skal være et tal"),
        (
            "maalgruppebetingelser",
            [{"kode": "1", "tekst": "x"}, {"kode": "1", "tekst": "y"}],
            "Koden «1» står to gange",
        ),
        (
            "deltagerkrav",
            [
                {
                    "fagomraade": "undervisning",
                    "naar": "ung_uden_uddannelse",
                    "alder": None,
                    "virkning": "advarsel",
                    "hvorfor": "x",
                }
            ],
            "skriv den alder",
        ),
        ("udfald", ["ressourceforloeb", "orlov", "udsat", "tilbagesendt"], "«orlov» er ikke"),
        ("udfald", ["ressourceforloeb", "udsat"], "«sendt tilbage» skal kunne vælges"),
        ("hjemler", {"fleksjob": "LAB"}, "mangler en hjemmel for ressourceforløb"),
        ("afsnit", regelsaetdata.afsnit()[:3], "«helbred» kan ikke undværes"),
        ("samtaleemner", [{"kode": "Job!", "titel": "x", "vejledning": ""}], "små bogstaver"),
        ("klagefrist_uger", 0, "skriv mindst 1 uge"),
        ("indsatsgaranti_maaneder", 0, "Skriv 1 til 36 måneder"),
        ("indsatsgaranti_maaneder", 999, "Skriv 1 til 36 måneder"),
    ],
)
def test_what_cannot_be_is_refused_in_words(r2022, admin, felt, vaerdi, besked):
    with pytest.raises(ValidationError) as fejl:
        ret(r2022, admin, {felt: vaerdi})

    assert besked in " ".join(fejl.value.messages)
    assert not Regelsaetversion.objects.exists()


def test_a_change_of_today_is_carried_out_with_what_it_was_before(r2022, admin):
    version = ret(r2022, admin, {"klagefrist_uger": 6, "navn": r2022.navn})

    r2022.refresh_from_db()
    assert (r2022.klagefrist_uger, r2022.version) == (6, 2)
    assert (version.nr, version.indhold, version.foer) == (
        2,
        {"klagefrist_uger": 6},
        {"klagefrist_uger": 4},
    )
    haendelse = Haendelse.objects.get(kode="regelsaet.gennemfoert")
    assert (haendelse.af, haendelse.data) == (admin, {"regelsaet": "R2022"})


def test_a_change_of_a_later_day_waits_for_the_job(r2022, admin, time_machine):
    dag = i_dag() + timedelta(days=10)
    version = ret(r2022, admin, {"nye_forloeb_til": "2026-01-31"}, gaelder_fra=dag)
    gennemfoer_regelsaet()
    r2022.refresh_from_db()
    assert (r2022.nye_forloeb_til, r2022.version) == (None, 1)

    # The night of the day itself was missed.
    time_machine.move_to(timezone.now() + timedelta(days=11))
    for _ in range(2):
        gennemfoer_regelsaet()

    r2022.refresh_from_db()
    version.refresh_from_db()
    assert (r2022.nye_forloeb_til, r2022.version) == (date(2026, 1, 31), 2)
    assert version.foer == {"nye_forloeb_til": None}
    koder = list(Haendelse.objects.filter(objekt_id=version.pk).values_list("kode", "af"))
    assert koder == [("regelsaet.planlagt", admin.pk), ("regelsaet.gennemfoert", None)]


def test_a_waiting_change_can_be_taken_back_once_and_stops_the_next(r2022, admin):
    version = ret(r2022, admin, {"klagefrist_uger": 6}, gaelder_fra=i_dag() + timedelta(days=3))
    with pytest.raises(ValidationError, match="venter allerede"):
        ret(r2022, admin, {"klagefrist_uger": 5})

    services.annuller(version, af=admin)

    with pytest.raises(ValidationError, match="venter ikke længere"):
        services.annuller(version, af=admin)
    assert ret(r2022, admin, {"klagefrist_uger": 5}).nr == 3


@pytest.mark.parametrize(
    ("indhold", "andet", "besked"),
    [
        ({}, {}, "ikke ændret noget"),
        ({"klagefrist_uger": 4}, {}, "ikke ændret noget"),
        ({"klagefrist_uger": 5}, {"begrundelse": " "}, "hvorfor regelsættet ændres"),
        ({"klagefrist_uger": 5}, {"gaelder_fra": date(2022, 1, 1)}, "senere dag"),
        ({"er_aktivt": False}, {}, "kan ikke læses"),
        ({"klagefrist_uger": "fem"}, {}, "kan ikke læses"),
        ({"varigheder": [{"fra_alder": 1}]}, {}, "kan ikke læses"),
        ({"kilde": " "}, {}, "kan ikke læses"),
    ],
)
def test_a_change_without_what_it_takes_is_refused(r2022, admin, indhold, andet, besked):
    with pytest.raises(ValidationError, match=besked):
        ret(r2022, admin, indhold, **andet)


def test_somebody_elses_change_in_between_is_not_overwritten(r2022, admin):
    ret(r2022, admin, {"klagefrist_uger": 6})

    with pytest.raises(ForaeldetVersionError):
        ret(r2022, admin, {"klagefrist_uger": 5})


@pytest.fixture
def sager(admin):
    """A case not presented, one on yesterday's agenda, one decided, one closed; all under R2022."""
    lukket = SagFactory(
        fase="afslutning",
        afsluttet_dato=i_dag(),
        afsluttet_af=admin,
        afslutningsaarsag="uddannelse",
    )
    forelagt = DagsordenspunktFactory(moede__dato=i_dag() - timedelta(days=1)).sag
    truffet = AfgoerelseFactory(truffet=True).sag
    return {
        "ny": SagFactory(fase="forberedelse"),
        "forelagt": forelagt,
        "truffet": truffet,
        "lukket": lukket,
    }


@pytest.mark.parametrize(
    ("ubesluttede", "flyttet"),
    [
        ("behold", set()),
        ("flyt_ikke_forelagte", {"ny"}),
        ("flyt_alle", {"ny", "forelagt"}),
    ],
)
def test_coming_into_force_moves_the_undecided_cases_it_is_told_to(
    r2022, r2026, admin, sager, ubesluttede, flyttet
):
    foer = beroerte.af_aktivering(r2026, ubesluttede, dato=i_dag(), bruger=admin)
    version = i_kraft(r2026, admin, ubesluttede=ubesluttede)

    r2022.refresh_from_db()
    r2026.refresh_from_db()
    assert r2022.gyldig_til == i_dag() - timedelta(days=1)
    assert (r2026.er_aktivt, r2026.gyldig_fra) == (True, i_dag())
    for navn, sag in sager.items():
        sag.refresh_from_db()
        assert sag.regelsaet.kode == ("R2026" if navn in flyttet else "R2022"), navn
    assert version.foer["afloest"] == "R2022"
    assert version.foer["flyttede_sager"] == foer.flyttes == len(flyttet)
    # The preview gave the administrator counts, and no case.
    assert (foer.uden_afgoerelse, foer.ikke_forelagt, foer.med_afgoerelse) == (2, 1, 1)
    assert foer.synlige == ()
    fortalt = Haendelse.objects.filter(kode="regelsaet.sag_flyttet")
    assert set(fortalt.values_list("sag_id", flat=True)) == {sager[n].pk for n in flyttet}


def test_drafts_follow_the_set_but_not_what_somebody_wrote(r2022, r2026, admin):
    urort, egen = (
        AfgoerelseFactory(hjemmel=hjemmel, klagevejledning=r2022.klagevejledning)
        for hjemmel in (r2022.hjemmel("ressourceforloeb"), "§ 116, skrevet selv")
    )
    nye = r2022.hjemler | {"ressourceforloeb": "§ 112 alene"}
    ret(r2022, admin, {"hjemler": nye})
    urort.refresh_from_db()
    assert (urort.hjemmel, urort.laas) == ("§ 112 alene", 1)

    i_kraft(r2026, admin, ubesluttede="flyt_alle")

    for kladde in (urort, egen):
        kladde.refresh_from_db()
        assert kladde.klagevejledning == r2026.klagevejledning
    assert urort.hjemmel == r2026.hjemmel("ressourceforloeb")
    assert egen.hjemmel == "§ 116, skrevet selv"


def test_a_set_that_waits_already_decides_for_a_first_day_after_it(r2026, admin, time_machine):
    dag = i_dag() + timedelta(days=30)
    sag = SagFactory(borger__foedselsdato=date(1990, 1, 1))
    om = {"start": dag, "slut": dag + timedelta(days=730)}
    assert varighedskontrol.brud(sag, **om) == []

    i_kraft(r2026, admin, gaelder_fra=dag)

    assert "senest begynde 31.01.2026 (R2026)" in varighedskontrol.brud(sag, **om)[0]
    assert Regelsaet.objects.for_dato(i_dag()).kode == "R2022"
    time_machine.move_to(timezone.now() + timedelta(days=31))
    gennemfoer_regelsaet()
    assert Regelsaet.objects.for_dato(dag).kode == "R2026"
    assert Regelsaet.objects.for_dato(dag - timedelta(days=1)).kode == "R2022"


def test_two_sets_never_come_into_force_over_each_other(r2022, r2026, admin):
    r2025 = Regelsaet.objects.get(kode="R2025")
    dag = i_dag() + timedelta(days=30)
    i_kraft(r2026, admin, gaelder_fra=dag)

    with pytest.raises(ValidationError, match="R2026 sættes i kraft"):
        i_kraft(r2025, admin, gaelder_fra=dag)
    i_kraft(r2025, admin)
    with pytest.raises(ValidationError, match="allerede i kraft"):
        i_kraft(Regelsaet.objects.get(kode="R2025"), admin)
    with pytest.raises(ValidationError, match="allerede i kraft"):
        i_kraft(r2022, admin)


def test_who_may_open_cases_sees_the_numbers_of_the_own_ones(r2022):
    begge = BrugerFactory(roller=["administrator", "sagsbehandler"])
    egen = SagFactory(ansvarlig=begge)
    SagFactory()

    ramte = beroerte.af_rettelse(r2022, dato=i_dag(), bruger=begge)

    assert (ramte.i_alt, ramte.synlige) == (2, ((egen.pk, egen.sagsnummer),))
