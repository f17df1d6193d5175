"""«Hvem gør hvad hvornår» on paper: what the citizen takes home from the team meeting."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.utils import timezone

from borgere import deling
from borgere.models import Borger, Informationstype, Tildeling
from opfoelgning import eftermoede
from opfoelgning.models import Hvem, Opgave
from opfoelgning.models.logistik import OpgaveQuerySet
from rehabilitering.models import Indstilling
from ressource import dansk, pdf
from ressource.kalender import i_dag
from ressource.laesbarhed import Laesbarhed, maal
from ressource.models import Bruger

SKABELON = "opfoelgning/pdf/hvem_goer_hvad.html"
STIL = (pdf.A4, "pdf/plan.css")
STOR_SKRIFT = (*STIL, "pdf/stor_skrift.css", "pdf/plan_stor.css")
TITEL = "Hvem gør hvad hvornår"
HJEMME = "hjemme hos dig"
# Whoever does it, to the citizen; with the first name when somebody has the place.
_DIN = {
    Hvem.ANSVARLIG: "Din sagsbehandler",
    Hvem.MENTOR: "Din mentor",
    Hvem.VIRKSOMHEDSKONSULENT: "En konsulent fra kommunen",
    Hvem.MOEDEKOORDINATOR: "Kommunen",
}


@dataclass(frozen=True)
class Linje:
    """One line of the paper."""

    hvornaar: str
    hvem: str
    hvad: str
    er_gjort: bool


def til_borgeren(indstilling: Indstilling) -> OpgaveQuerySet:
    """The tasks that have words to the citizen and are still to be, or are done."""
    return indstilling.opgaver.filter(bortfaldet_dato=None).exclude(til_borgeren="")


def har_linjer(indstilling: Indstilling) -> bool:
    """Whether there is anything to hand over."""
    return til_borgeren(indstilling).exists()


def papir(indstilling: Indstilling, *, stor_skrift: bool = False) -> bytes:
    """The paper as a PDF (PDF/UA) as of today: the same day and the same lines, the same bytes.

    `indstilling` brings its case and citizen. Raises `PdfUtilgaengelig` when this machine cannot
    make PDFs.
    """
    return pdf.skabelon_til_pdf(
        SKABELON,
        indhold(indstilling),
        titel=TITEL,
        tidspunkt=timezone.make_aware(datetime.combine(i_dag(), time.min)),
        css=STOR_SKRIFT if stor_skrift else STIL,
    )


def indhold(indstilling: Indstilling) -> dict[str, Any]:
    """The paper's context. Five statements, whatever the lines.

    It names people by first name and role alone, and holds no address; a meeting at a protected
    home is «hjemme hos dig».
    """
    sag = indstilling.sag
    kreds = _kreds(indstilling)
    moede = eftermoede.foerste_opfoelgning(sag, indstilling)
    if moede and moede.tidspunkt < timezone.now():
        moede = None
    return {
        "kommune": settings.RESSOURCE_KOMMUNE,
        "navn": sag.borger.navn,
        **deling.brevhoved(sag.borger, Informationstype.PLAN),
        "indstilling": indstilling,
        "dag": i_dag(),
        "linjer": [_linje(opgave, kreds, indstilling) for opgave in _ordnet(indstilling)],
        "aftale": moede,
        "sted": _sted(moede.sted, sag.borger) if moede else "",
        "ansvarlig": kreds.get(Hvem.ANSVARLIG),
    }


def laesbarhed(indstilling: Indstilling) -> Laesbarhed:
    """How hard the lines are to read: those the municipality wrote, one sentence a line."""
    linjer = til_borgeren(indstilling).values_list("til_borgeren", flat=True)
    return maal("\n".join(dansk.saetning(tekst) for tekst in linjer))


def _ordnet(indstilling: Indstilling) -> OpgaveQuerySet:
    return til_borgeren(indstilling).select_related("bruger").order_by("frist_dato", "pk")


def _kreds(indstilling: Indstilling) -> dict[str, Bruger]:
    """Who holds each place in the case today. One statement."""
    plads = indstilling.sag.tildelinger.gaeldende(i_dag()).select_related("bruger").order_by("-pk")
    roller: dict[str, Bruger] = {}
    for tildeling in plads:
        if tildeling.art == Tildeling.Art.ANSVARLIG:
            roller[Hvem.ANSVARLIG] = tildeling.bruger
        elif tildeling.art == Tildeling.Art.MENTOR:
            roller[Hvem.MENTOR] = tildeling.bruger
    return roller


def _linje(opgave: Opgave, kreds: dict[str, Bruger], indstilling: Indstilling) -> Linje:
    return Linje(
        eftermoede.dag_i_ord(opgave.frist_dato, indstilling.moede_dato),
        _hvem(opgave, kreds),
        dansk.saetning(opgave.til_borgeren),
        opgave.udfoert_dato is not None,
    )


def _hvem(opgave: Opgave, kreds: dict[str, Bruger]) -> str:
    if opgave.bruger is not None and opgave.bruger.is_active:
        return _fornavn(opgave.bruger)
    if opgave.hvem == Hvem.BORGER:
        return "Du"
    person = kreds.get(opgave.hvem)
    din = _DIN[Hvem(opgave.hvem)]
    return f"{din} {_fornavn(person)}" if person else din


def _fornavn(bruger: Bruger) -> str:
    return bruger.navn.split()[0]


def _sted(sted: str, borger: Borger) -> str:
    """The place, but never a protected home's address: the paper lies on the case and may be sent.

    Street and number are enough to know it by, whatever floor and town are written after them.
    """
    hjem = re.match(r"\D+\d+", _enkel(borger.adresse))
    if hjem is None or not borger.er_beskyttet(i_dag()):
        return sted
    er_hjemme = re.search(rf"\b{re.escape(hjem.group())}(?!\d)", _enkel(sted))
    return HJEMME if er_hjemme else sted


def _enkel(tekst: str) -> str:
    """Lower case and single spaces."""
    return " ".join(tekst.casefold().split())
