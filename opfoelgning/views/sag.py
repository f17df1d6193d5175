"""The front page of a case: where it is, what comes next, what is missing, what has happened."""

from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Prefetch, QuerySet, Value, When
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from borgere import sagsramme
from borgere.models import Fase, Huskeseddel, Sag, Samtykke
from opfoelgning import dagen, sagsfakta, tjek, visning
from opfoelgning.forklaring import forklar
from opfoelgning.models import Frist
from opfoelgning.naeste_skridt import naeste_skridt
from opfoelgning.opgaver import KODE as OPGAVEKODE
from opfoelgning.opgaver import Opgavelinje, linjer, synlige
from opfoelgning.sagsfakta import Sagsfakta
from opfoelgning.services import kan_aftales
from opfoelgning.tjek import tjekliste
from opfoelgning.trin import SIDER, Trin, trin
from ressource import adgang, haendelser
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.models import Bruger, Haendelse

VIS_HAENDELSER = 8
VIS_HUSKESEDLER = 5
VIS_FRISTER = 12
VIS_OPGAVER = 5


@require_safe
@kraever("sag.se")
def sag(request: Anmodning, pk: int) -> HttpResponse:
    """What the reader's role may see of the case; a mentor is sent to the page of their own."""
    dato = i_dag()
    sag = sagsramme.hent(request, pk)
    if not _maa(request, "sag.se_hoved"):
        return redirect("indsatsplan:mentor", pk)
    fakta = sagsfakta.hent(sag, dato)
    kontekst = sagsramme.ramme(request, sag, "overblik") | {
        "aftaler": _aftaler(request, sag, dato),
        "maa_skrive": _maa(request, "opfoelgning.skriv"),
        "kan_aftale": _maa(request, "opfoelgning.skriv") and kan_aftales(sag),
    }
    naeste_frist = None
    if _maa(request, "frist.se"):
        frister, naeste_frist = _frister(request, sag, dato)
        punkter = tjekliste(fakta, sag.borger)
        kontekst |= frister | {"tjek": punkter, "mangler_i_ord": tjek.i_ord(punkter)}
    if _maa(request, "opfoelgning.skriv"):
        kontekst["skridt"] = naeste_skridt(fakta, dato)
    if _maa(request, "borger.se"):
        kontekst |= {"sket": _sket(sag), "netvaerk": _netvaerk(sag, dato)}
    if _maa(request, "opgave.se"):
        kontekst |= {"opgaver": _opgaver(request, sag), "kan_goere": _kan_goere(request, sag)}
    if _maa(request, "huskeseddel.skriv"):
        kontekst |= {"huskesedler": _huskesedler(request, sag, dato), "dato": dato}
    kontekst["trin"] = _trin(request, fakta, naeste_frist)
    return svar(request, "opfoelgning/sag.html", kontekst)


def _maa(request: Anmodning, handling: str) -> bool:
    return adgang.maa(request.user, handling)


def _trin(
    request: Anmodning, fakta: Sagsfakta, naeste_frist: date | None
) -> list[tuple[Trin, str]]:
    """Each step with the page behind it, for steps that are done and pages one may open."""
    alle = []
    for et in trin(fakta, naeste_frist):
        side, handling = SIDER.get(et.fase, ("", ""))
        aabner = et.tilstand == "faerdig" and side and _maa(request, handling)
        alle.append((et, reverse(side, args=[fakta.sag_id]) if aabner else ""))
    return alle


def _frister(request: Anmodning, sag: Sag, dato: date) -> tuple[dict[str, Any], date | None]:
    """The deadlines: open ones by date, then the rest, newest first; and the nearest that binds."""
    aaben_foerst = Case(
        When(opfyldt_dato=None, bortfaldet_dato=None, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    alle = list(
        Frist.objects.til_sagen(dato).filter(sag=sag).order_by(aaben_foerst, "forfald_dato", "pk")
    )
    # The tasks have a box of their own.
    frister = [f for f in alle if f.kode != OPGAVEKODE]
    aabne = [f for f in frister if f.opfyldt_dato is None and f.bortfaldet_dato is None]
    resten = [f for f in reversed(frister) if f not in aabne]
    vist = [*aabne, *resten][: max(VIS_FRISTER, len(aabne))]
    valgt = request.GET.get("hvorfor", "")
    binder = next((f.forfald_dato for f in aabne if f.paa_listen), None)
    return {
        "frister": [
            (f, visning.status(f, dato), _forklaring(f, valgt, request.user)) for f in vist
        ],
        "antal_frister": len(alle),
    }, binder


def _forklaring(frist: Frist, valgt: str, bruger: Bruger) -> Any:
    return forklar(frist, bruger) if str(frist.pk) == valgt else None


def _aftaler(request: Anmodning, sag: Sag, dato: date) -> list[dagen.Aftale]:
    """What lies ahead; sparring is about health and only for those who may see sparring."""
    alle = dagen.for_sag(sag, dato)
    if _maa(request, "sparring.se"):
        return alle
    return [aftale for aftale in alle if aftale.slags != "sparring"]


def _sket(sag: Sag) -> list[dict[str, Any]]:
    seneste = Haendelse.objects.filter(sag_id=sag.pk).select_related("af").order_by("-id")
    return [
        {"dato": h.tidspunkt, "tekst": _i_ord(h), "hvem": h.af.navn if h.af else "Systemet"}
        for h in seneste[:VIS_HAENDELSER]
    ]


def _huskesedler(request: Anmodning, sag: Sag, dato: date) -> "QuerySet[Huskeseddel]":
    """One's own next reminders on the case."""
    egne = Huskeseddel.objects.for_bruger(request.user, dato).filter(sag=sag)
    return egne.select_related("bruger")[:VIS_HUSKESEDLER]


def _opgaver(request: Anmodning, sag: Sag) -> list[Opgavelinje]:
    """The next open tasks the reader may see."""
    aabne = synlige(sag, request.user).aabne().select_related("bruger")
    return linjer(aabne.order_by("frist_dato", "pk")[:VIS_OPGAVER])


def _kan_goere(request: Anmodning, sag: Sag) -> bool:
    return _maa(request, "opgave.goer") and not sag.er_afsluttet


def _i_ord(haendelse: Haendelse) -> str:
    if haendelse.kode == "sag.fase" and haendelse.data.get("til") in Fase.values:
        return f"Sagen er gået til trinnet {Fase(haendelse.data['til']).label.lower()}"
    return haendelser.tekst(haendelse.kode)


def _netvaerk(sag: Sag, dato: date) -> Any:
    gaeldende = Samtykke.objects.gaeldende(dato).filter(art=Samtykke.Art.FORVALTNING)
    samtykker = Prefetch("samtykker", gaeldende.order_by("-til_dato"), "gaeldende")
    return sag.borger.netvaerk.nuvaerende().prefetch_related(samtykker)
