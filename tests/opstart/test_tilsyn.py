"""The supervisor, tried on small real processes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ressource.opstart import tilsyn as tilsyn_modul
from ressource.opstart.melding import Opstartsfejl
from ressource.opstart.steder import ROD
from ressource.opstart.tilsyn import Tilsyn

SOV = "import time; time.sleep(60)"
# Says when it is there, so that no test has to guess.
MED_BARN = (
    "import subprocess, sys, time, pathlib;"
    f"b = subprocess.Popen([sys.executable, '-c', '{SOV}']);"
    "pathlib.Path(sys.argv[1]).write_text(str(b.pid)); time.sleep(60)"
)
DOEV = (
    "import pathlib, signal, sys, time;"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "pathlib.Path(sys.argv[1]).write_text('klar'); time.sleep(60)"
)


@pytest.fixture
def vagt(tmp_path):
    vagten = Tilsyn(tmp_path, os.environ)
    yield vagten
    vagten.stop()


def _python(kode, *argumenter):
    return [sys.executable, "-c", kode, *map(str, argumenter)]


def _lever(pid):
    try:
        tilstand = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    # An orphan that has ended may wait for somebody to collect it.
    return tilstand.rsplit(")", 1)[1].split()[0] != "Z"


def _vent(sandt, sekunder=10.0):
    frist = time.monotonic() + sekunder
    while not sandt():
        assert time.monotonic() < frist
        time.sleep(0.02)


def _tal(fil):
    return int(fil.read_text())


def _har_indhold(fil):
    return fil.exists() and fil.read_text() != ""


def test_dead_process_is_reported_with_code_and_last_lines(vagt):
    kode = "import sys; [print('linje', n) for n in range(40)]; sys.exit(3)"
    barn = vagt.start("worker", _python(kode))
    barn.proces.wait()

    with pytest.raises(Opstartsfejl) as fejl:
        vagt.kontroller()

    tekst = str(fejl.value)
    assert "worker stoppede uventet (afslutningskode 3)" in tekst
    assert "linje 39" in tekst
    assert "linje 20" not in tekst


def test_killed_process_is_reported_with_the_name_of_the_signal(vagt):
    barn = vagt.start("web", _python(SOV))
    os.kill(barn.proces.pid, signal.SIGKILL)
    barn.proces.wait()

    with pytest.raises(Opstartsfejl, match=r"web stoppede uventet \(signal SIGKILL\)"):
        vagt.vogt()


def test_old_lines_of_the_log_do_not_count(vagt, tmp_path):
    (tmp_path / "web.log").write_text("fra i går\n")
    barn = vagt.start("web", _python("print('fra i dag')"))
    barn.proces.wait()

    assert "fra i dag" in barn.sidste_linjer()
    assert "fra i går" not in barn.sidste_linjer()


def test_long_log_is_kept_and_a_new_one_begun(vagt, tmp_path, monkeypatch):
    monkeypatch.setattr(tilsyn_modul, "_LOG_MAKS", 3)
    (tmp_path / "web.log").write_text("fra i går\n")

    vagt.start("web", _python("pass"))

    assert (tmp_path / "web.log.1").read_text() == "fra i går\n"
    assert (tmp_path / "web.log").read_text() == ""


def test_log_is_read_by_its_owner_only(vagt, tmp_path):
    vagt.start("web", _python("pass"))

    assert (tmp_path / "web.log").stat().st_mode & 0o777 == 0o600


def test_stop_also_takes_grandchildren_whose_parent_was_killed(vagt, tmp_path):
    fil = tmp_path / "pid"
    barn = vagt.start("worker", _python(MED_BARN, fil))
    _vent(lambda: _har_indhold(fil))
    os.kill(barn.proces.pid, signal.SIGKILL)

    vagt.stop()

    _vent(lambda: not _lever(_tal(fil)))


def test_stop_kills_the_one_that_will_not_go(vagt, tmp_path, monkeypatch):
    monkeypatch.setattr(tilsyn_modul, "_FRIST_SEKUNDER", 0.2)
    fil = tmp_path / "klar"
    barn = vagt.start("worker", _python(DOEV, fil))
    _vent(lambda: _har_indhold(fil))

    vagt.stop()

    assert barn.proces.returncode == -signal.SIGKILL


def test_servers_are_stopped_after_what_uses_them(vagt, tmp_path):
    kode = (
        "import pathlib, signal, sys, time\n"
        "def slut(*_):\n"
        "    with open(sys.argv[1], 'a') as fil: fil.write(sys.argv[2])\n"
        "    sys.exit()\n"
        "signal.signal(signal.SIGTERM, slut)\n"
        "pathlib.Path(sys.argv[1] + sys.argv[2]).write_text('klar')\n"
        "time.sleep(60)"
    )
    spor = tmp_path / "spor"
    for navn, lag in (("database", 0), ("web", 1)):
        vagt.start(navn, _python(kode, spor, navn[0]), lag=lag)
    _vent(lambda: _har_indhold(tmp_path / "spord") and _har_indhold(tmp_path / "sporw"))

    vagt.stop()

    assert spor.read_text() == "wd"


def test_waiting_ends_at_once_when_a_process_dies(vagt):
    vagt.start("postgres", _python("import sys; sys.exit('ingen plads på disken')"))

    with pytest.raises(Opstartsfejl, match="ingen plads på disken"):
        vagt.vent_til(lambda: False, "PostgreSQL", 30)


def test_waiting_has_an_end(vagt):
    vagt.start("web", _python(SOV))

    with pytest.raises(Opstartsfejl, match="Webserveren svarer ikke efter 0 sekunder"):
        vagt.vent_til(lambda: False, "Webserveren", 0.1)


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells a child of its parent's end.")
def test_children_die_with_a_supervisor_that_is_killed(tmp_path):
    fil = tmp_path / "pid"
    kode = (
        "import os, pathlib, sys, time\n"
        "from ressource.opstart.tilsyn import Tilsyn\n"
        "vagt = Tilsyn(pathlib.Path(sys.argv[1]).parent, os.environ)\n"
        f"barn = vagt.start('web', [sys.executable, '-c', {SOV!r}])\n"
        "pathlib.Path(sys.argv[1]).write_text(str(barn.proces.pid))\n"
        "time.sleep(60)"
    )
    with subprocess.Popen(_python(kode, fil), cwd=ROD) as vagten:
        _vent(lambda: _har_indhold(fil))
        vagten.kill()

    _vent(lambda: not _lever(_tal(fil)))
