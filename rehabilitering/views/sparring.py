"""The week of slots, booking and the sundhedskoordinator's answer."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from borgere import sagsramme
from borgere.models import Sag
from rehabilitering import sparringstal, sparringsuge
from rehabilitering.forms.sparring import BookingForm, SvarForm, er_noegle
from rehabilitering.forms.sparringsbooking import KollegaForm, KollegavalgForm, valgt_kollega
from rehabilitering.models import Sparringsbooking, Sparringstid, Venteplads
from rehabilitering.services import sparring as services
from rehabilitering.services.sparring import varsler
from rehabilitering.sparringsuge import Tilstand
from rehabilitering.views.sparringsbooking import til_kalenderen
from rehabilitering.views.sparringsserie import udgiverside
from ressource import opslag
from ressource.adgang import kraev, kraever, maa
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.models import Besked, Bruger

# Bookings shown beside the week and on the Overblik; the week pages have the rest.
ANTAL_BOOKINGER = 25


def _hent_tid(pk: str) -> Sparringstid:
    """The slot, also one taken back: the page says so. Raises `Http404`."""
    if not er_noegle(pk):
        raise Http404
    return get_object_or_404(Sparringstid.objects.select_related("sundhedskoordinator"), pk=pk)


def _kontekst(request: Anmodning, tid: Sparringstid | None, **mere: Any) -> dict[str, Any]:
    """What the week page shows, with the panel for `tid`; logs the look-up.

    `mere` is what a form that was sent and refused says instead: `form`, or `kollega` with
    `kollegaform`, and `alternativer`.
    """
    bruger = request.user
    sag = request.GET.get("sag", "")
    uge = sparringsuge.byg(
        sparringsuge.find_mandag("" if tid else request.GET.get("uge", ""), tid),
        bruger,
        som_liste=request.GET.get("vis") == "liste",
        sag=sag if er_noegle(sag) else "",
    )
    celle = uge.celle(tid) if tid else None
    kontekst: dict[str, Any] = {
        "uge": uge,
        "tid": tid,
        "celle": celle,
        "maa_udgive": maa(bruger, "sparring.udgiv"),
        "maa_booke": maa(bruger, "sparring.book"),
        "maa_se_booking": maa(bruger, "sparring.se_booking"),
        "alternativer": [],
    }
    if tid and celle and celle.tilstand == Tilstand.LEDIG and not mere:
        mere = _formularer(request, tid)
    elif tid and not mere and not (celle and celle.kan_vaelges):
        kontekst["alternativer"] = list(Sparringstid.objects.naeste_ledige(tid))
    kontekst |= mere
    if kontekst["maa_udgive"]:
        kontekst |= udgiverside(uge)
    if kontekst.get("form"):
        kontekst |= _samtykke(kontekst["form"])
    return kontekst | _venteliste(bruger, uge) | _mine(request, celle)


def _formularer(request: Anmodning, tid: Sparringstid) -> dict[str, Any]:
    """The form to book the free slot with: for a case of one's own, or for a colleague."""
    bruger = request.user
    if maa(bruger, "sparring.book"):
        form = BookingForm(tid=tid, bruger=bruger, initial={"sag": request.GET.get("sag")})
        return {"form": form}
    if not maa(bruger, "sparring.book_for_kollega"):
        return {}
    kollega = valgt_kollega(request.GET.get("kollega", ""))
    return {
        "kollega": kollega,
        "kollegavalg": KollegavalgForm(initial={"kollega": kollega}),
        "kollegaform": KollegaForm(tid=tid, kollega=kollega, af=bruger) if kollega else None,
    }


def _venteliste(bruger: Bruger, uge: sparringsuge.Uge) -> dict[str, Any]:
    """Who waits in the week: how many, one's own, and all of them for who offers slots."""
    sidste = uge.mandag + timedelta(days=sparringsuge.DAGE - 1)
    i_ugen = Venteplads.objects.aktive().filter(fra_dato__lte=sidste, til_dato__gte=uge.mandag)
    if maa(bruger, "sparring.tilbyd"):
        maaned = (i_dag().replace(day=1) - timedelta(days=1)).replace(day=1)
        mangler = Sparringsbooking.objects.mangler_spoergsmaal()
        return {
            "venteliste": list(i_ugen.med_tilbud().select_related("sag", "sagsbehandler")),
            "ventetid": sparringstal.ventetid(maaned),
            "ventetid_maaned": maaned,
            "brug": sparringstal.brug(maaned),
            "antal_venter": Sparringsbooking.objects.venter_paa_svar().count(),
            "mangler_spoergsmaal": list(
                mangler.select_related("tid", "sagsbehandler").order_by("tid__start", "pk")[
                    :ANTAL_BOOKINGER
                ]
            ),
        }
    if not maa(bruger, "sparring.book"):
        return {}
    egne = Venteplads.objects.aktive().synlige_for(bruger).med_tilbud()
    return {
        "antal_paa_venteliste": i_ugen.count(),
        "mine_pladser": list(egne.select_related("sag__borger")[:ANTAL_BOOKINGER]),
    }


def _udkast(bruger: Bruger, tid: Sparringstid, data: dict[str, Any]) -> list[Besked]:
    """What is sent if `bruger` books the slot as the form stands."""
    booking = Sparringsbooking(
        tid=tid,
        sagsbehandler=bruger,
        fagperson=data["fagperson"],
        booket_af=bruger,
        booket_den=timezone.now(),
    )
    return varsler.udkast(booking, varsler.BOOKET, af=bruger)


def _samtykke(form: BookingForm) -> dict[str, Any]:
    """`samtykke_sag` and `deling` for the case that stands in the form, if any."""
    sag = form.valgt_sag()
    return {"samtykke_sag": sag, "deling": services.maa_til_regionen(sag) if sag else None}


def _mine(request: Anmodning, celle: sparringsuge.Celle | None) -> dict[str, Any]:
    """The user's own bookings; the look-up is logged when there are citizens' names on the page."""
    if not maa(request.user, "sparring.se_booking"):
        return {}
    valgt = celle.booking if celle else None
    if valgt and valgt.er_synlig:  # type: ignore[attr-defined]
        sag = valgt.sag
        opslag.log(request, "sparring", sag_id=sag.pk, borger_noegle=sag.borger.noegle)
    else:
        opslag.log(request, "sparring")
    return overblik_sparring(request)


def overblik_sparring(request: Anmodning) -> dict[str, Any]:
    """`sparring_bookinger`: what the user has booked or is to answer, soonest first.

    For an Overblik, with `rehabilitering/_sparring_mine.html`. Two statements, one when there are
    none; the page that shows them logs the look-up.
    """
    bookinger = Sparringsbooking.objects.kommende_bookinger(request.user)
    return {"sparring_bookinger": list(bookinger[:ANTAL_BOOKINGER])}


@require_safe
@kraever("sparring.se")
def sparring(request: Anmodning) -> HttpResponse:
    """The week `?uge=2026-W48`, and in the panel the slot `?tid=`."""
    tid = _hent_tid(request.GET["tid"]) if request.GET.get("tid") else None
    if tid and tid.er_kladde and not maa(request.user, "sparring.udgiv"):
        raise Http404
    kontekst = _kontekst(request, tid)
    return svar(request, "rehabilitering/sparring.html", kontekst, delvis="svar")


@require_safe
@kraever("sparring.book")
def sparring_samtykke(request: Anmodning) -> HttpResponse:
    """htmx: the line about consent for the case chosen in the booking form."""
    sager = Sag.objects.synlige_for(request.user).select_related("borger")
    nr = request.GET.get("sag", "")
    sag = sager.filter(pk=nr).first() if er_noegle(nr) else None
    kontekst: dict[str, Any] = {"sag": sag}
    if sag:
        opslag.log(request, "sparring_samtykke", sag_id=sag.pk, borger_noegle=sag.borger.noegle)
        kontekst["deling"] = services.maa_til_regionen(sag)
    return render(request, "rehabilitering/_sparring_samtykke.html", kontekst)


@require_POST
@kraever("sparring.book")
def sparring_book(request: Anmodning, pk: int) -> HttpResponse:
    """Book the slot; refused, the panel shows why with everything that was typed.

    With `vis` nothing is booked: the panel shows the notices that would be sent. 409 when somebody else has the slot (with the next free ones), 422 for the rest.
    """
    tid = get_object_or_404(Sparringstid, pk=pk)
    form = BookingForm(request.POST, tid=tid, bruger=request.user)
    alternativer: list[Sparringstid] = []
    udkast: list[Besked] = []
    status = 422
    if form.is_valid() and "vis" in request.POST:
        status, udkast = 200, _udkast(request.user, tid, form.cleaned_data)
    elif form.is_valid():
        try:
            services.book_en_gang(tid, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            status, alternativer = _afvist(form, tid, fejl, request.user)
        else:
            messages.success(request, f"Tiden {sparringsuge.tidspunkt(tid)} er booket.")
            return redirect(f"{sparringsuge.adresse(tid)}&tid={tid.pk}")
    kontekst = _kontekst(request, tid, form=form, alternativer=alternativer, udkast=udkast)
    return render(request, "rehabilitering/sparring.html", kontekst, status=status)


@require_POST
@kraever("sparring.book_for_kollega")
def sparring_kollega(request: Anmodning, pk: int) -> HttpResponse:
    """Book for a colleague; the case is known by its number alone. Refused as `sparring_book`."""
    tid = get_object_or_404(Sparringstid, pk=pk)
    kollega = valgt_kollega(request.POST.get("kollega", ""))
    if kollega is None:
        messages.error(request, "Vælg den kollega, du booker for.")
        return redirect(f"{sparringsuge.adresse(tid)}&tid={tid.pk}")
    form = KollegaForm(request.POST, tid=tid, kollega=kollega, af=request.user)
    alternativer: list[Sparringstid] = []
    status = 422
    if form.is_valid():
        try:
            services.book_en_gang(tid, **form.cleaned_data, sagsbehandler=kollega, af=request.user)
        except ValidationError as fejl:
            status, alternativer = _afvist(form, tid, fejl, kollega)
        else:
            hvornaar = sparringsuge.tidspunkt(tid)
            messages.success(request, f"Tiden {hvornaar} er booket for {kollega.navn}.")
            return redirect(f"{sparringsuge.adresse(tid)}&tid={tid.pk}")
    kontekst = _kontekst(
        request,
        tid,
        kollega=kollega,
        kollegavalg=KollegavalgForm(initial={"kollega": kollega}),
        kollegaform=form,
        alternativer=alternativer,
    )
    return render(request, "rehabilitering/sparring.html", kontekst, status=status)


def _afvist(
    form: BookingForm | KollegaForm, tid: Sparringstid, fejl: ValidationError, hvem: Bruger
) -> tuple[int, list[Sparringstid]]:
    """Put the refusal on the form; the status, and what to offer when it is the slot's fault."""
    fejl_paa_formular(form, fejl)
    status = 409 if isinstance(fejl, (services.TidOptaget, services.DeltagerOptaget)) else 422
    if not form.non_field_errors():
        return status, []
    data = form.cleaned_data
    oensket = Sparringsbooking(
        tid=tid,
        sag=data["sag"],
        med_borger=data["med_borger"],
        sagsbehandler=hvem,
        fagperson=data["fagperson"],
    )
    return status, services.alternativer(oensket)


@require_http_methods(["GET", "POST"])
@kraever("sparring.se_booking")
def sparring_svar(request: Anmodning, pk: int) -> HttpResponse:
    """A booking with its questions; its sundhedskoordinator answers, the others read."""
    booking = get_object_or_404(
        Sparringsbooking.objects.synlige_for(request.user).select_related(
            "tid__sundhedskoordinator",
            "sag__borger",
            "sag__regelsaet",
            "sag__team",
            "booket_af",
            "besvaret_af",
            "fagperson",
            "udeblevet_af",
        ),
        pk=pk,
    )
    if booking.aflyst_den:
        return til_kalenderen(request, booking)
    form = SvarForm(request.POST or None)
    if request.method == "POST" and _gem_svar(request, booking, form):
        return redirect("rehabilitering:sparring_svar", pk=booking.pk)
    kan_svare = (
        maa(request.user, "sparring.svar")
        and booking.tid.sundhedskoordinator_id == request.user.pk
        and (booking.er_aaben or form.is_bound)
    )
    kontekst = sagsramme.ramme(request, booking.sag, "forberedende_del")
    kontekst |= {"booking": booking, "form": form, "kan_svare": kan_svare}
    kontekst |= _handlinger(request.user, booking)
    status = status_for(form)
    return render(request, "rehabilitering/sparring_svar.html", kontekst, status=status)


def _handlinger(bruger: Bruger, booking: Sparringsbooking) -> dict[str, Any]:
    """What else the user may do with the booking, as links, and whether they may note a no-show."""
    er_koordinator = booking.tid.sundhedskoordinator_id == bruger.pk
    er_egen = Sparringsbooking.objects.egne(bruger).filter(pk=booking.pk).exists()
    maa_notere = maa(bruger, "sparring.udeblevet") and (er_egen or er_koordinator)
    valg: list[tuple[str, str]] = []
    if booking.er_aaben and not booking.tid.er_begyndt and er_egen and maa(bruger, "sparring.book"):
        valg += [
            ("Ret spørgsmål", "sparring_spoergsmaal"),
            ("Flyt", "sparring_flyt"),
            ("Aflys", "sparring_aflys"),
        ]
    elif booking.er_aaben and booking.tid.er_begyndt and maa_notere:
        valg.append(("Notér, at nogen ikke kom", "sparring_udeblevet"))
    links = [(navn, reverse(f"rehabilitering:{url}", args=[booking.pk])) for navn, url in valg]
    return {"handlinger": links, "maa_notere": maa_notere}


def _gem_svar(request: Anmodning, booking: Sparringsbooking, form: SvarForm) -> bool:
    """Store the answer; when it is refused, the form says why."""
    kraev(request.user, "sparring.svar")
    if not form.is_valid():
        return False
    data = form.cleaned_data
    try:
        services.svar(booking, tekst=data["svar"], afklaret=data["afklaret"], af=request.user)
    except ValidationError as fejl:
        fejl_paa_formular(form, fejl)
        return False
    messages.success(request, "Svaret er gemt.")
    return True
