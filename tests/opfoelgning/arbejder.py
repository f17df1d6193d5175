"""A worker that can be killed, for `test_driftsuheld`: the real jobs, in a process of their own.

    python -m tests.opfoelgning.arbejder

forks a child for each moment it is told on standard input. The child does that day's jobs, from one
to another, as at that moment, and says which it comes to; when it is gone, its exit status is told. A
fork costs a hundredth of a new interpreter, and the connection to the database is made anew in it.

    celery -A tests.opfoelgning.arbejder worker

is the worker and beat of `ressource.tidsplan`, with seconds for minutes and hours.
"""

import os
import sys
import traceback
from datetime import datetime

import django
import time_machine
from django.conf import settings
from django.core.mail.utils import DNS_NAME
from django.urls import get_resolver

from ressource.tidsplan import BEAT, app

__all__ = ["app"]

JOBS = (
    "opfoelgning.udled_frister",
    "opfoelgning.dan_laegerykkere",
    "opfoelgning.send_samlemail",
    "ressource.send_beskeder",
)


def klargoer() -> None:
    """Send mail to the server of the test."""
    django.setup()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = int(os.environ["PROEVE_SMTP"])


def _sig(tekst: object) -> None:
    os.write(1, f"{tekst}\n".encode())


def _barn(moment: str, fra: str, til: str) -> None:
    with time_machine.travel(datetime.fromisoformat(moment)):
        for navn in JOBS[JOBS.index(fra) : JOBS.index(til) + 1]:
            _sig(navn)
            app.tasks[navn]()
    _sig("færdig")


def _haendelse(sag_id: int) -> None:
    """What a web server does: a fact that starts a deadline, and a notice of it."""
    from django.db import transaction

    from borgere.models import Sag
    from ressource import beskeder, haendelser
    from tests.factories import LaegeattestFactory

    sag = Sag.objects.get(pk=sag_id)
    ansvarlig = sag.tildelinger.get().bruger
    with transaction.atomic():
        attest = LaegeattestFactory(sag=sag, anmodet_af=ansvarlig)
        haendelser.log(attest, "laegeattest.anmodet", af=ansvarlig, sag_id=sag_id)
        beskeder.opret(ansvarlig, noegle=f"proeve:{attest.pk}", emne="Nyt", tekst="Der er nyt.")


def moder() -> None:
    """Fork a child for each line of standard input, until there are no more."""
    klargoer()
    app.loader.import_default_modules()
    # Read once here and not in each child.
    from opfoelgning import laegerykkere, samlemail, udledning  # noqa: F401

    get_resolver()._populate()
    DNS_NAME.get_fqdn()

    _sig("klar")
    forrige = 0
    for linje in sys.stdin:
        if forrige:
            os.waitpid(forrige, 0)
        hvad, *argumenter = linje.split()
        if (pid := os.fork()) == 0:
            kode = 1
            try:
                if hvad == "dag":
                    _barn(*argumenter)
                else:
                    _haendelse(int(*argumenter))
                kode = 0
            except BaseException:  # noqa: BLE001 -- the child must not go on as its mother
                traceback.print_exc()
            os._exit(kode)
        _sig(f"pid {pid}")
        # It keeps its number until the next: nobody else is hit by who kills it too late.
        slut = os.waitid(os.P_PID, forrige := pid, os.WEXITED | os.WNOWAIT)
        _sig(f"slut {slut.si_status if slut.si_code == os.CLD_EXITED else -slut.si_status}")


if __name__ == "__main__":
    moder()
elif "PROEVE_TID" in os.environ:
    # Started by Celery.
    klargoer()
    time_machine.travel(datetime.fromisoformat(os.environ["PROEVE_TID"])).start()
    HURTIGE = {*JOBS, "ressource.puls"}
    app.conf.beat_schedule = {
        navn: raekke | {"schedule": 1.0}
        for navn, raekke in BEAT.items()
        if raekke["task"] in HURTIGE
    }
