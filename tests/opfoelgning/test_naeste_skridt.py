"""The next step is a pure function of where the case stands."""

from dataclasses import fields
from datetime import date, timedelta

import pytest

from borgere.models import Borger, Fase
from opfoelgning import tjek
from opfoelgning.naeste_skridt import naeste_skridt
from opfoelgning.sagsfakta import Sagsfakta
from opfoelgning.tjek import tjekliste
from opfoelgning.trin import trin
from tests.factories import klokken

IDAG = date(2026, 11, 24)
I_GAAR, I_MORGEN = IDAG - timedelta(days=1), IDAG + timedelta(days=1)
NUL = {"bool": False, "int": 0, "list": []}


def fakta(fase, **felter) -> Sagsfakta:
    """A case with nothing done but `felter`."""
    tomme = {f.name: NUL.get(getattr(f.type, "__name__", f.type)) for f in fields(Sagsfakta)}
    return Sagsfakta(**(tomme | {"sag_id": 7, "fase": fase, "oprettet_dato": IDAG} | felter))


TRIN = [
    (Fase.SCREENING, {}, "Skriv screeningsnotat"),
    (Fase.SCREENING, {"screening_indsendt": klokken(I_GAAR)}, "Se screeningsnotatet"),
    (Fase.SCREENING, {"screening_resultat": "ikke_relevant"}, "Afslut sagen"),
    (Fase.SCREENING, {"screening_resultat": "mangler_oplysninger"}, "Ret screeningsnotatet"),
    (Fase.FORBEREDELSE, {}, "Begynd forberedende del"),
    (Fase.FORBEREDELSE, {"del_status": "kladde"}, "Bestil lægeattest"),
    (
        Fase.FORBEREDELSE,
        {"del_status": "kladde", "attest_anmodet": I_GAAR},
        "Fortsæt forberedende del",
    ),
    (
        Fase.FORBEREDELSE,
        {"del_status": "kladde", "attest_aktuel": True, "ks_resultat": "retur"},
        "Ret og send igen",
    ),
    (
        Fase.FORBEREDELSE,
        {"del_status": "gennemgaaet", "attest_aktuel": True, "ks_resultat": "retur"},
        "Ret og send igen",
    ),
    (
        Fase.FORBEREDELSE,
        {"del_status": "gennemgaaet", "attest_anmodet": I_GAAR},
        "Følg op på lægeattest",
    ),
    (
        Fase.FORBEREDELSE,
        {"del_status": "gennemgaaet", "attest_aktuel": True},
        "Send til kvalitetssikring",
    ),
    (Fase.KVALITETSSIKRING, {}, "Se kvalitetssikring"),
    (Fase.MOEDE, {}, "Find et teammøde"),
    (Fase.MOEDE, {"teammoede_dato": I_MORGEN}, "Gør borgeren klar til mødet"),
    (Fase.MOEDE, {"teammoede_dato": I_MORGEN, "har_pakke": True}, "Send sagspakke"),
    (Fase.MOEDE, {"teammoede_dato": I_MORGEN, "varslede": ["SAGSPAKKE"]}, "Send sagspakke"),
    (
        Fase.MOEDE,
        {"teammoede_dato": I_MORGEN, "har_sagspakke": True, "varslede": ["SAGSPAKKE"]},
        "Gør borgeren klar til mødet",
    ),
    (
        Fase.MOEDE,
        {"teammoede_dato": I_MORGEN, "har_pakke": True, "har_sagspakke": True},
        "Se teammødet",
    ),
    (Fase.INDSTILLING, {}, "Se indstillingen"),
    (Fase.AFGOERELSE, {"indstilling_udfald": "fleksjob"}, "Skriv afgørelsen"),
    (Fase.AFGOERELSE, {"indstilling_udfald": "ressourceforloeb"}, "Aftal første opfølgning"),
    (
        Fase.AFGOERELSE,
        {
            "indstilling_udfald": "ressourceforloeb",
            "moede_id": 3,
            "moede_tidspunkt": klokken(I_MORGEN),
        },
        "Skriv afgørelsen",
    ),
    # Right after the team meeting the eftermøde is first; when a week has gone it is a follow-up.
    (
        Fase.AFGOERELSE,
        {
            "indstilling_udfald": "ressourceforloeb",
            "indstilling_moede_dato": I_GAAR,
            "indstilling_afsluttet": klokken(I_GAAR),
        },
        "Hold eftermøde",
    ),
    (
        Fase.AFGOERELSE,
        {
            "indstilling_udfald": "ressourceforloeb",
            "indstilling_moede_dato": I_GAAR,
            "indstilling_afsluttet": klokken(I_GAAR),
            "eftermoede_holdt": I_GAAR,
        },
        "Aftal første opfølgning",
    ),
    (
        Fase.AFGOERELSE,
        {
            "indstilling_udfald": "ressourceforloeb",
            "indstilling_moede_dato": IDAG - timedelta(days=8),
            "indstilling_afsluttet": klokken(I_GAAR),
        },
        "Aftal første opfølgning",
    ),
    # The decision, and below the talk, belong to an earlier round of the team.
    (
        Fase.AFGOERELSE,
        {
            "indstilling_udfald": "fleksjob",
            "indstilling_moede_dato": I_GAAR,
            "afgoerelse_udfald": "foertidspension",
            "afgoerelse_dato": date(2026, 1, 5),
            "forloeb_start": date(2026, 1, 5),
        },
        "Skriv afgørelsen",
    ),
    (
        Fase.AFGOERELSE,
        {
            "indstilling_udfald": "ressourceforloeb",
            "indstilling_moede_dato": I_GAAR,
            "sidst_holdt": date(2026, 1, 5),
        },
        "Aftal første opfølgning",
    ),
    (
        Fase.AFGOERELSE,
        {"afgoerelse_udfald": "fleksjob", "afgoerelse_dato": I_GAAR},
        "Afslut sagen",
    ),
    (Fase.PLAN, {"forloeb_start": I_GAAR, "sidst_holdt": I_GAAR}, "Begynd indsatsplanen"),
    (
        Fase.PLAN,
        {"forloeb_start": I_GAAR, "sidst_holdt": I_GAAR, "antal_indsatser": 2},
        "Fortsæt planen",
    ),
    (Fase.OPFOELGNING, {"forloeb_start": I_GAAR, "sidst_holdt": I_GAAR}, "Aftal opfølgning"),
    (
        Fase.OPFOELGNING,
        {"forloeb_start": I_GAAR, "sidst_holdt": I_GAAR, "varslede": ["SAMTALER_MIN"]},
        "Aftal samtale",
    ),
    (
        Fase.OPFOELGNING,
        {
            "forloeb_start": I_GAAR,
            "forloeb_slut": IDAG + timedelta(days=89),
            "varslede": ["FORLOEB_SLUT"],
            "moede_id": 3,
            "moede_tidspunkt": klokken(I_MORGEN),
        },
        "Forbered afslutning",
    ),
    (
        Fase.OPFOELGNING,
        {"forloeb_start": I_GAAR, "moede_id": 3, "moede_tidspunkt": klokken(IDAG, 23)},
        "Åbn mødeskema",
    ),
    (
        Fase.OPFOELGNING,
        {"forloeb_start": I_GAAR, "moede_id": 3, "moede_tidspunkt": klokken(I_GAAR)},
        "Åbn mødeskema",
    ),
    (
        Fase.OPFOELGNING,
        {"forloeb_start": I_GAAR, "moede_id": 3, "moede_tidspunkt": klokken(I_MORGEN)},
        "Forbered møde",
    ),
    (
        Fase.OPFOELGNING,
        {
            "forloeb_start": date(2025, 1, 1),
            "forloeb_slut": I_GAAR,
            "moede_id": 3,
            "moede_tidspunkt": klokken(I_MORGEN),
        },
        "Afslut sagen",
    ),
    (
        Fase.OPFOELGNING,
        {
            "forloeb_start": I_GAAR,
            "varslede": ["INDSATSGARANTI"],
            "moede_id": 3,
            "moede_tidspunkt": klokken(I_MORGEN),
        },
        "Sæt en indsats i gang",
    ),
    # Nothing more is agreed when the forløb is over; a talk that waits to be closed is.
    (
        Fase.OPFOELGNING,
        {"forloeb_start": date(2025, 1, 1), "forloeb_slut": I_GAAR, "sidst_holdt": I_GAAR},
        "Afslut sagen",
    ),
    (
        Fase.OPFOELGNING,
        {
            "forloeb_start": date(2025, 1, 1),
            "forloeb_slut": I_GAAR,
            "moede_id": 3,
            "moede_tidspunkt": klokken(I_GAAR),
        },
        "Åbn mødeskema",
    ),
    # The guarantee has run out: before what is only customary, after the talk of the day.
    (
        Fase.PLAN,
        {"forloeb_start": I_GAAR, "garanti_overskredet": True},
        "Forelæg sagen igen",
    ),
    (
        Fase.OPFOELGNING,
        {
            "forloeb_start": I_GAAR,
            "garanti_overskredet": True,
            "moede_id": 3,
            "moede_tidspunkt": klokken(IDAG),
        },
        "Åbn mødeskema",
    ),
    # A later round that ended in «samme indsats»: the forløb that runs goes on.
    (
        Fase.OPFOELGNING,
        {
            "forloeb_start": date(2025, 1, 1),
            "forloeb_slut": I_MORGEN,
            "afgoerelse_udfald": "hidtidig_indsats",
            "afgoerelse_dato": I_GAAR,
            "indstilling_udfald": "hidtidig_indsats",
            "indstilling_moede_dato": I_GAAR,
            "sidst_holdt": I_GAAR,
            "moede_id": 3,
            "moede_tidspunkt": klokken(I_MORGEN),
        },
        "Forbered møde",
    ),
]


@pytest.mark.parametrize(("fase", "felter", "label"), TRIN)
def test_one_button_for_every_point_of_the_course(fase, felter, label):
    skridt = naeste_skridt(fakta(fase, **felter), IDAG)

    assert skridt.label == label
    assert skridt.url.startswith("/")
    assert skridt.hvorfor.endswith(".")


def test_ended_case_has_no_next_step():
    assert naeste_skridt(fakta(Fase.AFSLUTNING), IDAG) is None


@pytest.mark.parametrize("fase", list(Fase))
def test_step_guide_has_nine_steps_and_one_is_here(fase):
    felter = {"afsluttet_dato": IDAG} if fase == Fase.AFSLUTNING else {}

    alle = trin(fakta(fase, **felter), None)

    assert len(alle) == 9
    assert [et.fase for et in alle if et.tilstand == "er-her"] == [fase]


def test_step_guide_dates_what_is_done_and_tells_the_deadline():
    alle = trin(
        fakta(
            Fase.PLAN,
            screening_afgjort=klokken(date(2026, 5, 12)),
            indstilling_moede_dato=date(2026, 11, 13),
            afgoerelse_dato=date(2026, 11, 18),
            forloeb_slut=date(2028, 11, 30),
        ),
        date(2026, 12, 10),
    )

    assert [(et.tilstand, et.tekst) for et in alle] == [
        ("faerdig", "12.05.2026"),
        ("faerdig", ""),
        ("faerdig", ""),
        ("faerdig", "13.11.2026"),
        ("faerdig", ""),
        ("faerdig", "18.11.2026"),
        ("er-her", "Frist 10.12.2026"),
        ("naeste", "3 måneder ad gangen"),
        ("naeste", "Senest 30.11.2028"),
    ]


def test_steps_a_closed_case_never_reached_are_not_shown_as_done():
    alle = trin(
        fakta(Fase.AFSLUTNING, afsluttet_dato=IDAG, screening_afgjort=klokken(date(2026, 5, 12))),
        None,
    )

    assert [et.tekst for et in alle] == ["12.05.2026", *["Ikke nået"] * 7, "24.11.2026"]


@pytest.mark.parametrize("fase", [f for f in Fase if f != Fase.AFSLUTNING])
def test_every_step_says_what_is_missing_with_a_link(fase):
    punkter = tjekliste(
        fakta(fase, indstilling_udfald="ressourceforloeb"), Borger(har_boernesag=True)
    )

    assert punkter[0].tilstand == "nej"
    assert all(punkt.url.startswith("/") and punkt.tekst for punkt in punkter)


def test_what_is_met_stands_last():
    punkter = tjekliste(
        fakta(Fase.PLAN, antal_holdt=1, har_mentor=True, maal="Kok", indstilling_maal="Kok"),
        Borger(),
    )

    assert [p.tilstand for p in punkter] == ["nej", "obs", "obs", "ja", "ja", "ja"]
    assert tjek.i_ord(punkter) == "1 mangler, 2 at være opmærksom på"
    assert tjek.i_ord(punkter[3:]) == ""
