"""Background jobs of sparring, case packages and rule sets: thin, safe to run twice."""

import logging

from celery import shared_task
from django.db import OperationalError

logger = logging.getLogger(__name__)


@shared_task(
    name="rehabilitering.pas_venteliste",
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=3,
    time_limit=120,
)
def pas_venteliste() -> None:
    """Pass expired offers on, offer free slots, and remind of bookings without questions."""
    from rehabilitering.services import sparring  # noqa: PLC0415 -- app klar
    from rehabilitering.services.sparring import venteliste  # noqa: PLC0415 -- app klar

    tilbudt = venteliste.fordel()
    mindet = sparring.mind_om_spoergsmaal()
    logger.info("Venteliste: %s tilbud, %s bookinger uden spørgsmål", tilbudt, mindet)


@shared_task(
    name="rehabilitering.dan_sagspakke",
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=3,
    time_limit=300,
)
def dan_sagspakke(pakke_id: int) -> None:
    """Make the PDFs of a published case package; a reader makes them too if this never runs."""
    from rehabilitering.sagspakke import udgivne  # noqa: PLC0415 -- app klar

    antal = udgivne.dan_alle(pakke_id)
    logger.info("Sagspakke %s: %s udgaver dannet", pakke_id, antal)


@shared_task(
    name="rehabilitering.gennemfoer_regelsaet",
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=3,
    time_limit=300,
)
def gennemfoer_regelsaet() -> None:
    """Carry out the changes of rule sets whose day has come."""
    from rehabilitering.services import regelsaet  # noqa: PLC0415 -- app klar

    logger.info("Regelsæt: %s ændringer gennemført", regelsaet.gennemfoer_forfaldne())
