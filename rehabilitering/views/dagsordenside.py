"""The page of one meeting: its agenda, who sits in it, and for the mødekoordinator what waits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from borgere.models import Inhabilitet
from rehabilitering import dagsorden, indkaldelser
from rehabilitering.deltagerkrav import Kravstatus
from rehabilitering.forms.moede import DeltagerForm, PauseForm
from rehabilitering.models import Dagsordenspunkt, Teammoede
from rehabilitering.sagspakke import status
from ressource import opslag
from ressource.adgang import maa
from ressource.anmodning import Anmodning
from ressource.dansk import dato, klokkeslaet
from ressource.forms import status_for
from ressource.kalender import i_dag
from ressource.models import Regelsaet

# Cases offered on an agenda page, longest wait first; the rest come when these are placed.
KANDIDATER_PR_SIDE = 25


def hent(request: Anmodning, pk: int) -> Teammoede:
    """The meeting, or 404 for somebody who has nothing to do with it."""
    moeder = Teammoede.objects.synlige_for(request.user).select_related(
        "moedeleder", "stedfortraeder_leder"
    )
    return get_object_or_404(moeder, pk=pk)


def hent_punkt(request: Anmodning, pk: int) -> Dagsordenspunkt:
    """The item, or 404 when it is off the agenda or the user is inhabil towards the citizen."""
    inhabil = Inhabilitet.objects.gaeldende().filter(bruger=request.user)
    punkter = Dagsordenspunkt.objects.exclude(sag__borger__in=inhabil.values("borger"))
    return get_object_or_404(
        punkter.select_related(
            "moede__moedeleder", "moede__stedfortraeder_leder", "sag__borger", "sag__regelsaet"
        ),
        pk=pk,
    )


def side(
    request: Anmodning,
    moede: Teammoede,
    *,
    deltager_form: DeltagerForm | None = None,
    pause_form: PauseForm | None = None,
    afvist: bool = False,
) -> HttpResponse:
    """The whole page, with the form that was refused, if any; one row in the look-up log."""
    opslag.log(request, "dagsorden")
    planlaegger = maa(request.user, "moede.planlaeg")
    kan_aendres = planlaegger and moede.dato >= i_dag() and moede.aflyst_den is None
    pakker = status.for_moede(moede, request.user, planlaegger=planlaegger)
    laest = dagsorden.laes(
        moede,
        request.user,
        planlaegger=planlaegger,
        pakker={pakke.punkt.pk: pakke for pakke in pakker},
    )
    antal = len(laest.punkter)
    deltager_form, pause_form = deltager_form or DeltagerForm(), pause_form or PauseForm()
    kontekst: dict[str, Any] = _handlinger(request) | {
        "moede": moede,
        "team": Regelsaet.objects.teamets_navn(moede.dato),
        "deltagere": list(
            moede.deltagere.select_related("bruger", "stedfortraeder", "afloest_af__bruger")
        ),
        "dagsorden": laest,
        "antal": antal,
        "mangler": _mangler(laest.punkter),
        "kan_aendres": kan_aendres,
        "maa_planlaegge": planlaegger,
        "er_fuldt": antal >= moede.kapacitet,
        "kan_sende_pakker": kan_aendres and any(pakke.skal_udgives for pakke in pakker),
        "aflyst_tekst": _aflyst_tekst(moede),
        "form": deltager_form,
        "pause_form": pause_form,
    }
    if maa(request.user, "moede.indkald") and moede.aflyst_den is None:
        kontekst |= _indkaldte(moede, laest)
    if kan_aendres:
        kontekst |= _kandidater(moede, antal, request)
    kode = max(status_for(deltager_form), status_for(pause_form), 422 if afvist else 200)
    return render(request, "rehabilitering/moede_dagsorden.html", kontekst, status=kode)


def _handlinger(request: Anmodning) -> dict[str, bool]:
    """What the reader may open from the agenda."""
    return {
        "maa_se_sag": maa(request.user, "sag.se"),
        "maa_live": maa(request.user, "moede.live"),
        "maa_se_pakker": maa(request.user, "sagspakke.liste"),
        "maa_laese_pakke": maa(request.user, "sagspakke.laes"),
    }


def _aflyst_tekst(moede: Teammoede) -> str:
    if moede.aflyst_den is None:
        return ""
    return f"Mødet blev aflyst {dato(moede.aflyst_den)}: {moede.aflyst_grund}"


def _indkaldte(moede: Teammoede, laest: dagsorden.Dagsorden) -> dict[str, Any]:
    """Which of the agenda's citizens are called. One statement."""
    fundne = indkaldelser.for_dagsorden(moede, laest.punkter)
    return {"indkaldelser": fundne, "antal_indkaldt": sum(en.er_indkaldt for en in fundne)}


def _kandidater(moede: Teammoede, antal: int, request: Anmodning) -> dict[str, Any]:
    klar = dagsorden.klar_til_dagsorden(moede.dato, request.user)
    venter = dagsorden.endnu_ikke_klare(moede.dato, request.user)
    return {
        "kandidater": dagsorden.kandidatraekker(klar[:KANDIDATER_PR_SIDE], moede.dato),
        "antal_klar": klar.count(),
        "venter": dagsorden.ventende(venter[:KANDIDATER_PR_SIDE], moede.dato),
        "antal_venter": venter.count(),
        "naeste_moede": _naeste_med_plads(moede) if antal >= moede.kapacitet else None,
    }


def _naeste_med_plads(moede: Teammoede) -> Teammoede | None:
    """The first meeting after this one that has a place left."""
    senere = Teammoede.objects.kommende(moede.dato).exclude(pk=moede.pk).med_antal()
    return next((m for m in senere[:20] if m.antal_sager < m.kapacitet), None)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Manglende:
    """An unmet requirement: of one case, or, where it bars, of every case it bars."""

    punkt: Dagsordenspunkt
    fagomraade: str
    naevn: str
    hvorfor: str
    klokken: str
    spaerrer: bool
    begrundelse: str

    @property
    def skal_begrundes(self) -> bool:
        """Whether something is still to be done about it."""
        return self.spaerrer or not self.begrundelse


def _mangler(punkter: list[dagsorden.Punktraekke]) -> list[Manglende]:
    """The unmet requirements of the cases the reader may see, in the order of the agenda."""
    fundne: dict[tuple[str, int | None], list[tuple[dagsorden.Punktraekke, Kravstatus]]] = {}
    for raekke in punkter:
        if not raekke.maa_ses or raekke.punkt.behandlet_den:
            continue
        for krav in raekke.krav:
            if not krav.er_opfyldt:
                sag = None if krav.spaerrer else raekke.punkt.pk
                fundne.setdefault((krav.krav.fagomraade, sag), []).append((raekke, krav))
    return [
        Manglende(
            punkt=samlet[0][0].punkt,
            fagomraade=fagomraade,
            naevn=samlet[0][1].naevn,
            hvorfor=samlet[0][1].krav.hvorfor,
            klokken=", ".join(klokkeslaet(raekke.start) for raekke, _ in samlet),
            spaerrer=samlet[0][1].spaerrer,
            begrundelse=samlet[0][1].begrundelse,
        )
        for (fagomraade, _), samlet in fundne.items()
    ]


def udfoer(
    request: Anmodning, moede: Teammoede, tekst: str, goer: Callable[[], object]
) -> HttpResponse:
    """Do one thing to the meeting and show it again; a refusal is said above it."""
    try:
        goer()
    except ValidationError as fejl:
        for besked in fejl.messages:
            messages.error(request, besked)
        return side(request, moede, afvist=True)
    messages.success(request, tekst)
    return redirect("rehabilitering:moede", pk=moede.pk)
