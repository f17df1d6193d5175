"""After a deletion no table holds the case or the citizen; before it is whole or nothing."""

import json
from datetime import timedelta

import pghistory
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError
from pghistory.models import Context

from borgere import sagsgraf
from borgere.models import Borger, Dokument, Sag, Samtykke, Sletning, Uddrag
from borgere.sagsgraf import Ejer
from borgere.services import sletning
from noegletal.models import Maanedsrapport
from ressource import segl
from ressource.kalender import i_dag
from ressource.models import Haendelse, Opslag
from tests.borgere.helsag import EFTERNAVN, FORNAVN, NUMMER, afslut, hel_sag
from tests.factories import BorgerFactory, BrugerFactory, SagFactory

pytestmark = pytest.mark.django_db

SENERE = timedelta(days=31)


def varsl():
    sletning.varsl(i_dag())
    return Sletning.objects.varslede().latest("pk")


def slet(varsel):
    return sletning.slet_sag(varsel.pk, i_dag() + SENERE)


def steder_med(*ord_):
    """Every text, list, JSON and bytes column of the database that holds one of the words."""
    fundne = []
    with connection.cursor() as markoer:
        markoer.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type IN"
            " ('text', 'character varying', 'jsonb', 'json', 'ARRAY', 'bytea')"
        )
        for tabel, kolonne in markoer.fetchall():
            vaerdi = f'"{kolonne}"::text'
            markoer.execute(
                f'SELECT count(*) FROM "{tabel}" WHERE {vaerdi} ILIKE ANY(%s)',
                [[f"%{o}%" for o in ord_]],
            )
            if markoer.fetchone()[0]:
                fundne.append(f"{tabel}.{kolonne}")
    return fundne


def test_no_table_holds_the_case_or_the_citizen_afterwards():
    sag = hel_sag()
    borger_id, noegle = sag.borger_id, str(sag.borger.noegle)
    ejere = {Ejer.SAG: sag.pk, Ejer.BORGER: borger_id}
    antal = {t.navn: t.raekker([ejere[t.ejer]]).count() for t in sagsgraf.tabeller()}
    assert min(antal.values()) > 0
    assert steder_med(FORNAVN, EFTERNAVN, NUMMER)

    udfoert = slet(varsl())

    tilbage = {t.navn for t in sagsgraf.tabeller() if t.raekker([ejere[t.ejer]]).exists()}
    assert tilbage == set()
    # A second way to look: by what the rows said, in every column of every table.
    assert (
        steder_med(FORNAVN, EFTERNAVN, NUMMER, f"{NUMMER[:6]}-{NUMMER[6:]}", noegle, "Bror Brorsen")
        == []
    )
    # And a third: by the numbers of the case and the citizen in history tables of whatever path.
    for model in apps.get_models():
        if hasattr(model, "pgh_tracked_model") and model.pgh_tracked_model in (Sag, Borger):
            assert not model.objects.exists()
    for tabel, n in antal.items():
        # The warning itself is an event of the case.
        assert udfoert.protokol["tabeller"][tabel] == n + (tabel == "ressource_haendelse")


def test_the_protocol_counts_and_names_nobody():
    sag = hel_sag()

    udfoert = slet(varsl())

    assert udfoert.slettet_den
    assert udfoert.sagsnummer == sag.sagsnummer
    assert udfoert.protokol["borger"] == "slettet med sagen"
    tekst = json.dumps(udfoert.protokol)
    assert not any(ord_ in tekst for ord_ in (FORNAVN, EFTERNAVN, NUMMER))
    haendelse = Haendelse.objects.get(kode="sag.slettet")
    assert (haendelse.sag_id, haendelse.af) == (None, None)
    assert haendelse.data == {"raekker": sum(udfoert.protokol["tabeller"].values())}


def test_the_seals_accept_what_a_rule_took(capsys):
    hel_sag()
    call_command("forsegl")

    slet(varsl())
    call_command("forsegl")

    capsys.readouterr()
    call_command("efterproev")
    ud = capsys.readouterr().out
    assert "BRUD" not in ud
    assert "slettet efter en regel" in ud


def test_a_citizen_with_another_case_stays_with_what_is_their_own():
    sag = hel_sag()
    anden = SagFactory(borger=sag.borger)
    scan = Samtykke.objects.get(borger=sag.borger).scan
    assert scan.sag_id == sag.pk

    udfoert = slet(varsl())

    assert udfoert.protokol["borger"] == "bevaret: 1 andre sager"
    assert list(Sag.objects.filter(borger=sag.borger)) == [anden]
    assert Samtykke.objects.get(borger=sag.borger).scan is None
    for tabel in sagsgraf.borgerens():
        assert tabel.raekker([sag.borger_id]).exists(), tabel.navn


def test_other_cases_keep_every_row():
    sag = hel_sag()
    anden = hel_sag(borger=BorgerFactory())
    Sag.objects.filter(pk=anden.pk).update(bevares=True, bevares_grund="Klagesag")
    foer = {t.navn: t.raekker([anden.pk]).count() for t in sagsgraf.sagens()}

    slet(varsl())

    assert not Sag.objects.filter(pk=sag.pk).exists()
    assert {t.navn: t.raekker([anden.pk]).count() for t in sagsgraf.sagens()} == foer


def test_killed_in_the_middle_everything_is_there_and_the_next_night_goes_on(monkeypatch):
    sag = hel_sag()
    varsel = varsl()
    foer = {t.navn: t.raekker([sag.pk]).count() for t in sagsgraf.sagens()}
    sidste = sagsgraf.sagens()[-3].navn
    rigtig = sletning._slet

    def doe(tabel, ejer, regel):
        if tabel.navn == sidste:
            raise KeyboardInterrupt
        return rigtig(tabel, ejer, regel)

    with monkeypatch.context() as m:
        m.setattr(sletning, "_slet", doe)
        with pytest.raises(KeyboardInterrupt):
            slet(varsel)

    assert {t.navn: t.raekker([sag.pk]).count() for t in sagsgraf.sagens()} == foer
    varsel.refresh_from_db()
    assert varsel.slettet_den is None
    assert slet(varsel).slettet_den


def test_twice_does_no_harm():
    hel_sag()
    varsel = varsl()

    assert slet(varsel).slettet_den
    assert slet(varsel) is None
    assert sletning.koer(i_dag() + SENERE).slettede == []


def test_a_case_that_cannot_be_deleted_does_not_keep_the_others(monkeypatch, caplog):
    foerste, anden = hel_sag(), hel_sag(borger=BorgerFactory())
    sletning.varsl(i_dag())
    rigtig = sletning._slet_alt

    def fejl_ved_foerste(sag, regel):
        if sag.pk == foerste.pk:
            raise ValueError
        return rigtig(sag, regel)

    monkeypatch.setattr(sletning, "_slet_alt", fejl_ved_foerste)
    udfald = sletning.koer(i_dag() + SENERE)

    assert (udfald.slettede, udfald.fejlede) == ([anden.sagsnummer], 1)
    assert "1 kunne ikke slettes" in str(udfald)
    assert "kunne ikke gennemføres" in caplog.text
    assert Sag.objects.filter(pk=foerste.pk).exists()
    assert Sletning.objects.varslede().get().sag_id == foerste.pk


def test_the_refusals_of_the_tables_are_back_afterwards():
    hel_sag()
    hel_sag(borger=BorgerFactory())
    slet(varsl())

    for model in (Dokument, Sag.pgh_event_model, Haendelse):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
            assert model.objects.all()._raw_delete("default") == 0, model


def test_an_archive_that_is_being_made_is_waited_for():
    sag = hel_sag()
    uddrag = Uddrag.objects.create(sag=sag, art="indsigt", bestilt_af=BrugerFactory())
    varsel = varsl()

    assert slet(varsel) is None
    assert Sag.objects.filter(pk=sag.pk).exists()
    Uddrag.objects.filter(pk=uddrag.pk).update(fejl="Opgivet")
    assert slet(varsel).slettet_den


def test_who_made_the_changes_goes_unless_another_case_shares_it():
    bruger = BrugerFactory()
    sag, anden = SagFactory(), SagFactory()
    with pghistory.context(url="/sager/1/", user=bruger.pk):
        Sag.objects.filter(pk=sag.pk).update(bevares=True, bevares_grund="x")
    with pghistory.context(url="/begge/", user=bruger.pk):
        Sag.objects.filter(pk__in=[sag.pk, anden.pk]).update(bevares=True, bevares_grund="y")
    Sag.objects.filter(pk=sag.pk).update(bevares=False, bevares_grund="")
    afslut(sag, bruger)

    slet(varsl())

    assert [k.metadata["url"] for k in Context.objects.all()] == ["/begge/"]


def test_old_look_ups_go_in_sealed_batches():
    bruger = BrugerFactory()
    felter = {"bruger": bruger, "organisation": "kommune", "handling": "se", "objekt": "sag"}
    gammel = Opslag.objects.create(**felter)
    call_command("forsegl")

    assert sletning.koer(i_dag() + timedelta(days=600)).opslag == 0
    assert sletning.koer(i_dag() + timedelta(days=800)).opslag == 1

    assert not Opslag.objects.filter(pk=gammel.pk).exists()
    assert all(not r.brud for r in segl.efterproev())


def test_frozen_figures_are_left_alone():
    fulgte = {t.model._meta.app_label for t in sagsgraf.tabeller()}

    assert "noegletal" not in fulgte
    assert sagsgraf.tabel_for(Maanedsrapport) is None
