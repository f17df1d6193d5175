"""Quality assurance of a case: the checklist, handing in, and the faglig konsulent's judgement."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from borgere import sagsramme
from borgere.models import Fase, Sag
from rehabilitering import kvalitetstjek
from rehabilitering.forms.kvalitetssikring import AfgoerKvalitetssikringForm
from rehabilitering.models import Kvalitetssikring
from rehabilitering.services import forberedelse
from rehabilitering.services import kvalitetssikring as services
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar


@require_safe
@kraever("kvalitetssikring.se")
def kvalitetssikring(request: Anmodning, pk: int) -> HttpResponse:
    """The computed checklist, each line with the page that mends it, and earlier judgements."""
    return _side(request, sagsramme.hent(request, pk))


@require_http_methods(["GET", "POST"])
@kraever("kvalitetssikring.indsend")
def kvalitetssikring_indsend(request: Anmodning, pk: int) -> HttpResponse:
    """Hand the case in; refused with the list of what is missing."""
    sag = sagsramme.hent(request, pk)
    if request.method == "GET":
        return _side(request, sag)
    try:
        services.indsend(sag, af=request.user)
    except ValidationError as fejl:
        return _side(request, sag, fejl=fejl.messages)
    messages.success(request, "Sagen er sendt til kvalitetssikring.")
    return redirect("rehabilitering:kvalitetssikring", pk=sag.pk)


@require_http_methods(["GET", "POST"])
@kraever("kvalitetssikring.afgoer")
def kvalitetssikring_afgoer(request: Anmodning, pk: int) -> HttpResponse:
    """Approve the case, or send it back with reasons."""
    sag = sagsramme.hent(request, pk)
    if request.method == "GET":
        return _side(request, sag)
    linjer = forberedelse.afsnitsliste(sag, None)
    form = AfgoerKvalitetssikringForm(request.POST, sag=sag, linjer=linjer)
    if form.is_valid():
        data = form.cleaned_data
        ks = data["kvalitetssikring"]
        er_godkendt = data["resultat"] == Kvalitetssikring.Resultat.GODKENDT
        try:
            if er_godkendt:
                services.godkend(ks, bemaerkninger=form.bemaerkninger, af=request.user)
            else:
                services.retur(
                    ks,
                    begrundelse=data["begrundelse"],
                    bemaerkninger=form.bemaerkninger,
                    af=request.user,
                )
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            hvordan = "godkendt og kan sættes på et møde" if er_godkendt else "sendt retur"
            messages.success(request, f"Sagen {sag.sagsnummer} er {hvordan}.")
            # The case may now lie outside what the faglig konsulent sees.
            return redirect("overblik")
    return _side(request, sag, form=form)


def _side(
    request: Anmodning,
    sag: Sag,
    *,
    form: AfgoerKvalitetssikringForm | None = None,
    fejl: list[str] | None = None,
) -> HttpResponse:
    """The page. The checklist is computed now, also for a case that is already judged."""
    punkter = kvalitetstjek.tjekliste(sag)
    linjer = forberedelse.afsnitsliste(sag, None)
    domme = list(sag.kvalitetssikringer.select_related("indsendt_af", "afgjort_af"))
    venter = next((ks for ks in domme if not ks.resultat), None)
    if form is None and venter and maa(request.user, "kvalitetssikring.afgoer"):
        start = {"kvalitetssikring": venter}
        form = AfgoerKvalitetssikringForm(sag=sag, linjer=linjer, initial=start)
    kan_indsende = sag.fase == Fase.FORBEREDELSE and maa(request.user, "kvalitetssikring.indsend")
    kontekst = sagsramme.ramme(request, sag, "forberedende_del", objekt="kvalitetssikring") | {
        "punkter": punkter,
        "dokumenter": kvalitetstjek.til_teamet(sag),
        "antal_mangler": len(kvalitetstjek.mangler(punkter)),
        "del": forberedelse.seneste_del(sag),
        "domme": [(ks, _bemaerkninger(ks, linjer)) for ks in domme if ks.resultat],
        "venter": venter,
        "er_egen": bool(form and venter and services.er_egen(venter, request.user)),
        "form": form,
        "fejl": fejl or [],
        "kan_indsende": kan_indsende,
        "maa_rette": maa(request.user, "forberedende_del.skriv"),
    }
    status = 422 if fejl else status_for(form) if form is not None else 200
    return svar(request, "rehabilitering/kvalitetssikring.html", kontekst, status=status)


def _bemaerkninger(
    ks: Kvalitetssikring, linjer: list[forberedelse.Afsnitslinje]
) -> list[tuple[str, str, str]]:
    """What was said about the sections, in their order: code, title and remark."""
    return [
        (linje.kode, linje.titel, ks.bemaerkninger[linje.kode])
        for linje in linjer
        if linje.kode in ks.bemaerkninger
    ]
