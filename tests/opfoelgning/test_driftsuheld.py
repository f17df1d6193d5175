"""Accidents for real: a worker killed at any moment, a mail server's yes that is not recorded, and a
broker that stops. A real process, PostgreSQL, SMTP server and Valkey; see ADR 0021.
"""

import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import psycopg
import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.db import connection, connections
from psycopg import conninfo, sql

from borgere.models import Fase
from opfoelgning.models import Fristregel, Paamindelsesvalg
from ressource.models import Rolle, Stedfortraeder
from ressource.opstart import valkey
from ressource.opstart.steder import ROD
from ressource.opstart.tilsyn import Tilsyn
from tests.factories import (
    BrugerFactory,
    LaegeattestFactory,
    OpfoelgningsmoedeFactory,
    SagFactory,
    TeamFactory,
    klokken,
)
from tests.opfoelgning.arbejder import JOBS

pytestmark = pytest.mark.django_db(transaction=True)

DRAB = 50
# A Friday: two days of the five are quiet.
FOERSTE = date(2026, 11, 27)
DAGE = [FOERSTE + timedelta(days=nr) for nr in range(5)]
_RAEKKER = {
    "frister": """
        SELECT sag_id, kode, anker_type, anker_id, start_dato, forfald_dato, maal_dato, varsel_dato,
               ejer_id, opfyldt_dato, bortfaldet_dato, bortfaldet_begrundelse,
               flaget_den IS NOT NULL
          FROM opfoelgning_frist""",
    "historik": """
        SELECT f.sag_id, f.kode, f.anker_id, h.forfald_dato, h.opfyldt_dato, h.bortfaldet_dato
          FROM opfoelgning_fristevent h JOIN opfoelgning_frist f ON f.id = h.pgh_obj_id""",
    "påmindelser": """
        SELECT f.sag_id, f.kode, f.anker_type, f.anker_id, p.bruger_id, p.art, p.forfald_dato,
               p.for_bruger_id, p.oprettet_den::date, b.noegle
          FROM opfoelgning_paamindelse p
          JOIN opfoelgning_frist f ON f.id = p.frist_id
          LEFT JOIN ressource_besked b ON b.id = p.besked_id""",
    "beskeder": """
        SELECT modtager_id, emne, tekst, sti, oprettet_den::date, sendt_den IS NOT NULL,
               opgivet_den, forsoeg
          FROM ressource_besked""",
    "rykkere": "SELECT attest_id, nr, dato FROM rehabilitering_laegeattestrykker",
    "hændelser": "SELECT kode, sag_id, objekt_type, data FROM ressource_haendelse",
}


class Postkasse:
    """Receives mail as Exchange does: the same `Message-ID` and `Date` again is one it has."""

    def __init__(self) -> None:
        self.raa: list[tuple[str, str, str]] = []
        self.breve: dict[tuple[str, str, str], str] = {}
        self.ved_modtagelse = lambda: None

    async def handle_DATA(self, _server, _session, konvolut):  # noqa: N802 -- aiosmtpd's name
        brev = message_from_bytes(konvolut.content, policy=default)
        for modtager in konvolut.rcpt_tos:
            noegle = (modtager, brev["Message-ID"], brev["Date"])
            self.raa.append(noegle)
            self.breve.setdefault(noegle, brev.get_content())
        self.ved_modtagelse()
        return "250 OK"


@contextmanager
def en_mailserver():
    postkasse = Postkasse()
    with socket.create_server(("127.0.0.1", 0)) as ledig:
        port = ledig.getsockname()[1]
    server = Controller(postkasse, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield postkasse, port
    finally:
        server.stop()


@contextmanager
def en_kopi(navn):
    """An equal database: a copy of this one as it is. Gives its address."""
    her = connection.settings_dict["NAME"]
    adresse = conninfo.make_conninfo(os.environ["DATABASE_URL"], dbname=f"{her}_{navn}")
    kopi = sql.Identifier(f"{her}_{navn}")
    connections.close_all()
    with psycopg.connect(adresse, dbname="postgres", autocommit=True) as hoved:
        hoved.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(kopi))
        skabelon = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        hoved.execute(skabelon.format(kopi, sql.Identifier(her)))
        try:
            yield adresse
        finally:
            hoved.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(kopi))


def miljoe(database, smtp, broker="memory://"):
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "ressource.settings.test",
        "DATABASE_URL": database,
        "PROEVE_SMTP": str(smtp),
        "BROKER_URL": broker,
    }


class Arbejder:
    """The process that forks a worker for each day's jobs."""

    def __init__(self, database, smtp, broker="memory://") -> None:
        self.proces = subprocess.Popen(
            [sys.executable, "-m", "tests.opfoelgning.arbejder"],
            cwd=ROD,
            env=miljoe(database, smtp, broker),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.nr = 0
        self.laes("klar")

    def begynd(self, dato, fra=JOBS[0], til=JOBS[-1]):
        """Let a worker begin on the jobs of a day, a minute after the one before it."""
        self.nr += 1
        moment = klokken(dato, 6, 30) + timedelta(minutes=self.nr)
        self.skriv(f"dag {moment.isoformat()} {fra} {til}")

    def laes(self, *ventede):
        """Read on until a line begins with one of `ventede`, and give it."""
        while not (linje := self.proces.stdout.readline().strip()).startswith(ventede):
            assert self.proces.poll() is None, "Arbejderen er død."
        return linje

    def skriv(self, linje):
        self.proces.stdin.write(f"{linje}\n")
        self.proces.stdin.flush()

    def dag(self, dato):
        """The jobs of one day, undisturbed; gives how long each took."""
        self.begynd(dato)
        tider, fra, job = {}, 0.0, ""
        while (linje := self.laes(*JOBS, "færdig", "slut")).split()[0] != "slut":
            if job:
                tider[job] = time.monotonic() - fra
            fra, job = time.monotonic(), linje
        assert linje == "slut 0"
        return tider

    def draebt(self, dato, fra, job, sekunder):
        """Kill a worker that begins with `fra`, `sekunder` after it comes to `job`.

        False when it was done before.
        """
        self.begynd(dato, fra, job)
        pid = ""
        while not (linje := self.laes("pid", "slut", job)).startswith(job):
            assert linje.startswith("pid"), linje
            pid = linje.split()[1]
        pid = pid or self.laes("pid").split()[1]
        time.sleep(sekunder)
        os.kill(int(pid), signal.SIGKILL)
        return self.laes("slut") == f"slut {-signal.SIGKILL}"

    def stop(self):
        self.proces.stdin.close()
        self.proces.wait(timeout=20)
        self.proces.stdout.close()


@contextmanager
def en_arbejder(*argumenter):
    arbejder = Arbejder(*argumenter)
    try:
        yield arbejder
    finally:
        arbejder.stop()


def raekker(database):
    """What there is, by its meaning: numbers differ, for a rolled back row has had one too."""
    with psycopg.connect(database) as forbindelse:
        return {
            navn: sorted(map(str, forbindelse.execute(spoergsmaal).fetchall()))
            for navn, spoergsmaal in _RAEKKER.items()
        }


def sendte(database):
    """Each notice that is recorded as sent: to whom, and its text."""
    with psycopg.connect(database) as forbindelse:
        spoergsmaal = """SELECT u.email, b.tekst FROM ressource_besked b
                           JOIN ressource_bruger u ON u.id = b.modtager_id
                          WHERE b.sendt_den IS NOT NULL"""
        return sorted(forbindelse.execute(spoergsmaal).fetchall())


def indhold(postkasse):
    """To whom, and what each mail said before the address it leads to."""
    return sorted(
        (modtager, tekst.replace("\r\n", "\n").split("\n\nSe mere i Ressource:")[0].rstrip("\n"))
        for (modtager, *_), tekst in postkasse.breve.items()
    )


def personale():
    team = TeamFactory()

    def en(navn, *roller):
        roller = roller or (Rolle.SAGSBEHANDLER,)
        return BrugerFactory(email=f"{navn}@egelund.example", roller=list(roller), team=team)

    maja, jonas, birgit = (en(navn) for navn in ("maja", "jonas", "birgit"))
    en("leder", Rolle.TEAMLEDER)
    Stedfortraeder.objects.create(for_bruger=maja, vikar=birgit, fra_dato=DAGE[1], til_dato=DAGE[3])
    Paamindelsesvalg.objects.create(bruger=birgit, hyppighed="ugentlig", ugedag=1)
    return team, maja, jonas


@pytest.fixture
def sager():
    """Deadlines of which some come near, some pass and some are passed up, on each of the days."""
    Fristregel.objects.update(eskalering_dage=3)
    with time_machine.travel(klokken(FOERSTE, 5), tick=False):
        team, maja, jonas = personale()
        sager = [
            SagFactory(
                team=team, ansvarlig=(maja, jonas)[nr % 2], fase=Fase.FORBEREDELSE, oprettet_af=maja
            )
            for nr in range(10)
        ]
        for nr, sag in enumerate(sager):
            LaegeattestFactory(
                sag=sag, anmodet_dato=FOERSTE - timedelta(days=37 - nr), anmodet_af=maja
            )
            OpfoelgningsmoedeFactory(
                sag=sag,
                nr=1,
                afholdt=True,
                tidspunkt=klokken(FOERSTE - timedelta(days=95 - nr), 13),
                aftalt_af=maja,
            )
        yield sager


def test_a_worker_killed_fifty_times_loses_no_reminder_and_sends_none_twice(sager):
    tal = random.Random(2026)
    with en_kopi("hel") as hel, en_kopi("draebt") as uheld:
        with en_mailserver() as (rolig, smtp), en_arbejder(hel, smtp) as arbejder:
            tider = [arbejder.dag(dato) for dato in DAGE]
        with en_mailserver() as (postkasse, smtp), en_arbejder(uheld, smtp) as arbejder:
            for dato, varighed in zip(DAGE, tider, strict=True):
                # In their order, so that each is killed while it has something to do. A worker that
                # has come to a job has done those before it.
                fra = JOBS[0]
                for job in sorted(tal.choices(JOBS, k=DRAB // len(DAGE)), key=JOBS.index):
                    while not arbejder.draebt(dato, fra, job, tal.uniform(0, varighed[job])):
                        # What an earlier worker got done is not done again: there is less to hit.
                        varighed[job] /= 4
                    fra = job
                arbejder.dag(dato)

        assert raekker(uheld) == raekker(hel)
        assert len(raekker(hel)["påmindelser"]) > 20
        assert len(rolig.raa) == len(rolig.breve) > 15
        # Each mail once in the mailbox; on the wire no more than one again for each kill.
        assert indhold(postkasse) == indhold(rolig) == sendte(uheld)
        assert len(postkasse.breve) <= len(postkasse.raa) <= len(postkasse.breve) + DRAB


def test_a_yes_that_was_not_recorded_is_the_same_mail_again(sager):
    with (
        en_kopi("ja") as database,
        en_mailserver() as (postkasse, smtp),
        en_arbejder(database, smtp) as arbejder,
    ):
        arbejder.begynd(FOERSTE)
        pid = int(arbejder.laes("pid").split()[1])
        # The server has the mail, and the worker never reads its answer.
        postkasse.ved_modtagelse = lambda: os.kill(pid, signal.SIGKILL)
        assert arbejder.laes("slut") == "slut -9"
        postkasse.ved_modtagelse = lambda: None
        assert (len(postkasse.raa), sendte(database)) == (1, [])

        arbejder.dag(FOERSTE)

        assert indhold(postkasse) == sendte(database)
        assert len(postkasse.raa) == len(postkasse.breve) + 1
        assert postkasse.raa[0] == postkasse.raa[1]


@contextmanager
def en_celery(database, smtp, broker, plan):
    """Worker and beat as they run in a municipality, on the first of the days."""
    proces = subprocess.Popen(
        [
            *(sys.executable, "-m", "celery", "--quiet", "-A", "tests.opfoelgning.arbejder"),
            *("worker", "--beat", "--pool", "solo", "--without-gossip", "--without-mingle"),
            *("--schedule", str(plan), "--loglevel", "ERROR"),
        ],
        cwd=ROD,
        env=miljoe(database, smtp, broker) | {"PROEVE_TID": klokken(FOERSTE, 6, 30).isoformat()},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        os.killpg(proces.pid, signal.SIGKILL)
        proces.wait(timeout=20)


@contextmanager
def en_valkey(server, logmappe):
    vagt = Tilsyn(logmappe, os.environ)
    try:
        server.start(vagt)
        vagt.vent_til(server.svarer, "Valkey", 20)
        yield
    finally:
        vagt.stop()


def vent_paa(hvad, sekunder=60):
    slut = time.monotonic() + sekunder
    while not (fundet := hvad()):
        assert time.monotonic() < slut, "Det kom ikke igennem."
        time.sleep(0.1)
    return fundet


def test_what_happens_while_the_broker_is_away_comes_through_when_it_is_back(sager, tmp_path):
    with (
        tempfile.TemporaryDirectory(prefix="ressource-uheld-", dir="/tmp") as mappe,
        en_kopi("koe") as database,
        en_mailserver() as (postkasse, smtp),
    ):
        Path(mappe).chmod(0o711)
        server = valkey.placer(Path(mappe))
        with en_celery(database, smtp, server.url, tmp_path / "plan"):
            with en_valkey(server, tmp_path):
                vent_paa(lambda: postkasse.breve)
            with en_arbejder(database, smtp, server.url) as webserver:
                foer = time.monotonic()
                for sag in sager[:3]:
                    webserver.skriv(f"haendelse {sag.pk}")
                    # The fact is saved, and whoever saved it is not kept waiting for a worker.
                    assert webserver.laes("slut") == "slut 0"
                ventet = time.monotonic() - foer
            nye = "SELECT count(*) FROM ressource_besked WHERE sendt_den IS NULL"
            with psycopg.connect(database) as forbindelse:
                assert forbindelse.execute(nye).fetchone()[0] >= 3
            with en_valkey(server, tmp_path):
                vent_paa(lambda: indhold(postkasse) == sendte(database) and not usendte(database))

    tekster = [tekst for _, tekst in indhold(postkasse)]
    assert tekster.count("Der er nyt.") == 3
    assert len(postkasse.raa) == len(postkasse.breve)
    assert ventet < 10


def usendte(database):
    with psycopg.connect(database) as forbindelse:
        return forbindelse.execute(
            "SELECT id FROM ressource_besked WHERE sendt_den IS NULL AND opgivet_den IS NULL"
        ).fetchall()
