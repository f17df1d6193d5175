"""What a package is made from, read once."""

from collections.abc import Sequence
from dataclasses import dataclass

from borgere.models import Dokument, Sag, Samtykke
from borgere.models.sag import TildelingQuerySet
from rehabilitering import indsatte_svar
from rehabilitering.models import (
    Dagsordenspunkt,
    ForberedendeDel,
    Laegeattest,
    Sparringsbooking,
)
from rehabilitering.services.forberedelse import seneste_del
from ressource.kalender import i_dag


@dataclass(frozen=True)
class Grundlag:
    """The facts of one case's package. `attest` is the one that is current on the meeting's day."""

    punkt: Dagsordenspunkt
    forberedende_del: ForberedendeDel | None
    attest: Laegeattest | None
    svar: list[Sparringsbooking]
    dokumenter: list[Dokument]
    samtykker: list[Samtykke]
    sagsbehandler: str

    @property
    def sag(self) -> Sag:
        """The case."""
        return self.punkt.sag


def laes_grundlag(
    punkt: Dagsordenspunkt, dokumenter: Sequence[int], *, med_indhold: bool = True
) -> Grundlag:
    """What is in the package of `punkt` with the documents of those ids. At most eight statements.

    `punkt` brings meeting, case, citizen and rule set. Without `med_indhold` the files' bytes stay
    behind.
    """
    sag = punkt.sag
    fundne = Dokument.objects.filter(sag=sag, pk__in=dokumenter).order_by("art", "dato", "pk")
    attester = Laegeattest.objects.aktuelle(punkt.moede.dato).filter(sag=sag)
    attester = attester.select_related("dokument").order_by("-modtaget_dato")
    if not med_indhold:
        fundne = fundne.defer("indhold")
        attester = attester.defer("dokument__indhold")
    return Grundlag(
        punkt=punkt,
        forberedende_del=seneste_del(sag),
        attest=attester.first(),
        svar=list(indsatte_svar.sagens(sag).order_by("besvaret_den", "pk")),
        dokumenter=list(fundne),
        samtykker=[
            samtykke
            for samtykke in sag.borger.samtykker.filter(
                art=Samtykke.Art.FORVALTNING
            ).select_related("netvaerksperson")
            if samtykke.status(i_dag()) in ("gaelder", "kommende")
        ],
        sagsbehandler=_sagsbehandler(sag.tildelinger.all()),
    )


def _sagsbehandler(tildelinger: TildelingQuerySet) -> str:
    ansvarlige = tildelinger.gaeldende(i_dag()).ansvarlige().select_related("bruger")
    tildeling = ansvarlige.first()
    return tildeling.bruger.navn if tildeling else "Ingen sagsbehandler"


def mangler(grundlag: Grundlag) -> list[str]:
    """What the team would look for in vain, as sentences."""
    fundne = []
    del_ = grundlag.forberedende_del
    if del_ is None:
        fundne.append("Den forberedende del er ikke skrevet.")
    elif del_.gennemgaaet_dato is None:
        fundne.append("Den forberedende del er ikke gennemgået med borgeren.")
    if grundlag.attest is None:
        fundne.append("Der er ingen lægeattest LÆ 265, som er aktuel på mødedagen.")
    if not grundlag.svar:
        fundne.append("Sundhedskoordinatoren har ikke svaret på spørgsmål i sagen.")
    return fundne
