"""Who takes part in one case: put on the list, proposed from what the case says, taken off."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from borgere.models import Fuldmagt, Netvaerksperson
from rehabilitering.models import Dagsordenspunkt, Fremmoedeform, Punktdeltager
from rehabilitering.services import adgang_til_moede
from rehabilitering.services.indkaldelse.faelles import laas_deltager, laas_punkt
from rehabilitering.services.sparring.tider import indeholder_personnummer
from ressource import haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger

Art = Punktdeltager.Art


@dataclass(frozen=True)
class Deltagelse:
    """Somebody who is to take part; `navn` may be left out where a source says it."""

    art: str
    navn: str = ""
    bruger: Bruger | None = None
    netvaerksperson: Netvaerksperson | None = None
    fuldmagt: Fuldmagt | None = None
    fagomraade: str = ""
    form: str = Fremmoedeform.PERSONLIGT

    @property
    def vist_navn(self) -> str:
        """The name as it is kept with the case's turn."""
        kilde = self.bruger or self.netvaerksperson or self.fuldmagt
        return kilde.navn if kilde else self.navn.strip()


def forslag(punkt: Dagsordenspunkt) -> list[Deltagelse]:
    """Whom the case itself names and who is not on the list yet. Six statements.

    The citizen, who acts for them, bisidder and network with the wish to come, an interpreter when
    one is needed, and the caseworker (domain.md 1.2 rows 9-11, 2.5 and 2.8).
    """
    paa = {_noegle(en) for en in punkt.deltagere.aktuelle().select_related("bruger")}
    return [en for en in _naevnte(punkt) if _noegle(en) not in paa]


def _naevnte(punkt: Dagsordenspunkt) -> Iterator[Deltagelse]:
    borger, dag = punkt.sag.borger, punkt.moede.dato
    yield Deltagelse(Art.BORGER, borger.navn)
    for fuldmagt in borger.fuldmagter.gaeldende(dag).order_by("art", "pk"):
        yield Deltagelse(fuldmagt.art, fuldmagt=fuldmagt)
    for bisidder in borger.bisiddere.gaeldende(dag):
        yield Deltagelse(Art.BISIDDER, bisidder.navn)
    til_moedet = [Netvaerksperson.Deltagelse.TEAMMOEDE]
    for person in borger.netvaerk.nuvaerende().filter(deltager_i__contains=til_moedet):
        yield Deltagelse(Art.NETVAERK, netvaerksperson=person)
    if borger.tolkesprog:
        yield Deltagelse(Art.TOLK, f"Tolk, {borger.tolkesprog}")
    ansvarlige = punkt.sag.tildelinger.gaeldende(i_dag()).ansvarlige().select_related("bruger")
    for tildeling in ansvarlige:
        yield Deltagelse(Art.SAGSBEHANDLER, bruger=tildeling.bruger)


def _noegle(en: Deltagelse | Punktdeltager) -> tuple[str, object]:
    """What makes two the same person at one case: there is one citizen, and a source is itself."""
    if en.art == Art.BORGER:
        return Art.BORGER, None
    kilde = en.bruger or en.netvaerksperson or en.fuldmagt
    return str(en.art), kilde or en.navn.strip().casefold()


@transaction.atomic
def tilfoej(punkt: Dagsordenspunkt, deltagelse: Deltagelse, *, af: Bruger) -> Punktdeltager:
    """Put somebody on the list of one case; a fagperson reads the case if its package is published.

    Raises `ValidationError` for a person who is on it already, who sits in the meeting as a member,
    whose name is missing or holds a personnummer, for a source of another citizen, for a fagperson
    without an area, and as `laas_punkt`.
    """
    punkt = laas_punkt(punkt.pk, af)
    return _gem(punkt, deltagelse, af)


@transaction.atomic
def tilfoej_foreslaaede(punkt: Dagsordenspunkt, *, af: Bruger) -> int:
    """Put everybody of `forslag` on the list, and answer how many. Raises as `laas_punkt`."""
    punkt = laas_punkt(punkt.pk, af)
    nye = forslag(punkt)
    for deltagelse in nye:
        _gem(punkt, deltagelse, af)
    return len(nye)


def _gem(punkt: Dagsordenspunkt, ny: Deltagelse, af: Bruger) -> Punktdeltager:
    _kraev_gyldig(punkt, ny)
    if _noegle(ny) in {_noegle(en) for en in punkt.deltagere.aktuelle().select_related("bruger")}:
        raise ValidationError(f"{ny.vist_navn} er allerede på listen.")
    deltager = Punktdeltager(
        punkt=punkt,
        art=ny.art,
        navn=ny.vist_navn,
        bruger=ny.bruger,
        netvaerksperson=ny.netvaerksperson,
        fuldmagt=ny.fuldmagt,
        fagomraade=ny.fagomraade,
        form=ny.form,
        tilfoejet_af=af,
    )
    deltager.full_clean()
    deltager.save()
    if deltager.art == Art.FAGPERSON and ny.bruger:
        adgang_til_moede.giv(punkt.sag, punkt.moede, ny.bruger, af=af)
    haendelser.log(
        deltager, "indkaldelse.deltager_tilfoejet", af=af, sag_id=punkt.sag_id, art=str(ny.art)
    )
    return deltager


def _kraev_gyldig(punkt: Dagsordenspunkt, ny: Deltagelse) -> None:
    if not ny.vist_navn:
        raise ValidationError({"navn": "Skriv et navn, eller vælg en person på listen."})
    if indeholder_personnummer(ny.vist_navn):
        raise ValidationError({"navn": "Skriv ikke personnumre i navnet."})
    kilde = ny.netvaerksperson or ny.fuldmagt
    if kilde and kilde.borger_id != punkt.sag.borger_id:
        raise ValidationError("Personen hører til en anden borger. Genindlæs siden.")
    if ny.art == Art.FAGPERSON and not ny.fagomraade:
        raise ValidationError({"fagomraade": "Vælg, hvad fagpersonen kommer for."})
    er_medlem = ny.art == Art.FAGPERSON and punkt.moede.deltagere.filter(bruger=ny.bruger)
    if ny.bruger and er_medlem and er_medlem.exists():
        raise ValidationError({"bruger": f"{ny.bruger.navn} sidder allerede i mødet."})


@transaction.atomic
def fjern(deltager: Punktdeltager, *, af: Bruger) -> None:
    """Take somebody off the list; calls that were sent stay. A fagperson's access ends.

    Raises `ValidationError` for the citizen, who always has a place, and as `laas_punkt`.
    """
    deltager = laas_deltager(deltager, af)
    if deltager.art == Art.BORGER:
        raise ValidationError("Borgeren har altid plads ved sin egen sag.")
    deltager.fjernet_den = timezone.now()
    deltager.save(update_fields=["fjernet_den"])
    punkt = deltager.punkt
    if deltager.art == Art.FAGPERSON and deltager.bruger_id:
        adgang_til_moede.tag(punkt.moede, [punkt.sag_id], [deltager.bruger_id])
    haendelser.log(
        deltager, "indkaldelse.deltager_fjernet", af=af, sag_id=punkt.sag_id, art=deltager.art
    )
