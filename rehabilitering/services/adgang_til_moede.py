"""The access to a case that follows from sitting in the meeting that is to deal with it.

It runs from when the case's package is published (`Sagspakke`) until a number of days after the
meeting, which the rule set says (domain.md 3): long enough to finish minutes and dissent.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from borgere import deling
from borgere.models import Inhabilitet, Sag, Samtykke, Tildeling
from borgere.models.sag import TildelingQuerySet
from borgere.services import tildel
from rehabilitering.models import Dagsordenspunkt, Sagspakke, Teammoede
from ressource.kalender import i_dag
from ressource.models import Bruger, Organisation

REGIONEN = deling.Modtager(Samtykke.Modtager.REGION)
OPLYSNINGER = deling.SKAL_DELES[Samtykke.Modtager.REGION]


def adgang_til(moede: Teammoede, sag: Sag) -> date:
    """The last day on which the meeting's members may read the case; `sag` brings its rule set."""
    return moede.dato + timedelta(days=sag.regelsaet.sagspakke_adgang_dage)


def giv(sag: Sag, moede: Teammoede, bruger: Bruger, *, af: Bruger) -> None:
    """Let somebody who sits in the meeting read the case, if its package is published there.

    Nothing before that: publishing lets everybody in. One who is inhabil sits out the item without
    having read it, and somebody from the region reads it while the citizen has agreed to it.
    """
    pakker = Sagspakke.objects.gaeldende().filter(punkt__moede=moede, punkt__sag=sag)
    if pakker.exists():
        giv_ved_udgivelse(sag, moede, bruger, af=af)


def giv_ved_udgivelse(sag: Sag, moede: Teammoede, bruger: Bruger, *, af: Bruger) -> bool:
    """As `giv`, for a package that is being published. False for one who may not read the case."""
    inhabile = Inhabilitet.objects.gaeldende().filter(borger=sag.borger_id, bruger=bruger)
    if inhabile.exists():
        return False
    til_dato = adgang_til(moede, sag)
    if bruger.organisation == Organisation.REGION:
        svar = maa_til_regionen(sag)
        if not svar.maa:
            return False
        til_dato = min(til_dato, svar.slutter)
    har = sag.tildelinger.gaeldende(i_dag()).filter(
        bruger=bruger, art=Tildeling.Art.TEAMMOEDE, til_dato__gte=til_dato
    )
    if not har.exists():
        tildel(sag, bruger, Tildeling.Art.TEAMMOEDE, af=af, til_dato=til_dato)
    return True


def maa_til_regionen(sag: Sag) -> deling.Svar:
    """Whether the region may have the package today, and by what. Two statements."""
    return deling.aftaler(sag.borger_id, sag_id=sag.pk).svar_alle(REGIONEN, OPLYSNINGER)


def tag(moede: Teammoede, sager: Sequence[int], brugere: Sequence[int] | None = None) -> None:
    """End the access that this meeting gave to `brugere` (everybody), as of today.

    Days are whole, so what began earlier ends yesterday and what began today goes; the event log
    still holds that it was given. Access from an earlier meeting stays.
    """
    punkter = Dagsordenspunkt.objects.filter(moede=moede, sag__in=sager)
    for punkt in punkter.select_related("sag__regelsaet"):
        givet = _givet(punkt)
        if brugere is not None:
            givet = givet.filter(bruger__in=brugere)
        givet.filter(fra_dato=i_dag()).delete()
        givet.update(til_dato=i_dag() - timedelta(days=1))


def foelg_moedet(moede: Teammoede, *, af: Bruger) -> None:
    """Let the access that the meeting gave end where its day says now: it has been moved."""
    for punkt in moede.punkter.aabne().select_related("sag__regelsaet"):
        brugere = [tildeling.bruger for tildeling in _givet(punkt).select_related("bruger")]
        tag(moede, [punkt.sag_id])
        for bruger in brugere:
            giv_ved_udgivelse(punkt.sag, moede, bruger, af=af)


def _givet(punkt: Dagsordenspunkt) -> TildelingQuerySet:
    """What membership of the item's meeting gave, and that still runs.

    On the day that an earlier meeting dealt with the case, theirs is known by its last day.
    """
    foerste = punkt.pakker.order_by("nr").first()
    if foerste is None:
        return Tildeling.objects.none()
    andre = punkt.sag.dagsordenspunkter.filter(behandlet_den__isnull=False)
    return Tildeling.objects.filter(
        sag=punkt.sag_id,
        art=Tildeling.Art.TEAMMOEDE,
        fra_dato__gte=timezone.localdate(foerste.udgivet_den),
        til_dato__gte=i_dag(),
    ).exclude(
        til_dato__in=[adgang_til(en.moede, punkt.sag) for en in andre.select_related("moede")]
    )
