"""Follow-ups: the list, a new one, the form or what was written in it, and the citizen's copy."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Case, Count, Q, QuerySet, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from borgere import sagspdf, sagsramme
from borgere.models import Sag
from opfoelgning import dokumenter, samtaletal, services
from opfoelgning.forms import AftalForm, placer_fejl
from opfoelgning.models import Opfoelgningsmoede, Opfoelgningsserie
from opfoelgning.skema import om_seks_maaneder
from opfoelgning.views import moedeskema
from rehabilitering.models import Omraade
from ressource import adgang, dansk
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import status_for
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.models import Haendelse

PR_SIDE = 30


def hent(request: Anmodning, pk: int) -> Opfoelgningsmoede:
    """The meeting with what the case frame shows. Raises `Http404` for a stranger."""
    moeder = Opfoelgningsmoede.objects.synlige_for(request.user).select_related(
        "sag__borger", "sag__regelsaet", "sag__team", "naeste", "lukket_af", "mentorsvar"
    )
    return get_object_or_404(moeder, pk=pk)


@require_safe
@kraever("opfoelgning.se")
def liste(request: Anmodning, pk: int) -> HttpResponse:
    """The case's meetings in pages: agreed ones first, then those held, newest first."""
    sag = sagsramme.hent(request, pk)
    er_aftalt = Q(status=Opfoelgningsmoede.Status.PLANLAGT)
    moeder = sag.opfoelgningsmoeder.order_by(
        Case(When(er_aftalt, then="tidspunkt")).asc(nulls_last=True), "-tidspunkt", "-pk"
    )
    side = Paginator(moeder, PR_SIDE).get_page(request.GET.get("side"))
    kontekst = sagsramme.ramme(request, sag, "opfoelgning") | {
        "side": side,
        "aftalte": [m for m in side if m.status == Opfoelgningsmoede.Status.PLANLAGT],
        "tidligere": [m for m in side if m.status != Opfoelgningsmoede.Status.PLANLAGT],
        "serier": _serier(sag),
        "flyttet_fra": _flyttet_fra(sag, side),
        "samtaler": samtaletal.for_sag(sag, i_dag()),
        "kan_aftale": maa_skrive(request) and services.kan_aftales(sag),
        "maa_skrive": maa_skrive(request),
    }
    return svar(request, "opfoelgning/liste.html", kontekst)


def _flyttet_fra(sag: Sag, moeder: Iterable[Opfoelgningsmoede]) -> dict[int, datetime]:
    """By meeting, the time it was last moved from. One statement."""
    flytninger = Haendelse.objects.filter(
        sag_id=sag.pk, kode="opfoelgning.flyttet", objekt_id__in=[m.pk for m in moeder]
    ).order_by("id")
    return {h.objekt_id: datetime.fromisoformat(h.data["fra"]) for h in flytninger}


def _serier(sag: Sag) -> QuerySet[Opfoelgningsserie]:
    """Each series with meetings still to come, and how many as `rest`."""
    kommende = Q(
        moeder__status=Opfoelgningsmoede.Status.PLANLAGT, moeder__tidspunkt__gt=timezone.now()
    )
    return (
        sag.opfoelgningsserier.annotate(rest=Count("moeder", filter=kommende))
        .filter(rest__gt=0)
        .order_by("pk")
    )


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
    moede = hent(request, pk)
    if request.method == "POST":
        adgang.kraev(request.user, "opfoelgning.skriv")
        return moedeskema.gem(request, moede)
    if moede.status != Opfoelgningsmoede.Status.PLANLAGT or not maa_skrive(request):
        return _laes(request, moede)
    return moedeskema.vis(request, moedeskema.byg(request, moede))


def _laes(request: Anmodning, moede: Opfoelgningsmoede) -> HttpResponse:
    """What was written. Who may not write sees neither drafts, notes nor the efforts in Sundhed.

    A mentor, who may not read the plan, sees of the efforts only those of mentor.
    """
    punkter = moede.punkter.select_related("indsats__indsatstype")
    kan_skrive = maa_skrive(request)
    maa_se_planen = adgang.maa(request.user, "plan.se")
    if not kan_skrive:
        punkter = punkter.exclude(indsats__indsatstype__omraade=Omraade.SUNDHED)
        punkter = punkter.filter(moede__status=Opfoelgningsmoede.Status.AFHOLDT)
    if not maa_se_planen:
        punkter = punkter.filter(indsats__indsatstype__er_mentor=True)
    kontekst = sagsramme.ramme(request, moede.sag, "opfoelgning") | {
        "moede": moede,
        "punkter": punkter,
        "mentorsvar": getattr(moede, "mentorsvar", None),
        "maa_skrive": kan_skrive,
        "maa_se_planen": maa_se_planen,
        "skitse_maaned": om_seks_maaneder(timezone.localdate(moede.tidspunkt)),
    }
    return svar(request, "opfoelgning/moede_laes.html", kontekst)


def maa_skrive(request: Anmodning) -> bool:
    """Whether the reader's role writes in the form; the others read what was agreed."""
    return adgang.maa(request.user, "opfoelgning.skriv")


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
