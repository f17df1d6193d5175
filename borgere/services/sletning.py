"""The night's deletion: warn, wait, delete whole cases, and empty what is kept for a while only.

Every step asks the database what is due, so a night that was missed is made good by the next, and
twice does no harm. A case goes in one transaction: whole or not at all.
"""

import logging
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pgtrigger
from django.db import OperationalError, connection, models, transaction
from django.utils import timezone
from pghistory.models import Context
from psycopg import sql

from borgere import bevaringsregler, sagsgraf
from borgere.bevaringsregler import Gaelder, regel_for
from borgere.models import Bevaringsregel, Indlaesning, Sag, Sletning, Uddrag
from borgere.sagsgraf import Tabel
from borgere.services import indlaesning
from ressource import haendelser, segl, tidsgraense
from ressource.segl.tabeller import tabeller as forseglede

logger = logging.getLogger(__name__)

# A list that people are to look through is not longer than this; the rest is warned of next night.
HOEJST_PR_NAT = 500
# Any number: two runs at once wait for each other by it.
_LAAS = 7_301_958


@dataclass
class Udfald:
    """What a run did, or would do (`proev`)."""

    varslede: int = 0
    slettede: list[str] = field(default_factory=list)
    standsede: int = 0
    # Could not be deleted; the log says why, and the next night tries again.
    fejlede: int = 0
    opslag: int = 0
    uddrag: int = 0
    indlaesninger: int = 0
    beskeder: int = 0
    sagspakker: int = 0

    def __str__(self) -> str:
        fejlede = f"{self.fejlede} kunne ikke slettes, " if self.fejlede else ""
        return (
            f"{self.varslede} sager varslet, {len(self.slettede)} slettet, {self.standsede} standset, "
            f"{fejlede}"
            f"{self.opslag} opslag, {self.uddrag} uddrag, {self.indlaesninger} indlæsninger, "
            f"{self.beskeder} beskeder og {self.sagspakker} sagspakker tømt"
        )


def koer(dato: date) -> Udfald:
    """Everything that is due on `dato`. Safe to run twice and to be killed at any point.

    A case that cannot be deleted stays whole, and does not keep the others. Raises
    `OperationalError` for the job to retry.
    """
    udfald = Udfald(varslede=varsl(dato))
    for sletning_id in _forfaldne_sletninger(dato):
        try:
            slettet = slet_sag(sletning_id, dato)
        except OperationalError:
            raise
        except Exception:
            logger.exception("Sletning %s kunne ikke gennemføres.", sletning_id)
            udfald.fejlede += 1
            continue
        udfald.slettede += [slettet.sagsnummer] if slettet and slettet.slettet_den else []
        udfald.standsede += bool(slettet and slettet.standset_den)
    udfald.opslag = _slet_opslag(dato)
    udfald.uddrag = _toem_uddrag(dato)
    udfald.indlaesninger = _toem_indlaesninger(dato)
    udfald.beskeder = _slet_beskeder(dato)
    udfald.sagspakker = _slet_hos_andre(Gaelder.SAGSPAKKE, dato)
    return udfald


def proev(dato: date) -> Udfald:
    """What `koer` would do on `dato`. Reads only; a case warned of today is not deleted today."""
    udfald = Udfald()
    if regel := regel_for(Gaelder.SAG, dato):
        udfald.varslede = bevaringsregler.til_varsling(regel, dato)[:HOEJST_PR_NAT].count()
        varslede = Sletning.objects.filter(pk__in=_forfaldne_sletninger(dato))
        sager = bevaringsregler.forfaldne_sager(regel, dato)
        udfald.slettede = list(
            varslede.filter(sag_id__in=sager.values("pk")).values_list("sagsnummer", flat=True)
        )
        udfald.standsede = varslede.count() - len(udfald.slettede)
    for gaelder, navn in (
        (Gaelder.OPSLAG, "opslag"),
        (Gaelder.UDDRAG, "uddrag"),
        (Gaelder.INDLAESNING, "indlaesninger"),
        (Gaelder.BESKED, "beskeder"),
        (Gaelder.SAGSPAKKE, "sagspakker"),
    ):
        if regel := regel_for(gaelder, dato):
            setattr(udfald, navn, bevaringsregler.antal_forfaldne(regel, dato))
    return udfald


@transaction.atomic
def varsl(dato: date) -> int:
    """Warn of the cases that are past the rule, at most `HOEJST_PR_NAT`; answers how many."""
    with connection.cursor() as markoer:
        markoer.execute("SELECT pg_advisory_xact_lock(%s)", [_LAAS])
    regel = regel_for(Gaelder.SAG, dato)
    if regel is None:
        return 0
    sager = list(bevaringsregler.til_varsling(regel, dato)[:HOEJST_PR_NAT])
    tidligst = dato + timedelta(days=regel.varsel_dage)
    for sletning in Sletning.objects.bulk_create(
        Sletning(regel=regel, sag_id=sag.pk, sagsnummer=sag.sagsnummer, tidligst_dato=tidligst)
        for sag in sager
    ):
        haendelser.log(sletning, "sletning.varslet", af=None, sag_id=sletning.sag_id)
    return len(sager)


def _forfaldne_sletninger(dato: date) -> list[int]:
    fundne = Sletning.objects.varslede().filter(tidligst_dato__lte=dato).order_by("pk")
    return list(fundne.values_list("pk", flat=True)[:HOEJST_PR_NAT])


@transaction.atomic
def slet_sag(sletning_id: int, dato: date) -> Sletning | None:
    """Delete the case of a warning whose grace is over, with everything that belongs to it.

    None when somebody else has dealt with it, or must wait for an archive that is being made. A case
    that is no longer past the rule (it is marked `BEVARES`, or the rule has changed) is stopped
    instead. The protocol counts what went from each table and holds no name.
    """
    tidsgraense.ophaev()
    varslede = Sletning.objects.varslede().filter(pk=sletning_id, tidligst_dato__lte=dato)
    # The case first, as whoever marks it `BEVARES` does: in the other order each waits for the other.
    sager = Sag.objects.select_for_update(of=("self",), skip_locked=True)
    sag = sager.filter(pk__in=varslede.values("sag_id")).first()
    sletning = varslede.select_for_update(of=("self",), skip_locked=True).first()
    if sag is None or sletning is None:
        return None
    if Uddrag.objects.filter(sag=sag, faerdig_den=None, fejl="").exists():
        return None
    regel = regel_for(Gaelder.SAG, dato)
    if regel is None or not bevaringsregler.forfaldne_sager(regel, dato).filter(pk=sag.pk).exists():
        sletning.standset_den = timezone.now()
        sletning.standset_grund = "Sagen er ikke længere forfalden efter reglen."
        sletning.save(update_fields=["standset_den", "standset_grund"])
        haendelser.log(sletning, "sletning.standset", af=None, sag_id=sag.pk)
        return sletning
    sletning.protokol = _slet_alt(sag, str(regel))
    sletning.slettet_den = timezone.now()
    sletning.save(update_fields=["protokol", "slettet_den"])
    haendelser.log(
        sletning, "sag.slettet", af=None, raekker=sum(sletning.protokol["tabeller"].values())
    )
    return sletning


def _slet_alt(sag: Sag, regel: str) -> dict[str, Any]:
    """Delete the case and, when it was the last, the citizen; answers the protocol."""
    andre_sager = Sag.objects.filter(borger=sag.borger_id).exclude(pk=sag.pk).count()
    tabeller = [(t, sag.pk) for t in sagsgraf.sagens()]
    if not andre_sager:
        tabeller += [(t, sag.borger_id) for t in sagsgraf.borgerens()]
    if andre_sager:
        _loesn(sag)
    kontekster = _kontekster(tabeller)
    antal = {tabel.navn: _slet(tabel, ejer, regel) for tabel, ejer in tabeller}
    antal["pghistory_context"] = _slet_kontekster(kontekster)
    return {
        "tabeller": {navn: n for navn, n in sorted(antal.items()) if n},
        "borger": f"bevaret: {andre_sager} andre sager" if andre_sager else "slettet med sagen",
    }


def _loesn(sag: Sag) -> None:
    """Empty the citizen's optional keys into the case, such as the scan of a consent."""
    for tabel, felt in sagsgraf.loese_henvisninger():
        noegle: Any = tabel.model._meta.get_field(felt)
        maal = sagsgraf.tabel_for(noegle.related_model)
        if maal is not None:
            ramte = maal.raekker([sag.pk]).order_by().values("pk")
            tabel.model._base_manager.filter(**{f"{felt}__in": ramte}).update(**{felt: None})


def _slet(tabel: Tabel, ejer: int, regel: str) -> int:
    """Delete the rows of one table that belong to `ejer`, set-based; answers how many.

    What is sealed goes with a protocol that the verification accepts. Only this table's own refusal
    to delete is set aside, and only for this statement.
    """
    raekker = tabel.raekker([ejer])
    if tabel.navn in forseglede():
        return segl.slet(raekker, regel=regel)
    sporg, parametre = raekker.order_by().values("pk").query.sql_with_params()
    noegle = str(tabel.model._meta.pk.column)
    with pgtrigger.ignore(*_vagter(tabel.model)), connection.cursor() as markoer:
        markoer.execute(
            sql.SQL("DELETE FROM {} WHERE {} IN ({})").format(
                sql.Identifier(tabel.navn), sql.Identifier(noegle), sql.SQL(sporg)
            ),
            parametre,
        )
        return int(markoer.rowcount)


def _vagter(model: type[models.Model]) -> list[str]:
    """The triggers that keep the table's rows from being deleted."""
    return [
        f"{model._meta.label}:{trigger.name}"
        for ejer, trigger in pgtrigger.registered()
        if ejer._meta.label == model._meta.label and isinstance(trigger, pgtrigger.Protect)
    ]


def _kontekster(tabeller: list[tuple[Tabel, int]]) -> set[Any]:
    """Who made the changes in the histories that go: rows that may be nobody's afterwards."""
    return {
        pk
        for tabel, ejer in tabeller
        if tabel.er_historik
        for pk in tabel.raekker([ejer])
        .order_by()
        .values_list("pgh_context_id", flat=True)
        .distinct()
        if pk
    }


def _slet_kontekster(ider: set[Any]) -> int:
    """Delete those of the contexts that no history points to any more."""
    if not ider:
        return 0
    tilbage = Context.objects.filter(pk__in=ider)
    for tabel in forseglede().values():
        if hasattr(tabel.model, "pgh_tracked_model"):
            andre = tabel.model._base_manager.filter(pgh_context_id=models.OuterRef("pk"))
            tilbage = tilbage.exclude(models.Exists(andre))
    return int(tilbage.delete()[0])


def _slet_opslag(dato: date) -> int:
    """Whole sealed batches of the look-up log past their rule."""
    regel = regel_for(Gaelder.OPSLAG, dato)
    if regel is None:
        return 0
    foer = bevaringsregler.foerste_dag_der_bevares(regel, dato)
    return segl.slet_udloebne("ressource_opslag", foer=foer, regel=str(regel))


def _toem_uddrag(dato: date) -> int:
    """Take the bytes of archives past their rule; the row stays and says that it was made."""
    regel = regel_for(Gaelder.UDDRAG, dato)
    if regel is None:
        return 0
    forfaldne = list(bevaringsregler.forfaldne_uddrag(regel, dato).values_list("pk", flat=True))
    for uddrag_id in forfaldne:
        _toem_et_uddrag(uddrag_id)
    return len(forfaldne)


@transaction.atomic
def _toem_et_uddrag(uddrag_id: int) -> None:
    uddrag = Uddrag.objects.select_for_update(of=("self",)).get(pk=uddrag_id)
    uddrag.dele.all().delete()
    uddrag.toemt_den = timezone.now()
    uddrag.save(update_fields=["toemt_den"])


def _toem_indlaesninger(dato: date) -> int:
    """Drop forgotten files past their rule, and what finished ones should have left."""
    regel = regel_for(Gaelder.INDLAESNING, dato)
    if regel is None:
        return 0
    forfaldne = list(bevaringsregler.forfaldne_indlaesninger(regel, dato))
    for fil in forfaldne:
        if fil.status == Indlaesning.Status.INDLAEST:
            fil.raekker.all().delete()
        else:
            indlaesning.fortryd(fil, af=None)
    return len(forfaldne)


def _slet_beskeder(dato: date) -> int:
    """Old notices, whose addresses may lead to what is deleted by now."""
    regel = regel_for(Gaelder.BESKED, dato)
    if regel is None:
        return 0
    return bevaringsregler.forfaldne_beskeder(regel, dato).delete()[0]


def _slet_hos_andre(gaelder: str, dato: date) -> int:
    """Rows of a floor above, which it has declared (`bevaringsregler.kend`)."""
    regel = regel_for(gaelder, dato)
    if regel is None:
        return 0
    return int(bevaringsregler.forfaldne_hos_andre(regel, dato).delete()[0])


def antal_raekker(regel: Bevaringsregel, dato: date) -> dict[str, int]:
    """What each case warned of and due on `dato` holds, by case number: for a dry run's report."""
    sager = bevaringsregler.forfaldne_sager(regel, dato)
    varslede = Sletning.objects.filter(
        pk__in=_forfaldne_sletninger(dato), sag_id__in=sager.values("pk")
    )
    return {
        s.sagsnummer: sum(t.raekker([s.sag_id]).count() for t in sagsgraf.sagens())
        for s in varslede
    }
