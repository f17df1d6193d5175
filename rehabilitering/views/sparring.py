"""The week of slots, booking and the sundhedskoordinator's answer."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from borgere import sagsramme
from borgere.models import Sag
from rehabilitering import sparringsuge
from rehabilitering.forms.sparring import BookingForm, SvarForm, er_noegle
from rehabilitering.models import Sparringsbooking, Sparringstid
from rehabilitering.services import sparring as services
from rehabilitering.sparringsuge import Tilstand
from ressource import opslag
from ressource.adgang import kraev, kraever, maa
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar

# Bookings shown beside the week and on the Overblik; the week pages have the rest.
ANTAL_BOOKINGER = 25


def _hent_tid(pk: str) -> Sparringstid:
    """The slot, also one taken back: the page says so. Raises `Http404`."""
    if not er_noegle(pk):
        raise Http404
    return get_object_or_404(Sparringstid.objects.select_related("sundhedskoordinator"), pk=pk)


def _kontekst(
    request: Anmodning, tid: Sparringstid | None, form: BookingForm | None = None
) -> dict[str, Any]:
    """What the week page shows, with the panel for `tid`; logs the look-up."""
    bruger = request.user
    uge = sparringsuge.byg(
        sparringsuge.find_mandag("" if tid else request.GET.get("uge", ""), tid), bruger
    )
    celle = uge.celle(tid) if tid else None
    maa_booke = maa(bruger, "sparring.book")
    if form is None and tid and celle and celle.tilstand == Tilstand.LEDIG and maa_booke:
        form = BookingForm(tid=tid, bruger=bruger, initial={"sag": request.GET.get("sag")})
    kontekst: dict[str, Any] = {
        "uge": uge,
        "tid": tid,
        "celle": celle,
        "form": form,
        "maa_udgive": maa(bruger, "sparring.udgiv"),
        "maa_booke": maa_booke,
        "maa_se_booking": maa(bruger, "sparring.se_booking"),
        "alternativer": [],
    }
    if tid and form is None and not (celle and celle.kan_vaelges):
        kontekst["alternativer"] = list(Sparringstid.objects.naeste_ledige(tid))
    if kontekst["maa_udgive"]:
        kontekst["antal_venter"] = Sparringsbooking.objects.venter_paa_svar().count()
    if form:
        kontekst |= _samtykke(form)
    return kontekst | _mine(request, celle)


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

    409 when somebody else has the slot (with the next free ones), 422 for the rest.
    """
    tid = get_object_or_404(Sparringstid, pk=pk)
    form = BookingForm(request.POST, tid=tid, bruger=request.user)
    alternativer: list[Sparringstid] = []
    status = 422
    if form.is_valid():
        data = form.cleaned_data
        try:
            services.book(tid, **data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
            status = 409 if isinstance(fejl, services.TidOptaget) else 422
            if form.non_field_errors():
                egnede = Sparringstid.objects.egnede(data["sag"], med_borger=data["med_borger"])
                alternativer = list(egnede.naeste_ledige(tid))
        else:
            messages.success(request, f"Tiden {sparringsuge.tidspunkt(tid)} er booket.")
            return redirect(f"{sparringsuge.adresse(tid)}&tid={tid.pk}")
    kontekst = _kontekst(request, tid, form) | {"alternativer": alternativer}
    return render(request, "rehabilitering/sparring.html", kontekst, status=status)


@require_POST
@kraever("sparring.aflys")
def sparring_aflys(request: Anmodning, pk: int) -> HttpResponse:
    """Cancel a booking: one's own, or the mødekoordinator, who sees bookings but no case."""
    bookinger = Sparringsbooking.objects.select_related("tid")
    if not maa(request.user, "sparring.udgiv"):
        bookinger = bookinger.synlige_for(request.user)
    booking = get_object_or_404(bookinger, pk=pk)
    try:
        services.aflys_booking(booking, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(
            request, f"Tiden {sparringsuge.tidspunkt(booking.tid)} er aflyst og ledig igen."
        )
    return redirect(sparringsuge.adresse(booking.tid))


@require_http_methods(["GET", "POST"])
@kraever("sparring.se_booking")
def sparring_svar(request: Anmodning, pk: int) -> HttpResponse:
    """A booking with its questions; its sundhedskoordinator answers, the others read."""
    booking = get_object_or_404(
        Sparringsbooking.objects.aktive()
        .synlige_for(request.user)
        .select_related(
            "tid__sundhedskoordinator",
            "sag__borger",
            "sag__regelsaet",
            "sag__team",
            "booket_af",
            "besvaret_af",
        ),
        pk=pk,
    )
    form = SvarForm(request.POST or None)
    if request.method == "POST" and _gem_svar(request, booking, form):
        return redirect("rehabilitering:sparring_svar", pk=booking.pk)
    kan_svare = (
        maa(request.user, "sparring.svar")
        and booking.tid.sundhedskoordinator_id == request.user.pk
        and (booking.besvaret_den is None or form.is_bound)
    )
    kontekst = sagsramme.ramme(request, booking.sag, "forberedende_del")
    kontekst |= {"booking": booking, "form": form, "kan_svare": kan_svare}
    status = status_for(form)
    return render(request, "rehabilitering/sparring_svar.html", kontekst, status=status)


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
