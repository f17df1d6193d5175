"""What can be done with an effort where it stands in the plan, and what stands round each form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from indsatsplan import services
from indsatsplan.forms import indsatsgang
from indsatsplan.forms.panel import Panel, Panellink
from indsatsplan.models import Indsats, Ressourceforloeb
from indsatsplan.services.gennemfoerelse import Gang
from indsatsplan.views import hentning
from ressource.models import Bruger

S = Indsats.Status
_ENDNU = (*Indsats.IKKE_BEGYNDT, *Indsats.LOEBENDE)
_SLUT = (S.AFSLUTTET, S.AFBRUDT)
# The events that leave an effort with a new lock number.
SOM_GEMMER = (
    "plan.indsats_gemt",
    "plan.indsats_forlaenget",
    "plan.indsats_begyndt",
    "plan.indsats_slut",
    "plan.indsats_bortfaldet",
    "plan.indsats_rettet",
    "plan.pause_rettet",
    "plan.pause_fjernet",
)


@dataclass(frozen=True, slots=True)
class Handling:
    """One of them: its form, its service, what is said, and in which states it is offered."""

    kode: str
    link: str
    overskrift: str
    knap: str
    besked: str
    form: type[indsatsgang.Gangform]
    udfoer: Callable[[Indsats, dict[str, Any], Bruger], object]
    status: tuple[S, ...]


def _slut(indsats: Indsats, felter: dict[str, Any], af: Bruger) -> object:
    return services.afslut_indsats(
        indsats,
        dato=felter["dato"],
        afbrudt=felter["udfald"] == S.AFBRUDT,
        begrundelse=felter["begrundelse"],
        af=af,
    )


def _ret_gang(indsats: Indsats, felter: dict[str, Any], af: Bruger) -> object:
    gang = Gang(
        start=felter["start"],
        slut=felter["slut"],
        afbrudt=felter["afbrudt"],
        slut_begrundelse=felter["slut_begrundelse"],
    )
    return services.ret_gang(
        indsats, gang, begrundelse=felter["begrundelse"], laas=felter["laas"], af=af
    )


HANDLINGER = {
    handling.kode: handling
    for handling in (
        Handling(
            "begynd",
            "Begynd",
            "Indsatsen er begyndt",
            "Indsatsen er begyndt",
            "Indsatsen er i gang.",
            indsatsgang.BegyndForm,
            lambda indsats, felter, af: services.begynd_indsats(indsats, af=af, **felter),
            Indsats.IKKE_BEGYNDT,
        ),
        Handling(
            "pause",
            "Pause",
            "Indsatsen holder pause",
            "Gem pausen",
            "Pausen er gemt.",
            indsatsgang.PauseForm,
            lambda indsats, felter, af: services.hold_pause(indsats, af=af, **felter),
            (S.I_GANG, *_SLUT),
        ),
        Handling(
            "genoptag",
            "I gang igen",
            "Pausen er slut",
            "Indsatsen er i gang igen",
            "Indsatsen er i gang igen.",
            indsatsgang.GenoptagForm,
            lambda indsats, felter, af: services.genoptag_indsats(indsats, af=af, **felter),
            (S.PAUSE,),
        ),
        Handling(
            "slut",
            "Slut",
            "Indsatsen er slut",
            "Gem, at den er slut",
            "Indsatsen er slut.",
            indsatsgang.SlutForm,
            _slut,
            Indsats.LOEBENDE,
        ),
        Handling(
            "forlaeng",
            "Forlæng",
            "Forlæng indsatsen",
            "Forlæng",
            "Indsatsen er forlænget.",
            indsatsgang.ForlaengForm,
            lambda indsats, felter, af: services.forlaeng_indsats(indsats, af=af, **felter),
            _ENDNU,
        ),
        Handling(
            "bortfald",
            "Bliver ikke til noget",
            "Indsatsen bliver ikke til noget",
            "Bliver ikke til noget",
            "Indsatsen er bortfaldet. Den kan stadig ses i planen.",
            indsatsgang.BortfaldForm,
            lambda indsats, felter, af: services.lad_indsats_bortfalde(indsats, af=af, **felter),
            Indsats.IKKE_BEGYNDT,
        ),
        Handling(
            "gang",
            "Ret det, der skete",
            "Ret det, der er skrevet om, hvad der skete",
            "Gem rettelsen",
            "Det er rettet.",
            indsatsgang.GangForm,
            _ret_gang,
            (*Indsats.LOEBENDE, *_SLUT, S.BORTFALDET),
        ),
    )
}


def for_handling(indsats: Indsats, handling: Handling) -> Panel:
    """The panel round the form of `handling`."""
    return Panel(
        indsats_id=indsats.pk,
        overskrift=handling.overskrift,
        knap=handling.knap,
        adresse=reverse(f"indsatsplan:indsats_{handling.kode}", args=[indsats.pk]),
        fortryd=_tilbage(indsats),
        links=links(indsats, aktiv=f"{handling.kode}-{indsats.pk}"),
    )


def for_plan(indsats: Indsats) -> Panel:
    """The panel round the form of what is planned."""
    return Panel(
        indsats_id=indsats.pk,
        overskrift="Det er planlagt",
        knap="Gem indsatsen",
        adresse=reverse("indsatsplan:indsats_gem", args=[indsats.pk]),
        fortryd=_tilbage(indsats),
        links=links(indsats, aktiv=f"indsats-{indsats.pk}"),
    )


def for_ny(forloeb: Ressourceforloeb) -> Panel:
    """The panel round the form of a new effort."""
    return Panel(
        indsats_id=None,
        overskrift="Ny indsats",
        knap="Læg indsatsen i planen",
        adresse=hentning.i_forloebet("indsatsplan:indsats_ny", forloeb),
        fortryd=hentning.plan_adresse(forloeb),
    )


def for_pause(indsats: Indsats, pause_id: int) -> Panel:
    """The panel round the form of a pause corrected."""
    return Panel(
        indsats_id=indsats.pk,
        overskrift="Ret pausen",
        knap="Gem pausen",
        adresse=reverse("indsatsplan:pause_ret", args=[pause_id]),
        fortryd=_tilbage(indsats),
        links=links(indsats),
        fjern="Pausen var en fejl: tag den ud",
    )


def links(indsats: Indsats, *, aktiv: str = "") -> tuple[Panellink, ...]:
    """What else can be done with the effort in its state, each where it opens in the plan."""
    noegler = [(f"indsats-{indsats.pk}", "Ret planen")]
    noegler += [
        (f"{h.kode}-{indsats.pk}", h.link)
        for h in HANDLINGER.values()
        if indsats.status in h.status
    ]
    fundne = [
        Panellink(tekst, _aabn(indsats, f"aaben={noegle}"), aktiv=noegle == aktiv)
        for noegle, tekst in noegler
    ]
    if indsats.status not in _ENDNU:
        adresse = hentning.plan_adresse(indsats.forloeb, f"aaben=indsats-ny&igen={indsats.pk}")
        ny = f"{adresse}#indsats-ny"
        fundne.append(Panellink("Lav igen", ny, aktiv=False))
    return tuple(fundne)


def _aabn(indsats: Indsats, soegning: str) -> str:
    return f"{hentning.plan_adresse(indsats.forloeb, soegning)}#indsats-{indsats.pk}"


def _tilbage(indsats: Indsats) -> str:
    return _aabn(indsats, "")
