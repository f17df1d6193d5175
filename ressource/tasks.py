"""The ground's background jobs."""

from celery import shared_task

from ressource import sundhed


@shared_task(name="ressource.puls", time_limit=10)
def puls() -> None:
    """Show that jobs get through, see `ressource.sundhed`. Twice does no harm."""
    sundhed.slaa_puls()
