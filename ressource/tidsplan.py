"""When the background jobs run. Assembly: the one place that knows every task.

Worker and beat start from here: `celery -A ressource.tidsplan worker`.
"""

from typing import Any

from celery.schedules import crontab

from ressource.celery import app

BEAT: dict[str, dict[str, Any]] = {
    # Files that a killed worker left half read.
    "indlaesninger": {"task": "borgere.tag_indlaesninger_op", "schedule": 300.0},
    "puls": {"task": "ressource.puls", "schedule": 60.0},
    # What a lost message or a mail server that was away left behind.
    "beskeder": {"task": "ressource.send_beskeder", "schedule": 60.0},
    # Offers expire by the clock; what a killed process left is offered anew.
    "venteliste": {"task": "rehabilitering.pas_venteliste", "schedule": 300.0},
    # A missed night is made good by the next, and a change of today is carried out at once.
    "regelsaet": {
        "task": "rehabilitering.gennemfoer_regelsaet",
        "schedule": crontab(hour=0, minute=5),
    },
    "forsegl": {"task": "ressource.forsegl", "schedule": crontab(minute=10)},
    # Asks the database what is due, so a missed night is made good by the next. A tick that finds the
    # broker away is lost; the next comes within the hour, and the second of a night changes nothing.
    "frister": {"task": "opfoelgning.udled_frister", "schedule": crontab(hour="2-5", minute=15)},
    # Before work, and through the morning for what a broker or a worker that was away left.
    "samlemail": {
        "task": "opfoelgning.send_samlemail",
        "schedule": crontab(hour="6-12", minute=30),
    },
    # After the deadlines it asks for, and likewise.
    "laegerykkere": {
        "task": "opfoelgning.dan_laegerykkere",
        "schedule": crontab(hour="2-5", minute=45),
    },
    # After deadlines, before anybody is at work.
    "bevaring": {"task": "borgere.slet_udloebne", "schedule": crontab(hour=3, minute=30)},
    "uddrag": {"task": "borgere.genoptag_uddrag", "schedule": 120.0},
    "maanedsrapport": {"task": "noegletal.frys_maaned", "schedule": crontab(hour=5, minute=0)},
}
app.conf.beat_schedule = BEAT

__all__ = ["BEAT", "app"]
