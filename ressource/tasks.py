"""The ground's background jobs."""

from celery import shared_task

from ressource import sundhed


@shared_task(name="ressource.puls", time_limit=10)
def puls() -> None:
    """Show that jobs get through, see `ressource.sundhed`. Twice does no harm."""
    sundhed.slaa_puls()


@shared_task(name="ressource.forsegl", time_limit=600)
def forsegl() -> None:
    """Seal the new rows of the logs and the history, see `ressource.segl`. Safe to run twice."""
    from ressource import segl  # noqa: PLC0415 -- app klar

    segl.forsegl()


@shared_task(name="ressource.send_beskeder", time_limit=600)
def send_beskeder() -> None:
    """Send the notices that wait, see `ressource.beskeder`. Two workers share the work."""
    from ressource import beskeder  # noqa: PLC0415 -- app klar

    beskeder.send_ventende()
