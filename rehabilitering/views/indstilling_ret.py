"""Correcting a finalised indstilling: form, preview with the differences, and every version of it."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from borgere import sagsramme
from rehabilitering import helbred
from rehabilitering.forms.indstilling_ret import RetForm, RetLinjeForm, linjeformer
from rehabilitering.indstillingsforskel import forskelle
from rehabilitering.models import Indstilling, Indstillingslinje, Indstillingsversion
from rehabilitering.services import indstilling_ret as services
from rehabilitering.services import indstillingsversion
from rehabilitering.versionsforskel import Feltforskel
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular
from ressource.htmx import svar
from ressource.samtidighed import LAASEFELT, ForaeldetVersionError


@dataclass(frozen=True)
class Versionslinje:
    """One version, and what it says that the one before did not."""

    version: Indstillingsversion
    forskelle: list[Feltforskel]


def hent(request: Anmodning, pk: int) -> Indstilling:
    """The finalised indstilling, when the user may see its case. Raises `Http404`."""
    fundne = Indstilling.objects.synlige_for(request.user).afsluttede()
    return get_object_or_404(
        fundne.select_related(
            "sag__borger", "sag__regelsaet", "punkt__moede", "punkt__sag", "afsluttet_af"
        ),
        pk=pk,
    )


@require_safe
@kraever("indstilling.se")
def indstilling_versioner(request: Anmodning, pk: int) -> HttpResponse:
    """Every version, newest first, with why and what was corrected; words only for who may read."""
    indstilling = hent(request, pk)
    sag = sagsramme.hent(request, indstilling.sag_id)
    versioner = list(indstilling.versioner.select_related("afsluttet_af"))
    linjer = [
        Versionslinje(ny, forskelle(gammel.indhold, ny.indhold, sag.regelsaet) if gammel else [])
        for ny, gammel in zip(versioner, [*versioner[1:], None], strict=False)
    ]
    kontekst = sagsramme.ramme(request, sag, "moede", objekt="indstilling_versioner") | {
        "indstilling": indstilling,
        "linjer": linjer,
        "med_tekst": helbred.ser_indstillingens(indstilling.punkt, request.user),
        "skal_have_den_igen": services.har_en_tidligere(indstilling),
        "kan_sende": maa(request.user, "forsendelse.send"),
        "kan_rette": services.kan_rette(indstilling, request.user),
    }
    return svar(request, "rehabilitering/indstilling_versioner.html", kontekst)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("indstilling.afslut")
def indstilling_ret(request: Anmodning, pk: int) -> HttpResponse:
    """The chair's correction: first shown word by word, then stored as the next version."""
    indstilling = hent(request, pk)
    if not services.kan_rette(indstilling, request.user):
        raise PermissionDenied("Kun mødets mødeleder kan rette indstillingen.")
    data = request.POST if request.method == "POST" else None
    # A copy: what is typed must not change what the page calls stored.
    form = RetForm(data, instance=hent(request, pk), udfald=services.mulige_udfald(indstilling))
    linjer = linjeformer(indstilling, data)
    if data is None:
        return _side(request, indstilling, form, linjer)
    if not _er_gyldige(form, linjer):
        return _side(request, indstilling, form, linjer, status=422)
    set_aftryk = form.cleaned_data["set_aftryk"]
    if data.get("handling") != "gem" or set_aftryk != _aftryk(_nyt_indhold(form, linjer)):
        return _forhaandsvisning(request, indstilling, form, linjer)
    return _gem(request, indstilling, form, linjer)


def _er_gyldige(form: RetForm, linjer: list[RetLinjeForm]) -> bool:
    """All are asked, so that every error shows at once."""
    alle: list[BaseForm] = [form, *linjer]
    svarene = [en.is_valid() for en in alle]
    return all(svarene)


def _gem(
    request: Anmodning, indstilling: Indstilling, form: RetForm, linjer: list[RetLinjeForm]
) -> HttpResponse:
    try:
        version = services.ret(
            indstilling,
            form.indhold(),
            [linje.indhold() for linje in linjer if linje.skal_med],
            begrundelse=form.cleaned_data["rettelse_begrundelse"],
            laas=form.cleaned_data["laas"] or 0,
            af=request.user,
        )
    except ForaeldetVersionError:
        return _rettet_imens(request, hent(request, indstilling.pk))
    except ValidationError as fejl:
        fejl_paa_formular(form, fejl)
        return _side(request, indstilling, form, linjer, status=422)
    messages.success(
        request,
        f"Indstillingen er rettet. Version {version.nr} gælder nu, og læserne har fået besked.",
    )
    return redirect("rehabilitering:indstilling_versioner", indstilling.pk)


def _rettet_imens(request: Anmodning, gemt: Indstilling) -> HttpResponse:
    """409: what was sent, with its differences from what another has stored meanwhile."""
    data = request.POST.copy()
    data[LAASEFELT] = str(gemt.laas)
    form = RetForm(data, instance=hent(request, gemt.pk), udfald=services.mulige_udfald(gemt))
    linjer = linjeformer(gemt, data)
    if not _er_gyldige(form, linjer):
        return _side(request, gemt, form, linjer, status=422)
    form.add_error(
        None,
        f"En anden har rettet indstillingen imens. Version {gemt.version} gælder nu. Se forskellene, "
        "og gem igen, hvis din tekst skal gælde.",
    )
    return _forhaandsvisning(request, gemt, form, linjer, status=409)


def _nyt_indhold(form: RetForm, linjer: list[RetLinjeForm]) -> dict[str, Any]:
    """What the version would hold, of values that are not stored."""
    kladde: Indstilling = form.instance
    for felt, vaerdi in form.indhold().items():
        setattr(kladde, felt, vaerdi)
    raekker = []
    for linje in linjer:
        if linje.skal_med:
            felter = linje.indhold()
            raekker.append(Indstillingslinje(**felter, nr=linje.instance.nr or 0))
    return indstillingsversion.som_indhold(kladde, raekker)


def _aftryk(indhold: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(indhold, sort_keys=True).encode()).hexdigest()


def _forhaandsvisning(
    request: Anmodning,
    indstilling: Indstilling,
    form: RetForm,
    linjer: list[RetLinjeForm],
    *,
    status: int = 200,
) -> HttpResponse:
    """The form with what it would change above it; only what was shown so can be stored."""
    gemt, nyt = indstillingsversion.indhold(indstilling), _nyt_indhold(form, linjer)
    fundne = forskelle(gemt, nyt, indstilling.sag.regelsaet)
    if not fundne:
        form.add_error(None, "Der er ikke rettet noget. Ret teksten, eller gå tilbage.")
        return _side(request, indstilling, form, linjer, status=422)
    # `dict` of a request's data has the values in lists, and so would the page's fields.
    form.data = {navn: form.data[navn] for navn in form.data} | {"set_aftryk": _aftryk(nyt)}
    return _side(request, indstilling, form, linjer, forskelle_=fundne, status=status)


def _side(
    request: Anmodning,
    indstilling: Indstilling,
    form: RetForm,
    linjer: list[RetLinjeForm],
    *,
    forskelle_: list[Feltforskel] | None = None,
    status: int = 200,
) -> HttpResponse:
    sag = sagsramme.hent(request, indstilling.sag_id)
    kontekst = sagsramme.ramme(request, sag, "moede", objekt="indstilling_ret") | {
        "indstilling": indstilling,
        "form": form,
        "linjer": linjer,
        "forskelle": forskelle_,
        "naeste_version": max(indstilling.version, 1) + 1,
    }
    return svar(request, "rehabilitering/indstilling_ret.html", kontekst, status=status)
