"""Background jobs of deadlines: thin, safe to run twice."""

import logging

from celery import shared_task
from django.db import OperationalError, transaction

from ressource import tidsgraense

logger = logging.getLogger(__name__)


@shared_task(
    name="opfoelgning.udled_frister",
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
    time_limit=600,
)
def udled_frister(sager: list[int] | None = None) -> None:
    """Derive, flag and remind for all cases (nightly), or for those named."""
    from opfoelgning.udledning import udled  # noqa: PLC0415 -- app klar

    with transaction.atomic():
        tidsgraense.ophaev()
        udfald = udled(sager=sager)
    logger.info("Frister udledt: %s", udfald)


@shared_task(
    name="opfoelgning.dan_laegerykkere",
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
    time_limit=300,
)
def dan_laegerykkere() -> None:
    """Make the reminders to GPs that are due today."""
    from opfoelgning.laegerykkere import dan_rykkere  # noqa: PLC0415 -- app klar

    logger.info("Rykkere for LÆ 265: %s", dan_rykkere())


@shared_task(
    name="opfoelgning.send_samlemail",
    autoretry_for=(OperationalError,),
    retry_backoff=True,
    max_retries=5,
    time_limit=600,
)
def send_samlemail() -> None:
    """Write the digests of reminders that are due today, see `opfoelgning.samlemail`."""
    from opfoelgning.samlemail import send_alle  # noqa: PLC0415 -- app klar

    logger.info("Samlede mails om frister: %s", send_alle())
