"""A booking: from a case, for a colleague, moved, cancelled, asked later, and when nobody came."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from borgere import sagsramme
from borgere.models import Sag
from rehabilitering import sparringsuge
from rehabilitering.forms.sparring import SpoergsmaalForm
from rehabilitering.forms.sparringsbooking import (
    FlytForm,
    SagsbookingForm,
    UdeblevetForm,
    ved_bekymring,
)
from rehabilitering.models import Sparringsbooking, Sparringstid
from rehabilitering.models.sparringsbooking import SparringsbookingQuerySet
from rehabilitering.models.sparringstid import FORBEREDELSESFASER, FORLOEBSFASER
from rehabilitering.services import sparring as services
from rehabilitering.services.sparring import varsler
from ressource import opslag
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.models import Bruger

# Slots to choose among on one page; the calendar has the rest.
ANTAL_TIDER = 8


@require_http_methods(["GET", "POST"])
@kraever("sparring.book")
def sparring_sag(request: Anmodning, pk: int) -> HttpResponse:
    """Book for one case, among its next free slots; `?bekymring=1` begins with a worry for health."""
    # The region sees the case for a month; that outlives break-glass.
    sag = sagsramme.hent_varigt(request, pk)
    tider = _ledige_for(sag)
    initial = ved_bekymring() if request.GET.get("bekymring") else {}
    form = SagsbookingForm(request.POST or None, tider=tider, bruger=request.user, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                booking = services.book_en_gang(sag=sag, **form.cleaned_data, af=request.user)
            except ValidationError as fejl:
                fejl_paa_formular(form, fejl)
                optaget = isinstance(fejl, (services.TidOptaget, services.DeltagerOptaget))
                status = 409 if optaget else 422
                # What was free a moment ago is not; the text stays.
                tider = _andre_tider(request.user, sag, form.cleaned_data)
                form.fields["tid"].choices = _valg(form, tider)  # type: ignore[attr-defined]
            else:
                messages.success(request, f"Tiden {sparringsuge.tidspunkt(booking.tid)} er booket.")
                return redirect("rehabilitering:sparring_svar", pk=booking.pk)
    kontekst = sagsramme.ramme(request, sag, "forberedende_del", objekt="sparring") | {
        "form": form,
        "tider": tider,
        "deling": services.maa_til_regionen(sag),
        "kan_bookes": sag.fase in FORBEREDELSESFASER + FORLOEBSFASER,
    }
    return render(request, "rehabilitering/sparring_sag.html", kontekst, status=status)


def _ledige_for(sag: Sag) -> list[Sparringstid]:
    """The case's next free slots, alone or with the citizen. One statement."""
    alene = Sparringstid.objects.egnede(sag, med_borger=False)
    sammen = Sparringstid.objects.egnede(sag, med_borger=True)
    ledige = (alene | sammen).ledige(timezone.now()).select_related("sundhedskoordinator")
    return list(ledige[:ANTAL_TIDER])


def _andre_tider(bruger: Bruger, sag: Sag, data: dict[str, Any]) -> list[Sparringstid]:
    """What fits what was asked for, and is free for everybody who was to come."""
    oensket = Sparringsbooking(
        tid=data["tid"],
        sag=sag,
        med_borger=data["med_borger"],
        sagsbehandler=bruger,
        fagperson=data["fagperson"],
    )
    return services.alternativer(oensket, ANTAL_TIDER)


def _valg(form: Any, tider: list[Sparringstid]) -> list[tuple[int, str]]:
    felt = form.fields["tid"]
    return [(tid.pk, felt.label_from_instance(tid)) for tid in tider]


def til_kalenderen(request: Anmodning, booking: Sparringsbooking) -> HttpResponse:
    """The answer to an old address, or a form sent twice: where the cancelled booking went."""
    while booking.flyttet_til:
        booking = booking.flyttet_til
    tid = booking.tid
    hvornaar = sparringsuge.tidspunkt(tid)
    tekst = f"{hvornaar} er aflyst" if booking.aflyst_den else f"er flyttet til {hvornaar}"
    messages.info(request, f"Bookingen {tekst}.")
    return redirect(f"{sparringsuge.adresse(tid)}&tid={tid.pk}")


def _egne(request: Anmodning) -> SparringsbookingQuerySet:
    """Bookings the user may change: of the cases one sees, or all for who publishes."""
    bookinger = Sparringsbooking.objects.med_synlighed(request.user).select_related(
        "tid__sundhedskoordinator", "sag__borger", "sagsbehandler", "fagperson"
    )
    if maa(request.user, "sparring.udgiv"):
        return bookinger
    return bookinger.synlige_for(request.user)


def _vis(
    request: Anmodning, skabelon: str, booking: Sparringsbooking, form: Any, **mere: Any
) -> HttpResponse:
    """A page about one booking, with the citizen's name for those who may see it; logged."""
    ser_sag: bool = booking.er_synlig  # type: ignore[attr-defined]
    if ser_sag:
        sag = booking.sag
        opslag.log(request, "sparring", sag_id=sag.pk, borger_noegle=sag.borger.noegle)
    kontekst = {
        "booking": booking,
        "form": form,
        "ser_sag": ser_sag,
        "tilbage": f"{sparringsuge.adresse(booking.tid)}&tid={booking.tid_id}",
    } | mere
    status = status_for(form) if form else 200
    return render(request, skabelon, kontekst, status=status)


@require_http_methods(["GET", "POST"])
@kraever("sparring.aflys")
def sparring_aflys(request: Anmodning, pk: int) -> HttpResponse:
    """Cancel a booking, after seeing who will be told: one's own, or the mødekoordinator."""
    booking = get_object_or_404(_egne(request), pk=pk)
    if request.method == "POST":
        try:
            services.aflys_booking(booking, af=request.user)
        except ValidationError as fejl:
            messages.error(request, " ".join(fejl.messages))
        else:
            messages.success(
                request, f"Tiden {sparringsuge.tidspunkt(booking.tid)} er aflyst og ledig igen."
            )
        return redirect(sparringsuge.adresse(booking.tid))
    udkast = varsler.udkast(booking, varsler.AFLYST, af=request.user)
    return _vis(request, "rehabilitering/sparring_aflys.html", booking, None, udkast=udkast)


@require_http_methods(["GET", "POST"])
@kraever("sparring.aflys")
def sparring_flyt(request: Anmodning, pk: int) -> HttpResponse:
    """Move a booking to another free slot; one that is gone leads to where it went."""
    booking = get_object_or_404(_egne(request), pk=pk)
    if booking.aflyst_den:
        return til_kalenderen(request, booking)
    tider = services.alternativer(booking, ANTAL_TIDER)
    form = FlytForm(request.POST or None, tider=tider)
    if request.method == "POST" and form.is_valid():
        try:
            ny = services.flyt(booking, form.cleaned_data["tid"], af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
            form.fields["tid"].choices = _valg(  # type: ignore[attr-defined]
                form, services.alternativer(booking, ANTAL_TIDER)
            )
        else:
            messages.success(request, f"Bookingen er flyttet til {sparringsuge.tidspunkt(ny.tid)}.")
            return redirect(f"{sparringsuge.adresse(ny.tid)}&tid={ny.tid_id}")
    udkast = varsler.udkast(booking, varsler.AFLYST, af=request.user)
    return _vis(
        request, "rehabilitering/sparring_flyt.html", booking, form, tider=tider, udkast=udkast
    )


@require_http_methods(["GET", "POST"])
@kraever("sparring.book")
def sparring_spoergsmaal(request: Anmodning, pk: int) -> HttpResponse:
    """Ask, or ask otherwise, what a booking is about."""
    bookinger = _egne(request).aktive().synlige_for(request.user)
    booking = get_object_or_404(bookinger, pk=pk)
    initial = {
        "spoergsmaal": booking.spoergsmaal.all(),
        "eget_spoergsmaal": booking.eget_spoergsmaal,
    }
    form = SpoergsmaalForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.stil_spoergsmaal(booking, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Spørgsmålene er gemt.")
            return redirect("rehabilitering:sparring_svar", pk=booking.pk)
    frist = services.frist_for_spoergsmaal(booking.tid)
    return _vis(request, "rehabilitering/sparring_spoergsmaal.html", booking, form, frist=frist)


@require_http_methods(["GET", "POST"])
@kraever("sparring.udeblevet")
def sparring_udeblevet(request: Anmodning, pk: int) -> HttpResponse:
    """Note that somebody did not come."""
    bookinger = _egne(request).aktive().synlige_for(request.user)
    booking = get_object_or_404(bookinger, pk=pk)
    form = UdeblevetForm(request.POST or None, booking=booking)
    if request.method == "POST" and form.is_valid():
        try:
            services.registrer_udeblevet(booking, form.cleaned_data["udeblevet"], af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Det er noteret, hvem der ikke kom.")
            return redirect("rehabilitering:sparring_svar", pk=booking.pk)
    return _vis(request, "rehabilitering/sparring_udeblevet.html", booking, form)


@require_POST
@kraever("sparring.udeblevet")
def sparring_kom(request: Anmodning, pk: int) -> HttpResponse:
    """Take back the note that somebody did not come."""
    bookinger = Sparringsbooking.objects.aktive().synlige_for(request.user)
    booking = get_object_or_404(bookinger, pk=pk)
    try:
        services.fortryd_udeblevet(booking, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, "Noten er slettet.")
    return redirect("rehabilitering:sparring_svar", pk=booking.pk)
