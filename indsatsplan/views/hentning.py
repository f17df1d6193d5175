"""What the plan's pages fetch before they do anything."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from borgere import sagsramme
from borgere.models import Sag
from indsatsplan.models import (
    Fritagelse,
    Genforelaeggelse,
    Indsats,
    Indsatsplan,
    Maal,
    Ressourceforloeb,
)
from rehabilitering.models import Omraade
from ressource import opslag
from ressource.adgang import maa
from ressource.anmodning import Anmodning


def forloeb_for_sag(request: Anmodning, pk: int) -> Ressourceforloeb:
    """The forløb chosen in a case the user may see, with the case. Raises `Http404`."""
    alle = alle_forloeb(sagsramme.hent(request, pk))
    if not alle:
        raise Http404
    return valgt(request, alle)


def valgt(request: Anmodning, alle: list[Ressourceforloeb]) -> Ressourceforloeb:
    """The one of `alle` that the address asks for (`?forloeb=`), else the newest."""
    return next((f for f in alle if str(f.pk) == request.GET.get("forloeb")), alle[0])


def alle_forloeb(sag: Sag) -> list[Ressourceforloeb]:
    """Every forløb of the case, the newest first; each carries the case along."""
    alle = list(sag.forloeb.til_plan())
    for forloeb in alle:
        forloeb.sag, forloeb.er_nyeste = sag, forloeb == alle[0]
    return alle


# What the case frame needs of the case, from a forløb's own rows.
SAGEN = ("forloeb__sag__borger", "forloeb__sag__regelsaet", "forloeb__sag__team")


def indsats(request: Anmodning, pk: int) -> Indsats:
    """An effort of a case the user may see, with what its page shows. Raises `Http404`."""
    synlige = Indsats.objects.synlige_for(request.user).select_related(
        *SAGEN, "forloeb__afgoerelse", "indsatstype", "maal", "linje__indsatstype"
    )
    return get_object_or_404(synlige, pk=pk)


def praktikindsats(request: Anmodning, pk: int) -> Indsats:
    """A praktik of a case the user may see, with what is agreed about it. Raises `Http404`.

    An effort of another kind is no praktik, unless one is agreed for it already. One in Sundhed is
    not found by those who may not read about health.
    """
    synlige = (
        Indsats.objects.synlige_for(request.user)
        .filter(Q(indsatstype__er_praktik=True) | Q(praktik__isnull=False))
        .select_related(
            *SAGEN,
            "forloeb__afgoerelse",
            "indsatstype",
            "maal",
            "linje",
            "praktik__virksomhed",
            "praktik__kontakt",
            "praktik__virksomhedsmentor",
        )
    )
    if not maa(request.user, "plan.se_helbred"):
        synlige = synlige.exclude(indsatstype__omraade=Omraade.SUNDHED)
    return get_object_or_404(synlige, pk=pk)


def maal(request: Anmodning, pk: int) -> Maal:
    """A goal of a case the user may see. Raises `Http404`."""
    return get_object_or_404(Maal.objects.synlige_for(request.user).select_related(*SAGEN), pk=pk)


def fritagelse(request: Anmodning, pk: int) -> Fritagelse:
    """An exemption of a case the user may see. Raises `Http404`."""
    synlige = Fritagelse.objects.synlige_for(request.user).select_related(*SAGEN)
    return get_object_or_404(synlige, pk=pk)


def genforelaeggelse(request: Anmodning, pk: int) -> Genforelaeggelse:
    """A draft to the team of a case the user may see. Raises `Http404`."""
    synlige = Genforelaeggelse.objects.synlige_for(request.user).select_related(
        *SAGEN, "forloeb__afgoerelse", "afgjort_af"
    )
    return get_object_or_404(synlige, pk=pk)


def plan(request: Anmodning, pk: int) -> Indsatsplan:
    """A version of a plan of a case the user may see. Raises `Http404`."""
    synlige = Indsatsplan.objects.synlige_for(request.user).select_related(*SAGEN, "godkendt_af")
    return get_object_or_404(synlige, pk=pk)


def ramme(request: Anmodning, forloeb: Ressourceforloeb) -> dict[str, Any]:
    """The case frame round a page of the plan, and the page's forløb."""
    return sagsramme.ramme(request, forloeb.sag, "plan") | {"forloeb": forloeb}


def er_aabent(forloeb: Ressourceforloeb) -> bool:
    """Whether the plan may still be written in: neither the forløb nor its case has ended."""
    return forloeb.afsluttet_dato is None and not forloeb.sag.er_afsluttet


def til_planen(forloeb: Ressourceforloeb, noegle: str = "") -> HttpResponse:
    """Back to the plan page, at the thing with the key `noegle`."""
    adresse = plan_adresse(forloeb)
    return HttpResponseRedirect(f"{adresse}#{noegle}" if noegle else adresse)


def i_forloebet(navn: str, forloeb: Ressourceforloeb) -> str:
    """The address `navn` of the case, which says which forløb it is about if not the newest."""
    adresse = reverse(navn, args=[forloeb.sag_id])
    return adresse if forloeb.er_nyeste else f"{adresse}?forloeb={forloeb.pk}"


def plan_adresse(forloeb: Ressourceforloeb, soegning: str = "") -> str:
    """The plan page of `forloeb`, with `soegning` (`aaben=maal-12`) as its parameters."""
    adresse = reverse("indsatsplan:plan", args=[forloeb.sag_id])
    valg = "" if forloeb.er_nyeste else f"forloeb={forloeb.pk}"
    dele = "&".join(del_ for del_ in (valg, soegning) if del_)
    return f"{adresse}?{dele}" if dele else adresse


def aabn(forloeb: Ressourceforloeb, noegle: str, *, ved: str = "") -> HttpResponse:
    """To the plan page with the form `noegle` open, at the thing `ved` or at the form itself."""
    return HttpResponseRedirect(f"{plan_adresse(forloeb, f'aaben={noegle}')}#{ved or noegle}")


def log(request: Anmodning, forloeb: Ressourceforloeb) -> None:
    """The look-up of a page that shows the plan's content outside the case frame."""
    sag = forloeb.sag
    opslag.log(request, "plan", sag_id=sag.pk, borger_noegle=sag.borger.noegle)
