"""Background jobs of sparring: thin, safe to run twice."""

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
