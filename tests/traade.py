"""Several at once on real connections, for tests on real transactions."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.core.exceptions import ValidationError
from django.db import connection


def paa_een_gang(opgaver):
    """Run each task on a thread with its own connection, all let go at the same moment."""
    start = threading.Barrier(len(opgaver))

    def koer(opgave):
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            return opgave()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(opgaver)) as traade:
        return [f.result() for f in [traade.submit(koer, opgave) for opgave in opgaver]]


def over_forbindelser(opgaver, antal):
    """Run many tasks over `antal` connections, all let go at the same moment; results in order."""
    dele = [opgaver[nr::antal] for nr in range(antal)]
    svar = paa_een_gang([lambda del_=del_: [opgave() for opgave in del_] for del_ in dele])
    return [svar[nr % antal][nr // antal] for nr in range(len(opgaver))]


def proev(tjeneste, *argumenter, **felter):
    """The name of what came of it; anything but a refusal in words breaks the test."""

    def opgave():
        try:
            tjeneste(*argumenter, **felter)
        except ValidationError as fejl:
            return type(fejl).__name__
        return "ok"

    return opgave
