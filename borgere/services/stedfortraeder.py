"""Who stands in for whom, from when to when."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction

from ressource import haendelser
from ressource.datoer import Enhed, tilfoej
from ressource.kalender import i_dag
from ressource.models import Bruger, Organisation, Rolle, Stedfortraeder

# Nobody is away longer without the cases being handed over.
HOEJST_MAANEDER = 12


def mulige_vikarer(for_bruger: Bruger) -> models.QuerySet[Bruger]:
    """Active colleagues in the municipality who hold at least one of `for_bruger`'s roles."""
    return Bruger.objects.filter(
        is_active=True,
        organisation=Organisation.KOMMUNE,
        roller__overlap=for_bruger.roller,
    ).exclude(pk=for_bruger.pk)


def kan_raade_over(for_bruger: Bruger, bruger: Bruger) -> bool:
    """Whether `bruger` may choose who stands in for `for_bruger`: oneself and one's teamleder."""
    er_leder = bruger.har_rolle(Rolle.TEAMLEDER) and bruger.team_id is not None
    return bruger.pk == for_bruger.pk or (er_leder and bruger.team_id == for_bruger.team_id)


@transaction.atomic
def saet_stedfortraeder(
    for_bruger: Bruger, vikar: Bruger, *, fra_dato: date, til_dato: date, af: Bruger
) -> Stedfortraeder:
    """Let `vikar` see and do what `for_bruger` may, both days included.

    A form sent twice gives one. Raises `PermissionDenied` unless `af` may (`kan_raade_over`), and
    `ValidationError` when the two share no role, one of them is not the municipality's own, the
    days have gone, are the wrong way round or more than `HOEJST_MAANEDER` months, or `vikar` stands
    in already.
    """
    # Locked, so that of two at the same moment the second sees the first.
    for_bruger = Bruger.objects.select_for_update(no_key=True).get(pk=for_bruger.pk)
    if not kan_raade_over(for_bruger, af):
        raise PermissionDenied("Du kan kun vælge vikar for dig selv eller dit eget team.")
    periode = {"for_bruger": for_bruger, "vikar": vikar, "fra_dato": fra_dato, "til_dato": til_dato}
    if findes := Stedfortraeder.objects.filter(**periode).first():
        return findes
    _kraev_kan_vikariere(for_bruger, vikar)
    _kraev_dage(fra_dato, til_dato)
    stedfortraeder = Stedfortraeder(**periode)
    stedfortraeder.full_clean()
    stedfortraeder.save()
    haendelser.log(
        stedfortraeder,
        "stedfortraeder.sat",
        af=af,
        for_bruger=for_bruger.pk,
        vikar=vikar.pk,
        fra=fra_dato.isoformat(),
        til=til_dato.isoformat(),
    )
    return stedfortraeder


def _kraev_kan_vikariere(for_bruger: Bruger, vikar: Bruger) -> None:
    if vikar.pk == for_bruger.pk:
        raise ValidationError({"vikar": "Man kan ikke være vikar for sig selv."})
    er_ekstern = for_bruger.organisation != Organisation.KOMMUNE
    if er_ekstern or not mulige_vikarer(for_bruger).filter(pk=vikar.pk).exists():
        raise ValidationError(
            {
                "vikar": (
                    "Vikaren skal være en kollega i kommunen med samme rolle. Vælg en anden kollega."
                )
            }
        )


def _kraev_dage(fra_dato: date, til_dato: date) -> None:
    if fra_dato < i_dag():
        raise ValidationError({"fra_dato": "Datoen er gået. Skriv i dag eller senere."})
    if til_dato < fra_dato:
        raise ValidationError({"til_dato": "Slutdatoen ligger før startdatoen."})
    if til_dato > tilfoej(fra_dato, HOEJST_MAANEDER, Enhed.MAANEDER):
        raise ValidationError(
            {
                "til_dato": (
                    f"Vælg højst {HOEJST_MAANEDER} måneder. "
                    "Skal det vare længere, så overdrag sagerne."
                )
            }
        )


@transaction.atomic
def afslut_stedfortraeder(stedfortraeder: Stedfortraeder, *, af: Bruger) -> None:
    """End it at once: what has begun ended yesterday, what has not never comes to be.

    The event log keeps that it was set. Ended already, nothing is written. For those who may choose
    (`kan_raade_over`) and the deputy; others get `PermissionDenied`.
    """
    stedfortraeder = (
        Stedfortraeder.objects.select_for_update(of=("self",))
        .select_related("for_bruger")
        .get(pk=stedfortraeder.pk)
    )
    if af.pk != stedfortraeder.vikar_id and not kan_raade_over(stedfortraeder.for_bruger, af):
        raise PermissionDenied("Du kan kun afslutte vikariater for dig selv eller dit eget team.")
    i_gaar = i_dag() - timedelta(days=1)
    if stedfortraeder.til_dato and stedfortraeder.til_dato <= i_gaar:
        return
    haendelser.log(
        stedfortraeder,
        "stedfortraeder.afsluttet",
        af=af,
        for_bruger=stedfortraeder.for_bruger_id,
        vikar=stedfortraeder.vikar_id,
    )
    if stedfortraeder.fra_dato > i_gaar:
        stedfortraeder.delete()
        return
    stedfortraeder.til_dato = i_gaar
    stedfortraeder.full_clean()
    stedfortraeder.save(update_fields=["til_dato"])
