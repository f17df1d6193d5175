"""The live page of one case at the meeting: read, written by several at once, finalised by one."""

import hashlib
import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rehabilitering import helbred, indsatte_svar
from rehabilitering.forms.live import Liveformular
from rehabilitering.livestand import Livestand
from rehabilitering.models import Dagsordenspunkt, Tekststykke
from rehabilitering.rettelse import Rettelse
from rehabilitering.services import fremmoede, indstilling_kladde, svarindsaettelse
from rehabilitering.services import live as services
from rehabilitering.services.indstilling_kladde import kan_skrive
from rehabilitering.services.live import Modtaget
from rehabilitering.views import live_side
from rehabilitering.views.indstilling_konflikt import VALGT, konfliktside, navn, steder
from ressource.adgang import kraev, kraever
from ressource.anmodning import Anmodning
from ressource.htmx import vil_have_del
from ressource.kalender import i_dag

_SVAR = re.compile(r"^svar-(indsaet|fjern)-(\d{1,18})$")
_STYKKE = re.compile(r"^stykke-(\d{1,18})-(begrundelse|muligheder)$")
_LINJE = re.compile(r"^(fjern|genindsaet|op|ned)-(\d{1,18})$")
LAGT_TIL_SIDE = "Det, du har skrevet, er lagt til side."
LAES_IGEN = "En anden har skrevet imens. Læs indstillingen igennem, og afslut den igen."


@require_http_methods(["GET", "POST"])
@kraever("moede.live")
def live(request: Anmodning, pk: int) -> HttpResponse:
    """Read the case, write the indstilling; finalised, it is read only."""
    punkt = _punkt(request, pk)
    if request.method == "POST":
        kraev(request.user, "indstilling.skriv")
        if not kan_skrive(punkt, request.user):
            raise PermissionDenied("Kun mødets deltagere kan skrive i indstillingen.")
        return _modtag(request, punkt)
    stand = Livestand(punkt, request.user)
    return live_side.side(request, stand, Liveformular(stand))


@require_safe
@kraever("moede.live")
def live_nyt(request: Anmodning, pk: int) -> HttpResponse:
    """What the others have written; 204 when the page holds it (`?stand=`), or is only read."""
    punkt = _punkt(request, pk)
    if not kan_skrive(punkt, request.user):
        return HttpResponse(status=204)
    response = live_side.nyt(request, Livestand(punkt, request.user))
    live_side.log_visning(request, punkt)
    stand = hashlib.sha256(response.content).hexdigest()[:16]
    if request.GET.get("stand") == stand:
        return HttpResponse(status=204)
    response["Stand"] = stand
    return response


def _punkt(request: Anmodning, pk: int) -> Dagsordenspunkt:
    return get_object_or_404(
        Dagsordenspunkt.objects.aktive()
        .synlige_for(request.user)
        .select_related(
            "moede__moedeleder", "moede__stedfortraeder_leder", "sag__borger", "sag__regelsaet"
        ),
        pk=pk,
    )


def _modtag(request: Anmodning, punkt: Dagsordenspunkt) -> HttpResponse:
    """Save what can be saved; then say what could not, or do what the button asks for."""
    formular = Liveformular(Livestand(punkt, request.user), request.POST)
    er_gyldig = formular.er_gyldig()
    try:
        modtaget = services.modtag(
            punkt, formular.indsendt(), er_valg=VALGT in request.POST, af=request.user
        )
    except ValidationError as fejl:
        return _afvis(request, punkt, formular, fejl)
    stand = Livestand(punkt, request.user)
    nu = Liveformular(stand, request.POST)
    if vil_have_del(request):
        return _kvitter(request, nu, modtaget)
    if not er_gyldig:
        return _vis_fejl(request, nu, nu.fejl(uden_hoved=True))
    if side := konfliktside(request, nu, modtaget.gemt):
        return side
    _fortael(request, nu, modtaget)
    return _udfoer(request, nu, modtaget)


def _afvis(
    request: Anmodning, punkt: Dagsordenspunkt, formular: Liveformular, fejl: ValidationError
) -> HttpResponse:
    """Nothing was stored: what was typed in an indstilling just finalised is laid aside."""
    tekster = list(fejl.messages)
    indsendt, indstilling = formular.indsendt(), formular.stand.indstilling
    if indstilling and indstilling_kladde.bevar_afvist(
        indstilling, indsendt.hoved, indsendt.linjer, af=request.user
    ):
        tekster.append(LAGT_TIL_SIDE)
    nu = Liveformular(Livestand(punkt, request.user), request.POST)
    if vil_have_del(request):
        return live_side.kvittering(request, nu.stand, nu, fejl=tekster, status=422)
    return _vis_fejl(request, nu, tekster)


def _vis_fejl(request: Anmodning, formular: Liveformular, tekster: list[str]) -> HttpResponse:
    formular.hoved.is_valid()
    for tekst in tekster:
        formular.hoved.add_error(None, tekst)
    return live_side.side(request, formular.stand, formular, status=422)


def _kvitter(request: Anmodning, formular: Liveformular, modtaget: Modtaget) -> HttpResponse:
    """Answer a page that saved itself: what is wrong with the rest, or whose text stands instead."""
    fejl = formular.fejl()
    return live_side.kvittering(
        request,
        formular.stand,
        formular,
        laas=_set_nummer(request, formular, modtaget),
        fejl=fejl,
        varsel=_omstridt(formular, modtaget),
        status=422 if fejl else 200,
    )


def _set_nummer(request: Anmodning, formular: Liveformular, modtaget: Modtaget) -> int | None:
    """The lock number the page has seen now: its own save, if nobody saved before it."""
    indstilling = formular.stand.indstilling
    har_set_det = request.POST.get("laas", "") == str(modtaget.laas_foer)
    return indstilling.laas if indstilling and har_set_det else None


def _omstridt(formular: Liveformular, modtaget: Modtaget) -> str:
    """Where another was first, and what became of the writer's text."""
    navne = [navn(form, felt) for form, felt, _ in steder(formular, modtaget.gemt)]
    if modtaget.fremmoede.omstridte:
        navne.append("Fremmøde")
    if modtaget.gemt.omstridte and not navne:
        return "En anden har taget indsatsen ud. Det, du skrev i den, er lagt til side."
    if not navne:
        return ""
    hvor = ", ".join(f"«{et_navn}»" for et_navn in navne)
    til_side = " Din tekst er lagt til side nederst." if modtaget.gemt.omstridte else ""
    return f"En anden skrev samtidig i {hvor}, og den andens står der.{til_side}"


def _fortael(request: Anmodning, formular: Liveformular, modtaget: Modtaget) -> None:
    if tekst := _omstridt(formular, modtaget):
        messages.warning(request, tekst)


def _udfoer(request: Anmodning, formular: Liveformular, modtaget: Modtaget) -> HttpResponse:
    """Do what the button asks for, after the save: a step that is refused costs no text."""
    punkt, handling = formular.stand.punkt, request.POST.get("handling", "gem")
    adresse = reverse("rehabilitering:live", args=[punkt.pk])
    try:
        if ny := formular.ny.valgt():
            indstilling = indstilling_kladde.begynd(punkt, af=request.user)
            linje = indstilling_kladde.tilfoej_linje(indstilling, ny, af=request.user)
            adresse = f"{adresse}#linje-{linje.pk}"
        if paa_linje := _LINJE.match(handling):
            adresse += _flyt_linje(request, formular, paa_linje[1], int(paa_linje[2]))
        elif svar := _SVAR.match(handling):
            _flyt_svar(request, punkt, int(svar[2]), skal_ind=svar[1] == "indsaet")
        elif stykke := _STYKKE.match(handling):
            _indsaet_stykke(request, formular, int(stykke[1]), stykke[2])
            adresse += f"#id_{stykke[2]}"
        elif handling == "alle":
            fremmoede.alle_er_her(punkt, af=request.user)
            adresse += "#fremmoede"
        elif handling == "afslut":
            return _afslut(request, formular, modtaget)
        else:
            messages.success(request, "Gemt.")
    except ValidationError as fejl:
        return _vis_fejl(request, formular, list(fejl.messages))
    return redirect(adresse)


def _afslut(request: Anmodning, formular: Liveformular, modtaget: Modtaget) -> HttpResponse:
    """Finalise, if the chair has seen all of it."""
    punkt = formular.stand.punkt
    laas_nu = formular.stand.indstilling_eller_tom.laas
    if _set_nummer(request, formular, modtaget) is None and laas_nu:
        messages.warning(request, LAES_IGEN)
        return redirect("rehabilitering:live", pk=punkt.pk)
    try:
        services.afslut_moedet(punkt, af=request.user)
    except ValidationError as fejl:
        formular = Liveformular(Livestand(punkt, request.user), request.POST)
        formular.er_gyldig()
        if not hasattr(fejl, "error_dict"):
            return _vis_fejl(request, formular, list(fejl.messages))
        return _vis_fejl(request, formular, live_side.marker_mangler(formular, fejl.message_dict))
    messages.success(request, "Indstillingen er afsluttet.")
    return redirect("rehabilitering:live", pk=punkt.pk)


def _flyt_linje(request: Anmodning, formular: Liveformular, hvad: str, pk: int) -> str:
    """Take a line out, put it back or move it; the anchor to stand at afterwards."""
    indstilling = formular.stand.indstilling
    if indstilling is None:
        return ""
    if hvad == "fjern":
        indstilling_kladde.fjern_linje(indstilling, pk, af=request.user)
        return "#indsatser"
    if hvad == "genindsaet":
        indstilling_kladde.genindsaet_linje(indstilling, pk, af=request.user)
    else:
        skridt = -1 if hvad == "op" else 1
        indstilling_kladde.flyt_linje(indstilling, pk, skridt, af=request.user)
    return f"#linje-{pk}"


def _indsaet_stykke(request: Anmodning, formular: Liveformular, pk: int, felt: str) -> None:
    """Put a ready sentence last in the text, where it can be changed."""
    stykke = get_object_or_404(Tekststykke.objects.gaeldende(i_dag()), pk=pk)
    indstilling = indstilling_kladde.begynd(formular.stand.punkt, af=request.user)
    tekst = "\n\n".join(filter(None, [getattr(indstilling, felt), stykke.tekst]))
    rettelse = Rettelse({felt: tekst}, laas=indstilling.laas)
    indstilling_kladde.gem(indstilling, rettelse, af=request.user)


def _flyt_svar(
    request: Anmodning, punkt: Dagsordenspunkt, booking_pk: int, *, skal_ind: bool
) -> None:
    """Put the answer of a booking into the indstilling, or take it out again."""
    if not helbred.ser_forberedelsens(punkt, request.user):
        raise PermissionDenied("Din rolle giver ikke adgang til dette.")
    booking = get_object_or_404(indsatte_svar.sagens(punkt.sag), pk=booking_pk)
    indstilling = indstilling_kladde.begynd(punkt, af=request.user)
    if skal_ind:
        svarindsaettelse.indsaet_i_indstilling(booking, indstilling, af=request.user)
    elif indsat := indstilling.indsatte_svar.gaeldende().filter(booking=booking).first():
        svarindsaettelse.fjern(indsat, af=request.user)
