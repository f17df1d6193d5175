"""The pages that change a meeting: moving, calling off, deputies, reasons, series, the PDF."""

from datetime import date

import pytest
from django.urls import reverse

from rehabilitering import dagsordenspdf
from rehabilitering.models import Moedepause, Moedeserie, Teammoede
from ressource.models import Opslag, Rolle
from tests.factories import BrugerFactory, DagsordenspunktFactory, TeammoedeFactory

pytestmark = pytest.mark.django_db

TORSDAG = date(2026, 12, 3)


@pytest.fixture(autouse=True)
def tirsdag(time_machine):
    time_machine.move_to("2026-11-24 08:00:00+01:00", tick=False)


@pytest.fixture
def koordinator(som):
    return som("moedekoordinator")


def url(navn, *args):
    return reverse(f"rehabilitering:{navn}", args=args)


def moedefelter(moede, **felter):
    return {
        "dato": "10.12.2026",
        "start": "9.00",
        "slut": "12.00",
        "sted": "Kantinen",
        "kapacitet": "5",
        "minutter_pr_sag": "40",
        "moedeleder": moede.moedeleder_id,
        "sekvens": moede.sekvens,
    } | felter


def test_meeting_is_moved_and_a_stale_form_is_kept_with_a_second_chance(koordinator):
    moede = TeammoedeFactory(dato=TORSDAG)
    ret = url("moede_ret", moede.pk)
    Teammoede.objects.filter(pk=moede.pk).update(sekvens=1)

    afvist = koordinator.post(ret, moedefelter(moede, sekvens=0))

    assert afvist.status_code == 422
    assert "En anden har rettet mødet" in afvist.text
    assert 'value="Kantinen"' in afvist.text
    assert 'name="sekvens" value="1"' in afvist.text
    assert koordinator.post(ret, moedefelter(moede, sekvens=1)).status_code == 302
    moede.refresh_from_db()
    assert (moede.dato, moede.sted) == (date(2026, 12, 10), "Kantinen")


def test_meeting_is_called_off_with_a_reason_that_its_page_shows(koordinator):
    moede = TeammoedeFactory(dato=TORSDAG)

    assert koordinator.post(url("moede_aflys", moede.pk), {"grund": ""}).status_code == 422
    assert koordinator.post(url("moede_aflys", moede.pk), {"grund": "Sygdom"}).status_code == 302

    side = koordinator.get(url("moede", moede.pk)).text
    assert "Mødet blev aflyst 24.11.2026: Sygdom" in side
    assert "Tilføj deltager" not in side


def test_a_break_and_a_case_of_another_length_move_the_times(koordinator):
    moede = TeammoedeFactory(dato=TORSDAG)
    foerste, anden = (DagsordenspunktFactory(moede=moede) for _ in range(2))
    pauser = url("moede_pause_ny", moede.pk)
    assert koordinator.post(pauser, {"efter_plads": "9", "minutter": "15"}).status_code == 422
    koordinator.post(pauser, {"efter_plads": "1", "minutter": "15"})
    koordinator.post(url("moede_punkt_ret", anden.pk), {"plads": "1", "minutter": "60"})

    raekker = koordinator.get(url("moede", moede.pk)).context["dagsorden"].raekker

    assert [f"{r.plads.start:%H.%M}" for r in raekker] == ["09.00", "10.00", "10.15"]
    assert [r.punkt for r in (raekker[0], raekker[2])] == [anden, foerste]
    koordinator.post(url("moede_pause_ret", Moedepause.objects.get().pk), {"fjern": "1"})
    assert not Moedepause.objects.exists()


def test_a_missing_participant_is_called_or_explained(koordinator):
    punkt = DagsordenspunktFactory(moede__dato=TORSDAG, sag__borger__har_boernesag=True)
    krav = url("moede_krav", punkt.pk, "familie")
    side = koordinator.get(url("moede", punkt.moede_id)).text
    assert "Familieafdeling kl. 9.00" in side
    assert krav in side

    assert koordinator.post(krav, {"begrundelse": ""}).status_code == 422
    koordinator.post(krav, {"begrundelse": "Hørt inden mødet"})

    assert "Hørt inden mødet" in koordinator.get(url("moede", punkt.moede_id)).text
    assert koordinator.get(url("moede_krav", punkt.pk, "undervisning")).status_code == 404


def test_series_is_shown_before_it_is_made(koordinator):
    leder = BrugerFactory(roller=[Rolle.MOEDELEDER])
    data = {
        "ugedag": "3",
        "hver_uge": "1",
        "fra_dato": "17.12.2026",
        "til_dato": "07.01.2027",
        "undtagelser": "31.12.2026",
        "start": "9.00",
        "slut": "12.00",
        "sted": "Rådhuset",
        "kapacitet": "4",
        "minutter_pr_sag": "40",
        "moedeleder": leder.pk,
    }
    ny = url("moede_serie_ny")

    vist = koordinator.post(ny, data | {"vis": "1"}).text
    assert "Giver 2 møder" in vist
    assert "juleaftensdag" in vist.lower() or "24.12" in vist
    assert not Moedeserie.objects.exists()

    koordinator.post(ny, data)
    serie = Moedeserie.objects.get()
    assert [m.dato for m in serie.moeder.order_by("dato")] == [
        date(2026, 12, 17),
        date(2027, 1, 7),
    ]
    koordinator.post(url("moede_serie_stop", serie.pk), {"fra": "01.01.2027"})
    assert serie.moeder.staaende().count() == 1


def test_printed_agenda_hides_protected_names_and_is_logged(koordinator, monkeypatch):
    moede = TeammoedeFactory(dato=TORSDAG)
    DagsordenspunktFactory(moede=moede, sag__borger__er_adressebeskyttet=True)
    navne = []

    def dan(moede, laest, *, tidspunkt):
        navne.extend(raekke.navn_paa_papir for raekke in laest.punkter)
        return b"%PDF-1.7"

    monkeypatch.setattr(dagsordenspdf, "dan", dan)
    response = koordinator.get(url("moede_dagsorden_pdf", moede.pk))

    assert response["Content-Type"] == "application/pdf"
    assert navne == ["Navn beskyttet"]
    assert Opslag.objects.filter(objekt="dagsorden", handling="udskriv").count() == 1
