"""Rows that the tests of sharing and sending share."""

from datetime import timedelta

from borgere.deling import Modtager
from ressource.kalender import i_dag
from tests.factories import (
    DokumentFactory,
    LaegepraksisFactory,
    NetvaerkspersonFactory,
    SagFactory,
    SamtykkeFactory,
)

DAG = timedelta(days=1)
LAEGEN = Modtager("egen_laege")


def en_sag(**felter):
    """A case whose citizen has a GP."""
    sag = SagFactory(**felter)
    sag.borger.laegepraksis = LaegepraksisFactory()
    sag.borger.save()
    return sag


def planen(sag):
    return DokumentFactory(sag=sag, art="plan", titel="Planen")


def samtykke(sag, modtager="egen_laege", typer=("plan",), **felter):
    return SamtykkeFactory(
        borger=sag.borger, modtager=modtager, informationstyper=list(typer), **felter
    )


def paaroerende(sag, **felter):
    """A relative, and the recipient they are."""
    person = NetvaerkspersonFactory(borger=sag.borger, **felter)
    return person, Modtager("netvaerk", person.navn, person.pk)


# Ways in which there is no consent that holds today for the plan to the GP: what exists, code.
UDEN_GRUNDLAG = {
    "aldrig": lambda sag: None,
    "udloebet": lambda sag: samtykke(sag, fra_dato=i_dag() - 90 * DAG, til_dato=i_dag() - DAG),
    "trukket": lambda sag: samtykke(sag, trukket_dato=i_dag()),
    "kommende": lambda sag: samtykke(sag, fra_dato=i_dag() + DAG),
    "andre_oplysninger": lambda sag: samtykke(sag, typer=["helbred"]),
    "gdpr": lambda sag: samtykke(sag, art="gdpr"),
    "anden_modtager": lambda sag: samtykke(sag, "region"),
    "anden_borger": lambda sag: samtykke(SagFactory()),
}
