"""The forberedende del on paper: how hard it is to read, the citizen's draft, and kept versions."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from borgere import sagspdf, sagsramme
from borgere.models import Sag
from rehabilitering import forberedelsesudskrift as udskrift
from rehabilitering.models import Forberedelsesversion
from rehabilitering.services import forberedelsesversion as versioner
from rehabilitering.services.forberedelse import afsnitsliste, seneste_del
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.htmx import svar
from ressource.laesbarhed import MAAL, maal


@require_safe
@kraever("forberedende_del.udskriv")
def forberedende_udskriv(request: Anmodning, pk: int) -> HttpResponse:
    """Which paper, in which size; and the descriptions that are harder than we aim at."""
    sag = sagsramme.hent(request, pk)
    del_ = seneste_del(sag)
    maalte = [(linje, maal(linje.afsnit.beskrivelse)) for linje in afsnitsliste(sag, del_)]
    godkendt = (
        Forberedelsesversion.objects.filter(
            forberedende_del__sag=sag, anledning=Forberedelsesversion.Anledning.GODKENDT
        )
        .select_related("forberedende_del")
        .order_by("-pk")
        .first()
    )
    kontekst = sagsramme.ramme(request, sag, "forberedende_del", objekt="forberedende_udskrift") | {
        "del": del_,
        "svaere": [(linje, lix) for linje, lix in maalte if lix.over_maal],
        "lix_maal": MAAL,
        "godkendt": godkendt,
        "godkendt_navn": versioner.betegnelse(godkendt) if godkendt else "",
    }
    return svar(request, "rehabilitering/forberedende_udskriv.html", kontekst)


@require_safe
@kraever("forberedende_del.udskriv")
def forberedende_kladde_pdf(request: Anmodning, pk: int) -> HttpResponse:
    """The draft in plain Danish; `?skrift=stor` for large type."""
    sag = sagsramme.hent(request, pk)
    del_ = seneste_del(sag)
    if del_ is None:
        raise Http404
    return _pdf(
        request,
        sag,
        "kladde",
        lambda: udskrift.kladde(
            sag,
            del_,
            stor_skrift=_er_stor(request),
            tidspunkt=timezone.now(),
            af=request.user,
        ),
    )


@require_safe
@kraever("forberedende_del.udskriv")
def forberedende_version_pdf(request: Anmodning, pk: int, version_pk: int) -> HttpResponse:
    """A kept version; `?skrift=stor` for large type."""
    sag = sagsramme.hent(request, pk)
    kopi = get_object_or_404(
        Forberedelsesversion.objects.select_related("forberedende_del"),
        forberedende_del__sag=sag,
        pk=version_pk,
    )
    # With citizen and rule set, which are read already.
    kopi.forberedende_del.sag = sag
    return _pdf(
        request,
        sag,
        f"version-{versioner.betegnelse(kopi)}",
        lambda: udskrift.version(kopi, stor_skrift=_er_stor(request)),
    )


def _er_stor(request: Anmodning) -> bool:
    return request.GET.get("skrift") == "stor"


def _pdf(request: Anmodning, sag: Sag, navn: str, dan: Callable[[], bytes]) -> HttpResponse:
    return sagspdf.vis(
        request,
        sag,
        "forberedende_udskrift",
        dan,
        filnavn=f"forberedende-del-{sag.sagsnummer}-{navn}.pdf",
        ellers=reverse("rehabilitering:forberedende_udskriv", args=[sag.pk]),
    )
