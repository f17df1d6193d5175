"""The reminder job on real connections: a worker that dies, and several at once."""

from datetime import date

import pytest
import time_machine
from django.db import OperationalError, connection

from opfoelgning import laegerykkere
from opfoelgning.tasks import dan_laegerykkere
from opfoelgning.udledning import udled
from rehabilitering.models import Laegeattestrykker
from ressource.models import Besked, Haendelse
from tests.factories import BrugerFactory, LaegeattestFactory, SagFactory, klokken
from tests.traade import paa_een_gang

pytestmark = pytest.mark.django_db(transaction=True)

BESTILT = date(2026, 9, 1)
SENT = date(2026, 10, 2)


def test_a_worker_that_dies_leaves_nothing_and_several_at_once_make_one(monkeypatch):
    sag = SagFactory(fase="forberedelse", oprettet_dato=BESTILT, ansvarlig=BrugerFactory())
    LaegeattestFactory(sag=sag, anmodet_dato=BESTILT)
    udled(SENT)

    def doer(*_args, **_felter):
        with connection.cursor() as markoer:
            markoer.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with monkeypatch.context() as midt_i:
        midt_i.setattr(laegerykkere.haendelser, "log_mange", doer)
        with pytest.raises(OperationalError):
            laegerykkere.dan_rykkere(SENT)
    connection.close()
    assert not Laegeattestrykker.objects.exists()

    with time_machine.travel(klokken(SENT), tick=False):
        paa_een_gang([dan_laegerykkere] * 4)

    rykker = Laegeattestrykker.objects.get()
    assert (rykker.nr, rykker.dato) == (1, SENT)
    assert Haendelse.objects.filter(kode="laegeattest.rykker_dannet").count() == 1
    assert Besked.objects.count() == 1
