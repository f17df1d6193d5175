"""Today, and the calendar table."""

from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

# Wide enough for every running case and the deadlines it can produce.
FOERSTE_AAR = 2012
AAR_FREM = 8


def i_dag() -> date:
    """Today in Denmark (Europe/Copenhagen), also when the server runs in UTC."""
    return timezone.localdate()


def udfyld(fra: date | None = None, til: date | None = None) -> int:
    """Fill `Kalenderdag` for the dates from `fra` to `til`; existing rows are made right again.

    Gives the number of dates. Safe to run twice.
    """
    from ressource.datoer import kalenderraekker  # noqa: PLC0415 -- langsom: pulls in `holidays`
    from ressource.models import Kalenderdag  # noqa: PLC0415 -- app klar

    fra = fra or date(FOERSTE_AAR, 1, 1)
    til = til or date(i_dag().year + AAR_FREM, 12, 31)
    dage = [
        Kalenderdag(
            dato=raekke.dato,
            er_arbejdsdag=raekke.er_arbejdsdag,
            navn=raekke.navn,
            forrige_arbejdsdag=raekke.forrige_arbejdsdag,
            naeste_arbejdsdag=raekke.naeste_arbejdsdag,
            arbejdsdag_nr=raekke.arbejdsdag_nr,
        )
        for raekke in kalenderraekker(fra, til)
    ]
    Kalenderdag.objects.bulk_create(
        dage,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["dato"],
        update_fields=[
            "er_arbejdsdag",
            "navn",
            "forrige_arbejdsdag",
            "naeste_arbejdsdag",
            "arbejdsdag_nr",
        ],
    )
    with connection.cursor() as markoer:
        # The open days, as the trigger on `Lukkedag` makes them.
        markoer.execute("SELECT ressource_genberegn_aabne()")
    return len(dage)


def ugens_mandag(dato: date) -> date:
    """The Monday of `dato`'s ISO week."""
    return dato - timedelta(days=dato.weekday())


def lukkede_dage(fra: date, til: date) -> dict[date, str]:
    """The dates from `fra` to `til` (both included) with no slots and no meetings, and why.

    Weekends, the days of `Kalenderdag` that are no working days, and the municipality's own
    closing days. Two statements.
    """
    from ressource.models import Kalenderdag, Lukkedag  # noqa: PLC0415 -- app klar

    lukket = {
        dag: navn or "weekend"
        for dag, navn in Kalenderdag.objects.filter(
            dato__range=(fra, til), er_arbejdsdag=False
        ).values_list("dato", "navn")
    }
    egne = Lukkedag.objects.filter(dato__range=(fra, til)).values_list("dato", "aarsag")
    return lukket | dict(egne)


def sikr() -> None:
    """Fill the calendar unless it already reaches far enough ahead."""
    from ressource.models import Kalenderdag  # noqa: PLC0415 -- app klar

    slut = date(i_dag().year + AAR_FREM, 12, 31)
    if not Kalenderdag.objects.filter(dato=slut).exists():
        udfyld()
