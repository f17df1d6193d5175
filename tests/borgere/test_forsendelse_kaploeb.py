"""A consent that is withdrawn while something is being sent, on two connections."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from borgere import services
from borgere.models import Forsendelse, Samtykke
from ressource.kalender import i_dag
from tests.borgere.delingsdata import LAEGEN, en_sag, planen, samtykke
from tests.traade import paa_een_gang, proev

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sag():
    return en_sag()


def send(dokument, aftale):
    services.send_dokument(dokument, modtager=LAEGEN, kanal="brev", af=None)


def skriv_raekken(dokument, aftale):
    Forsendelse.objects.bulk_create(
        [
            Forsendelse(
                sag=dokument.sag,
                dokument=dokument,
                informationstype="plan",
                modtager_art="egen_laege",
                modtager_navn="Lægehuset",
                samtykke=aftale,
                kanal="brev",
                afsendt_dato=i_dag(),
            )
        ]
    )


AENDRINGER = {
    "trukket": {"trukket_dato": i_dag()},
    "udloebet": {"fra_dato": i_dag() - timedelta(days=9), "til_dato": i_dag() - timedelta(days=1)},
}


@pytest.mark.parametrize("vej", [send, skriv_raekken])
@pytest.mark.parametrize("aendring", AENDRINGER)
def test_sending_waits_for_a_withdrawal_under_way_and_is_refused(sag, vej, aendring):
    plan, aftale = planen(sag), samtykke(sag)
    udfald = []

    def afsend():
        try:
            vej(plan, aftale)
        except (ValidationError, IntegrityError) as fejl:
            udfald.append(type(fejl).__name__)
        else:
            udfald.append("sendt")
        finally:
            connection.close()

    traad = threading.Thread(target=afsend)
    with transaction.atomic():
        Samtykke.objects.filter(pk=aftale.pk).update(**AENDRINGER[aendring])
        traad.start()
        # Long enough for the other to have asked; it must still be waiting.
        traad.join(timeout=1)
        assert udfald == []
    traad.join(timeout=30)

    assert udfald in (["DelingAfvist"], ["IntegrityError"])
    assert not Forsendelse.objects.exists()


def test_sending_and_withdrawing_at_once_leaves_nothing_sent_after_the_withdrawal(sag):
    for _ in range(10):
        plan, aftale = planen(sag), samtykke(sag)

        sendt, trukket = paa_een_gang(
            [
                proev(services.send_dokument, plan, modtager=LAEGEN, kanal="brev", af=None),
                proev(
                    services.traek_samtykke,
                    aftale,
                    sag=sag,
                    af=sag.oprettet_af,
                ),
            ]
        )

        assert trukket == "ok"
        assert sendt in ("ok", "DelingAfvist")
        assert Forsendelse.objects.filter(dokument=plan).exists() is (sendt == "ok")


def test_two_who_send_at_once_send_once(sag):
    plan = planen(sag)
    samtykke(sag)

    udfald = paa_een_gang(
        [proev(services.send_dokument, plan, modtager=LAEGEN, kanal="brev", af=None)] * 4
    )

    assert sorted(udfald) == ["ValidationError"] * 3 + ["ok"]


def test_same_person_and_consent_registered_twice_at_once_are_stored_once(sag):
    maja = sag.oprettet_af
    person = {"navn": "Laila", "relation": "søster", "holdning": "medspiller", "af": maja}
    aftale = {
        "modtager": "egen_laege",
        "informationstyper": ["plan"],
        "fra_dato": i_dag(),
        "til_dato": i_dag(),
        "givet_hvordan": "Ligger i sagsmappen",
        "af": maja,
    }

    for tjeneste, felter in (
        (services.tilfoej_netvaerksperson, person),
        (services.giv_samtykke, aftale),
    ):
        udfald = paa_een_gang([proev(tjeneste, sag, **felter)] * 3)
        assert sorted(udfald) == ["ValidationError"] * 2 + ["ok"]
