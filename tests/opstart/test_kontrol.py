"""What ./test runs, and that one failing step neither hides the others nor is forgotten."""

import os
import sys
import threading
import time
from datetime import UTC, datetime

import pytest

from ressource import pdf
from ressource.opstart import kontrol, systempakker
from ressource.opstart.melding import Opstartsfejl
from ressource.opstart.trin import Koersel, Trin, Udfald, linje
from tests.opstart import uden_pdf


def _trin(navn, kode, **miljoe):
    return Trin(navn, [sys.executable, "-c", kode], miljoe)


def test_every_step_runs_even_when_one_fails(capsys):
    koersel = Koersel(os.environ)

    fejler = _trin("a", "print('det gik galt'); raise SystemExit(1)")
    koersel.stille([[fejler, _trin("b", "pass")], [_trin("c", "print('stille')")]])

    assert {udfald.navn: udfald.ok for udfald in koersel.udfald} == {
        "a": False,
        "b": True,
        "c": True,
    }
    skrevet = capsys.readouterr().out
    assert "det gik galt" in skrevet
    assert "stille" not in skrevet


def test_step_gets_its_own_environment_on_top_of_the_shared_one():
    koersel = Koersel({**os.environ, "FAELLES": "1"})
    kode = "import os; assert os.environ['FAELLES'] + os.environ['EGET'] == '12'"

    koersel.stille([[_trin("a", kode, EGET="2")]])

    assert koersel.udfald[0].ok


def test_stop_kills_what_runs_and_starts_nothing_more():
    koersel = Koersel(os.environ)
    bane = [_trin("a", "import time; time.sleep(60)"), _trin("b", "pass")]
    traad = threading.Thread(target=koersel.stille, args=([bane],))
    traad.start()
    frist = time.monotonic() + 10
    while not koersel._i_gang and time.monotonic() < frist:
        time.sleep(0.02)

    koersel.stop()
    traad.join(10)

    assert not traad.is_alive()
    assert [(udfald.navn, udfald.ok) for udfald in koersel.udfald] == [("a", False)]


def test_summary_shows_name_time_and_outcome():
    assert linje(Udfald("mypy", 12.34, ok=True)).split() == ["mypy", "12.3", "s", "ok"]
    assert linje(Udfald("mypy", 12.34, ok=False)).endswith("FEJL")


def test_without_arguments_pytest_runs_on_both_cores():
    assert kontrol._pytest([], {"RESSOURCE_CHROMIUM": "c"}).kommando[1:] == [
        *("-m", "pytest", "-n", "2")
    ]


def test_arguments_are_passed_on_to_pytest():
    kommando = kontrol._pytest(["tests/borgere", "-k", "x"], {"RESSOURCE_CHROMIUM": "c"}).kommando

    assert kommando[3:] == ["tests/borgere", "-k", "x"]


def test_without_a_browser_its_tests_are_skipped():
    assert kontrol._pytest([], {}).kommando[-2:] == ["-m", "not browser"]


def test_missing_browser_is_said_aloud(monkeypatch, capsys):
    monkeypatch.setattr(systempakker, "sikr_browser", lambda: None)
    monkeypatch.delenv("CI", raising=False)

    assert kontrol._find_browser() == {}
    skrevet = capsys.readouterr().out
    assert "BROWSERTESTENE SPRINGES OVER" in skrevet
    assert "sudo apt-get install --no-install-recommends chromium libatomic1" in skrevet


def test_missing_browser_is_an_error_in_ci(monkeypatch):
    monkeypatch.setattr(systempakker, "sikr_browser", lambda: None)
    monkeypatch.setenv("CI", "true")

    with pytest.raises(Opstartsfejl, match="må ikke springes over"):
        kontrol._find_browser()


def test_missing_pango_is_said_aloud_and_skips_what_makes_pdfs(monkeypatch, capsys):
    monkeypatch.setattr(systempakker, "har_pdf", lambda: False)
    monkeypatch.delenv("CI", raising=False)

    valg = kontrol._uden_pdf()

    kommando = kontrol._pytest(["tests/borgere"], {"RESSOURCE_CHROMIUM": "c"}, valg).kommando
    assert kommando[3:] == ["-p", "tests.opstart.uden_pdf", "tests/borgere"]
    skrevet = capsys.readouterr().out
    assert "PDF-TESTENE SPRINGES OVER" in skrevet
    assert "sudo apt-get install --no-install-recommends libpango-1.0-0" in skrevet


def test_missing_pango_is_an_error_in_ci(monkeypatch):
    monkeypatch.setattr(systempakker, "har_pdf", lambda: False)
    monkeypatch.setenv("CI", "true")

    with pytest.raises(Opstartsfejl, match=r"må ikke springes over.*\n.*apt-get install"):
        kontrol._uden_pdf()


def test_test_that_makes_a_pdf_without_pango_is_skipped(monkeypatch):
    monkeypatch.setattr(pdf, "_weasyprint", pdf._weasyprint)

    uden_pdf.pytest_sessionstart()

    with pytest.raises(pytest.skip.Exception, match="Pango mangler"):
        pdf.skriv_pdf("<p>Brev</p>", titel="Brev", tidspunkt=datetime.now(UTC))


def test_the_tests_database_is_migrated_beside_the_checks_and_nobody_elses():
    egne, fremmede = (
        [[trin.navn for trin in bane] for bane in kontrol._baner(egen_database=egen)]
        for egen in (True, False)
    )

    assert egne == [["migrate"], *fremmede]
    assert "mypy" in fremmede[0]
