"""Den røde tråd: the goal from document to document, and the reason where it becomes another.

Forberedende del, indstilling, the approved plan and the latest follow-up held. Follow-ups belong to
the floor above, which declares here where they come from (`kilde`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.utils.text import Truncator

from indsatsplan import billede
from indsatsplan.billede import Maalbillede
from indsatsplan.models import Indsatsplan, Maal, Ressourceforloeb
from rehabilitering import maalforskel
from rehabilitering.models import ForberedendeAfsnit, Indstilling
from rehabilitering.services.forberedelse import AFSNIT_OENSKER
from ressource.fletning import Stykke, sammenlign
from ressource.kalender import i_dag

# Of the citizen's own words: as many as a reader takes in beside the goal.
CITAT_TEGN = 140


class Art(Enum):
    """The documents, in the order of the thread."""

    FORBEREDELSE = 1
    INDSTILLING = 2
    PLAN = 3
    OPFOELGNING = 4


@dataclass(frozen=True, slots=True)
class Dokument:
    """The goal as one document has it. `naevnt` is its name inside a sentence.

    `dato` is when it was gone through, recommended, approved or held; None for a draft.
    """

    art: Art
    navn: str
    naevnt: str
    dato: date | None
    maal: str
    begrundelse: str = ""
    citat: str = ""


@dataclass(frozen=True, slots=True)
class Led:
    """One document in the thread. `stykker` is its goal, the words marked that were not before.

    `udgaaet` is the words taken out, when no other came instead and so none is marked. `er_foer` is
    a talk with another goal, held before the plan was approved: it deviates from nothing.
    """

    dokument: Dokument
    stykker: tuple[Stykke, ...]
    afviger: bool = False
    udgaaet: str = ""
    er_foer: bool = False

    @property
    def mangler_grund(self) -> bool:
        """Whether the goal is another than before, and nobody wrote why."""
        return self.afviger and not self.dokument.begrundelse.strip()


@dataclass(frozen=True, slots=True)
class Traad:
    """The documents in order, as one reader may see them.

    `kladde` is the plan's first goal while it is being changed: the draft says something else than
    the approved version. `maal_id` is that goal, None when the plan has none.
    """

    led: tuple[Led, ...]
    kladde: Led | None
    maal_id: int | None
    med_tekst: bool

    @property
    def afviger_fra_planen(self) -> bool:
        """Whether the latest follow-up, held under the plan in force, had another goal."""
        return any(et.afviger for et in self.led if et.dokument.art is Art.OPFOELGNING)

    @property
    def rettet_i_kladden(self) -> bool:
        """Whether the draft has taken up the goal of that follow-up."""
        return (
            self.afviger_fra_planen
            and self.kladde is not None
            and maalforskel.er_samme(self.kladde.dokument.maal, self.led[-1].dokument.maal)
        )


# The latest follow-up, held from one day to another, both included, that wrote of the goal.
Kilde = Callable[[Ressourceforloeb, date, date], Dokument | None]
_kilder: list[Kilde] = []


def kilde(hent: Kilde) -> None:
    """Declare where the latest follow-up comes from. Called once, by the `ready` of the app above."""
    if hent not in _kilder:
        _kilder.append(hent)


def kaede(dokumenter: Iterable[Dokument]) -> tuple[Led, ...]:
    """The thread: each goal against the one before it. Documents without a goal are left out."""
    led: list[Led] = []
    for dokument in dokumenter:
        if dokument.maal.strip():
            led.append(_led(dokument, led[-1].dokument if led else None))
    return tuple(led)


def _led(dokument: Dokument, foer: Dokument | None) -> Led:
    som_det_staar = (Stykke(dokument.maal, kun_her=False),)
    if foer is None or not maalforskel.afviger(dokument.maal, foer.maal):
        return Led(dokument, som_det_staar)
    if _er_aeldre(dokument, foer):
        return Led(dokument, som_det_staar, er_foer=True)
    forskel = sammenlign(dokument.maal, foer.maal, ordlyd=maalforskel.ordlyd)
    er_kun_kortere = not any(stykke.kun_her for stykke in forskel.mine)
    udgaaet = [s.tekst.strip() for s in forskel.andens if s.kun_her] if er_kun_kortere else []
    return Led(dokument, tuple(forskel.mine), afviger=True, udgaaet=" … ".join(udgaaet))


def _er_aeldre(dokument: Dokument, foer: Dokument) -> bool:
    """A follow-up held before the plan was approved answers for no goal that came after it."""
    if dokument.art is not Art.OPFOELGNING or foer.art is not Art.PLAN:
        return False
    return bool(dokument.dato and foer.dato and dokument.dato < foer.dato)


def kraev_grund(forloeb: Ressourceforloeb, *, tekst: str, begrundelse: str) -> None:
    """Ask why the plan's first goal, `tekst`, is another than before (product.md 3.5).

    Raises `ValidationError` on `begrundelse` (`mangler_grund`).
    """
    if besked := mangler_grund(forloeb, tekst=tekst, begrundelse=begrundelse):
        raise ValidationError({"begrundelse": ValidationError(besked, code="roed_traad")})


def mangler_grund(forloeb: Ressourceforloeb, *, tekst: str, begrundelse: str) -> str:
    """What to say when the plan's first goal is another than before, and nobody wrote why.

    Before is the latest approved version, else the indstilling (`foer_kladden`). A reason that stood
    in that version explains an earlier change. Empty when the goal is the same or explained.
    """
    foer = foer_kladden(forloeb)
    if foer is None or not maalforskel.afviger(tekst, foer.maal):
        return ""
    grund = begrundelse.strip()
    if grund and (foer.art is not Art.PLAN or grund != foer.begrundelse.strip()):
        return ""
    besked = f"{maalforskel.er_et_andet(foer.naevnt, foer.maal)} Skriv hvorfor."
    return f"{besked} Begrundelsen her handler om en tidligere ændring." if grund else besked


def foer_kladden(forloeb: Ressourceforloeb) -> Dokument | None:
    """What the draft's first goal is held against; None when there is nothing yet."""
    if godkendt := forloeb.planer.godkendte().first():
        return _planens(godkendt)
    indstilling = forloeb.afgoerelse.grundlag
    return _indstillingens(indstilling) if indstilling else None


@dataclass(frozen=True, slots=True)
class Planmaal:
    """The plan's first goal as it is now and as it was approved, empty where there is none."""

    nu: str = ""
    godkendt: str = ""

    def afviger(self, maal: str) -> bool:
        """Whether a talk that had `maal` agrees with neither."""
        kendte = [kendt for kendt in (self.nu, self.godkendt) if kendt]
        return bool(kendte) and all(maalforskel.afviger(maal, kendt) for kendt in kendte)


def planens_maal(sag_id: int) -> Planmaal:
    """What a talk in the case is held against: the plan of the forløb that runs. One statement.

    Of the newest, when none runs.
    """
    nu = Maal.objects.gaeldende().filter(forloeb=OuterRef("pk")).values("tekst")
    godkendt = Indsatsplan.objects.godkendte().filter(forloeb=OuterRef("pk")).values("indhold")
    fundet = (
        Ressourceforloeb.objects.filter(sag=sag_id)
        .annotate(nu=Subquery(nu[:1]), indhold=Subquery(godkendt[:1]))
        .loebende_foerst(i_dag())
        .values_list("nu", "indhold")
        .first()
    )
    if fundet is None:
        return Planmaal()
    foerste = _foerste(billede.fra_json(fundet[1] or {}))
    return Planmaal(fundet[0] or "", foerste.tekst if foerste else "")


def byg(
    forloeb: Ressourceforloeb,
    godkendt: Indsatsplan | None,
    maal: Iterable[Maalbillede],
    *,
    med_tekst: bool,
) -> Traad:
    """The thread of a forløb (from `til_plan`). One statement and those of the follow-ups' source.

    `maal` is the plan as it is now. Without `med_tekst` only the goals: reasons and the citizen's own
    words may tell of health.
    """
    indstilling = forloeb.afgoerelse.grundlag
    fra = indstilling.moede_dato if indstilling else forloeb.start_dato
    nu = _foerste(maal)
    kladde = _maalets(nu, "Indsatsplan, kladde", "kladden") if nu else None
    planen = _planens(godkendt) if godkendt else kladde
    dokumenter = [
        _forberedelsens(forloeb, fra),
        _indstillingens(indstilling) if indstilling else None,
        planen,
        _samtalens(forloeb, fra),
    ]
    fundne = [d for d in dokumenter if d]
    aendret = kladde and planen and maalforskel.afviger(kladde.maal, planen.maal)
    return Traad(
        led=kaede(fundne if med_tekst else map(_uden_tekst, fundne)),
        kladde=kaede([planen, kladde])[-1] if aendret and planen and kladde else None,
        maal_id=nu.id if nu else None,
        med_tekst=med_tekst,
    )


def _uden_tekst(dokument: Dokument) -> Dokument:
    return replace(dokument, begrundelse="", citat="")


def _forberedelsens(forloeb: Ressourceforloeb, senest: date) -> Dokument | None:
    egne_ord = ForberedendeAfsnit.objects.filter(
        forberedende_del=OuterRef("pk"), kode=AFSNIT_OENSKER
    ).values("egne_ord")
    dele = maalforskel.gennemgaaede(forloeb.sag_id, senest)
    del_ = dele.annotate(egne_ord=Subquery(egne_ord)).first()
    if del_ is None:
        return None
    return Dokument(
        Art.FORBEREDELSE,
        "Forberedende del",
        "den forberedende del",
        del_.gennemgaaet_dato,
        del_.maal,
        citat=Truncator(" ".join((del_.egne_ord or "").split())).chars(CITAT_TEGN),
    )


def _indstillingens(indstilling: Indstilling) -> Dokument:
    return Dokument(
        Art.INDSTILLING,
        "Indstilling",
        "indstillingen",
        indstilling.moede_dato,
        indstilling.maal,
        indstilling.maal_begrundelse,
    )


def _planens(plan: Indsatsplan) -> Dokument:
    """The first goal of an approved version."""
    foerste = _foerste(billede.fra_json(plan.indhold))
    navn, naevnt = f"Indsatsplan v{plan.nr}", f"version {plan.nr} af planen"
    if foerste is None:
        return Dokument(Art.PLAN, navn, naevnt, plan.godkendt_dato, "")
    return replace(_maalets(foerste, navn, naevnt), dato=plan.godkendt_dato)


def _maalets(maal: Maalbillede, navn: str, naevnt: str) -> Dokument:
    return Dokument(Art.PLAN, navn, naevnt, None, maal.tekst, maal.begrundelse)


def _foerste(maal: Iterable[Maalbillede]) -> Maalbillede | None:
    """The goal of the whole forløb: the first in rank that was not taken out."""
    return next((m for m in maal if not m.er_fjernet), None)


def _samtalens(forloeb: Ressourceforloeb, fra: date) -> Dokument | None:
    fundne = (hent(forloeb, fra, forloeb.gaelder_til) for hent in _kilder)
    return next((dokument for dokument in fundne if dokument), None)
