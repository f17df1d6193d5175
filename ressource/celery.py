"""The Celery application. Tasks only wake services; the truth is in PostgreSQL."""

import os

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ressource.settings.prod")

app = Celery("ressource", broker=settings.BROKER_URL)
app.conf.update(
    task_ignore_result=True,
    # A task that a killed worker held is delivered again; every task is safe to run twice.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    broker_connection_retry_on_startup=True,
    timezone=settings.TIME_ZONE,
    # Longer than the longest task, or a running one would be delivered a second time.
    broker_transport_options={
        "visibility_timeout": 900,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
    },
)
app.autodiscover_tasks()
