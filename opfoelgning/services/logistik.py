"""The logistikplan at work: a case's tasks are made, lapse and move with what happens to it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Exists, F, Model, OuterRef, Q

from borgere.models import Sag, Tildeling
from borgere.services import laas_sag
from opfoelgning.models import Hvem, Logistiktrin, Opfoelgningsmoede, Opgave
from opfoelgning.models.logistik import OpgaveQuerySet
from opfoelgning.services.opgaver import udfoer_opgave
from rehabilitering.models import Indstilling, Indstillingsudlevering, Udfald
from ressource import haendelser
from ressource.datoer import tilfoej
from ressource.kalender import i_dag
from ressource.models import Bruger, Haendelse, Kalenderdag

NY_INDSTILLING = "Teamet har behandlet sagen igen"
SAGEN_SLUT = "Sagen er afsluttet"
# The event, and the code of the line that it does; a line keeps its code through every correction.
GJORT_AF = {
    "indstilling.udleveret": "indstilling_paa_skrift",
    "opfoelgning.aftalt": "aftal_opfoelgning",
    "opfoelgning.serie": "aftal_opfoelgning",
    "opfoelgning.holdt": "foerste_opfoelgning",
    "logistikplan.udleveret": "plan_udleveret",
    "afgoerelse.truffet": "afgoerelse",
    "plan.godkendt": "indsatser_i_gang",
}
# Where the day it happened stands, when that can be another than the day it is registered.
_SKETE: dict[str, tuple[type[Model], str]] = {
    "indstilling.udleveret": (Indstillingsudlevering, "dato"),
    "opfoelgning.holdt": (Opfoelgningsmoede, "afholdt_dato"),
}
_RETTET = "Indstillingen er rettet til "


@transaction.atomic
def dan_opgaver(indstilling: Indstilling, *, af: Bruger | None) -> int:
    """Make the tasks of a finalised indstilling's outcome; give how many are new.

    What an earlier round of the case left open lapses. Of this one, a line made already is left as
    it is, but one that lapsed when the outcome was corrected opens again, and one that the outcome
    no longer starts lapses. Run again, nothing happens.
    """
    laas_sag(indstilling.sag_id)
    genererede = Opgave.objects.filter(sag=indstilling.sag_id, trin__isnull=False)
    egne = genererede.filter(indstilling=indstilling)
    passer = Q(trin__udfald__contains=[indstilling.udfald])
    grund = f"{_RETTET}{Udfald(indstilling.udfald).label}"
    _bortfald(genererede.exclude(indstilling=indstilling), NY_INDSTILLING, i_dag())
    _bortfald(egne.exclude(passer), grund, i_dag())
    egne.filter(passer, bortfaldet_grund__startswith=_RETTET).update(
        bortfaldet_dato=None, bortfaldet_grund="", laas=F("laas") + 1
    )
    nye = gem_nye(indstilling)
    if nye:
        haendelser.log(
            indstilling, "opgaver.dannet", af=af, sag_id=indstilling.sag_id, antal=len(nye)
        )
    return len(nye)


def gem_nye(indstilling: Indstilling) -> list[Opgave]:
    """Store a task for each line in force that the outcome starts and that has none yet.

    A line that got new words since is the same line: its code has been made.
    """
    koder = indstilling.opgaver.filter(trin__isnull=False).values_list("trin__kode", flat=True)
    linjer = (
        Logistiktrin.objects.gaeldende(i_dag())
        .filter(udfald__contains=[indstilling.udfald])
        .exclude(kode__in=list(koder))
    )
    datoer = {trin: tilfoej(indstilling.moede_dato, trin.antal, trin.enhed) for trin in linjer}
    aabne = dict(
        Kalenderdag.objects.filter(dato__in=datoer.values()).values_list("dato", "forrige_aabne")
    )
    nye = [
        Opgave(
            sag_id=indstilling.sag_id,
            indstilling=indstilling,
            trin=trin,
            hvem=trin.hvem,
            hvad=trin.hvad,
            til_borgeren=trin.til_borgeren,
            paa_eftermoedet=trin.paa_eftermoedet,
            # On a day when somebody is at work, and never before the meeting itself.
            frist_dato=max(aabne.get(dato) or dato, indstilling.moede_dato),
        )
        for trin, dato in datoer.items()
    ]
    return Opgave.objects.bulk_create(nye)


def _bortfald(opgaver: OpgaveQuerySet, grund: str, dato: date) -> None:
    """Let the open ones of `opgaver` lapse. The field history is the database's own."""
    opgaver.aabne().update(bortfaldet_dato=dato, bortfaldet_grund=grund, laas=F("laas") + 1)


# Reactions


def ved_indstilling(haendelse: Haendelse) -> None:
    """Reaction to `indstilling.afsluttet` and `indstilling.rettet`, in their transaction."""
    dan_opgaver(Indstilling.objects.get(pk=haendelse.objekt_id), af=haendelse.af)


def ved_afslutning(haendelse: Haendelse) -> None:
    """Reaction to `sag.afsluttet`: nothing more is to be done, own tasks included."""
    sag = Sag.objects.get(pk=haendelse.objekt_id)
    _bortfald(Opgave.objects.filter(sag=sag), SAGEN_SLUT, sag.afsluttet_dato or i_dag())


def ved_faktum(haendelse: Haendelse) -> None:
    """Reaction to what a line of the plan asks for: the case says it is done, so nobody ticks it.

    Done on the day it happened; what lies before the team meeting is another round's.
    """
    if haendelse.af is None:
        return
    kode, dato = GJORT_AF[haendelse.kode], i_dag()
    if sted := _SKETE.get(haendelse.kode):
        model, felt = sted
        dato = model._default_manager.values_list(felt, flat=True).get(pk=haendelse.objekt_id)
    opgaver = Opgave.objects.filter(sag=haendelse.sag_id, trin__kode=kode).aabne()
    for opgave in opgaver.filter(indstilling__moede_dato__lte=dato):
        udfoer_opgave(opgave, dato=dato, af=haendelse.af)


def ved_overdragelse(haendelser_: Sequence[Haendelse]) -> None:
    """Reaction to `sag.overdraget`: what was given to its former holder by name is the new one's."""
    foerste = haendelser_[0]
    sager = [haendelse.sag_id for haendelse in haendelser_]
    _foelg_sagen(sager, date.fromisoformat(foerste.data["fra_dato"]), af=foerste.af)


def ved_tildeling(haendelser_: Sequence[Haendelse]) -> None:
    """Reaction to `sag.tildelt`: a new responsible takes over from the former."""
    nye = [h for h in haendelser_ if h.data.get("art") == Tildeling.Art.ANSVARLIG]
    pladser = Tildeling.objects.filter(pk__in=[h.objekt_id for h in nye])
    sager: dict[date, list[int | None]] = {}
    for sag_id, dag in pladser.values_list("sag_id", "fra_dato") if nye else ():
        sager.setdefault(dag, []).append(sag_id)
    for dag, fra_den_dag in sager.items():
        _foelg_sagen(fra_den_dag, dag, af=nye[0].af)


def ved_fratraeden(haendelse: Haendelse) -> None:
    """Reaction to `sag.tildeling_afsluttet`, which is told before the place is given up."""
    _foelg_sagen([haendelse.sag_id], i_dag(), af=haendelse.af, undtagen=haendelse.objekt_id)


def ved_inhabilitet(haendelse: Haendelse) -> None:
    """Reaction to `adgang.inhabil`: all the citizen's cases are closed to the one named."""
    sager = Sag.objects.filter(borger__inhabile=haendelse.objekt_id)
    _foelg_sagen(list(sager.values_list("pk", flat=True)), i_dag(), af=haendelse.af)


def _foelg_sagen(
    sager: Sequence[int | None], dag: date, *, af: Bruger | None, undtagen: int | None = None
) -> None:
    """Open tasks given by name to somebody who has no place in the case after `dag`.

    They become the responsible's, whoever that is: a task is never left with somebody to whom the
    case is closed. One statement when there are none.
    """
    plads = (
        Tildeling.objects.filter(
            Q(til_dato=None) | Q(til_dato__gt=dag),
            sag=OuterRef("sag"),
            bruger=OuterRef("bruger"),
            fra_dato__lte=dag,
        )
        .exclude(pk=undtagen or 0)
        .habile()
    )
    navngivne = Opgave.objects.filter(sag__in=sager, bruger__isnull=False).aabne()
    fundne = dict(navngivne.filter(~Exists(plads)).values_list("pk", "sag_id"))
    if not fundne:
        return
    Opgave.objects.filter(pk__in=fundne).update(
        bruger=None, hvem=Hvem.ANSVARLIG, laas=F("laas") + 1
    )
    antal = Counter(fundne.values())
    haendelser.log_mange(
        "opgaver.fulgt_med", [(Sag(pk=pk), pk, {"antal": n}) for pk, n in antal.items()], af=af
    )
