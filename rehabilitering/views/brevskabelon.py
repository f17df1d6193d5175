"""The municipality's letters: what is in use, the draft, its preview, approval and history."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rehabilitering import brev
from rehabilitering.brev import felter
from rehabilitering.forms.brevskabelon import AfvisBrevskabelonForm, BrevskabelonForm
from rehabilitering.models import Brevskabelon
from rehabilitering.services import brevskabelon as services
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning
from ressource.fletning import Sammenligning, sammenlign
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.models import Bruger
from ressource.pdf import PdfUtilgaengelig
from ressource.samtidighed import ForaeldetVersionError, konfliktside, sidst_gemt


@dataclass(frozen=True)
class Version:
    """One approved version, and what it changed in the one before; None for the first."""

    skabelon: Brevskabelon
    forskel: Sammenligning | None


@dataclass(frozen=True)
class Raekke:
    """One line of the list: the kind, what is in use, and the draft."""

    kode: str
    navn: str
    gaeldende: Brevskabelon | None
    udkast: Brevskabelon | None


@require_safe
@kraever("brev.se")
def brevskabeloner(request: Anmodning) -> HttpResponse:
    """Every letter, what is in use, and what waits for approval. One statement."""
    gaeldende: dict[str, Brevskabelon] = {}
    udkast: dict[str, Brevskabelon] = {}
    fundne = Brevskabelon.objects.exclude(status=Brevskabelon.Status.AFLOEST)
    for skabelon in fundne.select_related("skrevet_af", "godkendt_af"):
        er_i_brug = skabelon.status == Brevskabelon.Status.GAELDENDE
        (gaeldende if er_i_brug else udkast)[skabelon.kode] = skabelon
    kontekst = {
        "raekker": [
            Raekke(kode, navn, gaeldende.get(kode), udkast.get(kode))
            for kode, navn in Brevskabelon.Kode.choices
        ]
    }
    return svar(request, "rehabilitering/brevskabeloner.html", kontekst)


@require_safe
@kraever("brev.se")
def brevskabelon(request: Anmodning, kode: str) -> HttpResponse:
    """One letter: how it reads to a made-up citizen, the draft beside it, and earlier versions."""
    _kendt(kode)
    return _side(request, kode, AfvisBrevskabelonForm())


def _side(request: Anmodning, kode: str, form: AfvisBrevskabelonForm) -> HttpResponse:
    versioner = list(
        Brevskabelon.objects.filter(kode=kode, godkendt_den__isnull=False)
        .select_related("skrevet_af", "godkendt_af")
        .order_by("-nr")
    )
    gaeldende = next((v for v in versioner if v.status == Brevskabelon.Status.GAELDENDE), None)
    udkast = services.udkast(kode)
    kontekst = {
        "kode": kode,
        "navn": Brevskabelon.Kode(kode).label,
        "gaeldende": gaeldende,
        "gaeldende_blokke": brev.eksempel(gaeldende) if gaeldende else [],
        "udkast": udkast,
        "udkast_blokke": brev.eksempel(udkast) if udkast else [],
        "forskel": _forskel(gaeldende, udkast) if gaeldende and udkast else None,
        "afvisning": services.seneste_afvisning(udkast) if udkast else None,
        "versioner": [
            Version(ny, _forskel(gammel, ny) if gammel else None)
            for ny, gammel in zip(versioner, [*versioner[1:], None], strict=True)
        ],
        "maa_skrive": maa(request.user, "brev.skriv"),
        "maa_svare": _maa_svare(udkast, request.user),
        "form": form,
    }
    return svar(request, "rehabilitering/brevskabelon.html", kontekst, status=status_for(form))


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("brev.skriv")
def brevskabelon_ret(request: Anmodning, kode: str) -> HttpResponse:
    """Write the draft; the first save begins it from the letter in use."""
    _kendt(kode)
    udkast = services.udkast(kode) or _fra_gaeldende(kode)
    form = BrevskabelonForm(request.POST or None, skabelon=udkast)
    if request.method == "POST" and form.is_valid():
        try:
            services.gem(kode, **form.cleaned_data, af=request.user)
        except ForaeldetVersionError:
            return konfliktside(
                request,
                form,
                BrevskabelonForm(skabelon=udkast),
                sidst_gemt(udkast, services.GEMT, sag_id=None) if udkast.pk else None,
                titel="I har begge skrevet i brevet",
                fortryd=reverse("rehabilitering:brevskabelon", args=[kode]),
            )
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(
                request, "Kladden er gemt. Se den igennem, og send den til godkendelse."
            )
            return redirect("rehabilitering:brevskabelon", kode)
    kontekst = {
        "form": form,
        "kode": kode,
        "navn": Brevskabelon.Kode(kode).label,
        "felter": felter.felter(kode),
    }
    return svar(request, "rehabilitering/brevskabelon_ret.html", kontekst, status=status_for(form))


@require_safe
@kraever("brev.se")
def brevskabelon_pdf(request: Anmodning, kode: str, nr: int) -> HttpResponse:
    """One version as the PDF a made-up citizen would get."""
    skabelon = get_object_or_404(Brevskabelon, kode=kode, nr=nr)
    try:
        indhold = brev.eksempel_pdf(skabelon, tidspunkt=timezone.now())
    except PdfUtilgaengelig as fejl:
        messages.error(request, str(fejl))
        return redirect("rehabilitering:brevskabelon", kode)
    return HttpResponse(
        indhold,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="eksempel-{kode}-{nr}.pdf"'},
    )


@require_POST
@kraever("brev.skriv")
def brevskabelon_skift(request: Anmodning, kode: str) -> HttpResponse:
    """The writer hands the draft in, takes it back or throws it away, by `handling`."""
    udkast = _udkast(kode)
    try:
        match request.POST.get("handling"):
            case "tag_tilbage":
                services.tag_tilbage(udkast, af=request.user)
                tekst = "Brevet er en kladde igen."
            case "kasser":
                services.kasser(udkast, af=request.user)
                tekst = "Kladden er kasseret. Det brev, der gælder, er uændret."
            case _:
                services.indsend(udkast, laas=_laas(request), af=request.user)
                tekst = "Brevet er sendt til godkendelse hos en faglig konsulent eller teamleder."
    except ForaeldetVersionError:
        messages.error(request, "Brevet er ændret, siden du åbnede siden. Læs det igen.")
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, tekst)
    return redirect("rehabilitering:brevskabelon", kode)


@require_POST
@kraever("brev.godkend")
def brevskabelon_svar(request: Anmodning, kode: str) -> HttpResponse:
    """Another than the writer approves, or sends back with a reason, by `handling`."""
    udkast = _udkast(kode)
    form = AfvisBrevskabelonForm(request.POST)
    godkendes = request.POST.get("handling") == "godkend"
    try:
        if godkendes:
            services.godkend(udkast, laas=_laas(request), af=request.user)
        elif form.is_valid():
            services.afvis(udkast, **form.cleaned_data, af=request.user)
        else:
            return _side(request, kode, form)
    except ForaeldetVersionError:
        messages.error(request, "Brevet er ændret, siden du åbnede siden. Læs det igen.")
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(
            request,
            "Brevet er godkendt og bruges fra nu af." if godkendes else "Brevet er sendt tilbage.",
        )
    return redirect("rehabilitering:brevskabelon", kode)


def _kendt(kode: str) -> None:
    if kode not in Brevskabelon.Kode.values:
        raise Http404


def _udkast(kode: str) -> Brevskabelon:
    udkast = services.udkast(kode)
    if udkast is None:
        raise Http404
    return udkast


def _fra_gaeldende(kode: str) -> Brevskabelon:
    gaeldende = Brevskabelon.objects.gaeldende().filter(kode=kode).first()
    if gaeldende is None:
        return Brevskabelon(kode=kode)
    return Brevskabelon(kode=kode, overskrift=gaeldende.overskrift, tekst=gaeldende.tekst)


def _maa_svare(udkast: Brevskabelon | None, bruger: Bruger) -> bool:
    return (
        udkast is not None
        and udkast.status == Brevskabelon.Status.TIL_GODKENDELSE
        and maa(bruger, "brev.godkend")
        and not services.har_skrevet(udkast, bruger)
    )


def _laas(request: Anmodning) -> int | None:
    raa = request.POST.get("laas", "")
    return int(raa) if raa.isdecimal() else None


def _forskel(gammel: Brevskabelon, ny: Brevskabelon) -> Sammenligning:
    return sammenlign(_helt(gammel), _helt(ny))


def _helt(skabelon: Brevskabelon) -> str:
    return f"{skabelon.overskrift}\n\n{skabelon.tekst}"
