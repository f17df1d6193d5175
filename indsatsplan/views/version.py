"""The plan's versions: as they were approved, what differs between two, and the citizen's print."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from borgere import sagspdf
from indsatsplan import billede, dokumenter, planforskel, plansvar
from indsatsplan.models import Indsatsplan
from indsatsplan.views import hentning
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning
from ressource.htmx import svar

# Instead of a version's number: the plan as it is now.
NU = "nu"


@require_safe
@kraever("plan.se_helbred")
def version(request: Anmodning, pk: int) -> HttpResponse:
    """An approved version as it was; `?mod=2` what differs from version 2, `?mod=nu` from now."""
    version = _godkendt(request, pk)
    kontekst = hentning.ramme(request, version.forloeb) | {
        "version": version,
        "maal": billede.fra_json(version.indhold),
        "svar": plansvar.i_version(version),
        "maa_se_kilde": maa(request.user, "sparring.se_booking"),
        **_sammenlignet(version, request.GET.get("mod", "")),
    }
    return svar(request, "indsatsplan/version.html", kontekst)


def _sammenlignet(version: Indsatsplan, mod: str) -> dict[str, Any]:
    """The choices, and the differences when one of them is chosen: the older against the newer."""
    andre = {str(p.nr): p for p in version.forloeb.planer.godkendte().exclude(pk=version.pk)}
    valg = [(NU, "planen, som den er nu"), *((nr, f"version {nr}") for nr in andre)]
    if mod not in dict(valg):
        return {"valg": valg}
    maal, navn = billede.fra_json(version.indhold), f"Version {version.nr}"
    if mod == NU:
        andet, andet_navn, er_nyere = billede.af_forloeb(version.forloeb), "Nu", True
    else:
        anden = andre[mod]
        andet, andet_navn = billede.fra_json(anden.indhold), f"Version {anden.nr}"
        er_nyere = anden.nr > version.nr
    par = [(maal, navn), (andet, andet_navn)]
    (fra, foer), (til, nu) = par if er_nyere else par[::-1]
    forskelle = planforskel.forskelle(fra, til)
    return {"valg": valg, "mod": mod, "forskelle": forskelle, "foer": foer, "nu": nu}


@require_safe
@kraever("plan.se_helbred")
def udskrift(request: Anmodning, pk: int) -> HttpResponse:
    """The citizen's own plan as a PDF, logged as printed; `?skrift=stor` for large type.

    An approved version as it was; a draft as it is now, marked as one.
    """
    version = hentning.plan(request, pk)
    stor_skrift = request.GET.get("skrift") == "stor"
    return sagspdf.vis(
        request,
        version.forloeb.sag,
        "plan",
        lambda: dokumenter.borgerens_plan(
            version, tidspunkt=timezone.now(), stor_skrift=stor_skrift
        ),
        filnavn=f"plan-version-{version.nr}{'' if version.er_godkendt else '-kladde'}.pdf",
        ellers=reverse("indsatsplan:plan", args=[version.forloeb.sag_id]),
    )


def _godkendt(request: Anmodning, pk: int) -> Indsatsplan:
    """An approved version; a draft has nothing frozen to show and answers 404."""
    version = hentning.plan(request, pk)
    if not version.er_godkendt:
        raise Http404
    return version
