"""Every constraint of the floor is violated once, in the database and not in a form."""

from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, transaction

from borgere.models import (
    Borger,
    Journalnotat,
    Netvaerksperson,
    Personnummer,
    Sag,
    Samtykke,
    Tildeling,
)
from ressource.kalender import i_dag
from tests.factories import (
    BorgerFactory,
    BrugerFactory,
    DokumentFactory,
    PersonnummerFactory,
    SagFactory,
    TildelingFactory,
)

pytestmark = pytest.mark.django_db


def samtykke(borger=None, **felter):
    standard = {
        "borger": borger or BorgerFactory(),
        "modtager": Samtykke.Modtager.EGEN_LAEGE,
        "informationstyper": ["helbred"],
        "fra_dato": i_dag(),
        "til_dato": i_dag() + timedelta(days=30),
    }
    bruger = felter.pop("registreret_af", None) or BrugerFactory()
    return Samtykke.objects.create(**standard | felter, registreret_af=bruger)


def notat(sag=None):
    sag = sag or SagFactory()
    return Journalnotat.objects.create(
        sag=sag, dato=i_dag(), overskrift="Samtale", tekst="Talte om job", forfatter=BrugerFactory()
    )


def to_gaeldende_numre():
    borger = BorgerFactory()
    PersonnummerFactory(borger=borger)
    PersonnummerFactory(borger=borger)


def to_ens_numre():
    PersonnummerFactory(nummer="7403871234")
    PersonnummerFactory(nummer="7403871234")


def to_aabne_sager():
    borger = BorgerFactory()
    SagFactory(borger=borger)
    SagFactory(borger=borger)


def to_ens_sagsnumre():
    SagFactory(sagsnummer="RF-2026-0001")
    SagFactory(sagsnummer="RF-2026-0001")


def to_ens_noegler():
    BorgerFactory(noegle=BorgerFactory().noegle)


def to_ansvarlige():
    sag = SagFactory()
    TildelingFactory(sag=sag)
    TildelingFactory(sag=sag)


BRUD = {
    "borgere_borger_noegle_key": to_ens_noegler,
    "borger_koen_kendt": lambda: BorgerFactory(koen="x"),
    "borger_boernesag_hel": lambda: BorgerFactory(boernesag_fulgt_op_dato=date(2026, 1, 1)),
    "borger_beskyttelse_har_aarsag": lambda: BorgerFactory(adressebeskyttet_til=date(2027, 1, 1)),
    "personnummer_entydigt": to_ens_numre,
    "personnummer_et_gaeldende": to_gaeldende_numre,
    "personnummer_ti_cifre": lambda: PersonnummerFactory(nummer="74038712"),
    "personnummer_slut_efter_start": lambda: PersonnummerFactory(til_dato=date(2019, 1, 1)),
    "samtykke_slut_efter_start": lambda: samtykke(til_dato=i_dag() - timedelta(days=1)),
    "samtykke_netvaerksperson_naevnt": lambda: samtykke(modtager="netvaerk"),
    "borgere_sag_sagsnummer_key": to_ens_sagsnumre,
    "sag_fase_kendt": lambda: SagFactory(fase="ukendt"),
    "sag_afslutning_hel": lambda: SagFactory(fase="afslutning"),
    "sag_slut_efter_start": lambda: SagFactory(
        fase="afslutning",
        afsluttet_dato=date(2020, 1, 1),
        afslutningsaarsag="andet",
        afsluttet_af=BrugerFactory(),
    ),
    "sag_en_aaben_pr_borger": to_aabne_sager,
    "tildeling_art_kendt": lambda: TildelingFactory(art="ven"),
    "tildeling_slut_efter_start": lambda: TildelingFactory(art="mentor", til_dato=date(2020, 1, 1)),
    "tildeling_en_ansvarlig": to_ansvarlige,
}
# Each subject brings its own: `tests/borgere/brud_<subject>.py`.
for fil in sorted(Path(__file__).parent.glob("brud_*.py")):
    BRUD |= import_module(f"tests.borgere.{fil.stem}").BRUD


@pytest.mark.parametrize("navn", BRUD)
def test_constraint_refuses(navn):
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        BRUD[navn]()


def test_every_constraint_is_violated_once():
    navne = {
        c.name
        for model in apps.get_app_config("borgere").get_models()
        for c in model._meta.constraints
    }

    assert navne - set(BRUD) == set()


@pytest.mark.parametrize("ny", [DokumentFactory, notat])
def test_documents_and_notes_are_append_only(ny):
    raekke = ny()
    egne = type(raekke).objects.filter(pk=raekke.pk)

    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        egne.update(dato=date(2020, 1, 1))
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        egne.delete()
    assert egne.get().dato == i_dag()


def test_consecutive_responsibles_fit():
    sag = SagFactory()
    TildelingFactory(sag=sag, fra_dato=date(2026, 1, 1), til_dato=date(2026, 1, 31))
    TildelingFactory(sag=sag, fra_dato=date(2026, 2, 1))

    assert sag.tildelinger.ansvarlige().count() == 2


def test_history_keeps_what_was_there_also_when_nobody_saves_the_object():
    borger = BorgerFactory(telefon="10203040")

    Borger.objects.filter(pk=borger.pk).update(telefon="50607080")
    borger.refresh_from_db()
    borger.telefon = "11111111"
    borger.save(update_fields=["telefon"])

    historik = Borger.pgh_event_model.objects.filter(pgh_obj=borger).order_by("pgh_id")
    assert list(historik.values_list("telefon", flat=True)) == ["10203040", "50607080"]


@pytest.mark.parametrize(
    ("model", "felt", "ny", "lav"),
    [
        (Personnummer, "til_dato", date(2026, 1, 1), PersonnummerFactory),
        (Sag, "fase", "forberedelse", SagFactory),
        (Tildeling, "til_dato", date(2036, 1, 1), TildelingFactory),
        (Samtykke, "trukket_dato", date(2036, 1, 1), samtykke),
        (
            Netvaerksperson,
            "navn",
            "Laila",
            lambda: Netvaerksperson.objects.create(
                borger=BorgerFactory(), navn="Lajla", relation="søster"
            ),
        ),
    ],
)
def test_every_update_of_tracked_tables_leaves_the_old_row(model, felt, ny, lav):
    raekke = lav()

    model.objects.filter(pk=raekke.pk).update(**{felt: ny})

    [gammel] = model.pgh_event_model.objects.filter(pgh_obj=raekke)
    assert getattr(gammel, felt) == getattr(raekke, felt)


def test_history_cannot_be_rewritten():
    borger = BorgerFactory()
    Borger.objects.filter(pk=borger.pk).update(telefon="50607080")
    historik = Borger.pgh_event_model.objects.filter(pgh_obj=borger)

    with pytest.raises(ProgrammingError), transaction.atomic():
        historik.update(telefon="1")
    with pytest.raises(ProgrammingError), transaction.atomic():
        historik.delete()


def test_age_turns_on_the_birthday():
    borger = BorgerFactory.build(foedselsdato=date(1987, 3, 14))

    assert borger.alder(date(2026, 3, 13)) == 38
    assert borger.alder(date(2026, 3, 14)) == 39


@pytest.mark.parametrize(
    ("felter", "beskyttet"),
    [
        ({}, False),
        ({"er_adressebeskyttet": True}, True),
        ({"er_adressebeskyttet": True, "adressebeskyttet_til": date(2026, 6, 14)}, True),
        ({"er_adressebeskyttet": True, "adressebeskyttet_til": date(2026, 6, 13)}, False),
    ],
)
def test_protection_holds_through_its_last_day(felter, beskyttet):
    assert BorgerFactory.build(**felter).er_beskyttet(date(2026, 6, 14)) is beskyttet


@pytest.mark.parametrize(
    ("felter", "status"),
    [
        ({}, "gaelder"),
        ({"trukket_dato": date(2026, 6, 1)}, "trukket"),
        ({"fra_dato": date(2026, 1, 1), "til_dato": date(2026, 5, 31)}, "udloebet"),
        ({"fra_dato": date(2026, 6, 2), "til_dato": date(2026, 6, 3)}, "kommende"),
    ],
)
def test_consent_says_how_it_stands_as_the_query_does(felter, status):
    dato = date(2026, 6, 1)
    givet = samtykke(**{"fra_dato": dato, "til_dato": dato} | felter)

    assert givet.status(dato) == status
    assert Samtykke.objects.gaeldende(dato).exists() is (status == "gaelder")
