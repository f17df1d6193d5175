"""What a teamleder reads of look-ups: who, when, what, which case, and by what ground at the time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from borgere import sagsdele, sagsnumre
from borgere.models import Saerligadgang, Tildeling
from ressource import afvisning
from ressource import opslag as logbog
from ressource.models import Bruger, Opslag, Rolle, Stedfortraeder, Stikproevelinje

UKENDT = "Ingen grund fundet på tidspunktet"
UDEN_SAG = "Ikke én bestemt sag"


def kend_adresser() -> None:
    """Declare whose case a review or a judged look-up is about; called by `ready`."""

    def find(pk: int) -> tuple[int, UUID] | None:
        linje = Stikproevelinje.objects.filter(pk=pk).select_related("opslag").first()
        if linje is None or not linje.opslag.sag_id or not linje.opslag.borger_noegle:
            return None
        return linje.opslag.sag_id, linje.opslag.borger_noegle

    sagsdele.kend("tilsyn/adgange/<int:pk>", Saerligadgang)
    afvisning.kend("tilsyn/opslag/<int:pk>", find)


@dataclass(frozen=True)
class Vist:
    """One look-up in words."""

    opslag: Opslag
    hvad: str
    sagsnummer: str
    grund: str
    # No assignment, deputyship, role or opening explains it: the eye should fall here first.
    uden_grund: bool


def hvad(kode: str) -> str:
    """The words of a look-up's code; the code itself for one that no app declares any more."""
    try:
        return logbog.tekst(kode)
    except KeyError:
        return kode


def vis(opslag: Sequence[Opslag]) -> dict[int, Vist]:
    """Each of `opslag` in words, by its id. Five statements, whatever the number.

    The rows must bring their `bruger`. The ground is read back from dated rows, so what has been
    put right since shows as it stands now.
    """
    numre = sagsnumre.navne({o.sag_id for o in opslag if o.sag_id})
    grunde = _Grunde(opslag)
    viste = {}
    for o in opslag:
        grund = grunde.find(o) if o.sag_id else UDEN_SAG
        viste[o.pk] = Vist(
            opslag=o,
            hvad=hvad(o.objekt),
            sagsnummer=numre.get(o.sag_id, "") if o.sag_id else "",
            grund=grund or UKENDT,
            uden_grund=not grund and o.handling != Opslag.Handling.AFVIST,
        )
    return viste


def gennemsete(teamleder: Bruger, antal: int) -> list[Saerligadgang]:
    """The openings of the team's cases that were looked through last."""
    egne = Q(sag__team=teamleder.team_id) | Q(gennemset_af=teamleder)
    return list(
        Saerligadgang.objects.filter(egne, gennemset_den__isnull=False)
        .select_related("sag", "bruger", "gennemset_af")
        .order_by("-gennemset_den", "-pk")[:antal]
    )


@dataclass(frozen=True)
class Set:
    """What somebody looked at during an opening, the same screen counted together."""

    hvad: str
    handling: str
    antal: int
    foerst: datetime
    sidst: datetime


def under_adgang(adgang: Saerligadgang) -> list[Set]:
    """What `adgang` was used for, in order of time; at most one line per screen and action."""
    raekker = (
        Opslag.objects.filter(
            bruger=adgang.bruger_id,
            sag_id=adgang.sag_id,
            tidspunkt__gte=adgang.fra_tid,
            tidspunkt__lt=adgang.til_tid,
        )
        .values("objekt", "handling")
        .annotate(antal=Count("pk"), foerst=Min("tidspunkt"), sidst=Max("tidspunkt"))
        .order_by("foerst")
    )
    return [
        Set(
            hvad=hvad(r["objekt"]),
            handling=Opslag.Handling(r["handling"]).label,
            antal=r["antal"],
            foerst=r["foerst"],
            sidst=r["sidst"],
        )
        for r in raekker
    ]


class _Grunde:
    """What could let these people into these cases, fetched once."""

    def __init__(self, opslag: Iterable[Opslag]) -> None:
        sager = {o.sag_id for o in opslag if o.sag_id}
        brugere: dict[int, Bruger] = {o.bruger_id: o.bruger for o in opslag}
        self.vikariater = list(
            Stedfortraeder.objects.filter(vikar__in=brugere).select_related("for_bruger")
        )
        personer = {*brugere, *(v.for_bruger_id for v in self.vikariater)}
        self.tildelinger: dict[tuple[int, int], list[Tildeling]] = {}
        for t in Tildeling.objects.filter(sag__in=sager, bruger__in=personer).order_by("pk"):
            self.tildelinger.setdefault((t.sag_id, t.bruger_id), []).append(t)
        self.adgange: dict[tuple[int, int], list[Saerligadgang]] = {}
        for a in Saerligadgang.objects.filter(sag__in=sager, bruger__in=brugere).order_by("pk"):
            self.adgange.setdefault((a.sag_id, a.bruger_id), []).append(a)

    def find(self, o: Opslag) -> str:
        """The ground of one look-up, or empty."""
        dato = timezone.localdate(o.tidspunkt)
        sag_id = o.sag_id or 0
        if art := self._tildelt(sag_id, o.bruger_id, dato):
            return art.capitalize()
        if adgang := self._aabnet(sag_id, o.bruger_id, o.tidspunkt):
            return f"{adgang.get_art_display().capitalize()}: {adgang.begrundelse}"
        for v in self.vikariater:
            daekker = v.vikar_id == o.bruger_id and _gjaldt(v, dato)
            if daekker and self._tildelt(sag_id, v.for_bruger_id, dato):
                return f"Vikar for {v.for_bruger.navn}"
        if Rolle.FAGLIG_KONSULENT in o.roller.split(","):
            return "Faglig konsulent, mens sagen er i screening eller kvalitetssikring"
        return ""

    def _tildelt(self, sag_id: int, bruger_id: int, dato: date) -> str:
        tildelinger = self.tildelinger.get((sag_id, bruger_id), ())
        return next((t.get_art_display() for t in tildelinger if _gjaldt(t, dato)), "")

    def _aabnet(self, sag_id: int, bruger_id: int, tid: datetime) -> Saerligadgang | None:
        adgange = self.adgange.get((sag_id, bruger_id), ())
        return next((a for a in adgange if a.fra_tid <= tid < a.til_tid), None)


def _gjaldt(periode: Tildeling | Stedfortraeder, dato: date) -> bool:
    return periode.fra_dato <= dato and (periode.til_dato is None or dato <= periode.til_dato)
