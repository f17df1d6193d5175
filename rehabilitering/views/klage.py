"""Complaints: a case's list, one complaint with its next step, and the open ones with deadlines."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from borgere import sagsramme
from borgere.models import Sag
from rehabilitering import klagebreve, klagepakke
from rehabilitering.forms.klage import FORMULARER, KlageForm, TrinForm
from rehabilitering.models import Afgoerelse, Brevskabelon, Klage
from rehabilitering.services import afgoerelse as afgoerelser
from rehabilitering.services import klage as services
from ressource import opslag
from ressource.adgang import kraev, kraever, maa
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.samtidighed import ForaeldetVersionError

PR_SIDE = 50
AENDRET_IMENS = "En anden har ændret klagen imens. Læs den igen. Det, du skrev, står stadig her."
GENNEMFOERT = {
    "genvurder": "Genvurderingen er gemt. Lav nu brevet til borgeren.",
    "send": "Klagen er sendt videre. Lav nu brevet til borgeren.",
    "resultat": "Svaret på klagen er gemt.",
    "luk": "Klagen er lukket.",
}


@dataclass(frozen=True)
class Aaben:
    """One open complaint in the list; the name only for those who may read the case."""

    klage: Klage
    navn: str
    er_overskredet: bool


@require_safe
@kraever("klage.se")
def klager(request: Anmodning) -> HttpResponse:
    """The open complaints one has to do with, the nearest deadline first."""
    side = Paginator(Klage.objects.for_overblik(request.user), PR_SIDE).get_page(
        request.GET.get("side")
    )
    synlige = set(
        Sag.objects.synlige_for(request.user)
        .filter(pk__in=[klage.sag_id for klage in side])
        .values_list("pk", flat=True)
    )
    opslag.log(request, "klager")
    raekker = [
        Aaben(
            klage,
            klage.sag.borger.navn if klage.sag_id in synlige else "",
            klage.mangler_genvurdering and klage.genvurdering_frist < i_dag(),
        )
        for klage in side
    ]
    return svar(request, "rehabilitering/klager.html", {"raekker": raekker, "side": side})


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("klage.se")
def sag_klager(request: Anmodning, pk: int) -> HttpResponse:
    """A case's complaints, and the form to register one."""
    sag = sagsramme.hent(request, pk)
    trufne = list(
        sag.afgoerelser.filter(afsluttet_den__isnull=False)
        .select_related("regelsaet", "sag__regelsaet")
        .order_by("-afsluttet_den")
    )
    kan_skrive = maa(request.user, "klage.skriv")
    if request.method == "POST":
        kraev(request.user, "klage.skriv")
    form = KlageForm(
        request.POST or None, request.FILES or None, afgoerelser=trufne, klager=sag.borger.navn
    )
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        afgoerelse = next(a for a in trufne if str(a.pk) == data.pop("afgoerelse"))
        try:
            klage = services.registrer(afgoerelse, **data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Klagen er registreret. Lav nu kvitteringen til borgeren.")
            return redirect("rehabilitering:klage", sag.pk, klage.pk)
    return _liste(request, sag, trufne, form if trufne and kan_skrive else None)


def _liste(
    request: Anmodning, sag: Sag, trufne: list[Afgoerelse], form: KlageForm | None
) -> HttpResponse:
    kontekst = sagsramme.ramme(request, sag, "moede", objekt="klage") | {
        "klager": sag.klager.select_related("afgoerelse"),
        "afgoerelser": trufne,
        "form": form,
    }
    status = status_for(form) if form else 200
    return svar(request, "rehabilitering/sag_klager.html", kontekst, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("klage.se")
def klage(request: Anmodning, pk: int, klage_pk: int) -> HttpResponse:
    """One complaint: how far it is, its letters and papers, and the form of its next step."""
    sag = sagsramme.hent(request, pk)
    fundet = _hent(sag, klage_pk)
    if request.method != "POST":
        return _side(request, sag, fundet, None, "")
    kraev(request.user, "klage.skriv")
    trin = request.POST.get("trin", "")
    if trin not in FORMULARER:
        raise Http404
    form = FORMULARER[trin](request.POST, klage=fundet)
    if form.is_valid():
        try:
            _udfoer(trin, fundet, form, request)
        except ForaeldetVersionError:
            form.add_error(None, AENDRET_IMENS)
            # Who has read it again may send the same words.
            data = request.POST.copy()
            data["laas"] = str(_hent(sag, klage_pk).laas)
            form.data = data
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, GENNEMFOERT[trin])
            return redirect("rehabilitering:klage", sag.pk, fundet.pk)
    return _side(request, sag, _hent(sag, klage_pk), form, trin)


def _udfoer(trin: str, fundet: Klage, form: TrinForm, request: Anmodning) -> None:
    """Carry out one step. Raises as its service."""
    data = form.cleaned_data
    match trin:
        case "genvurder":
            services.genvurder(fundet, **data, af=request.user)
        case "send":
            services.send_videre(fundet, **data, af=request.user)
        case "resultat":
            services.registrer_resultat(fundet, **data, af=request.user)
        case _:
            services.luk(fundet, **data, af=request.user)


def _side(
    request: Anmodning, sag: Sag, fundet: Klage, form: TrinForm | None, trin: str
) -> HttpResponse:
    kan_skrive = maa(request.user, "klage.skriv") and not fundet.lukket_den
    formularer = {
        navn: FORMULARER[navn](klage=fundet) for navn in (_trin(fundet) if kan_skrive else ())
    }
    if form:
        # Also a step that another has taken meanwhile: what was typed stays.
        formularer[trin] = form
    skal_aendres = services.mangler_ny_afgoerelse(fundet)
    kontekst = sagsramme.ramme(request, sag, "moede", objekt="klage") | {
        "klage": fundet,
        "formularer": formularer,
        "kan_skrive": kan_skrive,
        "breve": [(kode.value, kode.label) for kode in klagebreve.mulige(fundet)],
        "mangler": klagepakke.mangler(fundet) if fundet.genvurdering else [],
        "kan_samles": bool(fundet.genvurdering) and not fundet.sendt_dato,
        "skal_aendres": skal_aendres,
        "i_dag": i_dag(),
    }
    status = status_for(form) if form else 200
    return svar(request, "rehabilitering/klage.html", kontekst, status=status)


def _trin(fundet: Klage) -> list[str]:
    """The steps that can be taken now, the next one first."""
    if not services.luk_mangel(fundet):
        return ["luk"]
    if fundet.resultat:
        return []
    if not fundet.genvurdering:
        return ["genvurder", "resultat"]
    if fundet.genvurdering == Klage.Genvurdering.MEDHOLD:
        return []
    # Partly right: the citizen reads the new decision and says whether the complaint stands.
    kan_sendes = not fundet.sendt_dato and not services.mangler_ny_afgoerelse(fundet)
    return ["send", "resultat"] if kan_sendes else ["resultat"]


@require_POST
@kraever("klage.skriv")
def klage_brev(request: Anmodning, pk: int, klage_pk: int) -> HttpResponse:
    """Make one of the complaint's letters, by `brev`, and go to where it is sent."""
    sag = sagsramme.hent(request, pk)
    fundet = _hent(sag, klage_pk)
    kode = request.POST.get("brev", "")
    if kode not in Brevskabelon.Kode.values:
        raise Http404
    try:
        dokument = klagebreve.dan(fundet, kode, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
        return redirect("rehabilitering:klage", sag.pk, fundet.pk)
    return redirect("borgere:dokument_send", dokument.pk)


@require_POST
@kraever("klage.skriv")
def klage_pakke(request: Anmodning, pk: int, klage_pk: int) -> HttpResponse:
    """Put the case's papers together for the appeal body."""
    sag = sagsramme.hent(request, pk)
    fundet = _hent(sag, klage_pk)
    try:
        klagepakke.saml(fundet, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, "Papirerne er samlet. Læs dem igennem, før de sendes.")
    return redirect("rehabilitering:klage", sag.pk, fundet.pk)


@require_POST
@kraever("klage.skriv")
def klage_aendring(request: Anmodning, pk: int, klage_pk: int) -> HttpResponse:
    """Begin the decision that changes the one complained about, and go to it."""
    sag = sagsramme.hent(request, pk)
    fundet = _hent(sag, klage_pk)
    try:
        afgoerelser.begynd_aendring(fundet, af=request.user)
    except PermissionDenied:
        messages.error(request, "Det er den ansvarlige sagsbehandler, der skriver afgørelsen.")
        return redirect("rehabilitering:klage", sag.pk, fundet.pk)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
        return redirect("rehabilitering:klage", sag.pk, fundet.pk)
    return redirect("rehabilitering:afgoerelse", sag.pk)


def _hent(sag: Sag, klage_pk: int) -> Klage:
    fundne = Klage.objects.filter(sag=sag).select_related(
        "afgoerelse__regelsaet", "dokument", "pakke", "registreret_af", "genvurdering_af"
    )
    fundet: Klage = get_object_or_404(
        fundne.defer("dokument__indhold", "pakke__indhold"), pk=klage_pk
    )
    fundet.sag = sag
    return fundet
