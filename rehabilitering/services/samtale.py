"""The talks in which the forberedende del is made (guide, element 1): registered and taken back."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from borgere.models import Netvaerksperson, Sag
from borgere.services import laas_sag
from rehabilitering.models import ForberedendeDel, Samtale
from rehabilitering.services import forberedelse
from ressource import dansk, haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger


@transaction.atomic
def registrer(
    sag: Sag,
    *,
    dato: date,
    form: Samtale.Form | str,
    emner: Collection[str],
    med_borger: bool = True,
    netvaerk: Collection[Netvaerksperson] = (),
    kolleger: Collection[Bruger] = (),
    andre: str = "",
    notat: str = "",
    af: Bruger,
) -> Samtale:
    """Register a talk of the newest round; the first one begins the forberedende del.

    Raises `ValidationError` for a day to come or before the case, for topics outside the case's
    rule set, for people outside the citizen's network, when nobody took part, for the same talk
    sent twice, and outside the step forberedelse.
    """
    sag = laas_sag(sag.pk)
    del_ = forberedelse.begynd_del(sag, af=af)
    _kraev_dag(sag, dato)
    _kraev_kendte(sag, emner, netvaerk)
    if not (med_borger or netvaerk or kolleger or andre.strip()):
        raise ValidationError({"med_borger": "Skriv, hvem du talte med."})
    samtale = Samtale(
        forberedende_del=del_,
        dato=dato,
        form=form,
        med_borger=med_borger,
        andre=andre.strip(),
        # In the rule set's order, so that the same choice is stored alike.
        emner=[e["kode"] for e in sag.regelsaet.samtaleemner if e["kode"] in emner],
        notat=notat.replace("\r\n", "\n").strip(),
        foert_af=af,
    )
    _kraev_ny(samtale)
    # An empty list is a talk about nothing in the list, which happens.
    samtale.full_clean(exclude=["emner"])
    samtale.save()
    samtale.netvaerk.set(netvaerk)
    samtale.kolleger.set(kolleger)
    haendelser.log(samtale, "samtale.registreret", af=af, sag_id=sag.pk, emner=samtale.emner)
    return samtale


@transaction.atomic
def tag_tilbage(samtale: Samtale, *, begrundelse: str, af: Bruger) -> Samtale:
    """A talk that was registered by mistake: it stays, with why, and counts no longer.

    Raises `ValidationError` without a reason, and when it is taken back already.
    """
    laas_sag(samtale.forberedende_del.sag_id)
    samtale = (
        Samtale.objects.select_for_update(of=("self",))
        .select_related("forberedende_del")
        .get(pk=samtale.pk)
    )
    if samtale.annulleret_den:
        raise ValidationError("Samtalen er allerede taget tilbage.", code="annulleret")
    if not begrundelse.strip():
        raise ValidationError({"begrundelse": "Skriv, hvorfor samtalen tages tilbage."})
    samtale.annulleret_den = timezone.now()
    samtale.annulleret_af = af
    samtale.annulleret_begrundelse = begrundelse.strip()
    samtale.full_clean(exclude=["emner"])
    samtale.save(update_fields=["annulleret_den", "annulleret_af", "annulleret_begrundelse"])
    haendelser.log(samtale, "samtale.taget_tilbage", af=af, sag_id=samtale.forberedende_del.sag_id)
    return samtale


def manglende_emner(sag: Sag, del_: ForberedendeDel | None) -> list[dict[str, Any]]:
    """The rule set's talk topics that no talk of the round has touched. One statement at most."""
    return uberoerte(sag, del_.samtaler.gaeldende() if del_ and del_.pk else ())


def uberoerte(sag: Sag, samtaler: Iterable[Samtale]) -> list[dict[str, Any]]:
    """The rule set's talk topics that none of these talks has touched."""
    beroert = {kode for samtale in samtaler for kode in samtale.emner}
    return [emne for emne in sag.regelsaet.samtaleemner if emne["kode"] not in beroert]


def _kraev_dag(sag: Sag, dato: date) -> None:
    if dato > i_dag():
        raise ValidationError({"dato": "Datoen ligger i fremtiden. Skriv den dag, I talte sammen."})
    if dato < sag.oprettet_dato:
        oprettet = dansk.dato(sag.oprettet_dato)
        raise ValidationError({"dato": f"Sagen er oprettet {oprettet}. Vælg en senere dato."})


def _kraev_ny(samtale: Samtale) -> None:
    """Raise for the same talk sent twice; the case is locked."""
    ens = samtale.forberedende_del.samtaler.gaeldende().filter(
        dato=samtale.dato,
        form=samtale.form,
        emner=samtale.emner,
        andre=samtale.andre,
        notat=samtale.notat,
        foert_af=samtale.foert_af,
    )
    if ens.exists():
        raise ValidationError(
            "Samtalen er allerede registreret. Talte I sammen to gange den dag, så skriv forskellen "
            "i notatet.",
            code="findes",
        )


def _kraev_kendte(sag: Sag, emner: Collection[str], netvaerk: Collection[Netvaerksperson]) -> None:
    kendte = {emne["kode"] for emne in sag.regelsaet.samtaleemner}
    if not set(emner) <= kendte:
        raise ValidationError({"emner": "Et af emnerne findes ikke i sagens regelsæt."})
    if any(person.borger_id != sag.borger_id for person in netvaerk):
        raise ValidationError({"netvaerk": "En af personerne er ikke i borgerens netværk."})
