"""Where the logistikplan hooks on to the floors below; called once, by the app's `ready`."""

from borgere import sagsdele
from opfoelgning import logistikskabelon
from opfoelgning.forms.logistik import LogistiktrinForm
from opfoelgning.models import Opgave
from opfoelgning.services import logistik
from rehabilitering import skabeloner
from ressource import haendelser

_REAKTIONER = {
    "indstilling.afsluttet": logistik.ved_indstilling,
    "indstilling.rettet": logistik.ved_indstilling,
    "sag.afsluttet": logistik.ved_afslutning,
    "sag.tildeling_afsluttet": logistik.ved_fratraeden,
    "adgang.inhabil": logistik.ved_inhabilitet,
    **dict.fromkeys(logistik.GJORT_AF, logistik.ved_faktum),
}


def registrer() -> None:
    """The template among the others, the tasks' addresses, and what makes and moves tasks."""
    skabeloner.registrer(logistikskabelon.skabelon(LogistiktrinForm))
    sagsdele.kend("opgaver/<int:pk>", Opgave)
    for kode, reaktion in _REAKTIONER.items():
        haendelser.reager(kode, reaktion)
    haendelser.reager_samlet("sag.tildelt", logistik.ved_tildeling)
    haendelser.reager_samlet("sag.overdraget", logistik.ved_overdragelse)
