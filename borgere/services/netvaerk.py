"""The people around the citizen."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from borgere.models import Borger, Informationstype, Netvaerksperson, Sag, Samtykke
from ressource import haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.samtidighed import kraev_laas


def laas_borger(borger_id: int) -> Borger:
    """The citizen, locked: what is registered about one citizen is registered one at a time."""
    return Borger.objects.select_for_update(of=("self",), no_key=True).get(pk=borger_id)


def i_orden(informationstyper: Any) -> list[str]:
    """Each once and in the order of `Informationstype`, so that the same choice is stored alike."""
    return [kode for kode in Informationstype.values if kode in set(informationstyper)]


@transaction.atomic
def tilfoej_netvaerksperson(
    sag: Sag,
    *,
    navn: str,
    relation: str,
    holdning: Netvaerksperson.Holdning | str,
    barrierer: str = "",
    telefon: str = "",
    oensket_deling: list[str] | None = None,
    deltager_i: list[str] | None = None,
    af: Bruger,
) -> Netvaerksperson:
    """Add somebody around the citizen (guide, element 3).

    Raises `ValidationError` by field, and when the person is in the network already.
    """
    laas_borger(sag.borger_id)
    person = Netvaerksperson(
        borger=sag.borger,
        navn=navn,
        relation=relation,
        holdning=holdning,
        barrierer=barrierer,
        telefon=telefon,
        oensket_deling=i_orden(oensket_deling or []),
        deltager_i=deltager_i or [],
    )
    person.full_clean()
    person.save()
    haendelser.log(person, "netvaerk.tilfoejet", af=af, sag_id=sag.pk)
    return person


@transaction.atomic
def ret_netvaerksperson(
    person: Netvaerksperson,
    oplysninger: dict[str, Any],
    *,
    sag: Sag,
    laas: int | None = None,
    af: Bruger,
) -> Netvaerksperson:
    """Correct what is known of a person; `oplysninger` are fields of `Netvaerksperson` by name.

    When nothing differs, nothing is written. Raises `ValidationError` by field, and
    `ForaeldetVersionError` when somebody saved after `laas` was read.
    """
    person = Netvaerksperson.objects.select_for_update(of=("self",)).get(pk=person.pk)
    kraev_laas(person, laas)
    _kraev_i_netvaerket(person)
    nye = oplysninger | {"oensket_deling": i_orden(oplysninger["oensket_deling"])}
    rettet = [felt for felt, v in nye.items() if getattr(person, felt) != v]
    if not rettet:
        return person
    for felt in rettet:
        setattr(person, felt, nye[felt])
    person.laas += 1
    person.full_clean()
    person.save(update_fields=[*rettet, "laas"])
    haendelser.log(person, "netvaerk.rettet", af=af, sag_id=sag.pk, felter=sorted(rettet))
    return person


@transaction.atomic
def udgaa_netvaerksperson(person: Netvaerksperson, *, sag: Sag, af: Bruger) -> Netvaerksperson:
    """From today the person is no longer around the citizen, and their consents end.

    The row stays, for it tells who was told what. Raises `ValidationError` when it is so already.
    """
    laas_borger(person.borger_id)
    person = Netvaerksperson.objects.select_for_update(of=("self",)).get(pk=person.pk)
    _kraev_i_netvaerket(person)
    person.udgaaet_dato = i_dag()
    person.laas += 1
    person.save(update_fields=["udgaaet_dato", "laas"])
    aabne = person.samtykker.filter(trukket_dato=None, til_dato__gte=i_dag())
    antal = 0
    for samtykke in Samtykke.objects.select_for_update(of=("self",)).filter(pk__in=aabne):
        samtykke.trukket_dato = i_dag()
        samtykke.trukket_aarsag = "Personen er ikke længere i netværket."
        samtykke.save(update_fields=["trukket_dato", "trukket_aarsag"])
        antal += 1
    haendelser.log(person, "netvaerk.udgaaet", af=af, sag_id=sag.pk, samtykker=antal)
    return person


def _kraev_i_netvaerket(person: Netvaerksperson) -> None:
    """Raise `ValidationError` when the person has left the network."""
    if person.udgaaet_dato:
        raise ValidationError("Personen er ikke længere i netværket.", code="udgaaet")
