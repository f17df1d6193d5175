"""The citizen's hours a week, as a small staircase beside the meeting form."""

from datetime import date

from django.utils.safestring import SafeString

from borgere.models import Sag
from indsatsplan import billede
from indsatsplan.timegang import samlet_gaaet
from indsatsplan.trapper import timegange
from ressource import svg

# The latest steps: what one remembers.
ANTAL = 4


def for_sag(sag: Sag, dag: date) -> SafeString:
    """Hours a week in the forløb that runs on `dag`, step by step; empty when there are none."""
    forloeb = sag.forloeb.filter(start_dato__lte=dag, afsluttet_dato=None).first()
    if forloeb is None:
        return SafeString("")
    indsatser = billede.indsatser(billede.af_forloeb(forloeb))
    stykker = [s for s in samlet_gaaet(timegange(indsatser, forloeb), dag) if s.timer_pr_uge]
    if not stykker:
        return SafeString("")
    trin = [(s.fra, s.timer_pr_uge) for s in stykker[-ANTAL:]]
    return svg.trinkurve("Timer om ugen", trin, uid="timekurve")
