"""When the background jobs run. Assembly: the one place that knows every task.

Worker and beat start from here: `celery -A ressource.tidsplan worker`.
"""

from typing import Any

from celery.schedules import crontab

from ressource.celery import app

BEAT: dict[str, dict[str, Any]] = {
    "puls": {"task": "ressource.puls", "schedule": 60.0},
    "forsegl": {"task": "ressource.forsegl", "schedule": crontab(minute=10)},
    # Both ask the database what is due: a missed night is made good by the next.
    "frister": {"task": "opfoelgning.udled_frister", "schedule": crontab(hour=2, minute=15)},
    "maanedsrapport": {"task": "noegletal.frys_maaned", "schedule": crontab(hour=5, minute=0)},
}
app.conf.beat_schedule = BEAT

__all__ = ["BEAT", "app"]
