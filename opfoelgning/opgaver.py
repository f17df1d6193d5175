"""Reading a case's tasks: who does what when, with what is known of each today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from borgere.models import Sag
from opfoelgning.models import Frist, Hvem, Opgave
from opfoelgning.models.logistik import OpgaveQuerySet
from opfoelgning.visning import Status, fristens_status
from rehabilitering.models import Indstilling
from ressource import dansk
from ressource.adgang import maa
from ressource.kalender import i_dag
from ressource.models import Bruger, Rolle, Stedfortraeder

# The deadline of a task, by the rule's code and what it is counted from.
KODE, ANKER = "OPGAVE", "opgave"
# What one must be to hold the place; without such a one, the responsible does it.
_ROLLE: dict[str, Rolle] = {
    Hvem.MENTOR: Rolle.MENTOR,
    Hvem.VIRKSOMHEDSKONSULENT: Rolle.VIRKSOMHEDSKONSULENT,
    Hvem.MOEDEKOORDINATOR: Rolle.MOEDEKOORDINATOR,
}


@dataclass(frozen=True)
class Opgavelinje:
    """One task as the pages show it. `ejer` is whose it is today, when its deadline says so."""

    opgave: Opgave
    ejer: Bruger | None
    status: Status

    @property
    def hvem(self) -> str:
        """`Jonas Juul, mentor`, `Borgeren`, `Lene Krog, for mentor` where the case has none."""
        rolle = str(Hvem(self.opgave.hvem).label)
        if self.opgave.bruger is not None and self.opgave.bruger.is_active:
            return self.opgave.bruger.navn
        if self.opgave.hvem == Hvem.BORGER or self.ejer is None:
            return rolle.capitalize()
        kraever = _ROLLE.get(self.opgave.hvem)
        er_i_stedet = kraever is not None and not self.ejer.har_rolle(kraever)
        return f"{self.ejer.navn}, {'for ' if er_i_stedet else ''}{rolle}"

    @property
    def er_aaben(self) -> bool:
        """Neither done nor lapsed."""
        return not (self.opgave.udfoert_dato or self.opgave.bortfaldet_dato)


def synlige(sag: Sag, bruger: Bruger) -> OpgaveQuerySet:
    """The case's tasks that the user's role may see: all, or for a mentor and the like their own.

    Also those of whom they stand in for: a deputy is reminded of them.
    """
    alle: OpgaveQuerySet = Opgave.objects.filter(sag=sag)
    if maa(bruger, "opgave.se_alle"):
        return alle
    vikar_for = Stedfortraeder.objects.gaeldende(i_dag()).filter(vikar=bruger)
    egne = Frist.objects.filter(
        Q(ejer=bruger) | Q(ejer__in=vikar_for.values("for_bruger")),
        sag=sag,
        kode=KODE,
        anker_type=ANKER,
    )
    return alle.filter(pk__in=egne.values("anker_id"))


def linjer(opgaver: Iterable[Opgave]) -> list[Opgavelinje]:
    """The tasks with their owner and state today. One statement besides that of `opgaver`."""
    alle = list(opgaver)
    frister = {
        frist.anker_id: frist
        for frist in Frist.objects.filter(
            kode=KODE, anker_type=ANKER, anker_id__in=[o.pk for o in alle]
        ).select_related("ejer")
    }
    dag = i_dag()
    return [_linje(opgave, frister.get(opgave.pk), dag) for opgave in alle]


def _linje(opgave: Opgave, frist: Frist | None, dag: date) -> Opgavelinje:
    return Opgavelinje(opgave, frist.ejer if frist else None, _status(opgave, frist, dag))


def _status(opgave: Opgave, frist: Frist | None, dag: date) -> Status:
    if opgave.udfoert_dato:
        sent = ", for sent" if opgave.udfoert_dato > opgave.frist_dato else ""
        return Status("ok", f"Gjort {dansk.dato(opgave.udfoert_dato)}{sent}")
    if opgave.bortfaldet_dato:
        return Status("ren", f"Bortfaldet {dansk.dato(opgave.bortfaldet_dato)}")
    varsel = frist.varsel_dato if frist else opgave.frist_dato
    return fristens_status(opgave.frist_dato, varsel, dag)


def seneste_indstilling(sag: Sag) -> Indstilling | None:
    """The case's latest finalised indstilling: the one its tasks and eftermøde are about."""
    fundet: Indstilling | None = sag.indstillinger.afsluttede().first()
    return fundet


def kreds(sag: Sag) -> list[Bruger]:
    """Who may be given a task by name: those with a place in the case today. One statement."""
    pladser = sag.tildelinger.gaeldende(i_dag()).habile()
    return list(
        Bruger.objects.filter(is_active=True, tildelinger__in=pladser)
        .distinct()
        .order_by("navn", "pk")
    )
