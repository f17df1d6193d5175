"""Background jobs of citizens and cases: thin, safe to run twice."""

import logging

from celery import shared_task
from django.db import OperationalError

logger = logging.getLogger(__name__)


@shared_task(
    name="borgere.behandl_indlaesning",
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
    time_limit=600,
)
def behandl_indlaesning(indlaesning_id: int) -> None:
    """Read a file, or take it in, from where the last run came to."""
    from borgere.services import indlaesning  # noqa: PLC0415 -- app klar

    indlaesning.behandl(indlaesning_id)


@shared_task(name="borgere.tag_indlaesninger_op", time_limit=60)
def tag_indlaesninger_op() -> None:
    """Wake the files that a killed worker or a lost broker left, and drop forgotten ones."""
    from borgere.services import indlaesning  # noqa: PLC0415 -- app klar

    for indlaesning_id in indlaesning.tag_op():
        behandl_indlaesning.delay(indlaesning_id)


@shared_task(
    name="borgere.lav_uddrag",
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=3,
    time_limit=600,
)
def lav_uddrag(uddrag_id: int) -> None:
    """Make an ordered archive, unless it is made or another worker is at it."""
    from borgere.uddrag import koersel  # noqa: PLC0415 -- app klar

    koersel.koer(uddrag_id)


@shared_task(name="borgere.genoptag_uddrag", time_limit=60)
def genoptag_uddrag() -> None:
    """Take up orders that a killed worker or a lost message left behind."""
    from borgere.uddrag import koersel  # noqa: PLC0415 -- app klar

    for uddrag_id in koersel.ventende():
        lav_uddrag.delay(uddrag_id)


@shared_task(
    name="borgere.slet_udloebne",
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
    time_limit=800,
)
def slet_udloebne() -> None:
    """Warn of, and delete, what the retention rules say is past today."""
    from borgere.services import sletning  # noqa: PLC0415 -- app klar
    from ressource.kalender import i_dag  # noqa: PLC0415 -- app klar

    logger.info("Bevaringsregler: %s", sletning.koer(i_dag()))
