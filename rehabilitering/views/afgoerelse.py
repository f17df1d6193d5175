"""The decision, its letter before it is made, and deciding without a meeting."""

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from borgere import sagsramme
from borgere.models import Sag
from borgere.sagspdf import vis
from rehabilitering import dokumenter, tekststykker
from rehabilitering.forms.afgoerelse import AfgoerelseForm, UdenMoedeForm
from rehabilitering.models import Afgoerelse, Tekststykke
from rehabilitering.services import afgoerelse as services
from rehabilitering.services.afgoerelse.kontrol import ventet_modtaget
from rehabilitering.views import konflikt
from rehabilitering.views.konflikt import som_sendt
from ressource.adgang import kraev, kraever
from ressource.anmodning import Anmodning
from ressource.fejl import Uenighed
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.samtidighed import ForaeldetVersionError

# How the names of date fields end; the rest is text, compared word by word.
_DATOER = ("_dato", "_fra")
_STYKKE = re.compile(r"^stykke-(\d{1,18})$")


@require_http_methods(["GET", "POST"])
@kraever("afgoerelse.se")
def afgoerelse(request: Anmodning, pk: int) -> HttpResponse:
    """The decision that is the case's next or latest; made, or with nothing to decide, read only."""
    sag = sagsramme.hent(request, pk)
    return _behandl(request, sag, services.aktuel(sag, af=request.user))


@require_http_methods(["GET", "POST"])
@kraever("afgoerelse.se")
def afgoerelse_en(request: Anmodning, pk: int) -> HttpResponse:
    """One decision by itself: an earlier one, or the draft of a change after a complaint."""
    fundet = _hent(request, pk)
    return _behandl(request, fundet.sag, fundet)


def _hent(request: Anmodning, pk: int) -> Afgoerelse:
    """A decision of a case the user may see, with the case's own row. Raises `Http404`."""
    synlige = Afgoerelse.objects.synlige_for(request.user).select_related(
        "indstilling__punkt__moede", "erstatter__indstilling", "brev"
    )
    fundet = get_object_or_404(synlige, pk=pk)
    fundet.sag = sagsramme.hent(request, fundet.sag_id)
    return fundet


def _behandl(request: Anmodning, sag: Sag, fundet: Afgoerelse | None) -> HttpResponse:
    kan_skrive = services.kan_skrive(sag, request.user)
    if request.method == "POST":
        kraev(request.user, "afgoerelse.skriv")
        if not kan_skrive:
            raise PermissionDenied("Kun den ansvarlige sagsbehandler kan skrive afgørelsen.")
        if fundet is None:
            messages.error(request, "Der er ingen afsluttet indstilling at træffe afgørelse om.")
            return _side(request, sag, None, None, kan_skrive=False, status=422)
        stykke = _STYKKE.match(request.POST.get("handling", ""))
        if stykke and services.kan_rettes(fundet):
            return _indsaet_stykke(request, fundet, int(stykke[1]))
        return _modtag(request, fundet)
    form = None
    if fundet and kan_skrive and services.kan_rettes(fundet):
        form = AfgoerelseForm(afgoerelse=fundet)
    return _side(request, sag, fundet, form, kan_skrive=kan_skrive)


def _modtag(request: Anmodning, fundet: Afgoerelse) -> HttpResponse:
    form = AfgoerelseForm(request.POST, afgoerelse=fundet)
    handling = request.POST.get("handling")
    if form.is_valid():
        try:
            gemt = services.gem_fra_siden(
                fundet,
                form.cleaned_data,
                laas=form.cleaned_data["laas"],
                skal_afsluttes=handling == "afslut",
                af=request.user,
            )
        except ForaeldetVersionError:
            return _konfliktside(request, fundet, form)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            if handling == "vis" and not gemt.er_afveget:
                return redirect("rehabilitering:afgoerelse_udkast", pk=gemt.pk)
            messages.success(request, _kvittering(gemt))
            return redirect(adresse(gemt))
    return _side(request, fundet.sag, fundet, form, kan_skrive=True, status=status_for(form))


def _indsaet_stykke(request: Anmodning, fundet: Afgoerelse, pk: int) -> HttpResponse:
    """The page again with a ready sentence last in the reasons; nothing is saved yet."""
    gaeldende = Tekststykke.objects.gaeldende(i_dag())
    stykke = get_object_or_404(gaeldende.filter(sted=Tekststykke.Sted.AFGOERELSE), pk=pk)
    data = request.POST.copy()
    data["begrundelse"] = "\n\n".join(
        filter(None, [data.get("begrundelse", "").rstrip(), stykke.tekst])
    )
    form = AfgoerelseForm(data, afgoerelse=fundet)
    form.fields["begrundelse"].widget.attrs["autofocus"] = True
    return _side(request, fundet.sag, fundet, form, kan_skrive=True, status=status_for(form))


def adresse(fundet: Afgoerelse) -> str:
    """Where the decision is read and written: a change by itself, the others under their case."""
    if fundet.erstatter_id:
        return reverse("rehabilitering:afgoerelse_en", args=[fundet.pk])
    return reverse("rehabilitering:afgoerelse", args=[fundet.sag_id])


def _kvittering(gemt: Afgoerelse) -> str:
    if gemt.er_truffet:
        return "Afgørelsen er truffet, og brevet ligger på sagen."
    if gemt.er_afveget and gemt.er_uden_moede:
        return "Sagen venter nu på et møde."
    if gemt.er_afveget:
        return "Sagen er sendt tilbage til teamet med din begrundelse."
    return "Afgørelsen er gemt som kladde."


def _side(
    request: Anmodning,
    sag: Sag,
    fundet: Afgoerelse | None,
    form: AfgoerelseForm | None,
    *,
    kan_skrive: bool,
    status: int = 200,
) -> HttpResponse:
    indstilling = fundet.grundlag if fundet else None
    gemt = fundet if fundet and fundet.pk else None
    hoeringer = list(gemt.partshoeringer.all()) if gemt else []
    kontekst: dict[str, Any] = sagsramme.ramme(request, sag, "moede", objekt="afgoerelse") | {
        "indstilling": indstilling,
        "linjer": _linjer(fundet),
        "afgoerelse": gemt,
        "hoeringer": hoeringer,
        "venter_paa_svar": any(hoering.afsluttet_den is None for hoering in hoeringer),
        "art": services.forloebets_art(gemt) if gemt else "",
        "form": form,
        "tekststykker": tekststykker.til(Tekststykke.Sted.AFGOERELSE) if form else [],
        "kan_skrive": kan_skrive,
        "uden_moede": kan_skrive and services.kan_afgoeres_uden_moede(sag),
    }
    return svar(request, "rehabilitering/afgoerelse.html", kontekst, status=status)


def _linjer(fundet: Afgoerelse | None) -> list[Any]:
    indstilling = fundet.grundlag if fundet else None
    if indstilling is None:
        return []
    return list(indstilling.linjer.gaeldende().select_related("indsatstype"))


@require_safe
@kraever("afgoerelse.se")
def afgoerelse_udkast(request: Anmodning, pk: int) -> HttpResponse:
    """The letter as it would be today, before the decision is made."""
    fundet = _hent(request, pk)
    if fundet.modtaget_dato is None:
        fundet.modtaget_dato = ventet_modtaget(fundet, i_dag())
    try:
        return vis(
            request,
            fundet.sag,
            "afgoerelse",
            lambda: dokumenter.afgoerelsesbrev(fundet),
            filnavn="afgoerelse-udkast.pdf",
            ellers=adresse(fundet),
        )
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
        return redirect(adresse(fundet))


@require_http_methods(["GET", "POST"])
@kraever("afgoerelse.skriv")
def afgoerelse_uden_moede(request: Anmodning, pk: int) -> HttpResponse:
    """Begin a decision in a case that needs no meeting."""
    sag = sagsramme.hent(request, pk)
    form = UdenMoedeForm(request.POST if request.method == "POST" else None, sag=sag)
    if request.method == "POST" and form.is_valid():
        try:
            services.begynd_uden_moede(sag, **form.cleaned_data, af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Kladden til afgørelsen er begyndt.")
            return redirect("rehabilitering:afgoerelse", pk=sag.pk)
    kontekst = sagsramme.ramme(request, sag, "moede", objekt="afgoerelse") | {
        "form": form,
        "kan_afgoeres": services.kan_afgoeres_uden_moede(sag),
    }
    return svar(
        request, "rehabilitering/afgoerelse_uden_moede.html", kontekst, status=status_for(form)
    )


def _konfliktside(request: Anmodning, fundet: Afgoerelse, form: AfgoerelseForm) -> HttpResponse:
    """409 with both versions; what is chosen is saved as a draft, whatever the button was.

    The same text sent twice is no conflict.
    """
    hvilken = {"pk": fundet.pk} if fundet.pk else {"indstilling": fundet.indstilling}
    gemt = Afgoerelse.objects.select_related("sag__borger").get(**hvilken)
    felter = [
        Uenighed(felt, str(form[felt].label), mit, andet, er_tekst=not felt.endswith(_DATOER))
        for felt in services.FELTER
        if felt in form.cleaned_data
        and (mit := som_sendt(form.cleaned_data[felt])) != (andet := som_sendt(getattr(gemt, felt)))
    ]
    if not felter:
        messages.success(request, "Afgørelsen er allerede gemt med det samme indhold.")
        return redirect(adresse(gemt))
    data = request.POST.copy()
    data.pop("handling", None)
    request.POST = data  # type: ignore[assignment]
    return konflikt.konfliktside(
        request,
        gemt,
        felter,
        objekt="afgoerelse",
        kode="afgoerelse.gemt",
        titel="I har begge skrevet i afgørelsen",
        fortryd=adresse(gemt),
    )
