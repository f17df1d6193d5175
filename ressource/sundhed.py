"""Whether the installation works: for load balancers and surveillance. Names no data, no secrets.

`/sundhed/live`: the web process answers. `/sundhed/klar`: everything a request or a job needs is
there; 503 with the failing part's name otherwise.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ressource.settings.base import cache_url

logger = logging.getLogger(__name__)

PULS_NOEGLE = "puls"
# Beat sends one a minute; a worker busy with a report may be late, but not this late.
PULS_MAKS_ALDER = timedelta(minutes=5)
BROKER_SEKUNDER = 2


class IkkeKlar(Exception):  # noqa: N818 -- Danish names its own errors
    """A part answers, but not as it must."""


def slaa_puls() -> None:
    """Note that beat, broker and worker got a job through, now."""
    cache.set(PULS_NOEGLE, timezone.now().isoformat(), timeout=None)


def _database() -> None:
    with connection.cursor() as markoer:
        markoer.execute("SELECT 1")


def _migrationer() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise IkkeKlar("Migrationer mangler.")


def _broker() -> None:
    with redis.Redis.from_url(
        cache_url(settings.BROKER_URL), socket_timeout=BROKER_SEKUNDER
    ) as klient:
        klient.ping()


def _puls() -> None:
    senest = cache.get(PULS_NOEGLE)
    if senest is None or timezone.now() - datetime.fromisoformat(senest) > PULS_MAKS_ALDER:
        raise IkkeKlar("Ingen puls fra beat og worker.")


DELE: dict[str, Callable[[], None]] = {
    "database": _database,
    "migrationer": _migrationer,
    "broker": _broker,
    "puls": _puls,
}


def _virker(navn: str, proev: Callable[[], None]) -> bool:
    """Whether one part works. Surveillance must be answered, whatever it is that broke."""
    try:
        proev()
    except Exception:
        logger.warning("Sundhed: %s er ikke klar.", navn, exc_info=True)
        return False
    return True


@login_not_required
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers."""
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
def klar(request: HttpRequest) -> JsonResponse:
    """200 when every part works, else 503; each part's name says «ok» or «fejl»."""
    dele = {navn: "ok" if _virker(navn, proev) else "fejl" for navn, proev in DELE.items()}
    alle_ok = set(dele.values()) == {"ok"}
    return JsonResponse(
        {"status": "ok" if alle_ok else "fejl", "dele": dele}, status=200 if alle_ok else 503
    )
