"""The meeting form: saved while one types, also together with the citizen, and closed."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from borgere import sagsramme
from borgere.models import Tildeling
from indsatsplan.roed_traad import planens_maal
from opfoelgning import moedeforslag, sammenstoed, services, timekurve
from opfoelgning.forms import MoedeForm, placer_fejl, startvaerdier
from opfoelgning.forms.moede import ANDEN_TID, TIDSVALG, med_valgt_tid
from opfoelgning.maaling import Maaleskema, maalefelter
from opfoelgning.models import Opfoelgningsmoede
from opfoelgning.skema import (
    I_GANG,
    Krav,
    Punkt,
    Skema,
    gemt_skema,
    lukkekrav,
    moedets_indsatser,
    om_seks_maaneder,
)
from ressource import dansk
from ressource.anmodning import Anmodning
from ressource.htmx import svar, vil_have_del
from ressource.kalender import i_dag
from ressource.models import Rolle
from ressource.samtidighed import ForaeldetVersionError

INGEN_MENTOR = "Mentor er ikke tilknyttet endnu"
SKABELON, SAMMEN = "opfoelgning/moede.html", "opfoelgning/moede_sammen.html"
STATUS = "opfoelgning/_moedestatus.html"


@dataclass(frozen=True)
class Skemaside:
    """The form of one meeting, and what it is shown and checked with. `gemt` is as it is stored."""

    moede: Opfoelgningsmoede
    form: MoedeForm
    gemt: Skema
    udfyldt: Skema
    maaleskema: Maaleskema
    er_sammen: bool

    def krav(self) -> list[Krav]:
        """What closing takes, of what the page shows."""
        skema = self.form.skema(self.gemt) if self.form.is_bound else self.udfyldt
        ubesvarede = self.maaleskema.ubesvarede(skema.maalinger)
        return lukkekrav(skema, self.form.indsatser, self.form.plan, ubesvarede=ubesvarede)

    def gennemgaaede(self) -> dict[int, bool]:
        """By effort that must be gone through, whether it is."""
        skema = self.form.skema(self.gemt) if self.form.is_bound else self.udfyldt
        return {
            i.pk: skema.punkter.get(i.pk, Punkt()).er_gennemgaaet
            for i in self.form.indsatser
            if i.status in I_GANG
        }


def byg(request: Anmodning, moede: Opfoelgningsmoede, data: QueryDict | None = None) -> Skemaside:
    """The form of `moede`, filled with what is stored, and on top with `data`."""
    prefetch_related_objects([moede], "punkter")
    gemt = gemt_skema(moede)
    mentor, andre = _kredsen(request, moede)
    udfyldt = _forudfyld(moede, gemt, har_mentor=bool(mentor))
    er_sammen = request.GET.get("sammen") == "1"
    maaleskema = maalefelter(moede, sammen=er_sammen)
    form = MoedeForm(
        data,
        initial=startvaerdier(udfyldt, moede.laas, andre=andre, maaleskema=maaleskema),
        indsatser=moedets_indsatser(moede),
        plan=planens_maal(moede.sag_id),
        seks=om_seks_maaneder(timezone.localdate(moede.tidspunkt)),
        efter=moede.tidspunkt,
        maaleskema=maaleskema,
        mentor=mentor,
        andre=andre,
        sammen=er_sammen,
    )
    return Skemaside(moede, form, gemt, udfyldt, maaleskema, er_sammen)


def _forudfyld(moede: Opfoelgningsmoede, gemt: Skema, *, har_mentor: bool) -> Skema:
    """What stands in the fields before anybody has said: no mentor, the next time if one is agreed."""
    skema = gemt
    if gemt.mentor_var_med is None and not gemt.uden_mentor_begrundelse and not har_mentor:
        skema = replace(skema, mentor_var_med=False, uden_mentor_begrundelse=INGEN_MENTOR)
    if gemt.naeste_tidspunkt or gemt.uden_naeste_begrundelse:
        return skema
    aftalt = moede.sag.opfoelgningsmoeder.aftalte().filter(tidspunkt__gt=moede.tidspunkt).first()
    if aftalt is not None:
        return replace(skema, naeste_tidspunkt=aftalt.tidspunkt, naeste_sted=aftalt.sted)
    return replace(skema, naeste_sted=gemt.naeste_sted or moede.sted)


def _kredsen(request: Anmodning, moede: Opfoelgningsmoede) -> tuple[str, list[str]]:
    """The mentor's name, and a box for each of the others who worked on the case that day."""
    dag = min(timezone.localdate(moede.tidspunkt), i_dag())
    kreds = moede.sag.tildelinger.gaeldende(dag).select_related("bruger").order_by("pk")
    mentor = ""
    andre, er_konsulent = [], False
    for tildeling in kreds:
        bruger = tildeling.bruger
        if tildeling.art == Tildeling.Art.MENTOR:
            mentor = mentor or bruger.navn
        elif tildeling.art == Tildeling.Art.MEDVIRKENDE and bruger != request.user:
            rolle = Rolle(bruger.roller[0]).label.capitalize() if bruger.roller else ""
            andre.append(f"{rolle} {bruger.navn}".strip().replace(",", ""))
            er_konsulent = er_konsulent or bruger.har_rolle(Rolle.VIRKSOMHEDSKONSULENT)
    konsulent = [] if er_konsulent else [Rolle.VIRKSOMHEDSKONSULENT.label.capitalize()]
    return mentor, list(dict.fromkeys([*andre, *konsulent]))


def gem(request: Anmodning, moede: Opfoelgningsmoede) -> HttpResponse:
    """Store a draft, or close; refused, the form comes back with everything in it."""
    request.POST = med_valgt_tid(request.POST)  # type: ignore[assignment]
    side = byg(request, moede, request.POST)
    form = side.form
    er_hel = form.is_valid()
    if _er_sendt_foer(request, side):
        return redirect("opfoelgning:moede", moede.pk)
    # A save while one types keeps what can be read, and says what cannot.
    if er_hel or (vil_have_del(request) and "laas" in form.cleaned_data):
        try:
            gemt = _skriv(request, side, form.cleaned_data["laas"])
        except ForaeldetVersionError:
            return _sammenstoed(request, side)
        except ValidationError as fejl:
            if _er_sendt_foer(request, _frisk(side)):
                return redirect("opfoelgning:moede", moede.pk)
            placer_fejl(form, fejl)
        else:
            return _efter_gem(request, side, gemt)
    return vis(request, side, status=422)


def _er_sendt_foer(request: Anmodning, side: Skemaside) -> bool:
    """Whether the meeting was closed with just what is sent: the button was pressed twice."""
    moede, form = side.moede, side.form
    sendt = form.skema(side.gemt)
    return (
        request.POST.get("trin") == "luk"
        and moede.lukket_af_id == request.user.pk
        and request.POST.get("laas") == str(moede.laas - 1)
        # An effort that was changed by it has other choices now.
        and all(felt.startswith("status_nu_") for felt in form.errors)
        and replace(sendt, maal=sendt.maal or side.gemt.maal) == side.gemt
    )


def _frisk(side: Skemaside) -> Skemaside:
    """The same form against what is stored now."""
    moede = Opfoelgningsmoede.objects.get(pk=side.moede.pk)
    return replace(side, moede=moede, gemt=gemt_skema(moede))


def _skriv(request: Anmodning, side: Skemaside, laas: int) -> Opfoelgningsmoede:
    lukkes = request.POST.get("trin") == "luk" and not vil_have_del(request)
    gem_ = services.luk_moede if lukkes else services.gem_moede
    return gem_(side.moede, side.form.skema(side.gemt), laas=laas, af=request.user)


def _sammenstoed(request: Anmodning, side: Skemaside) -> HttpResponse:
    """Somebody saved meanwhile: show both versions, or store what does not disagree."""
    gemt = Opfoelgningsmoede.objects.get(pk=side.moede.pk)
    if felter := sammenstoed.uenigheder(side.form, gemt):
        return sammenstoed.vis(request, gemt, felter, er_sammen=side.er_sammen)
    side = replace(side, gemt=gemt_skema(gemt))
    try:
        return _efter_gem(request, side, _skriv(request, side, gemt.laas))
    except ValidationError as fejl:
        placer_fejl(side.form, fejl)
    return vis(request, side, status=422)


def _efter_gem(request: Anmodning, side: Skemaside, moede: Opfoelgningsmoede) -> HttpResponse:
    """The status for a save of its own, else on to where the button leads."""
    if vil_have_del(request):
        return _gemt(request, side, moede)
    if moede.er_lukket and moede.naeste:
        tid = dansk.tidspunkt(moede.naeste.tidspunkt)
        messages.success(request, f"Mødet er lukket. Næste møde er {tid}.")
    elif moede.er_lukket:
        messages.success(request, "Mødet er lukket.")
    elif side.er_sammen:
        # The citizen still sees the screen: nothing internal comes up by itself.
        messages.success(request, "Det er gemt. Tryk på «Luk fælles visning», når I er færdige.")
        return redirect(sammenstoed.sammen_adresse(moede))
    else:
        messages.success(request, "Kladden er gemt.")
    return redirect("opfoelgning:moede", moede.pk)


def _gemt(request: Anmodning, side: Skemaside, moede: Opfoelgningsmoede) -> HttpResponse:
    """After a save of its own: the time, the new lock number, and what is still missing.

    422 when a field could not be read: the rest is stored.
    """
    kontekst = _status(side) | {
        "gemt_kl": dansk.klokkeslaet(timezone.now()),
        "laas": moede.laas,
        "fejl": _fejltekster(side.form),
    }
    return svar(request, STATUS, kontekst, status=422 if side.form.errors else 200)


def _status(side: Skemaside) -> dict[str, Any]:
    krav = side.krav()
    gennemgaaede = side.gennemgaaede()
    mangler = sum(not k.opfyldt for k in krav)
    return {
        "moede": side.moede,
        "borger": side.moede.sag.borger,
        "er_sammen": side.er_sammen,
        "krav": krav,
        "mangler": mangler,
        "mangler_tekst": f"Mangler {mangler} ting for at lukke mødet",
        "gennemgaaede": gennemgaaede,
        "antal_gennemgaaet": sum(gennemgaaede.values()),
    }


def _fejltekster(form: MoedeForm) -> list[str]:
    """What is wrong, with the name of the field it is about."""
    return [
        f"{form.fields[felt].label}: {tekst}" if felt in form.fields else str(tekst)
        for felt, tekster in form.errors.items()
        for tekst in tekster
    ]


def vis(request: Anmodning, side: Skemaside, *, status: int = 200) -> HttpResponse:
    """The page to write on; a save of its own that is refused gets only why."""
    if vil_have_del(request) and side.form.is_bound:
        kontekst = _status(side) | {"fejl": _fejltekster(side.form)}
        return svar(request, STATUS, kontekst, status=status)
    moede = side.moede
    forslag = moedeforslag.forslag(moede)
    naeste = side.udfyldt.naeste_tidspunkt
    if naeste and naeste not in forslag:
        forslag = sorted([naeste, *forslag])
    ramme = sagsramme.ramme(request, moede.sag, "opfoelgning")
    faelles = _status(side) | {
        "form": side.form,
        "tidsvalg": side.form.tidsvalg(forslag),
        "tidsvalg_navn": TIDSVALG,
        "anden_tid": ANDEN_TID,
        "maaling": side.maaleskema.afsnit(side.form),
    }
    if side.er_sammen:
        faelles["tilbage_url"] = reverse("opfoelgning:moede", args=[moede.pk])
        return svar(request, SAMMEN, faelles, status=status)
    kontekst = ramme | faelles
    kontekst |= {
        "forrige": _forrige(moede),
        "mentorsvar": getattr(moede, "mentorsvar", None),
        "kurve": timekurve.for_sag(moede.sag, i_dag()),
        "er_kommet": timezone.localdate(moede.tidspunkt) <= i_dag(),
    }
    return svar(request, SKABELON, kontekst, status=status)


def _forrige(moede: Opfoelgningsmoede) -> Opfoelgningsmoede | None:
    """The latest talk held before this one."""
    return (
        moede.sag.opfoelgningsmoeder.afholdte()
        .filter(tidspunkt__lt=moede.tidspunkt)
        .order_by("-tidspunkt")
        .first()
    )
