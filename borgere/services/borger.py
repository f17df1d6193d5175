"""The citizen's own data, the network, and what the citizen has agreed may be shared."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from borgere.models import Borger, Netvaerksperson, Sag, Samtykke
from ressource import haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.samtidighed import kraev_laas


@transaction.atomic
def ret_borger(
    sag: Sag, oplysninger: dict[str, Any], *, laas: int | None = None, af: Bruger
) -> Borger:
    """Correct the citizen's data; `oplysninger` are fields of `Borger` by name.

    The old values stay in the history the database keeps. A new date for the children's case names
    `af` as the one who followed it up. When nothing differs, nothing is written. Raises
    `ValidationError` by field, and `ForaeldetVersionError` when somebody saved after `laas` was
    read.
    """
    borger = Borger.objects.select_for_update(of=("self",)).get(pk=sag.borger_id)
    kraev_laas(borger, laas)
    rettet = [felt for felt, v in oplysninger.items() if getattr(borger, felt) != v]
    if not rettet:
        return borger
    for felt in rettet:
        setattr(borger, felt, oplysninger[felt])
    if "boernesag_fulgt_op_dato" in rettet:
        naevn_opfoelger(borger, af=af)
        rettet.append("boernesag_fulgt_op_af")
    borger.laas += 1
    borger.full_clean()
    borger.save(update_fields=[*rettet, "laas"])
    haendelser.log(borger, "borger.rettet", af=af, sag_id=sag.pk, felter=sorted(rettet))
    return borger


def naevn_opfoelger(borger: Borger, *, af: Bruger) -> None:
    """Let `af` be the one who followed up the children's case on its date; nobody without one."""
    borger.boernesag_fulgt_op_af = af if borger.boernesag_fulgt_op_dato else None


@transaction.atomic
def tilfoej_netvaerksperson(
    sag: Sag,
    *,
    navn: str,
    relation: str,
    holdning: Netvaerksperson.Holdning | str,
    barrierer: str = "",
    telefon: str = "",
    af: Bruger,
) -> Netvaerksperson:
    """Add somebody around the citizen (guide, element 3). Raises `ValidationError` by field."""
    person = Netvaerksperson(
        borger=sag.borger,
        navn=navn,
        relation=relation,
        holdning=holdning,
        barrierer=barrierer,
        telefon=telefon,
    )
    person.full_clean()
    person.save()
    haendelser.log(person, "netvaerk.tilfoejet", af=af, sag_id=sag.pk)
    return person


@transaction.atomic
def giv_samtykke(
    sag: Sag,
    *,
    modtager: Samtykke.Modtager | str,
    oplysninger: str,
    fra_dato: date,
    til_dato: date,
    givet_hvordan: str,
    netvaerksperson: Netvaerksperson | None = None,
    af: Bruger,
) -> Samtykke:
    """Register what the citizen has agreed to (RSL § 11 a): to whom, what, and from–to.

    Raises `ValidationError` when the dates are the wrong way round, or when the person in the
    network is not named or is somebody else's.
    """
    if netvaerksperson and netvaerksperson.borger_id != sag.borger_id:
        raise ValidationError({"netvaerksperson": "Personen er ikke i borgerens netværk."})
    samtykke = Samtykke(
        borger=sag.borger,
        modtager=modtager,
        netvaerksperson=netvaerksperson,
        oplysninger=oplysninger,
        fra_dato=fra_dato,
        til_dato=til_dato,
        givet_hvordan=givet_hvordan,
        registreret_af=af,
    )
    samtykke.full_clean()
    samtykke.save()
    haendelser.log(samtykke, "samtykke.givet", af=af, sag_id=sag.pk, modtager=str(modtager))
    return samtykke


@transaction.atomic
def traek_samtykke(samtykke: Samtykke, *, sag: Sag, af: Bruger) -> Samtykke:
    """Withdraw a consent from today on; what was shared before stays shared.

    Raises `ValidationError` when it is withdrawn already.
    """
    samtykke = Samtykke.objects.select_for_update(of=("self",)).get(pk=samtykke.pk)
    if samtykke.trukket_dato:
        raise ValidationError("Samtykket er allerede trukket tilbage.", code="trukket")
    samtykke.trukket_dato = i_dag()
    samtykke.full_clean()
    samtykke.save(update_fields=["trukket_dato"])
    haendelser.log(samtykke, "samtykke.trukket", af=af, sag_id=sag.pk)
    return samtykke


def kraev_samtykke(
    borger: Borger,
    modtager: Samtykke.Modtager,
    *,
    netvaerksperson: Netvaerksperson | None = None,
    dato: date | None = None,
) -> Samtykke:
    """The consent that lets something be shared with `modtager` on `dato` (default today).

    Raises `ValidationError` (code `mangler_samtykke`) that says what is missing when none holds:
    not given, run out, or withdrawn.
    """
    samtykke = (
        borger.samtykker.gaeldende(dato or i_dag())
        .filter(modtager=modtager, netvaerksperson=netvaerksperson)
        .first()
    )
    if samtykke is None:
        hvem = netvaerksperson.navn if netvaerksperson else modtager.label
        raise ValidationError(
            "Borgeren har ikke givet et samtykke, der gælder nu, til %(hvem)s. Indhent det under "
            "Borger og netværk.",
            code="mangler_samtykke",
            params={"hvem": hvem},
        )
    return samtykke
