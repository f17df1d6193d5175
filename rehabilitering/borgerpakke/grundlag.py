"""What the packet is made from, read once and in a fixed number of statements."""

from dataclasses import dataclass
from datetime import date

from borgere import deling
from borgere.models import Bisidder, Fuldmagt, Informationstype, Netvaerksperson, Sag
from rehabilitering import dagsorden
from rehabilitering.models import (
    Dagsordenspunkt,
    ForberedendeDel,
    Laegeattest,
    Moededeltager,
    Moedeforberedelse,
    Teamspoergsmaal,
)
from rehabilitering.moedetider import Plads
from ressource.models import Bruger

PRIVATE = ("fortaeller_selv", "hjaelp_til", "saerlige_behov")


@dataclass(frozen=True)
class Grundlag:
    """The facts of one case on one day. `tid` is the case's own place on the agenda."""

    sag: Sag
    aftale: Moedeforberedelse
    # Whether the agreement's private words stand in it: never to somebody whose fuldmagt is
    # narrower, and then the whole packet may only go to those who may read the forberedende del.
    med_private: bool
    sagsbehandler: Bruger | None
    punkt: Dagsordenspunkt | None
    tid: Plads | None
    deltagere: list[Moededeltager]
    forberedende_del: ForberedendeDel | None
    attest: Laegeattest | None
    bisiddere: list[Bisidder]
    repraesentanter: list[Fuldmagt]
    netvaerk: list[Netvaerksperson]
    spoergsmaal: list[str]

    @property
    def indhold(self) -> Informationstype:
        """What a recipient must be allowed to know to get it."""
        return Informationstype.FORBEREDENDE_DEL if self.med_private else Informationstype.MOEDER

    def privat(self, felt: str) -> str:
        """One of the agreement's private texts, when it may stand in the packet."""
        return getattr(self.aftale, felt).strip() if self.med_private else ""


def laes_grundlag(sag: Sag, dag: date) -> Grundlag:
    """The facts on `dag`. A meeting that has been is no longer the one to prepare for."""
    borger = sag.borger
    aftale = Moedeforberedelse.objects.filter(sag=sag).first() or Moedeforberedelse(sag=sag)
    ansvarlig = sag.tildelinger.gaeldende(dag).ansvarlige().select_related("bruger").first()
    aabne = sag.dagsordenspunkter.aabne().filter(moede__dato__gte=dag)
    punkt: Dagsordenspunkt | None = aabne.select_related("moede").first()
    moededag = punkt.moede.dato if punkt else dag
    fuldmagter = borger.fuldmagter.gaeldende(moededag)
    til_moedet = [Netvaerksperson.Deltagelse.TEAMMOEDE]
    return Grundlag(
        sag=sag,
        aftale=aftale,
        med_private=_med_private(sag, aftale, dag),
        sagsbehandler=ansvarlig.bruger if ansvarlig else None,
        punkt=punkt,
        tid=dagsorden.tur_for(punkt).plads if punkt else None,
        deltagere=_deltagere(punkt),
        forberedende_del=sag.forberedende_dele.first(),
        attest=Laegeattest.objects.aktuelle(dag).filter(sag=sag).first(),
        bisiddere=list(borger.bisiddere.gaeldende(moededag)),
        repraesentanter=list(fuldmagter.filter(art=Fuldmagt.Art.PARTSREPRAESENTANT)),
        netvaerk=list(borger.netvaerk.nuvaerende().filter(deltager_i__contains=til_moedet)),
        spoergsmaal=[s.tekst for s in Teamspoergsmaal.objects.gaeldende(dag)],
    )


def _med_private(sag: Sag, aftale: Moedeforberedelse, dag: date) -> bool:
    """Whether there are private words, and whoever gets the letter may know them."""
    if not any(getattr(aftale, felt).strip() for felt in PRIVATE):
        return False
    post = deling.postmodtagere(sag.borger, Informationstype.MOEDER, dag)[0]
    svar = deling.maa_dele(
        sag.borger, post.modtager, Informationstype.FORBEREDENDE_DEL, dag, sag_id=sag.pk
    )
    return svar.maa


def _deltagere(punkt: Dagsordenspunkt | None) -> list[Moededeltager]:
    """Who sits in the meeting, its chair first."""
    if punkt is None:
        return []
    alle = punkt.moede.deltagere.kommer().select_related("bruger")
    return sorted(alle, key=lambda d: d.bruger_id != punkt.moede.moedeleder_id)
