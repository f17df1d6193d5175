"""Everything the plan page shows, gathered for one reader."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from indsatsplan import (
    aftaler,
    billede,
    garantiside,
    linjeregnskab,
    mentor,
    praktikplads,
    roed_traad,
    tidslinje,
    trapper,
)
from indsatsplan.billede import Maalbillede
from indsatsplan.daekning import Daekning, daekning
from indsatsplan.maalhistorik import antal_udgaver
from indsatsplan.models import Indsatsplan, Ressourceforloeb
from indsatsplan.plansvar import Svarlinje, i_planen
from ressource.adgang import maa
from ressource.models import Bruger


@dataclass(frozen=True, slots=True)
class Planside:
    """The plan of one forløb as one reader may see it.

    `kladde` is the version being written, `godkendt` the last approved; at least one is there.
    `maal` is the plan as it is now, without health texts when `ser_helbred` is false; `udgaver` how
    many earlier wordings each goal has, by its id.
    """

    forloeb: Ressourceforloeb
    kladde: Indsatsplan | None
    godkendt: Indsatsplan | None
    versioner: tuple[Indsatsplan, ...]
    antal_aendringer: int
    maal: tuple[Maalbillede, ...]
    udgaver: Mapping[int, int]
    tidslinje: tidslinje.Tidslinje
    daekning: Daekning
    regnskab: linjeregnskab.Linjeregnskab | None
    garanti: garantiside.Garantiside | None
    praktikker: tuple[praktikplads.Praktikplads, ...]
    trapper: trapper.Trapper
    traad: roed_traad.Traad
    svar: tuple[Svarlinje, ...]
    maa_se_kilde: bool
    ser_helbred: bool
    kan_skrive: bool
    mangler_mentor: bool
    kan_skrive_trin: bool

    @property
    def soegning(self) -> str:
        """What the addresses of the case end with: which forløb they are about, if not the newest."""
        return "" if self.forloeb.er_nyeste else f"?forloeb={self.forloeb.pk}"

    @property
    def nr(self) -> int:
        """The version the page is about: the last approved, before that the first draft."""
        version = self.godkendt or self.kladde
        return version.nr if version else 0


def byg(
    forloeb: Ressourceforloeb,
    *,
    laeser: Bruger,
    i_dag: date,
    kan_rettes: bool,
    vis: Mapping[str, str],
) -> Planside:
    """The plan page of `forloeb` (from `til_plan`, with its case), in at most 15 statements.

    `kan_rettes` is false for the plan of a forløb that has ended; `vis` is the address's
    parameters, for the timeline.
    """
    ser_helbred = maa(laeser, "plan.se_helbred")
    kan_skrive = kan_rettes and maa(laeser, "plan.skriv")
    versioner = tuple(forloeb.planer.all())
    godkendt = next((p for p in versioner if p.er_godkendt), None)
    indsatser = list(forloeb.indsatser.til_plan())
    alt = billede.af_raekker(billede.maalraekker(forloeb), indsatser)
    maal = alt if ser_helbred else billede.uden_helbred(alt)
    fritagelser = tuple(forloeb.fritagelser.gaeldende())
    gang = daekning(
        [i.gang for i in billede.indsatser(maal) if i.gang],
        [(f.fra_dato, f.til_dato) for f in fritagelser],
        fra=forloeb.start_dato,
        til=min(i_dag, forloeb.gaelder_til),
    )
    kladde = next((p for p in versioner if not p.er_godkendt), None)
    return Planside(
        forloeb=forloeb,
        kladde=kladde,
        godkendt=godkendt,
        versioner=tuple(p for p in versioner if p.er_godkendt) if ser_helbred else (),
        antal_aendringer=billede.antal_aendringer(billede.fra_json(godkendt.indhold), alt)
        if godkendt
        else 0,
        maal=maal,
        udgaver=antal_udgaver(forloeb, maal) if ser_helbred else {},
        tidslinje=tidslinje.byg(
            maal,
            _aftaler(forloeb, med_links=ser_helbred),
            gang,
            fra=forloeb.start_dato,
            i_dag=i_dag,
            vis=vis,
            med_links=kan_skrive,
        ),
        daekning=gang,
        regnskab=linjeregnskab.af_forloeb(forloeb, alt, i_dag=i_dag) if ser_helbred else None,
        garanti=garantiside.hent(
            forloeb, i_dag, fritagelser=fritagelser, indsatser=billede.indsatser(alt)
        )
        if ser_helbred
        else None,
        praktikker=praktikplads.i_planen(indsatser, i_dag, ser_helbred=ser_helbred),
        trapper=trapper.byg(billede.indsatser(alt), forloeb, i_dag=i_dag, ser_helbred=ser_helbred),
        traad=roed_traad.byg(forloeb, godkendt, alt, med_tekst=ser_helbred),
        svar=i_planen(forloeb, med_andre=kan_skrive) if ser_helbred else (),
        maa_se_kilde=maa(laeser, "sparring.se_booking"),
        ser_helbred=ser_helbred,
        kan_skrive=kan_skrive,
        mangler_mentor=kan_skrive and not mentor.staar_i(alt),
        kan_skrive_trin=kan_rettes and maa(laeser, "praktik.skriv"),
    )


def _aftaler(forloeb: Ressourceforloeb, *, med_links: bool) -> list[aftaler.Aftale]:
    """The case's follow-ups; what was said there is not for everybody who sees the plan."""
    alle = aftaler.for_sag(forloeb.sag)
    return alle if med_links else [replace(aftale, url="") for aftale in alle]
