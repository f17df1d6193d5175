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

from django.db.models import Exists, OuterRef, Q, QuerySet

from indsatsplan.daekning import Gang
from indsatsplan.models import Delmaal, Indsats, Indsatstrin, Maal, Ressourceforloeb
from rehabilitering.models import Omraade
from ressource import dansk

# The shape of `Indsatsplan.indhold`. A later one must still be able to read this and those before:
# 1 knew neither milestones, pauses and steps nor provider, skånehensyn and tasks.
JSON_VERSION = 2

# First and last day, both included; None goes on.
Periode = tuple[date, date | None]
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
class Trinbillede:
    """A planned step of an effort: it holds from `fra` until the next one's first day."""

    id: int
    fra: date
    dage_pr_uge: int
    timer_pr_dag: Decimal
    ugedage: str
    opgaver: str
    kompleksitet: str
    stoette: str
    er_skitse: bool

    @property
    def noegle(self) -> str:
        """Where the plan page shows it."""
        return f"trin-{self.id}"

    @property
    def timer_pr_uge(self) -> Decimal:
        """Planned hours in a whole week."""
        return self.dage_pr_uge * self.timer_pr_dag

    @property
    def stoette_vist(self) -> str:
        """`støtte efter behov`."""
        return str(Indsatstrin.Stoette(self.stoette).label)


@dataclass(frozen=True, slots=True)
class Delmaalbillede:
    """A milestone, with the day it is expected and the day it was reached."""

    id: int
    tekst: str
    forventet: date | None
    naaet: date | None

    @property
    def noegle(self) -> str:
        """Where the plan page shows it."""
        return f"delmaal-{self.id}"


@dataclass(frozen=True, slots=True)
class Indsatsbillede:
    """One effort. `linje` is the number of the indstilling's line, None when it was added.

    `garanti` is what its type does to the six-month clock. `leverandoer` is the company when the effort is a praktik; `virksomhedsmentor` helps there.
    """

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
    er_praktik: bool = False
    er_mentor: bool = False
    garanti: str = ""
    leverandoer: str = ""
    virksomhedsmentor: str = ""
    skaanehensyn: str = ""
    opgaver: str = ""
    slut_begrundelse: str = ""
    pauser: tuple[Periode, ...] = ()
    trin: tuple[Trinbillede, ...] = ()

    @property
    def noegle(self) -> str:
        """Where the plan page shows it."""
        return f"indsats-{self.id}"

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
    def gang(self) -> Gang | None:
        """The days it was in progress; None when it never began."""
        if self.faktisk_start is None:
            return None
        return Gang(self.faktisk_start, self.faktisk_slut, self.pauser)

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
    """One goal with its efforts and milestones.

    One that was taken out (`er_fjernet`) is there as long as an ended effort hangs on it.
    """

    id: int
    rang: int
    tekst: str
    art: str
    indsatser: tuple[Indsatsbillede, ...]
    begrundelse: str = ""
    naaet: date | None = None
    er_fjernet: bool = False
    delmaal: tuple[Delmaalbillede, ...] = ()

    @property
    def noegle(self) -> str:
        """Where the plan page shows it."""
        return f"maal-{self.id}"


def af_forloeb(forloeb: Ressourceforloeb) -> tuple[Maalbillede, ...]:
    """The goals by rank with milestones and efforts, as they are now. Five statements."""
    return af_raekker(maalraekker(forloeb), forloeb.indsatser.til_plan())


def maalraekker(forloeb: Ressourceforloeb) -> QuerySet[Maal]:
    """The goals to show: those in force, then those taken out that efforts hang on."""
    har_indsatser = Exists(Indsats.objects.filter(maal=OuterRef("pk")))
    maal = forloeb.maal.filter(Q(fjernet_den=None) | har_indsatser)
    return maal.order_by("rang").prefetch_related("delmaal")


def af_raekker(maal: Iterable[Maal], indsatser: Iterable[Indsats]) -> tuple[Maalbillede, ...]:
    """The same from rows at hand; `indsatser` need what `til_plan` fetches."""
    under: dict[int, list[Indsatsbillede]] = {}
    for indsats in indsatser:
        under.setdefault(indsats.maal_id, []).append(_indsats(indsats))
    return tuple(
        Maalbillede(
            id=m.pk,
            rang=m.rang,
            tekst=m.tekst,
            art=m.art,
            indsatser=tuple(under.get(m.pk, ())),
            begrundelse=m.begrundelse,
            naaet=m.naaet_dato,
            er_fjernet=m.fjernet_den is not None,
            delmaal=tuple(_delmaal(d) for d in m.delmaal.all() if d.fjernet_den is None),
        )
        for m in maal
    )


def _delmaal(delmaal: Delmaal) -> Delmaalbillede:
    return Delmaalbillede(
        id=delmaal.pk,
        tekst=delmaal.tekst,
        forventet=delmaal.forventet_dato,
        naaet=delmaal.naaet_dato,
    )


def _indsats(indsats: Indsats) -> Indsatsbillede:
    praktik = getattr(indsats, "praktik", None)
    virksomhedsmentor = praktik.virksomhedsmentor if praktik else None
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
        er_praktik=indsats.indsatstype.er_praktik,
        er_mentor=indsats.indsatstype.er_mentor,
        garanti=indsats.indsatstype.garanti,
        leverandoer=praktik.virksomhed.navn if praktik else indsats.leverandoer,
        virksomhedsmentor=virksomhedsmentor.navn if virksomhedsmentor else "",
        skaanehensyn=indsats.skaanehensyn,
        opgaver=indsats.opgaver,
        slut_begrundelse=indsats.slut_begrundelse,
        pauser=tuple(
            (p.fra_dato, p.til_dato) for p in indsats.pauser.all() if p.fjernet_den is None
        ),
        trin=tuple(_trin(t) for t in indsats.trin.all() if t.fjernet_den is None),
    )


def _trin(trin: Indsatstrin) -> Trinbillede:
    return Trinbillede(
        id=trin.pk,
        fra=trin.fra_dato,
        dage_pr_uge=trin.dage_pr_uge,
        timer_pr_dag=trin.timer_pr_dag,
        ugedage=trin.ugedage,
        opgaver=trin.opgaver,
        kompleksitet=trin.kompleksitet,
        stoette=trin.stoette,
        er_skitse=trin.er_skitse,
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
    """The goals of an approved version; none for a draft, whose `indhold` is empty.

    What an earlier shape did not know is empty.
    """
    return tuple(_maal_fra_json(m) for m in indhold.get("maal", ()))


def _maal_fra_json(raa: dict[str, Any]) -> Maalbillede:
    felter = _kendte(Maalbillede, raa)
    felter["indsatser"] = tuple(_indsats_fra_json(i) for i in raa["indsatser"])
    felter["naaet"] = _dato(raa.get("naaet"))
    felter["delmaal"] = tuple(
        Delmaalbillede(
            **_kendte(Delmaalbillede, d)
            | {"forventet": _dato(d["forventet"]), "naaet": _dato(d["naaet"])}
        )
        for d in raa.get("delmaal", ())
    )
    return Maalbillede(**felter)


def _indsats_fra_json(raa: dict[str, Any]) -> Indsatsbillede:
    felter = _kendte(Indsatsbillede, raa)
    for navn in ("planlagt_start", "planlagt_slut", "faktisk_start", "faktisk_slut"):
        felter[navn] = _dato(raa[navn])
    felter["timer_pr_uge"] = Decimal(raa["timer_pr_uge"]) if raa["timer_pr_uge"] else None
    felter["pauser"] = tuple((_dato(fra), _dato(til)) for fra, til in raa.get("pauser", ()))
    felter["trin"] = tuple(
        Trinbillede(
            **_kendte(Trinbillede, t)
            | {"fra": _dato(t["fra"]), "timer_pr_dag": Decimal(t["timer_pr_dag"])}
        )
        for t in raa.get("trin", ())
    )
    return Indsatsbillede(**felter)


def _kendte(type_: type, raa: dict[str, Any]) -> dict[str, Any]:
    return {f.name: raa[f.name] for f in fields(type_) if f.name in raa}


def _dato(tekst: str | None) -> date | None:
    return date.fromisoformat(tekst) if tekst else None


def antal_aendringer(foer: Iterable[Maalbillede], nu: Iterable[Maalbillede]) -> int:
    """How many goals, milestones, efforts and steps were added, taken out or written differently.

    What was carried out meanwhile is no change of the plan: begun, paused and ended efforts, and
    goals and milestones reached.
    """
    gamle, nye = _plandele(foer), _plandele(nu)
    return sum(gamle.get(noegle) != nye.get(noegle) for noegle in gamle.keys() | nye.keys())


def _plandele(maal: Iterable[Maalbillede]) -> dict[tuple[str, int], Any]:
    """Every part of the plan by kind and id, as it was planned."""
    dele: dict[tuple[str, int], Any] = {}
    for m in maal:
        if not m.er_fjernet:
            dele["maal", m.id] = replace(m, indsatser=(), delmaal=(), naaet=None)
        dele.update({("delmaal", d.id): replace(d, naaet=None) for d in m.delmaal})
        for indsats in m.indsatser:
            dele["indsats", indsats.id] = (m.id, _planlagt(indsats))
            dele.update({("trin", t.id): t for t in indsats.trin})
    return dele


def _planlagt(indsats: Indsatsbillede) -> Indsatsbillede:
    """The effort without what happened, and without what version 1 did not write of its type."""
    return replace(
        indsats,
        status="",
        faktisk_start=None,
        faktisk_slut=None,
        slut_begrundelse="",
        pauser=(),
        trin=(),
        er_praktik=False,
        er_mentor=False,
        garanti="",
    )


def uden_helbred(maal: Iterable[Maalbillede]) -> tuple[Maalbillede, ...]:
    """The plan for those who may not read about health: mentor and virksomhedskonsulent.

    An effort in Sundhed keeps its dates and status and loses its words (domain.md 3). A goal keeps
    its text when it is a job or education goal, or when some effort outside health stands under it.
    """
    return tuple(_uden_helbred(m) for m in maal)


def _uden_helbred(maal: Maalbillede) -> Maalbillede:
    synligt = bool(maal.art) or any(i.omraade != Omraade.SUNDHED for i in maal.indsatser)
    indsatser = tuple(_uden_ord(i) if i.omraade == Omraade.SUNDHED else i for i in maal.indsatser)
    if synligt:
        # Why a goal is another than before is often a matter of health.
        return replace(maal, indsatser=indsatser, begrundelse="")
    return replace(maal, indsatser=indsatser, tekst=SKJULT_MAAL, begrundelse="", delmaal=())


def _uden_ord(indsats: Indsatsbillede) -> Indsatsbillede:
    return replace(
        indsats,
        navn=SKJULT_INDSATS,
        type="",
        formaal="",
        tilfoejet="",
        ansvarlig="",
        leverandoer="",
        virksomhedsmentor="",
        skaanehensyn="",
        opgaver="",
        slut_begrundelse="",
        trin=(),
    )
