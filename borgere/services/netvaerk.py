"""The network, and what the citizen has agreed may be shared."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from borgere.models import Borger, Netvaerksperson, Sag, Samtykke
from ressource import haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger


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
    informationstyper: list[str],
    oplysninger: str = "",
    fra_dato: date,
    til_dato: date,
    givet_hvordan: str = "",
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
        informationstyper=informationstyper,
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
