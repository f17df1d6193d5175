"""What every installation starts with: calendar, rule sets, catalogues. Assembly: knows everyone.

`indlaes` adds what is missing and never touches a row an administrator may have changed.
"""

from django.db import transaction

from borgere import grunddata as borgere
from noegletal import grunddata as noegletal
from opfoelgning import grunddata as opfoelgning
from rehabilitering import grunddata as rehabilitering
from ressource import kalender, regelsaetdata


@transaction.atomic
def indlaes() -> None:
    """Load the ground data. Safe to run at every start."""
    kalender.sikr()
    regelsaetdata.indlaes()
    borgere.indlaes()
    rehabilitering.indlaes()
    opfoelgning.indlaes()
    noegletal.indlaes()
