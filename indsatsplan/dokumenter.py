"""The citizen's own plan on paper: plain words, larger type, one or two pages."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.text import Truncator

from borgere import deling
from borgere.models import Informationstype, Sag, Tildeling
from indsatsplan import aftaler, billede, borgerplan, plansvar
from indsatsplan.borgerplan import Borgerplan
from indsatsplan.models import FaktiskTimetal, Indsatsplan, Ressourceforloeb
from rehabilitering import maalforskel
from rehabilitering.models import ForberedendeAfsnit
from rehabilitering.services.forberedelse import AFSNIT_OENSKER
from ressource import dansk, pdf
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.svg.trappe import soejletrappe

SKABELON = "indsatsplan/pdf/plan.html"
STIL = (pdf.A4, "pdf/plan.css")
STOR_SKRIFT = (*STIL, "pdf/stor_skrift.css", "pdf/plan_stor.css")
# Of the citizen's own words and of a talk's sketch: as many as leave room for the plan.
CITAT_TEGN, SKITSE_TEGN = 140, 320


def borgerens_plan(plan: Indsatsplan, *, tidspunkt: datetime, stor_skrift: bool = False) -> bytes:
    """`plan` as a PDF (PDF/UA); a draft as it stands now, and marked as one.

    The next appointment, the mentor and whom to call are those of `tidspunkt`. `plan` brings its
    forløb, case and citizen. Ten statements at most besides those of the follow-ups' source. Raises
    `PdfUtilgaengelig` when this machine cannot make PDFs.
    """
    css = STOR_SKRIFT if stor_skrift else STIL
    return pdf.skabelon_til_pdf(
        SKABELON, indhold(plan, tidspunkt), titel="Din plan", tidspunkt=tidspunkt, css=css
    )


def indhold(plan: Indsatsplan, tidspunkt: datetime) -> dict[str, Any]:
    """The print's context."""
    forloeb = plan.forloeb
    sag = forloeb.sag
    dag = plan.godkendt_dato or i_dag()
    maal = billede.fra_json(plan.indhold) if plan.er_godkendt else billede.af_forloeb(forloeb)
    borgerens = borgerplan.byg(maal, dag, _faktiske(forloeb, dag))
    moeder = aftaler.for_sag(sag)
    kreds = _kreds(sag, tidspunkt)
    return {
        "kommune": settings.RESSOURCE_KOMMUNE,
        "navn": sag.borger.navn,
        **deling.brevhoved(sag.borger, Informationstype.PLAN),
        "plan": plan,
        "stand": _stand(plan),
        "borgerens": borgerens,
        "citat": _egne_ord(sag, dag),
        "trappe": _trappe(borgerens),
        "skitse": dansk.saetning(Truncator(aftaler.skitse(moeder, dag)).chars(SKITSE_TEGN)),
        "svar": [linje.booking for linje in _svar(plan)],
        "aftale": aftaler.naeste(moeder, tidspunkt),
        "mentor": kreds.get(Tildeling.Art.MENTOR),
        "ansvarlig": kreds.get(Tildeling.Art.ANSVARLIG),
    }


def _stand(plan: Indsatsplan) -> str:
    """`Lavet sammen 06.11.2025, udgave 3`."""
    if plan.godkendt_dato:
        return f"Lavet sammen {dansk.dato(plan.godkendt_dato)}, udgave {plan.nr}"
    return f"Kladde {dansk.dato(i_dag())}, udgave {plan.nr}"


def _svar(plan: Indsatsplan) -> list[plansvar.Svarlinje]:
    if plan.er_godkendt:
        return plansvar.i_version(plan)
    return list(plansvar.i_planen(plan.forloeb, med_andre=False))


def _faktiske(forloeb: Ressourceforloeb, dag: date) -> dict[int, list[FaktiskTimetal]]:
    """The hours worked until `dag`, by effort. One statement."""
    raekker = FaktiskTimetal.objects.gaeldende().filter(indsats__forloeb=forloeb, fra_dato__lte=dag)
    timer: dict[int, list[FaktiskTimetal]] = defaultdict(list)
    for raekke in raekker:
        timer[raekke.indsats_id].append(raekke)
    return timer


def _trappe(borgerens: Borgerplan) -> str:
    """The small bars; empty where there is nothing to compare."""
    if not borgerens.soejler:
        return ""
    return soejletrappe("Dine timer om ugen", borgerens.soejler, uid="timer")


def _egne_ord(sag: Sag, dag: date) -> str:
    """What the citizen said of the wishes, as gone through together by `dag`. One statement."""
    dele = maalforskel.gennemgaaede(sag.pk, dag)
    sagt = (
        ForberedendeAfsnit.objects.filter(forberedende_del__in=dele, kode=AFSNIT_OENSKER)
        .order_by("-forberedende_del__nr")
        .values_list("egne_ord", flat=True)
        .first()
    )
    return Truncator(" ".join((sagt or "").split())).chars(CITAT_TEGN)


def _kreds(sag: Sag, tidspunkt: datetime) -> dict[str, Bruger]:
    """Mentor and who answers for the case, on the day of `tidspunkt`. One statement."""
    arter = (Tildeling.Art.MENTOR, Tildeling.Art.ANSVARLIG)
    plads = sag.tildelinger.gaeldende(tidspunkt.date()).filter(art__in=arter)
    return {t.art: t.bruger for t in plads.select_related("bruger").order_by("-pk")}
