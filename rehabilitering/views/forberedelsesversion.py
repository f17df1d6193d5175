"""The versions of the forberedende del: kept, listed, and compared word by word."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from borgere import sagsramme
from borgere.models import Sag
from rehabilitering.models import Forberedelsesversion, ForberedendeAfsnit, ForberedendeDel
from rehabilitering.services import forberedelsesversion as services
from rehabilitering.services.forberedelse import seneste_del
from rehabilitering.versionsforskel import forskelle
from ressource import dansk
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning
from ressource.htmx import svar

PR_SIDE = 25
# The text as it stands now, kept or not.
NU = "nu"


@dataclass(frozen=True)
class Valg:
    """One of the two that are compared."""

    navn: str
    hvem: str
    indhold: dict[str, Any]


@require_safe
@kraever("forberedende_del.se")
def forberedende_versioner(request: Anmodning, pk: int) -> HttpResponse:
    """Every version of every round, newest first, and the choice of two to compare."""
    sag = sagsramme.hent(request, pk)
    side = Paginator(_versioner(sag), PR_SIDE).get_page(request.GET.get("side"))
    valg = [(str(v.pk), f"Version {services.betegnelse(v)}") for v in side.object_list]
    kontekst = sagsramme.ramme(
        request, sag, "forberedende_del", objekt="forberedende_versioner"
    ) | {
        "side": side,
        "linjer": [(v, services.betegnelse(v)) for v in side.object_list],
        "fra_valg": valg,
        "til_valg": [(NU, "Teksten nu"), *valg],
        "kan_gemme": maa(request.user, "forberedende_del.skriv"),
        "kan_udskrive": maa(request.user, "forberedende_del.udskriv"),
    }
    return svar(request, "rehabilitering/forberedende_versioner.html", kontekst)


@require_POST
@kraever("forberedende_del.skriv")
def forberedende_version_gem(request: Anmodning, pk: int) -> HttpResponse:
    """Keep the text as it stands."""
    sag = sagsramme.hent(request, pk)
    try:
        version = services.gem_som_version(sag, af=request.user)
    except ValidationError as fejl:
        messages.warning(request, " ".join(fejl.messages))
    else:
        messages.success(request, f"Version {services.betegnelse(version)} er gemt.")
    return redirect("rehabilitering:forberedende_versioner", sag.pk)


@require_safe
@kraever("forberedende_del.se")
def forberedende_sammenlign(request: Anmodning, pk: int) -> HttpResponse:
    """Two versions, `?fra=` and `?til=`, with what is only in one of them marked."""
    sag = sagsramme.hent(request, pk)
    fra = _valgt(sag, request.GET.get("fra", ""))
    til = _valgt(sag, request.GET.get("til", NU))
    kontekst = sagsramme.ramme(
        request, sag, "forberedende_del", objekt="forberedende_versioner"
    ) | {"fra": fra, "til": til, "forskelle": forskelle(fra.indhold, til.indhold)}
    return svar(request, "rehabilitering/forberedende_sammenlign.html", kontekst)


def _versioner(sag: Sag) -> QuerySet[Forberedelsesversion]:
    return (
        Forberedelsesversion.objects.filter(forberedende_del__sag=sag)
        .select_related("forberedende_del", "oprettet_af")
        .order_by("-pk")
    )


def _valgt(sag: Sag, noegle: str) -> Valg:
    """The version with that key, or the text now. Raises `Http404` for one of another case."""
    if noegle == NU:
        del_ = seneste_del(sag)
        if del_ is None:
            raise Http404
        raekker: list[ForberedendeDel | ForberedendeAfsnit] = [
            del_,
            *del_.afsnit.select_related("rettet_af"),
        ]
        sidst = max(raekker, key=lambda raekke: raekke.rettet_den)
        navn = f"{sidst.rettet_af.navn}, " if sidst.rettet_af else ""
        hvem = f"{navn}{dansk.tidspunkt(sidst.rettet_den)}"
        return Valg("Teksten nu", hvem, services.indhold(sag, del_))
    version = _versioner(sag).filter(pk=int(noegle)).first() if _er_noegle(noegle) else None
    if version is None:
        raise Http404
    hvem = f"{version.oprettet_af.navn}, {dansk.tidspunkt(version.oprettet_den)}"
    return Valg(f"Version {services.betegnelse(version)}", hvem, version.indhold)


def _er_noegle(tekst: str) -> bool:
    """Whether it can be a row's number: ASCII digits, no more than the database holds."""
    return tekst.isascii() and tekst.isdecimal() and len(tekst) < len(str(2**63 - 1))
