"""The decision on the team's indstilling, and its letter."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from borgere import sagsramme
from borgere.models import Fase, Sag
from rehabilitering.forms.afgoerelse import AfgoerelseForm
from rehabilitering.models import Afgoerelse, Indstilling
from rehabilitering.services import afgoerelse as services
from rehabilitering.views import konflikt
from rehabilitering.views.konflikt import som_sendt
from ressource.adgang import kraev, kraever
from ressource.anmodning import Anmodning
from ressource.fejl import Uenighed
from ressource.forms import fejl_paa_formular, status_for
from ressource.samtidighed import ForaeldetVersionError

# How the names of date fields end; the rest is text, compared word by word.
_DATOER = ("_dato", "_fra")


@require_http_methods(["GET", "POST"])
@kraever("afgoerelse.se")
def afgoerelse(request: Anmodning, pk: int) -> HttpResponse:
    """Write the decision; made, or without an indstilling to decide on, it is read only."""
    sag = sagsramme.hent(request, pk)
    indstilling = services.til_afgoerelse(sag)
    kan_skrive = services.kan_skrive(sag, request.user)
    if request.method == "POST":
        kraev(request.user, "afgoerelse.skriv")
        if not kan_skrive:
            raise PermissionDenied("Kun den ansvarlige sagsbehandler kan skrive afgørelsen.")
        if indstilling is None:
            messages.error(request, "Der er ingen afsluttet indstilling at træffe afgørelse om.")
            return _side(request, sag, None, None, kan_skrive=False, status=422)
        return _modtag(request, sag, indstilling)
    form = None
    if indstilling and kan_skrive and _kan_rettes(sag, indstilling):
        form = AfgoerelseForm(afgoerelse=_udkast(request, indstilling))
    return _side(request, sag, indstilling, form, kan_skrive=kan_skrive)


def _udkast(request: Anmodning, indstilling: Indstilling) -> Afgoerelse:
    """The stored draft, or what a new one would be."""
    fundet: Afgoerelse | None = getattr(indstilling, "afgoerelse", None)
    return fundet or services.ny_afgoerelse(indstilling, af=request.user)


def _kan_rettes(sag: Sag, indstilling: Indstilling) -> bool:
    fundet: Afgoerelse | None = getattr(indstilling, "afgoerelse", None)
    er_faerdig = fundet and (fundet.er_truffet or not fundet.foelger_indstilling)
    return sag.fase == Fase.AFGOERELSE and not er_faerdig


def _modtag(request: Anmodning, sag: Sag, indstilling: Indstilling) -> HttpResponse:
    form = AfgoerelseForm(request.POST, afgoerelse=_udkast(request, indstilling))
    if form.is_valid():
        skal_afsluttes = request.POST.get("handling") == "afslut"
        try:
            gemt = services.gem_fra_siden(
                indstilling,
                form.cleaned_data,
                laas=form.cleaned_data["laas"],
                skal_afsluttes=skal_afsluttes,
                af=request.user,
            )
        except ForaeldetVersionError:
            return _konfliktside(request, indstilling, form)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, _kvittering(gemt))
            return redirect("rehabilitering:afgoerelse", pk=sag.pk)
    return _side(request, sag, indstilling, form, kan_skrive=True, status=status_for(form))


def _kvittering(gemt: Afgoerelse) -> str:
    if gemt.er_truffet:
        return "Afgørelsen er truffet, og brevet ligger på sagen."
    if not gemt.foelger_indstilling:
        return "Sagen er sendt tilbage til teamet med din begrundelse."
    return "Afgørelsen er gemt som kladde."


def _side(
    request: Anmodning,
    sag: Sag,
    indstilling: Indstilling | None,
    form: AfgoerelseForm | None,
    *,
    kan_skrive: bool,
    status: int = 200,
) -> HttpResponse:
    # A draft that nobody has saved hangs on the indstilling too.
    afgoerelse: Afgoerelse | None = getattr(indstilling, "afgoerelse", None)
    kontekst = sagsramme.ramme(request, sag, "moede") | {
        "indstilling": indstilling,
        "linjer": list(indstilling.linjer.select_related("indsatstype")) if indstilling else [],
        "afgoerelse": afgoerelse if afgoerelse and afgoerelse.pk else None,
        "form": form,
        "kan_skrive": kan_skrive,
    }
    return render(request, "rehabilitering/afgoerelse.html", kontekst, status=status)


def _konfliktside(
    request: Anmodning, indstilling: Indstilling, form: AfgoerelseForm
) -> HttpResponse:
    """409 with both versions; what is chosen is saved as a draft, whatever the button was.

    The same text sent twice is no conflict.
    """
    sag = indstilling.sag
    gemt = Afgoerelse.objects.select_related("sag__borger").get(indstilling=indstilling)
    felter = [
        Uenighed(felt, str(form[felt].label), mit, andet, er_tekst=not felt.endswith(_DATOER))
        for felt in services.FELTER
        if felt in form.cleaned_data
        and (mit := som_sendt(form.cleaned_data[felt])) != (andet := som_sendt(getattr(gemt, felt)))
    ]
    if not felter:
        messages.success(request, "Afgørelsen er allerede gemt med det samme indhold.")
        return redirect("rehabilitering:afgoerelse", pk=sag.pk)
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
        fortryd=reverse("rehabilitering:afgoerelse", args=[sag.pk]),
    )
