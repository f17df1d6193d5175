"""Background job of the monthly report: thin, safe to run twice and to run late."""

import logging
from datetime import timedelta

from celery import shared_task
from django.db import OperationalError

logger = logging.getLogger(__name__)


@shared_task(
    name="noegletal.frys_maaned",
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
    time_limit=600,
)
def frys_maaned() -> None:
    """Freeze last month and make its report, unless that is done.

    Runs daily, so that a month whose 1st was missed is still frozen.
    """
    from noegletal.frysning import frys  # noqa: PLC0415 -- app klar
    from ressource.kalender import i_dag  # noqa: PLC0415 -- app klar

    sidste_maaned = (i_dag().replace(day=1) - timedelta(days=1)).replace(day=1)
    logger.info("Månedsrapport frosset: %s", frys(sidste_maaned))
