"""Reading who is called to a meeting and who is not: for one case, an agenda and the Overblik.

A call counts while day, time and place are those it told; after a move the person is to be called
again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.db.models import Prefetch

from borgere import deling
from borgere.models import Forsendelse, Informationstype, Inhabilitet, Sag
from rehabilitering import klagefrist
from rehabilitering.brev.indkaldelse import PARTENS
from rehabilitering.dagsorden import Punktraekke, vist_navn
from rehabilitering.models import (
    Dagsordenspunkt,
    Indkaldelse,
    Moedepause,
    Punktdeltager,
    Teammoede,
)
from rehabilitering.moedetider import forloeb
from rehabilitering.services.indkaldelse import kanaler
from ressource.dansk import dato
from ressource.kalender import i_dag
from ressource.models import Bruger, Regelsaet

Tid = tuple[date, time, str]


def sidste_dag(moededag: date, regelsaet: Regelsaet, *, fritaget_digital_post: bool) -> date:
    """The last day on which the citizen can be called with reasonable notice."""
    postgang = klagefrist.postgang(regelsaet, fritaget_digital_post=fritaget_digital_post)
    return moededag - timedelta(days=regelsaet.indkaldelse_varsel_dage) - postgang


def gaelder(indkaldelse: Indkaldelse, tid: Tid) -> bool:
    """Whether what the person was told is still so."""
    return (indkaldelse.dato, indkaldelse.kl, indkaldelse.sted) == tid


@dataclass(frozen=True)
class Deltagerraekke:
    """One person of a case's list, with every call, newest first."""

    deltager: Punktdeltager
    indkaldelser: list[Indkaldelse]
    kan_indkaldes: bool
    # The call still tells the right day, time and place.
    er_indkaldt: bool
    # Why the person may not be told, and where that is mended.
    afvist: deling.Svar | None

    @property
    def nyeste(self) -> Indkaldelse | None:
        """The call that counts."""
        return self.indkaldelser[0] if self.indkaldelser else None

    @property
    def maerke(self) -> tuple[str, str]:
        """Kind and text of the badge."""
        nyeste = self.nyeste
        if nyeste is None:
            if self.deltager.art == Punktdeltager.Art.BISIDDER:
                return "info", "Borgeren siger det selv"
            return ("fejl", "Må ikke indkaldes") if self.afvist else ("varslet", "Ikke indkaldt")
        if not self.er_indkaldt:
            return "fejl", "Skal indkaldes igen"
        if nyeste.svar == Indkaldelse.Svar.JA:
            return "ok", "Kommer"
        if nyeste.svar:
            return "fejl", nyeste.get_svar_display().capitalize()
        return "ok", f"Indkaldt {dato(nyeste.afsendt_den)}"


def laes(punkt: Dagsordenspunkt, tid: Tid) -> list[Deltagerraekke]:
    """The case's list in order. Four statements beside `punkt`'s own, whatever their number."""
    aftaler = deling.aftaler(punkt.sag.borger_id, sag_id=punkt.sag_id)
    raekker = []
    for deltager in (
        punkt.deltagere.aktuelle()
        .select_related("bruger", "netvaerksperson", "fuldmagt")
        .prefetch_related(_kald())
    ):
        deltager.punkt = punkt
        kald: list[Indkaldelse] = deltager.kald  # type: ignore[attr-defined]
        raekker.append(
            Deltagerraekke(
                deltager=deltager,
                indkaldelser=kald,
                kan_indkaldes=bool(kanaler(deltager)),
                er_indkaldt=bool(kald) and gaelder(kald[0], tid),
                afvist=_afvist(deltager, aftaler),
            )
        )
    orden = list(Punktdeltager.Art.values)
    return sorted(raekker, key=lambda r: (orden.index(r.deltager.art), r.deltager.pk))


def _kald() -> Any:
    kald = Indkaldelse.objects.nyeste_foerst().select_related("afsendt_af", "forsendelse")
    return Prefetch("indkaldelser", kald, to_attr="kald")


def _afvist(deltager: Punktdeltager, aftaler: deling.Aftaler) -> deling.Svar | None:
    """The refusal of one who is told by consent or fuldmagt, if there is one today."""
    if deltager.art == Punktdeltager.Art.NETVAERK:
        modtager = deling.Modtager(
            Forsendelse.Modtager.NETVAERK, deltager.navn, deltager.netvaerksperson_id
        )
    elif deltager.art in PARTENS and deltager.art != Punktdeltager.Art.BORGER:
        modtager = deling.Modtager(deltager.art, deltager.navn)
    else:
        return None
    svar = aftaler.svar(modtager, Informationstype.MOEDER)
    return None if svar.maa else svar


@dataclass(frozen=True)
class Borgerstatus:
    """Whether one case's citizen, or who acts for them, is called to the case's turn."""

    punkt: Dagsordenspunkt
    navn: str
    senest: date
    er_indkaldt: bool
    # Called once, but to another day, time or place.
    skal_igen: bool
    svar: str

    @property
    def skal_flyttes(self) -> bool:
        """Whether the citizen cannot come then."""
        return self.er_indkaldt and self.svar in (
            Indkaldelse.Svar.ANDEN_TID,
            Indkaldelse.Svar.NEJ,
        )

    @property
    def svartekst(self) -> str:
        """The answer in words."""
        return str(Indkaldelse.Svar(self.svar).label) if self.svar else ""

    @property
    def er_for_sent(self) -> bool:
        """Whether the notice can no longer be reasonable."""
        return i_dag() > self.senest


def for_dagsorden(moede: Teammoede, raekker: Iterable[Punktraekke]) -> list[Borgerstatus]:
    """The agenda's cases that are still to come and that the reader may know. One statement."""
    vist = [r for r in raekker if r.maa_ses and not r.punkt.behandlet_den]
    kald = _borgernes([r.punkt for r in vist])
    return [
        _status(r.punkt, r.navn, (moede.dato, r.start, moede.sted), kald.get(r.punkt.pk))
        for r in vist
    ]


def mangler(moeder: Sequence[Teammoede], bruger: Bruger) -> list[Borgerstatus]:
    """Cases of the meetings whose citizen is not called, or cannot come, most urgent first.

    As the mødekoordinator `bruger` may see them; six statements, whatever their number.
    """
    efter_moede: dict[int, list[Dagsordenspunkt]] = {moede.pk: [] for moede in moeder}
    punkter = Dagsordenspunkt.objects.aktive().filter(moede__in=moeder)
    for punkt in punkter.select_related("sag__borger", "sag__regelsaet"):
        efter_moede[punkt.moede_id].append(punkt)
    pauser: dict[int, dict[int, int]] = {moede.pk: {} for moede in moeder}
    for pause in Moedepause.objects.filter(moede__in=moeder):
        pauser[pause.moede_id][pause.efter_plads] = pause.minutter
    alle = [punkt for liste in efter_moede.values() for punkt in liste]
    synlige, inhabil_hos = _reader(alle, bruger)
    kald = _borgernes(alle)
    fundne = []
    for moede in moeder:
        egne = efter_moede[moede.pk]
        tider = forloeb(moede, [punkt.minutter for punkt in egne], pauser[moede.pk]).sager
        for punkt, plads in zip(egne, tider, strict=True):
            if punkt.behandlet_den or punkt.sag.borger_id in inhabil_hos:
                continue
            punkt.moede = moede
            navn = vist_navn(punkt.sag.borger, er_i_kredsen=punkt.sag_id in synlige)
            tid = (moede.dato, plads.start, moede.sted)
            fundne.append(_status(punkt, navn, tid, kald.get(punkt.pk)))
    mangler_kald = [s for s in fundne if not s.er_indkaldt or s.skal_flyttes]
    return sorted(mangler_kald, key=lambda s: (s.senest, s.punkt.pk))


def _reader(punkter: Sequence[Dagsordenspunkt], bruger: Bruger) -> tuple[set[int], set[int]]:
    """The cases the user may read, and the citizens the user is inhabil towards."""
    synlige = Sag.objects.synlige_for(bruger).filter(pk__in=[punkt.sag_id for punkt in punkter])
    inhabil = Inhabilitet.objects.gaeldende().filter(bruger=bruger)
    return (
        set(synlige.values_list("pk", flat=True)),
        set(inhabil.values_list("borger", flat=True)),
    )


def _borgernes(punkter: Sequence[Dagsordenspunkt]) -> dict[int, list[Indkaldelse]]:
    """The calls to the citizen's side of each item, newest first. One statement."""
    fundne: dict[int, list[Indkaldelse]] = {}
    kald = Indkaldelse.objects.filter(
        deltager__punkt__in=[punkt.pk for punkt in punkter],
        deltager__art__in=PARTENS,
        deltager__fjernet_den=None,
    ).select_related("deltager")
    for indkaldelse in kald.order_by("-pk"):
        fundne.setdefault(indkaldelse.deltager.punkt_id, []).append(indkaldelse)
    return fundne


def _status(
    punkt: Dagsordenspunkt, navn: str, tid: Tid, kald: list[Indkaldelse] | None
) -> Borgerstatus:
    gaeldende = [indkaldelse for indkaldelse in kald or () if gaelder(indkaldelse, tid)]
    sag = punkt.sag
    return Borgerstatus(
        punkt=punkt,
        navn=navn,
        senest=sidste_dag(
            tid[0], sag.regelsaet, fritaget_digital_post=sag.borger.er_fritaget_digital_post
        ),
        er_indkaldt=bool(gaeldende),
        skal_igen=bool(kald) and not gaeldende,
        svar=next((indkaldelse.svar for indkaldelse in gaeldende if indkaldelse.svar), ""),
    )


def uden_moede(bruger: Bruger) -> list[tuple[Dagsordenspunkt, str]]:
    """Cases whose citizen was called to a turn that will not be, and not to another since.

    With the name as `bruger` may see it. The citizen is to be told, for they may come in vain; told
    (`services.indkaldelse.underret`), they are no longer here. Four statements.
    """
    kaldt = Indkaldelse.objects.filter(
        deltager__art__in=PARTENS,
        dato__gte=i_dag(),
        deltager__punkt__taget_af_den__isnull=False,
        deltager__punkt__underrettet_den=None,
    )
    punkter = list(
        Dagsordenspunkt.objects.filter(pk__in=kaldt.values("deltager__punkt"))
        .select_related("sag__borger", "moede")
        .order_by("moede__dato", "pk")
    )
    senere = {
        (sag, punkt)
        for sag, punkt in Indkaldelse.objects.filter(
            deltager__art__in=PARTENS, deltager__punkt__sag__in=[p.sag_id for p in punkter]
        ).values_list("deltager__punkt__sag", "deltager__punkt")
    }
    synlige, inhabil_hos = _reader(punkter, bruger)
    return [
        (punkt, vist_navn(punkt.sag.borger, er_i_kredsen=punkt.sag_id in synlige))
        for punkt in punkter
        if punkt.sag.borger_id not in inhabil_hos
        and not any(sag == punkt.sag_id and nyt > punkt.pk for sag, nyt in senere)
    ]
