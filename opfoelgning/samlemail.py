"""The digest: one mail a day at most with what one has been reminded of since the last.

The reminders wait in the table, so a digest that could not be made is made the next time the job
runs. Taking them and writing the `Besked` is one transaction: either both or neither, and none is
mailed in two digests. From there the outbox sends it (ADR 0018, ADR 0021).

A mail is no safe place: rules, dates and numbers stand in it, never who it is about. A deadline's
own name is left out too, since it may hold what somebody typed.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from opfoelgning.models import Paamindelse, Paamindelsesvalg
from opfoelgning.models.paamindelse import PaamindelseQuerySet
from ressource import beskeder, dansk
from ressource.kalender import i_dag
from ressource.models import Besked, Bruger, Kalenderdag

logger = logging.getLogger(__name__)

# The job runs every hour in the morning; after the last of them, the next comes the next open day.
SIDSTE_KOERSEL = time(12, 30)

_OVERSKRIFT = {
    Paamindelse.Art.OVERSKREDET: "Overskredet",
    Paamindelse.Art.VARSEL: "Nærmer sig",
    Paamindelse.Art.ESKALERET: "Gået videre til dig som teamleder",
}


@dataclass(frozen=True)
class Udsendelse:
    """What is to be sent now: the open day it belongs to, and reminders given before `foer`."""

    dag: date
    foer: datetime


def valg_for(bruger: Bruger) -> Paamindelsesvalg:
    """How the user wants it; not stored, and everything every day, when nothing was chosen."""
    return Paamindelsesvalg.objects.filter(bruger=bruger).first() or Paamindelsesvalg(bruger=bruger)


def forfalden(valg: Paamindelsesvalg, dato: date) -> Udsendelse | None:
    """What is due on `dato`; None on a closed day, and for whoever wants no mail.

    A weekly one belongs to its weekday, or the next open day. Should the job not have run that
    day, it is made good on the next it runs, with what there was to say then.
    """
    if valg.hyppighed == valg.Hyppighed.ALDRIG:
        return None
    if not Kalenderdag.objects.filter(dato=dato, er_aaben=True).exists():
        return None
    dag = dato
    if valg.hyppighed == valg.Hyppighed.UGENTLIG:
        dag = _naeste_aabne(dato - timedelta(days=(dato.isoweekday() - valg.ugedag) % 7))
    foer = timezone.make_aware(datetime.combine(dag + timedelta(days=1), time()))
    return Udsendelse(dag, foer) if dag <= dato else None


def naeste_dag(valg: Paamindelsesvalg, nu: datetime) -> date | None:
    """The first day a digest can come after `nu`; None for whoever wants no mail."""
    if valg.hyppighed == valg.Hyppighed.ALDRIG:
        return None
    lokal = timezone.localtime(nu)
    fra = lokal.date() + timedelta(days=lokal.time() > SIDSTE_KOERSEL)
    fra = _naeste_aabne(fra)
    if fra == lokal.date() and valg.bruger_id and _er_sendt(valg.bruger, fra):
        fra = _naeste_aabne(fra + timedelta(days=1))
    if valg.hyppighed == valg.Hyppighed.DAGLIG:
        return fra
    ugedag = fra - timedelta(days=(fra.isoweekday() - valg.ugedag) % 7)
    rullet = _naeste_aabne(ugedag)
    return rullet if rullet >= fra else _naeste_aabne(ugedag + timedelta(days=7))


def venter(valg: Paamindelsesvalg, dato: date) -> PaamindelseQuerySet:
    """What the user's next digest would hold on `dato`: not mailed, not read, and still true.

    Of cases the user may still see; a teamleder's are told by number of cases alone.
    """
    venter = (
        Paamindelse.objects.for_bruger(valg.bruger, dato)
        .ulaeste(dato)
        .filter(mailet_den=None)
        .select_related("frist__regel")
        .order_by("pk")
    )
    return venter if valg.med_varsler else venter.exclude(art=Paamindelse.Art.VARSEL)


def udkast(valg: Paamindelsesvalg, dato: date) -> Besked | None:
    """The digest as it would be if sent on `dato`; None when there is nothing to say. Not stored."""
    paamindelser = list(venter(valg, dato))
    if not paamindelser:
        return None
    return beskeder.udkast(valg.bruger, noegle="udkast", **_indhold(valg, paamindelser))


def send_alle(dato: date | None = None) -> int:
    """Write the digests that are due on `dato` (default today), and return how many.

    One transaction each; what the outbox has given up sending goes into the next. One that cannot
    be written is logged and does not hold the others; its reminders wait. Running it again on the
    same day writes only what is missing.
    """
    dato = dato or i_dag()
    _tag_op()
    nye = Paamindelse.objects.filter(bruger=OuterRef("pk"), mailet_den=None, laest_den=None)
    modtagere = (
        Bruger.objects.filter(Exists(nye), is_active=True)
        .exclude(email="")
        .exclude(paamindelsesvalg__hyppighed=Paamindelsesvalg.Hyppighed.ALDRIG)
        .order_by("pk")
    )
    skrevet = 0
    for bruger in modtagere:
        try:
            skrevet += send(bruger, dato) is not None
        except ValidationError:
            logger.exception("Samlet mail til bruger %s kunne ikke skrives.", bruger.pk)
    return skrevet


@transaction.atomic
def send(bruger: Bruger, dato: date) -> Besked | None:
    """Write the user's digest if one is due on `dato` and there is something to say.

    Two workers at once: the second waits for the rows, and finds them taken. Raises
    `ValidationError` when the text cannot stand in a mail.
    """
    valg = valg_for(bruger)
    udsendelse = forfalden(valg, dato)
    if udsendelse is None:
        return None
    paamindelser = list(
        venter(valg, dato)
        .filter(oprettet_den__lt=udsendelse.foer)
        .select_for_update(of=("self",), no_key=True)
    )
    if not paamindelser or _er_sendt(bruger, udsendelse.dag):
        return None
    noegle = _noegle(bruger, udsendelse.dag)
    besked = beskeder.opret(bruger, noegle=noegle, **_indhold(valg, paamindelser))
    taget = Paamindelse.objects.filter(pk__in=[p.pk for p in paamindelser])
    taget.update(besked=besked, mailet_den=timezone.now())
    return besked


def _tag_op() -> None:
    """What stood in a digest the outbox has given up (ADR 0018) waits for the next one."""
    opgivne = Paamindelse.objects.filter(besked__opgivet_den__isnull=False)
    opgivne.update(besked=None, mailet_den=None)


def _indhold(valg: Paamindelsesvalg, paamindelser: Sequence[Paamindelse]) -> dict[str, str]:
    antal = _frister(len(paamindelser))
    afsnit = [f"Du har {antal} at se på."]
    for art, overskrift in _OVERSKRIFT.items():
        if linjer := _linjer(p for p in paamindelser if p.art == art):
            afsnit.append("\n".join([overskrift, *linjer]))
    if som_vikar := sum(p.for_bruger_id is not None for p in paamindelser):
        afsnit.append(f"{som_vikar} af dem har du som vikar for en kollega.")
    afsnit.append(
        f"Du får mailen {valg.get_hyppighed_display()}. Du kan ændre det under Påmindelser."
    )
    return {
        "emne": f"Du har {antal} i Ressource",
        "tekst": "\n\n".join(afsnit),
        "sti": reverse("opfoelgning:paamindelser"),
    }


def _linjer(paamindelser: Iterable[Paamindelse]) -> list[str]:
    """One line for each rule, by name: how many, and the first date."""
    datoer: dict[str, list[date]] = defaultdict(list)
    for paamindelse in paamindelser:
        datoer[paamindelse.frist.regel.navn].append(paamindelse.forfald_dato)
    return [
        f"- {regel}: {_frister(len(dage))}, {'den første ' if len(dage) > 1 else ''}"
        f"{dansk.dato(min(dage))}"
        for regel, dage in sorted(datoer.items())
    ]


def _frister(antal: int) -> str:
    return "1 frist" if antal == 1 else f"{antal} frister"


def _noegle(bruger: Bruger, dag: date) -> str:
    return f"frister:{bruger.pk}:{dag.isoformat()}"


def _er_sendt(bruger: Bruger, dag: date) -> bool:
    return Besked.objects.filter(noegle=_noegle(bruger, dag)).exists()


def _naeste_aabne(dato: date) -> date:
    return Kalenderdag.objects.values_list("naeste_aabne", flat=True).get(dato=dato) or dato
