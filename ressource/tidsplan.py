"""When the background jobs run. Assembly: the one place that knows every task.

Worker and beat start from here: `celery -A ressource.tidsplan worker`.
"""

from typing import Any

from ressource.celery import app

BEAT: dict[str, dict[str, Any]] = {
    "puls": {"task": "ressource.puls", "schedule": 60.0},
}
app.conf.beat_schedule = BEAT

__all__ = ["BEAT", "app"]
