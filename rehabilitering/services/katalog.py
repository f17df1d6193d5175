"""The catalogue of effort types: added, corrected and retired by the administrator, never deleted."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from rehabilitering import katalog
from rehabilitering.models import Indsatstype
from ressource import haendelser
from ressource.models import Bruger
from ressource.samtidighed import kraev_laas

# What an effort is by its type, and who may read of it: it does not change once there are some.
_FAST_I_BRUG = ("omraade", "er_praktik", "er_mentor")


@transaction.atomic
def opret_indsatstype(oplysninger: Mapping[str, Any], *, af: Bruger) -> Indsatstype:
    """Add a type; `oplysninger` are its fields by name. Raises `ValidationError` by field."""
    with connection.cursor() as markoer:
        markoer.execute("SELECT pg_advisory_xact_lock(hashtext('rehabilitering.katalog'))")
    seneste = Indsatstype.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    indsatstype = Indsatstype(kode=f"egen_{seneste + 1}", **oplysninger)
    indsatstype.full_clean()
    _kraev_ene_om_navnet(indsatstype)
    indsatstype.save()
    haendelser.log(indsatstype, "katalog.oprettet", af=af, efter=_enkle(oplysninger))
    return indsatstype


@transaction.atomic
def ret_indsatstype(
    pk: int, oplysninger: Mapping[str, Any], *, laas: int | None = None, af: Bruger
) -> Indsatstype:
    """Correct a type, or take it out of the choices (`er_aktiv` False): it stays where it is used.

    When nothing differs, nothing is written; the event holds both versions of what does. Raises
    `ForaeldetVersionError` when somebody saved after `laas` was read, and `ValidationError` by
    field, for another area, praktik or mentor of a type in use, and for a basistilbud taken out.
    """
    indsatstype = Indsatstype.objects.select_for_update(of=("self",)).get(pk=pk)
    kraev_laas(indsatstype, laas)
    foer = {felt: getattr(indsatstype, felt) for felt in oplysninger}
    rettet = [felt for felt, v in oplysninger.items() if foer[felt] != v]
    if not rettet:
        return indsatstype
    _kraev_fast(indsatstype, rettet)
    for felt in rettet:
        setattr(indsatstype, felt, oplysninger[felt])
    if indsatstype.er_basistilbud and not indsatstype.er_aktiv:
        raise ValidationError(
            {"er_aktiv": "Et basistilbud skal altid kunne vælges. Fjern først mærket basistilbud."}
        )
    indsatstype.laas += 1
    indsatstype.full_clean()
    _kraev_ene_om_navnet(indsatstype)
    indsatstype.save(update_fields=[*rettet, "laas"])
    haendelser.log(
        indsatstype,
        "katalog.rettet",
        af=af,
        foer=_enkle({felt: foer[felt] for felt in rettet}),
        efter=_enkle({felt: oplysninger[felt] for felt in rettet}),
    )
    return indsatstype


def _kraev_fast(indsatstype: Indsatstype, rettet: list[str]) -> None:
    laaste = [felt for felt in _FAST_I_BRUG if felt in rettet]
    if laaste and (antal := katalog.antal_i_brug([indsatstype.pk])[indsatstype.pk]):
        brugt = "1 sted" if antal == 1 else f"{antal} steder"
        tekst = (
            f"Typen bruges {brugt} og kan ikke blive til noget andet. Opret en ny type, og tag den "
            "her ud."
        )
        raise ValidationError(dict.fromkeys(laaste, tekst))


def _kraev_ene_om_navnet(indsatstype: Indsatstype) -> None:
    """Two choices with one name could not be told apart."""
    andre = Indsatstype.objects.filter(
        omraade=indsatstype.omraade, navn__iexact=indsatstype.navn
    ).exclude(pk=indsatstype.pk)
    if andre.exists():
        raise ValidationError({"navn": "Der er allerede en type med det navn i området."})


def _enkle(oplysninger: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON can hold them: numbers with decimals as text."""
    return {
        felt: v if isinstance(v, bool | int | str) or v is None else str(v)
        for felt, v in oplysninger.items()
    }
