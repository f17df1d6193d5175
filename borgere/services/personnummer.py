"""A citizen gets another identifier: the old one is closed, kept, and still found by a search."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from borgere.models import Borger, Personnummer, Sag
from borgere.personnummer import Personnummer as Nummer
from borgere.services.borger import foelg_nummeret
from borgere.services.registrering import ikke_kendt
from ressource import haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger


@transaction.atomic
def skift_personnummer(
    sag: Sag, nummer: Nummer, *, aarsag: Personnummer.Aarsag, fra_dato: date, af: Bruger
) -> Personnummer:
    """Give the citizen of `sag` the identifier `nummer` from `fra_dato` on, and close the present.

    Date of birth and sex follow from a Danish number; a foreign identifier changes neither. A
    number the citizen has had before is taken up again; the history of its row keeps the period it
    held then.
    Raises `ValidationError` by field, and with the code `ikke_kendt`, telling nothing, when the
    number is somebody else's.
    """
    borger = Borger.objects.select_for_update(of=("self",)).get(pk=sag.borger_id)
    kendt = Personnummer.objects.filter(tegn=nummer.tegn).first()
    if kendt and kendt.borger_id != borger.pk:
        raise ikke_kendt()
    if fra_dato > i_dag():
        raise ValidationError({"fra_dato": "Datoen ligger ude i fremtiden. Skriv i dag eller før."})
    nuvaerende = borger.personnumre.filter(til_dato=None).first()
    if nuvaerende:
        _kontroller(nuvaerende, kendt, aarsag, fra_dato)
        # One that began the same day was wrong from the start, and keeps that one day.
        nuvaerende.til_dato = max(nuvaerende.fra_dato, fra_dato - timedelta(days=1))
        nuvaerende.save(update_fields=["til_dato"])
    nyt = kendt or Personnummer(borger=borger)
    nyt.nummer, nyt.art = nummer.vaerdi, Personnummer.Art(nummer.type)
    nyt.aarsag, nyt.fra_dato, nyt.til_dato = aarsag, fra_dato, None
    _gem(nyt)
    fulgt = foelg_nummeret(borger, nummer)
    borger.laas += 1
    borger.full_clean()
    borger.save(update_fields=[*fulgt, "laas"])
    haendelser.log(borger, "personnummer.skiftet", af=af, sag_id=sag.pk, aarsag=str(aarsag))
    return nyt


def _kontroller(
    nuvaerende: Personnummer, kendt: Personnummer | None, aarsag: str, fra_dato: date
) -> None:
    if kendt and kendt.pk == nuvaerende.pk:
        raise ValidationError({"nummer": "Det er det nummer, borgeren har nu. Intet er ændret."})
    if aarsag not in aarsager(nuvaerende):
        raise ValidationError({"aarsag": "Årsagen passer ikke til det nummer, borgeren har nu."})
    if fra_dato < nuvaerende.fra_dato:
        raise ValidationError(
            {
                "fra_dato": "Det nuværende nummer gælder fra "
                f"{nuvaerende.fra_dato:%d.%m.%Y}. Skriv den dag eller en senere."
            }
        )


def aarsager(nuvaerende: Personnummer | None) -> list[Personnummer.Aarsag]:
    """Why the number a citizen has now may be followed by another."""
    aarsag = Personnummer.Aarsag
    kun_for = {
        aarsag.ERSTATNING: Personnummer.Art.ERSTATNING,
        aarsag.UDENLANDSK: Personnummer.Art.UDENLANDSK,
    }
    art = nuvaerende.art if nuvaerende else ""
    return [a for a in aarsag if kun_for.get(a, art) == art]


def _gem(nummer: Personnummer) -> None:
    try:
        with transaction.atomic():
            nummer.full_clean()
            nummer.save()
    except IntegrityError as fejl:
        # Somebody else registered the same number a moment ago.
        raise ikke_kendt() from fejl
