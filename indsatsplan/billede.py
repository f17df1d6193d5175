"""Goals and efforts as plain values: the live plan, or a version as it was approved.

One shape for both, so that the plan page, an old version and the citizen's print read alike, and so
that what differs between two versions can be counted.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from indsatsplan.models import Indsats, Maal, Ressourceforloeb
from rehabilitering.models import Omraade
from ressource import dansk

# The shape of `Indsatsplan.indhold`. A later one must still be able to read this.
JSON_VERSION = 1

_DATOER = ("planlagt_start", "planlagt_slut", "faktisk_start", "faktisk_slut")
STATUSIKONER = {
    Indsats.Status.FORESLAAET: "calendar-month",
    Indsats.Status.PLANLAGT: "calendar-month",
    Indsats.Status.I_GANG: "sync",
    Indsats.Status.PAUSE: "hourglass",
    Indsats.Status.AFSLUTTET: "check",
    Indsats.Status.AFBRUDT: "close",
    Indsats.Status.BORTFALDET: "close",
}
# Shown instead of words about health (`uden_helbred`).
SKJULT_INDSATS = "Indsats i sundhed"
SKJULT_MAAL = "Mål om sundhed"


@dataclass(frozen=True, slots=True)
class Indsatsbillede:
    """One effort. `linje` is the number of the indstilling's line, None when it was added."""

    id: int
    navn: str
    type: str
    omraade: str
    formaal: str
    linje: int | None
    tilfoejet: str
    status: str
    planlagt_start: date
    planlagt_slut: date | None
    faktisk_start: date | None
    faktisk_slut: date | None
    timer_pr_uge: Decimal | None
    ansvarlig: str
    er_skitse: bool

    @property
    def fra(self) -> date:
        """The day it began, else the day it is planned to."""
        return self.faktisk_start or self.planlagt_start

    @property
    def til(self) -> date | None:
        """The last day: actual, else planned; None when it is not set."""
        return self.faktisk_slut or self.planlagt_slut

    @property
    def omraade_navn(self) -> str:
        """`Sundhed`."""
        return Omraade(self.omraade).label

    @property
    def status_vist(self) -> str:
        """`I gang`; a planned effort that is only sketched is a `Skitse`."""
        if self.er_skitse and self.status == Indsats.Status.PLANLAGT:
            return "Skitse"
        return Indsats.Status(self.status).label.capitalize()

    @property
    def status_ikon(self) -> str:
        """The design system's icon for the status."""
        return STATUSIKONER[Indsats.Status(self.status)]

    @property
    def timer_vist(self) -> str:
        """`10 timer om ugen`, `7,5 timer om ugen`; empty when no hours are set."""
        if not self.timer_pr_uge:
            return ""
        tal = dansk.decimal(self.timer_pr_uge, 1).removesuffix(",0")
        return f"{tal} {'time' if self.timer_pr_uge == 1 else 'timer'} om ugen"

    @property
    def er_begyndt(self) -> bool:
        """Whether it has actually begun, ended or not."""
        return self.faktisk_start is not None

    @property
    def er_ophoert(self) -> bool:
        """Whether it has ended, was broken off or lapsed."""
        return self.status in {
            Indsats.Status.AFSLUTTET,
            Indsats.Status.AFBRUDT,
            Indsats.Status.BORTFALDET,
        }


@dataclass(frozen=True, slots=True)
class Maalbillede:
    """One goal with its efforts."""

    id: int
    rang: int
    tekst: str
    art: str
    indsatser: tuple[Indsatsbillede, ...]


def af_forloeb(forloeb: Ressourceforloeb) -> tuple[Maalbillede, ...]:
    """The goals by rank with their efforts, as they are now. Two statements."""
    return af_raekker(forloeb.maal.order_by("rang"), forloeb.indsatser.til_plan())


def af_raekker(maal: Iterable[Maal], indsatser: Iterable[Indsats]) -> tuple[Maalbillede, ...]:
    """The same from rows at hand; `indsatser` need type and line (`til_plan`)."""
    under: dict[int, list[Indsatsbillede]] = {}
    for indsats in indsatser:
        under.setdefault(indsats.maal_id, []).append(_indsats(indsats))
    return tuple(
        Maalbillede(
            id=m.pk, rang=m.rang, tekst=m.tekst, art=m.art, indsatser=tuple(under.get(m.pk, ()))
        )
        for m in maal
    )


def _indsats(indsats: Indsats) -> Indsatsbillede:
    return Indsatsbillede(
        id=indsats.pk,
        navn=indsats.beskrivelse,
        type=indsats.indsatstype.navn,
        omraade=indsats.indsatstype.omraade,
        formaal=indsats.formaal,
        linje=indsats.linje.nr if indsats.linje else None,
        tilfoejet=indsats.tilfoejet_begrundelse,
        status=indsats.status,
        planlagt_start=indsats.planlagt_start,
        planlagt_slut=indsats.planlagt_slut,
        faktisk_start=indsats.faktisk_start,
        faktisk_slut=indsats.faktisk_slut,
        timer_pr_uge=indsats.timer_pr_uge,
        ansvarlig=indsats.ansvarlig,
        er_skitse=indsats.er_skitse,
    )


def indsatser(maal: Iterable[Maalbillede]) -> Iterator[Indsatsbillede]:
    """All efforts, goal by goal."""
    for et_maal in maal:
        yield from et_maal.indsatser


def til_json(maal: Iterable[Maalbillede]) -> dict[str, Any]:
    """What `Indsatsplan.indhold` holds: dates as ISO text, decimals as text."""
    return {"version": JSON_VERSION, "maal": [_enkel(asdict(m)) for m in maal]}


def aftryk(maal: Iterable[Maalbillede]) -> str:
    """A fingerprint of the goals and efforts: the same as long as a reader would see the same."""
    kanonisk = json.dumps(til_json(maal), sort_keys=True)
    return hashlib.sha256(kanonisk.encode()).hexdigest()


def _enkel(vaerdi: Any) -> Any:
    match vaerdi:
        case dict():
            return {navn: _enkel(v) for navn, v in vaerdi.items()}
        case list() | tuple():
            return [_enkel(v) for v in vaerdi]
        case date():
            return vaerdi.isoformat()
        case Decimal():
            return str(vaerdi)
    return vaerdi


def fra_json(indhold: dict[str, Any]) -> tuple[Maalbillede, ...]:
    """The goals of an approved version; none for a draft, whose `indhold` is empty."""
    return tuple(
        Maalbillede(
            id=m["id"],
            rang=m["rang"],
            tekst=m["tekst"],
            art=m["art"],
            indsatser=tuple(_indsats_fra_json(i) for i in m["indsatser"]),
        )
        for m in indhold.get("maal", ())
    )


def _indsats_fra_json(raa: dict[str, Any]) -> Indsatsbillede:
    felter = {f.name: raa[f.name] for f in fields(Indsatsbillede)}
    for navn in _DATOER:
        felter[navn] = date.fromisoformat(raa[navn]) if raa[navn] else None
    felter["timer_pr_uge"] = Decimal(raa["timer_pr_uge"]) if raa["timer_pr_uge"] else None
    return Indsatsbillede(**felter)


def antal_aendringer(foer: Iterable[Maalbillede], nu: Iterable[Maalbillede]) -> int:
    """How many goals and efforts have been added or written differently since `foer`.

    What was carried out meanwhile, a begun or ended effort, is no change of the plan.
    """
    return len(_plandele(nu) - _plandele(foer))


def _plandele(maal: Iterable[Maalbillede]) -> set[Any]:
    dele: set[Any] = set()
    for et_maal in maal:
        dele.add(replace(et_maal, indsatser=()))
        dele.update(
            (et_maal.id, replace(i, status="", faktisk_start=None, faktisk_slut=None))
            for i in et_maal.indsatser
        )
    return dele


def uden_helbred(maal: Iterable[Maalbillede]) -> tuple[Maalbillede, ...]:
    """The plan for those who may not read about health: mentor and virksomhedskonsulent.

    An effort in Sundhed keeps its dates and status and loses its words (domain.md 3). A goal keeps
    its text when it is a job or education goal, or when some effort outside health stands under it.
    """
    return tuple(_uden_helbred(m) for m in maal)


def _uden_helbred(maal: Maalbillede) -> Maalbillede:
    synligt = bool(maal.art) or any(i.omraade != Omraade.SUNDHED for i in maal.indsatser)
    return replace(
        maal,
        tekst=maal.tekst if synligt else SKJULT_MAAL,
        indsatser=tuple(
            replace(i, navn=SKJULT_INDSATS, type="", formaal="", tilfoejet="", ansvarlig="")
            if i.omraade == Omraade.SUNDHED
            else i
            for i in maal.indsatser
        ),
    )
