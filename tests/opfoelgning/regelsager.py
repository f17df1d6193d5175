"""What the tests of the single rules share: facts on plain dates, and the deadline of one anchor."""

from datetime import date, timedelta

from opfoelgning.models import Frist
from opfoelgning.udledning import udled
from tests.factories import (
    BrugerFactory,
    OpfoelgningsmoedeFactory,
    RessourceforloebFactory,
    SagFactory,
    klokken,
)

# A Monday; the cases below lie around it.
DAG = date(2026, 11, 2)


def om(dage: int) -> date:
    return DAG + timedelta(days=dage)


def en_sag(**felter):
    return SagFactory(oprettet_dato=om(-400), ansvarlig=BrugerFactory(), **felter)


def et_forloeb(start: date = DAG, slut: date | None = None, **felter):
    """A granted forløb of its own case. Its meeting was long before."""
    sag = felter.pop("sag", None) or en_sag(fase="plan")
    return RessourceforloebFactory(
        sag=sag, start_dato=start, slut_dato=slut or start + timedelta(days=729), **felter
    )


def holdt(sag, dag: date, **felter):
    return OpfoelgningsmoedeFactory(
        sag=sag,
        **{
            "afholdt": True,
            "tidspunkt": klokken(dag),
            "aftalt_dato": dag - timedelta(days=14),
            "lukket_den": klokken(dag, 11),
        }
        | felter,
    )


def luk(sag, dag: date) -> None:
    type(sag).objects.filter(pk=sag.pk).update(
        fase="afslutning",
        afsluttet_dato=dag,
        afslutningsaarsag="andet",
        afsluttet_af=BrugerFactory(),
    )


def frister(sag, kode: str, dato: date = DAG) -> list[Frist]:
    """The case's deadlines of one rule as derived on `dato`, by start."""
    udled(dato, sager=[sag.pk])
    return list(
        Frist.objects.filter(sag=sag, kode=kode)
        .select_related("regel", "ejer")
        .order_by("start_dato", "pk")
    )


def frist(sag, kode: str, dato: date = DAG) -> Frist:
    [den] = frister(sag, kode, dato)
    return den
