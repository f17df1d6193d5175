"""The journal: internal notes, and notes the citizen reads too."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from borgere import journal as laesning
from borgere import journaludskrift, sagspdf, sagsramme, services
from borgere.forms.journal import DELT, INTERNT, NotatForm, RetNotatForm
from borgere.models import Journalnotat, Sag
from borgere.services.journal import AlleredeRettetError, er_ansvarlig, maa_rette
from ressource import adgang, opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.fejl import Uenighed, konflikt
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar

PR_SIDE = 25
VISNINGER = {"": "Alle", "internt": "Kun for kommunen", "delt": "Borgeren kan læse"}


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("journal.se")
def journal(request: Anmodning, pk: int) -> HttpResponse:
    """The case's notes, newest first, 25 to a page; a note is corrected, never changed."""
    sag = sagsramme.hent(request, pk)
    form = NotatForm(request.POST or None)
    if request.method == "POST":
        adgang.kraev(request.user, "journal.skriv")
        if form.is_valid():
            try:
                services.skriv_notat(sag, **form.cleaned_data, af=request.user)
            except ValidationError as fejl:
                fejl_paa_formular(form, fejl)
            else:
                messages.success(request, "Notatet er skrevet i journalen.")
                return redirect("borgere:journal", sag.pk)
    kontekst = sagsramme.ramme(request, sag, "journal") | _notater(request, sag) | {"form": form}
    return svar(request, "borgere/journal.html", kontekst, status=status_for(form))


def _notater(request: Anmodning, sag: Sag) -> dict[str, Any]:
    """One page of the notes chosen, each with its earlier editions and whether one may correct it."""
    vis = request.GET.get("vis", "")
    vis = vis if vis in VISNINGER else ""
    notater = sag.notater.gaeldende().select_related("forfatter")
    if vis:
        notater = notater.filter(er_delt=vis == "delt")
    side = Paginator(notater, PR_SIDE).get_page(request.GET.get("side"))
    tidligere = laesning.tidligere_udgaver(side.object_list)
    kan_skrive = adgang.maa(request.user, "journal.skriv")
    ansvarlig = kan_skrive and er_ansvarlig(sag, request.user)
    return {
        "side": side,
        "linjer": [
            (
                notat,
                tidligere.get(notat.pk, []),
                kan_skrive
                and (
                    ansvarlig
                    or request.user.pk
                    in {n.forfatter_id for n in [notat, *tidligere.get(notat.pk, [])]}
                ),
            )
            for notat in side.object_list
        ],
        "vis": vis,
        "visninger": VISNINGER.items(),
        "foresporgsel": f"vis={vis}" if vis else "",
        "kan_skrive": kan_skrive,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("journal.skriv")
def notat_ret(request: Anmodning, pk: int) -> HttpResponse:
    """Correct a note as it stands now: any of its editions leads here."""
    fundet = get_object_or_404(Journalnotat.objects.synlige_for(request.user), pk=pk)
    sag = sagsramme.hent(request, fundet.sag_id)
    nyeste = fundet.nyeste()
    form = RetNotatForm(request.POST or None, notat=nyeste)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            services.ret_notat(data.pop("retter"), **data, af=request.user)
        except AlleredeRettetError as fejl:
            return _konfliktside(request, sag, form, fejl.nyeste)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Notatet er rettet. Den gamle tekst står under det.")
            return redirect("borgere:journal", sag.pk)
    kontekst = sagsramme.ramme(request, sag, "journal") | {
        "form": form,
        "notat": nyeste,
        "maa_rette": maa_rette(nyeste, request.user),
    }
    return svar(request, "borgere/notat_ret.html", kontekst, status=status_for(form))


def _konfliktside(
    request: Anmodning, sag: Sag, form: RetNotatForm, nyeste: Journalnotat
) -> HttpResponse:
    """409 with both texts; what is chosen is saved as a correction of the other's."""
    opslag.log(request, "journal", sag_id=sag.pk, borger_noegle=sag.borger.noegle)
    mit = form.cleaned_data
    delt = {True: DELT, False: INTERNT}
    felter = [
        Uenighed(navn, str(form.fields[navn].label), mit[navn], getattr(nyeste, navn))
        for navn in ("overskrift", "tekst")
        if mit[navn] != getattr(nyeste, navn)
    ]
    if mit["er_delt"] != nyeste.er_delt:
        ord_ = dict(form.fields["er_delt"].choices)  # type: ignore[attr-defined]
        min_, anden = delt[mit["er_delt"]], delt[nyeste.er_delt]
        felter.append(
            Uenighed(
                "er_delt",
                "Hvem må læse notatet",
                min_,
                anden,
                er_tekst=False,
                min_vist=ord_[min_],
                anden_vist=ord_[anden],
            )
        )
    return konflikt(
        request,
        felter=felter,
        titel="I har begge rettet notatet",
        anden=nyeste.forfatter.navn,
        gemt_den=nyeste.oprettet_den,
        version=nyeste.pk,
        versionsfelt="retter",
        fortryd=reverse("borgere:journal", args=[sag.pk]),
    )


@require_safe
@kraever("journal.se")
def journal_udskrift(request: Anmodning, pk: int) -> HttpResponse:
    """The notes the citizen may read, as a PDF to hand over; logged as printed."""
    sag = sagsramme.hent(request, pk)
    return sagspdf.vis(
        request,
        sag,
        "journal_udskrift",
        lambda: journaludskrift.delte_notater(sag),
        filnavn=f"journal-{sag.sagsnummer}.pdf",
        ellers=reverse("borgere:journal", args=[sag.pk]),
    )
