"""A month is frozen once; the PDF is archivable, accessible and reads well."""

import io
from datetime import date

import page
import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from pypdf import PdfReader

from noegletal.frysning import frys
from noegletal.models import Maaltal, Maanedsrapport
from noegletal.tasks import frys_maaned
from tests.factories import RessourceforloebFactory

pytestmark = pytest.mark.django_db
OKTOBER = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def i_november():
    with time_machine.travel("2026-11-21 10:00 +01:00", tick=False):
        yield


def forloeb(antal: int) -> None:
    for _ in range(antal):
        RessourceforloebFactory(start_dato=date(2026, 9, 14), slut_dato=date(2028, 9, 13))


def test_command_writes_a_valid_tagged_pdf_in_danish(tmp_path):
    forloeb(6)
    fil = tmp_path / "r.pdf"

    call_command("rapport", "2026-10", "--ud", str(fil))

    indhold = fil.read_bytes()
    for profil in ("ua1", "2a"):
        svar = page.validate_pdf_bytes(indhold, profile=page.ValidationProfile(profil))
        assert svar.is_compliant, [(f.rule_id, f.message) for f in svar.failures]
    laeser = PdfReader(io.BytesIO(indhold))
    tekst = " ".join(side.extract_text() for side in laeser.pages)
    assert laeser.trailer["/Root"]["/Lang"] == "da"
    for ventet in ("Oktober 2026", "Måltavle", "Udvikling over 13 måneder", "Definitioner"):
        assert ventet in tekst
    assert bytes(Maanedsrapport.objects.get().pdf) == indhold


def test_frozen_month_is_given_back_and_not_computed_again():
    forloeb(5)
    foerste = frys(OKTOBER)
    forloeb(1)

    assert frys(OKTOBER) == foerste
    assert Maanedsrapport.objects.count() == 1


def test_correction_is_a_new_version_only_when_something_changed():
    forloeb(5)
    frys(OKTOBER)

    assert frys(OKTOBER, ret=True).version == 1
    forloeb(1)
    rettet = frys(OKTOBER, ret=True)

    assert rettet.version == 2
    assert rettet.tal["udvikling"][-1]["tal"]["personer"] == [6, 0]


def test_later_months_read_frozen_months_back():
    forloeb(5)
    frys(date(2026, 9, 1))
    forloeb(2)

    udvikling = frys(OKTOBER).tal["udvikling"]

    assert udvikling[-2]["tal"]["personer"] == [5, 0]
    assert udvikling[-1]["tal"]["personer"] == [7, 0]


def test_job_run_twice_makes_one_report():
    frys_maaned()
    frys_maaned()

    assert Maanedsrapport.objects.get().maaned == OKTOBER


def test_job_makes_good_the_months_it_missed():
    frys(date(2026, 7, 1))

    frys_maaned()

    frosne = Maanedsrapport.objects.order_by("maaned").values_list("maaned", flat=True)
    assert [m.month for m in frosne] == [7, 8, 9, 10]


def test_running_month_is_refused():
    with pytest.raises(ValidationError, match="Måneden er ikke slut"):
        frys(date(2026, 11, 1))

    assert not Maanedsrapport.objects.exists()


@pytest.mark.parametrize("maaned", ["2026-13", "oktober", "2026-1"])
def test_command_refuses_what_is_not_a_month(maaned, tmp_path):
    with pytest.raises(CommandError, match="Skriv måneden som 2026-10"):
        call_command("rapport", maaned, "--ud", str(tmp_path / "r.pdf"))


@pytest.mark.parametrize("sql", ["UPDATE {} SET version = 9", "DELETE FROM {}"])
def test_frozen_report_cannot_be_changed(sql):
    from django.db import connection

    frys(OKTOBER)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as markoer:
        markoer.execute(sql.format(Maanedsrapport._meta.db_table))


@pytest.mark.parametrize(
    ("navn", "felter"),
    [
        ("maanedsrapport_foerste_i_maaneden", {"maaned": date(2026, 10, 2)}),
        ("maanedsrapport_version", {"maaned": OKTOBER}),
    ],
)
def test_constraints_of_the_report(navn, felter):
    frys(OKTOBER)

    with pytest.raises(DatabaseError, match=navn), transaction.atomic():
        Maanedsrapport.objects.create(
            tal={}, definitionsversion=1, aftryk="x", pdf=b"", version=1, **felter
        )


@pytest.mark.parametrize(
    ("navn", "felter"),
    [
        ("maaltal_et_ad_gangen", {"gyldig_fra": date(2026, 1, 1)}),
        ("maaltal_slut_efter_start", {"gyldig_fra": OKTOBER, "gyldig_til": date(2026, 9, 1)}),
    ],
)
def test_constraints_of_targets(navn, felter):
    with pytest.raises(DatabaseError, match=navn), transaction.atomic():
        Maaltal.objects.create(
            **{"noegletal": "mentor", "vaerdi": 1, "ejer": "Faglig leder"} | felter
        )
