"""Overblik of those who run the installation and of those who watch over it. No case content."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ressource import driftslinjer, haendelser, opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import DatoFelt, FilterHelper
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.models import Bruger, Haendelse, Opslag, Regelsaet, Rolle

JOBHAENDELSER = 20
PR_SIDE = 50


class LogFilterForm(forms.Form):
    """Filter of the look-up log."""

    bruger = forms.CharField(label="Bruger", required=False, max_length=120)
    sagsnummer = forms.CharField(label="Sagsnummer", required=False, max_length=20)
    handling = forms.ChoiceField(
        label="Handling",
        required=False,
        choices=[
            ("", "Alle"),
            *((h.value, h.label.capitalize()) for h in Opslag.Handling),
        ],
    )
    dato = DatoFelt(label="Dato", required=False)
    foer = forms.IntegerField(required=False)
    # A user with more roles stays on this one's page.
    rolle = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FilterHelper("rolle", "bruger", "sagsnummer", "handling", "dato")


def _regelsaetstatus(regelsaet: Regelsaet, dato: date) -> str:
    """`i_kraft`, `klar`, `udloebet` or `kommende` on `dato`."""
    if regelsaet.gyldig_til and regelsaet.gyldig_til < dato:
        return "udloebet"
    if not regelsaet.er_aktivt:
        return "klar"
    return "i_kraft" if regelsaet.gyldig_fra <= dato else "kommende"


@require_safe
@kraever("regelsaet.se")
def overblik_administrator(request: Anmodning) -> HttpResponse:
    """Users per role, the rule sets with what nobody has verified, and what the jobs did."""
    antal = Counter(
        rolle
        for roller in Bruger.objects.filter(is_active=True).values_list("roller", flat=True)
        for rolle in roller
    )
    job = Haendelse.objects.filter(af=None).order_by("-pk")[:JOBHAENDELSER]
    kontekst = {
        "roller": [(rolle.label, antal[rolle.value]) for rolle in Rolle],
        "regelsaet": [(r, _regelsaetstatus(r, i_dag())) for r in Regelsaet.objects.all()],
        "drift": driftslinjer.linjer(),
        "job": [(h.tidspunkt, haendelser.tekst(h.kode)) for h in job],
    }
    return svar(request, "ressource/overblik_administrator.html", kontekst)


def _loggen(valg: dict[str, Any]) -> list[Opslag]:
    """One page of the log and one row more, newest first, by what the filter asks for."""
    rows = Opslag.objects.select_related("bruger").order_by("-pk")
    if navn := valg.get("bruger"):
        rows = rows.filter(Q(bruger__navn__icontains=navn) | Q(bruger__brugernavn__iexact=navn))
    if sagsnummer := valg.get("sagsnummer"):
        rows = rows.filter(sag_id=opslag.find_sag(sagsnummer) or 0)
    if handling := valg.get("handling"):
        rows = rows.filter(handling=handling)
    if dag := valg.get("dato"):
        fra = timezone.make_aware(datetime.combine(dag, time.min))
        til = timezone.make_aware(datetime.combine(dag + timedelta(days=1), time.min))
        rows = rows.filter(tidspunkt__gte=fra, tidspunkt__lt=til)
    if foer := valg.get("foer"):
        rows = rows.filter(pk__lt=foer)
    return list(rows[: PR_SIDE + 1])


@require_safe
@kraever("log.se")
def overblik_revisor(request: Anmodning) -> HttpResponse:
    """The look-up log, 50 to a page: who looked at which screen of which case, never what it said.

    Pages go by `?foer=<id>`, so that a growing log neither shifts them nor is counted.
    """
    form = LogFilterForm(request.GET or None)
    form.is_valid()
    fundne = _loggen(getattr(form, "cleaned_data", {}))
    side, flere = fundne[:PR_SIDE], len(fundne) > PR_SIDE
    navne = opslag.sagsnavne({r.sag_id for r in side if r.sag_id})
    foresporgsel = request.GET.copy()
    if flere:
        foresporgsel["foer"] = str(side[-1].pk)
    kontekst = {
        "form": form,
        "raekker": [(r, opslag.tekst(r.objekt), navne.get(r.sag_id or 0, "")) for r in side],
        "naeste": foresporgsel.urlencode() if flere else "",
        "er_foerste": not request.GET.get("foer"),
    }
    return svar(request, "ressource/overblik_revisor.html", kontekst, delvis="loggen")
