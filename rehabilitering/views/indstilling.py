"""The live page of one case at the meeting: the citizen's words, who is there, the indstilling."""

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from rehabilitering import dagsorden, helbred, indsatte_svar
from rehabilitering.forms.indstilling import IndstillingForm, Linjesaet
from rehabilitering.mangler import mangler
from rehabilitering.models import Dagsordenspunkt, Indstilling, Indstillingslinje
from rehabilitering.services import forberedelse, svarindsaettelse
from rehabilitering.services import live as services
from rehabilitering.services.indstilling import kan_afslutte
from rehabilitering.services.indstilling_kladde import kan_skrive
from rehabilitering.views.indstilling_konflikt import Kladde, flet, konfliktside
from ressource import opslag
from ressource.adgang import kraev, kraever, maa
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular
from ressource.kalender import i_dag
from ressource.samtidighed import ForaeldetVersionError, sidst_gemt

SKABELON = "rehabilitering/live.html"
_FJERN = re.compile(r"^fjern-(\d{1,3})$")
_SVAR = re.compile(r"^svar-(indsaet|fjern)-(\d{1,18})$")
_LINJEFEJL = re.compile(r"^linje-(\d+)-(\w+)$")


@require_http_methods(["GET", "POST"])
@kraever("moede.live")
def live(request: Anmodning, pk: int) -> HttpResponse:
    """Read the case, write the indstilling; finalised, it is read only."""
    punkt = get_object_or_404(
        Dagsordenspunkt.objects.aktive()
        .synlige_for(request.user)
        .select_related("moede__moedeleder", "sag__borger", "sag__regelsaet"),
        pk=pk,
    )
    indstilling = Indstilling.objects.filter(punkt=punkt).select_related("afsluttet_af").first()
    if request.method == "POST":
        kraev(request.user, "indstilling.skriv")
        if not kan_skrive(punkt, request.user):
            raise PermissionDenied("Kun mødets deltagere kan skrive i indstillingen.")
        return _modtag(request, punkt, indstilling)
    linjer = _linjer(indstilling)
    gemt = indstilling or _tom(punkt)
    deltagere = _deltagere(punkt)
    form = _form(punkt, deltagere, initial=IndstillingForm.fra(gemt, deltagere))
    return _side(request, punkt, indstilling, form, Linjesaet.gemte(linjer))


def _tom(punkt: Dagsordenspunkt) -> Indstilling:
    return Indstilling(punkt=punkt, sag=punkt.sag, moede_dato=punkt.moede.dato)


def _linjer(indstilling: Indstilling | None) -> list[Indstillingslinje]:
    return list(indstilling.linjer.select_related("indsatstype")) if indstilling else []


def _deltagere(punkt: Dagsordenspunkt) -> list[Any]:
    return list(punkt.moede.deltagere.select_related("bruger"))


def _form(
    punkt: Dagsordenspunkt, deltagere: list[Any], *args: Any, **kwargs: Any
) -> IndstillingForm:
    del_ = forberedelse.seneste_del(punkt.sag)
    return IndstillingForm(
        *args,
        regelsaet=punkt.sag.regelsaet,
        deltagere=deltagere,
        maal_foer=del_.maal if del_ else "",
        **kwargs,
    )


def _modtag(
    request: Anmodning, punkt: Dagsordenspunkt, indstilling: Indstilling | None
) -> HttpResponse:
    """What a button of the page asks for: another line, one less, save, or finalise.

    An answer is put in or taken out together with a save, so that nothing typed is lost.
    """
    handling = request.POST.get("handling", "gem")
    saet = Linjesaet.sendte(request.POST)
    fjern = _FJERN.match(handling)
    if fjern or handling == "tilfoej":
        form = _form(punkt, _deltagere(punkt), initial=IndstillingForm.som_skrevet(request.POST))
        saet = saet.som_skrevet(uden=int(fjern[1]) if fjern else None)
        return _side(request, punkt, indstilling, form, saet if fjern else saet.med_tom())
    form = _form(punkt, _deltagere(punkt), request.POST)
    # Both are asked, so that every error shows at once.
    if saet.er_gyldige() & form.is_valid():
        kladde = Kladde(form.indhold(), saet.indhold(), form.til_stede_ids())
        laas = form.cleaned_data["laas"]
        afslut = handling == "afslut"
        response = _gem(request, punkt, form, saet, kladde, laas, skal_afsluttes=afslut)
        if response.status_code == 302 and (svar := _SVAR.match(handling)):
            _flyt_svar(request, punkt, int(svar[2]), skal_ind=svar[1] == "indsaet")
        return response
    _naevn_linjefejl(form, saet)
    return _side(request, punkt, indstilling, form, saet, status=422)


def _naevn_linjefejl(form: IndstillingForm, saet: Linjesaet) -> None:
    """Say above the form which line is wrong; its field says what to do."""
    for nr, linje in enumerate(saet.linjer, start=1):
        for felt, fejl in linje.errors.items():
            form.add_error(
                None, f"Linje {nr}, {linje[felt].label.lower()}: {' '.join(map(str, fejl))}"
            )


def _gem(
    request: Anmodning,
    punkt: Dagsordenspunkt,
    form: IndstillingForm,
    saet: Linjesaet,
    kladde: Kladde,
    laas: int,
    *,
    skal_afsluttes: bool,
) -> HttpResponse:
    """Save `kladde` on version `laas`; what two wrote in different places is put together."""
    try:
        services.gem_fra_moedet(
            punkt,
            kladde.felter,
            kladde.linjer,
            laas=laas,
            til_stede=kladde.til_stede,
            skal_afsluttes=skal_afsluttes,
            af=request.user,
        )
    except ForaeldetVersionError:
        gemt = Indstilling.objects.get(punkt=punkt)
        samlet, uenigheder = flet(form, kladde, gemt)
        if uenigheder:
            return konfliktside(request, gemt, samlet, uenigheder)
        messages.info(
            request, "En anden gemte imens. Det, I har skrevet hver især, er lagt sammen."
        )
        return _gem(request, punkt, form, saet, samlet, gemt.laas, skal_afsluttes=False)
    except ValidationError as fejl:
        _fejl_paa_siden(form, saet, fejl)
        indstilling = Indstilling.objects.filter(punkt=punkt).first()
        return _side(request, punkt, indstilling, form, saet, status=422)
    tekst = "Indstillingen er afsluttet." if skal_afsluttes else "Indstillingen er gemt som kladde."
    messages.success(request, tekst)
    return redirect("rehabilitering:live", pk=punkt.pk)


def _flyt_svar(
    request: Anmodning, punkt: Dagsordenspunkt, booking_pk: int, *, skal_ind: bool
) -> None:
    """Put the answer of a booking into the indstilling just saved, or take it out again."""
    if not helbred.ser_forberedelsens(punkt, request.user):
        raise PermissionDenied("Din rolle giver ikke adgang til dette.")
    booking = get_object_or_404(indsatte_svar.sagens(punkt.sag), pk=booking_pk)
    indstilling = Indstilling.objects.get(punkt=punkt)
    try:
        if skal_ind:
            svarindsaettelse.indsaet_i_indstilling(booking, indstilling, af=request.user)
        elif indsat := indstilling.indsatte_svar.gaeldende().filter(booking=booking).first():
            svarindsaettelse.fjern(indsat, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))


def _fejl_paa_siden(form: IndstillingForm, saet: Linjesaet, fejl: ValidationError) -> None:
    """Put a refusal on its fields; one about a line also above the form, naming the line."""
    if not hasattr(fejl, "error_dict"):
        fejl_paa_formular(form, fejl)
        return
    udfyldte = saet.udfyldte()
    oevrige = {}
    for felt, liste in fejl.error_dict.items():
        if passer := _LINJEFEJL.match(felt):
            linje = udfyldte[int(passer[1]) - 1]
            linje.add_error(passer[2], ValidationError(liste))
            navn = linje.cleaned_data["beskrivelse"] or linje.cleaned_data["indsatstype"]
            for besked in ValidationError(liste).messages:
                form.add_error(None, f"Linje {passer[1]}, {navn}: {besked}")
        else:
            oevrige[felt] = liste
    if oevrige:
        fejl_paa_formular(form, ValidationError(oevrige))


def _side(
    request: Anmodning,
    punkt: Dagsordenspunkt,
    indstilling: Indstilling | None,
    form: IndstillingForm,
    saet: Linjesaet,
    *,
    status: int = 200,
) -> HttpResponse:
    sag, borger = punkt.sag, punkt.sag.borger
    opslag.log(request, "live", sag_id=sag.pk, borger_noegle=borger.noegle)
    nr, antal = dagsorden.plads_for(punkt)
    rettigheder = _rettigheder(request, punkt, indstilling)
    linjer = _linjer(indstilling)
    kontekst = {
        "punkt": punkt,
        "moede": punkt.moede,
        "sag": sag,
        "borger": borger,
        "alder": borger.alder(i_dag()),
        "nr": nr,
        "antal": antal,
        "tid": dagsorden.tid_for(punkt.moede, nr - 1),
        "indstilling": indstilling,
        "linjer": linjer,
        "form": form,
        "linjesaet": saet,
        # A refused text stays on the page to be copied, also when somebody has just finalised.
        "viser_formular": rettigheder["kan_skrive"] or form.is_bound,
        "mangler": mangler(indstilling, linjer, sag.regelsaet) if indstilling else [],
        "er_kommende": punkt.moede.dato > i_dag(),
        **rettigheder,
        **_naboer(request, punkt),
        **_forberedt(request, punkt, indstilling),
    }
    if indstilling:
        # Asked for where the indstilling is read and not written. An answer is health as such.
        if helbred.ser_forberedelsens(punkt, request.user):
            kontekst["staaende_svar"] = indstilling.indsatte_svar.med_kilde()
        kontekst["sidst_gemt"] = sidst_gemt(indstilling, "indstilling.gemt", sag_id=sag.pk)
    return render(request, SKABELON, kontekst, status=status)


def _rettigheder(
    request: Anmodning, punkt: Dagsordenspunkt, indstilling: Indstilling | None
) -> dict[str, bool]:
    """What the user may do and read on the page."""
    skriver = (
        maa(request.user, "indstilling.skriv")
        and kan_skrive(punkt, request.user)
        and punkt.moede.dato <= i_dag()
        and not (indstilling and indstilling.er_afsluttet)
    )
    return {
        "kan_skrive": skriver,
        "kan_afslutte": skriver and kan_afslutte(punkt, request.user),
        "maa_se_sag": maa(request.user, "indstilling.se"),
        "maa_se_kilde": maa(request.user, "sparring.se_booking"),
        "med_tekst": helbred.ser_indstillingens(punkt, request.user),
    }


def _naboer(request: Anmodning, punkt: Dagsordenspunkt) -> dict[str, Any]:
    """The cases before and after on the agenda, of those the user may see."""
    raekke = list(
        punkt.moede.punkter.aktive().synlige_for(request.user).values_list("pk", flat=True)
    )
    her = raekke.index(punkt.pk)
    return {
        "forrige": raekke[her - 1] if her else None,
        "naeste": raekke[her + 1] if her + 1 < len(raekke) else None,
    }


def _forberedt(
    request: Anmodning, punkt: Dagsordenspunkt, indstilling: Indstilling | None
) -> dict[str, Any]:
    """The citizen's own words, the goal and the sundhedskoordinator's answers."""
    sag = punkt.sag
    ser_helbred = helbred.ser_forberedelsens(punkt, request.user)
    del_ = forberedelse.seneste_del(sag)
    afsnit = [
        linje
        for linje in forberedelse.afsnitsliste(sag, del_)
        if helbred.ser_afsnit(linje.kode, request.user, ser_helbred=ser_helbred)
    ]
    svar: list[indsatte_svar.Svarlinje] = []
    if ser_helbred:
        svar = indsatte_svar.i_indstilling(sag, indstilling, laeser=request.user)
    return {
        "forberedende_del": del_,
        "uenig": [linje.afsnit.uenig for linje in afsnit if linje.afsnit.uenig],
        "egne_ord": [linje for linje in afsnit if linje.afsnit.egne_ord],
        "svar": svar,
    }
