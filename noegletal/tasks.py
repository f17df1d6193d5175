"""Background job of the monthly report: thin, safe to run twice and to run late."""

import logging

from celery import shared_task
from django.db import OperationalError, transaction

from ressource import tidsgraense

logger = logging.getLogger(__name__)


@shared_task(
    name="noegletal.frys_maaned",
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
    time_limit=600,
)
def frys_maaned() -> None:
    """Freeze last month, and months missed since the last one frozen, unless that is done.

    Runs daily, so that neither a missed 1st nor a month without a worker leaves a hole.
    """
    from noegletal.frysning import frys, manglende_maaneder  # noqa: PLC0415 -- app klar

    for maaned in manglende_maaneder():
        with transaction.atomic():
            tidsgraense.ophaev()
            rapport = frys(maaned)
        logger.info("Månedsrapport frosset: %s", rapport)
