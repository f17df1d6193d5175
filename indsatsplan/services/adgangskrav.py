"""What must hold before a forløb's plan may be changed."""

from datetime import date

from django.core.exceptions import ValidationError

from borgere.services import laas_sag
from indsatsplan.models import Indsats, Ressourceforloeb
from ressource import dansk
from ressource.kalender import i_dag


def laas_aabent_forloeb(forloeb_id: int) -> Ressourceforloeb:
    """The forløb with its case, both locked until the transaction ends.

    Raises `ValidationError` when the forløb or the case has ended.
    """
    sag_id = Ressourceforloeb.objects.values_list("sag_id", flat=True).get(pk=forloeb_id)
    sag = laas_sag(sag_id)
    forloeb = Ressourceforloeb.objects.select_for_update(of=("self",)).get(pk=forloeb_id)
    forloeb.sag = sag
    slut = forloeb.afsluttet_dato or sag.afsluttet_dato
    if slut is not None:
        raise ValidationError(
            "Forløbet sluttede %(dato)s. Planen kan læses, men ikke ændres.",
            code="afsluttet",
            params={"dato": dansk.dato(slut)},
        )
    return forloeb


def laas_indsats(indsats: Indsats) -> tuple[Ressourceforloeb, Indsats]:
    """The open forløb and its effort, both locked, as they are now; the effort brings the forløb.

    Raises `ValidationError` when the forløb or the case has ended.
    """
    forloeb = laas_aabent_forloeb(indsats.forloeb_id)
    return forloeb, forloeb.indsatser.select_for_update(of=("self",)).get(pk=indsats.pk)


def kraev_i_forloebet(forloeb: Ressourceforloeb, **datoer: date | None) -> None:
    """Raise `ValidationError`, on the fields named, for dates outside the forløb."""
    uden_for = {
        felt: ValidationError(
            "Datoen ligger uden for forløbet, der går fra %(fra)s til %(til)s.",
            code="uden_for_forloebet",
            params={
                "fra": dansk.dato(forloeb.start_dato),
                "til": dansk.dato(forloeb.gaelder_til),
            },
        )
        for felt, dato in datoer.items()
        if dato is not None and not forloeb.start_dato <= dato <= forloeb.gaelder_til
    }
    if uden_for:
        raise ValidationError(uden_for)


def kraev_ikke_fremtid(**datoer: date) -> None:
    """Raise `ValidationError`, on the fields named, for dates that have not come yet."""
    fremtidige = {
        felt: ValidationError(
            "Datoen ligger i fremtiden. Skriv den dag, det skete.", code="fremtid"
        )
        for felt, dato in datoer.items()
        if dato > i_dag()
    }
    if fremtidige:
        raise ValidationError(fremtidige)
