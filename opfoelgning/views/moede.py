"""Follow-up meetings: agreed, written while one talks, closed, and printed for the citizen."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from borgere import sagspdf, sagsramme
from borgere.models import Tildeling
from indsatsplan.roed_traad import planens_maal
from opfoelgning import dokumenter, sammenstoed, services
from opfoelgning.forms import AftalForm, MoedeForm, placer_fejl, startvaerdier
from opfoelgning.models import Opfoelgningsmoede
from opfoelgning.skema import gemt_skema, lukkekrav, moedets_indsatser, om_seks_maaneder
from rehabilitering.models import Omraade
from ressource import adgang, dansk
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import status_for
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.samtidighed import ForaeldetVersionError

INGEN_MENTOR = "Mentor er ikke tilknyttet endnu"


def _hent(request: Anmodning, pk: int) -> Opfoelgningsmoede:
    """The meeting with what the case frame shows. Raises `Http404` for a stranger."""
    moeder = Opfoelgningsmoede.objects.synlige_for(request.user).select_related(
        "sag__borger", "sag__regelsaet", "sag__team", "naeste", "lukket_af"
    )
    return get_object_or_404(moeder, pk=pk)


@require_safe
@kraever("opfoelgning.se")
def liste(request: Anmodning, pk: int) -> HttpResponse:
    """The case's meetings: agreed ones first, then those held, newest first."""
    sag = sagsramme.hent(request, pk)
    alle = list(sag.opfoelgningsmoeder.order_by("-tidspunkt", "-pk"))
    aftalt = Opfoelgningsmoede.Status.PLANLAGT
    kontekst = sagsramme.ramme(request, sag, "opfoelgning") | {
        "aftalte": [m for m in reversed(alle) if m.status == aftalt],
        "tidligere": [m for m in alle if m.status != aftalt],
        "antal_holdt": sum(
            m.afholdt_dato is not None and m.afholdt_dato > i_dag() - timedelta(days=365)
            for m in alle
        ),
        "kan_aftale": _maa_skrive(request) and services.kan_aftales(sag),
        "maa_skrive": _maa_skrive(request),
    }
    return svar(request, "opfoelgning/liste.html", kontekst)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("opfoelgning.skriv")
def moede_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Agree a follow-up; with a date gone by, go on to write what was said."""
    sag = sagsramme.hent(request, pk)
    form = AftalForm(request.POST or None, initial={"form": Opfoelgningsmoede.Form.PERSONLIGT})
    if request.method == "POST" and form.is_valid():
        data, tidspunkt = form.cleaned_data, form.tidspunkt()
        try:
            moede = services.aftal_moede(
                sag, tidspunkt=tidspunkt, sted=data["sted"], form=data["form"], af=request.user
            )
        except ValidationError as fejl:
            placer_fejl(form, fejl)
        else:
            return _aftalt(request, moede)
    kontekst = sagsramme.ramme(request, sag, "opfoelgning") | {"form": form}
    return svar(request, "opfoelgning/moede_ny.html", kontekst, status=status_for(form))


def _aftalt(request: Anmodning, moede: Opfoelgningsmoede) -> HttpResponse:
    tid = dansk.tidspunkt(moede.tidspunkt)
    if timezone.localdate(moede.tidspunkt) < i_dag():
        messages.success(request, f"Mødet {tid} er registreret. Skriv, hvad I talte om.")
        return redirect("opfoelgning:moede", moede.pk)
    messages.success(request, f"Opfølgning nr. {moede.nr} er aftalt til {tid}.")
    if timezone.localtime(moede.tidspunkt).isoweekday() > 5:
        messages.warning(request, "Mødet ligger i en weekend.")
    return redirect("opfoelgning:liste", moede.sag_id)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("opfoelgning.se")
def moede(request: Anmodning, pk: int) -> HttpResponse:
    """The meeting form while the meeting is open; afterwards what was written in it."""
    moede = _hent(request, pk)
    if request.method == "POST":
        adgang.kraev(request.user, "opfoelgning.skriv")
        return _gem(request, moede)
    if moede.status != Opfoelgningsmoede.Status.PLANLAGT or not _maa_skrive(request):
        return _laes(request, moede)
    return _vis_skema(request, moede, _formular(moede))


def _formular(moede: Opfoelgningsmoede, data: Any = None) -> MoedeForm:
    prefetch_related_objects([moede], "punkter")
    skema = gemt_skema(moede)
    start = startvaerdier(skema, moede.laas)
    if skema.mentor_var_med is None and not _har_mentor(moede):
        start |= {"mentor_var_med": "nej", "uden_mentor_begrundelse": INGEN_MENTOR}
    if skema.naeste_tidspunkt is None and not skema.naeste_sted:
        start["naeste_sted"] = moede.sted
    return MoedeForm(
        data,
        initial=start,
        indsatser=moedets_indsatser(moede),
        plan=planens_maal(moede.sag_id),
        seks=om_seks_maaneder(timezone.localdate(moede.tidspunkt)),
    )


def _har_mentor(moede: Opfoelgningsmoede) -> bool:
    mentorer = moede.sag.tildelinger.gaeldende(i_dag()).filter(art=Tildeling.Art.MENTOR)
    return mentorer.exists()


def _gem(request: Anmodning, moede: Opfoelgningsmoede) -> HttpResponse:
    """Store a draft, or close; refused, the form comes back with everything in it."""
    form = _formular(moede, request.POST)
    if form.is_valid():
        try:
            return _efter_gem(request, _skriv(request, moede, form, form.cleaned_data["laas"]))
        except ForaeldetVersionError:
            return _sammenstoed(request, moede, form)
        except ValidationError as fejl:
            placer_fejl(form, fejl)
    return _vis_skema(request, moede, form, status=422)


def _skriv(
    request: Anmodning, moede: Opfoelgningsmoede, form: MoedeForm, laas: int
) -> Opfoelgningsmoede:
    gem = services.luk_moede if request.POST.get("trin") == "luk" else services.gem_moede
    return gem(moede, form.skema(), laas=laas, af=request.user)


def _sammenstoed(request: Anmodning, moede: Opfoelgningsmoede, form: MoedeForm) -> HttpResponse:
    """Somebody saved meanwhile: show both versions, or store what does not disagree."""
    gemt = Opfoelgningsmoede.objects.get(pk=moede.pk)
    felter = sammenstoed.uenigheder(form, gemt)
    if felter:
        return sammenstoed.vis(request, gemt, felter)
    try:
        return _efter_gem(request, _skriv(request, moede, form, gemt.laas))
    except ValidationError as fejl:
        placer_fejl(form, fejl)
    return _vis_skema(request, moede, form, status=422)


def _efter_gem(request: Anmodning, moede: Opfoelgningsmoede) -> HttpResponse:
    if not moede.er_lukket:
        messages.success(request, "Kladden er gemt.")
    elif moede.naeste:
        tid = dansk.tidspunkt(moede.naeste.tidspunkt)
        messages.success(request, f"Mødet er lukket. Næste møde er {tid}.")
    else:
        messages.success(request, "Mødet er lukket.")
    return redirect("opfoelgning:moede", moede.pk)


def _vis_skema(
    request: Anmodning, moede: Opfoelgningsmoede, form: MoedeForm, *, status: int = 200
) -> HttpResponse:
    krav = lukkekrav(gemt_skema(moede), form.indsatser, form.plan)
    mangler = sum(not k.opfyldt for k in krav)
    kontekst = sagsramme.ramme(request, moede.sag, "opfoelgning") | {
        "moede": moede,
        "form": form,
        "krav": krav,
        "mangler": mangler,
        "mangler_tekst": f"Mangler {mangler} ting for at lukke mødet",
        "er_kommet": timezone.localdate(moede.tidspunkt) <= i_dag(),
    }
    return svar(request, "opfoelgning/moede.html", kontekst, status=status)


def _laes(request: Anmodning, moede: Opfoelgningsmoede) -> HttpResponse:
    """What was written. Who may not write sees neither drafts, notes nor the efforts in Sundhed.

    A mentor, who may not read the plan, sees of the efforts only those of mentor.
    """
    punkter = moede.punkter.select_related("indsats__indsatstype")
    maa_skrive = _maa_skrive(request)
    maa_se_planen = adgang.maa(request.user, "plan.se")
    if not maa_skrive:
        punkter = punkter.exclude(indsats__indsatstype__omraade=Omraade.SUNDHED)
        punkter = punkter.filter(moede__status=Opfoelgningsmoede.Status.AFHOLDT)
    if not maa_se_planen:
        punkter = punkter.filter(indsats__indsatstype__er_mentor=True)
    kontekst = sagsramme.ramme(request, moede.sag, "opfoelgning") | {
        "moede": moede,
        "punkter": punkter,
        "maa_skrive": maa_skrive,
        "maa_se_planen": maa_se_planen,
        "skitse_maaned": om_seks_maaneder(timezone.localdate(moede.tidspunkt)),
    }
    return svar(request, "opfoelgning/moede_laes.html", kontekst)


def _maa_skrive(request: Anmodning) -> bool:
    return adgang.maa(request.user, "opfoelgning.skriv")


@require_POST
@kraever("opfoelgning.skriv")
def moede_aflys(request: Anmodning, pk: int) -> HttpResponse:
    """Call the meeting off."""
    besked = "Mødet er aflyst. Aftal et nyt, så borgeren ikke bliver væk."
    return _blev_ikke_holdt(request, pk, services.aflys_moede, besked)


@require_POST
@kraever("opfoelgning.skriv")
def moede_udeblev(request: Anmodning, pk: int) -> HttpResponse:
    """Register that the citizen did not come."""
    besked = "Det er registreret, at borgeren ikke kom. Aftal et nyt møde."
    return _blev_ikke_holdt(request, pk, services.udeblev, besked)


def _blev_ikke_holdt(
    request: Anmodning, pk: int, tjeneste: Callable[..., Opfoelgningsmoede], besked: str
) -> HttpResponse:
    moede = _hent(request, pk)
    try:
        tjeneste(moede, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, besked)
    return redirect("opfoelgning:liste", moede.sag_id)


@require_safe
@kraever("opfoelgning.skriv")
def moede_kopi(request: Anmodning, pk: int) -> HttpResponse:
    """The citizen's copy of a held meeting as a PDF, made on demand and logged as printed."""
    moede = get_object_or_404(
        Opfoelgningsmoede.objects.synlige_for(request.user)
        .afholdte()
        .select_related("sag__borger", "naeste", "lukket_af"),
        pk=pk,
    )
    return sagspdf.vis(
        request,
        moede.sag,
        "opfoelgning_kopi",
        lambda: dokumenter.borgerens_kopi(moede),
        filnavn=f"opfoelgning-{moede.sag.sagsnummer}-{moede.nr}.pdf",
        ellers=reverse("opfoelgning:moede", args=[moede.pk]),
    )
