"""The progression questions: a new version is written, put in use from a day, and then left alone.

Answers belong to the version they were given to, so one that has been in use is never changed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from opfoelgning.models import Progressionsindikator, Progressionskatalog, Progressionstrin
from ressource import dansk, haendelser
from ressource.datoer import EN_DAG
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.samtidighed import kraev_laas

Retning = Literal["op", "ned"]
TRIN_MINDST = 2
HOEJST_FREM = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Indikatortekst:
    """What is written of one indicator. `trin` are the words of each step, the lowest first."""

    navn: str
    spoergsmaal_borger: str
    spoergsmaal_fagperson: str
    skjult_for_borger: bool
    skala_min: int
    trin: Sequence[str]


@transaction.atomic
def ny_version(*, af: Bruger) -> Progressionskatalog:
    """Begin a new version as a copy of the latest one.

    Raises `ValidationError` when a new version is being written already.
    """
    seneste = Progressionskatalog.objects.select_for_update(of=("self",)).order_by("-nr").first()
    if Progressionskatalog.objects.kladder().exists():
        raise ValidationError("Der er allerede en ny version under arbejde. Skriv videre på den.")
    katalog = Progressionskatalog(nr=(seneste.nr if seneste else 0) + 1, navn="Progression")
    if seneste:
        katalog.navn, katalog.vejledning = seneste.navn, seneste.vejledning
        katalog.maaneder = seneste.maaneder
    katalog.full_clean()
    katalog.save()
    if seneste:
        _kopier(seneste, katalog)
    haendelser.log(katalog, "progressionskatalog.begyndt", af=af)
    return katalog


@transaction.atomic
def ret_version(
    katalog: Progressionskatalog,
    *,
    navn: str,
    vejledning: str,
    maaneder: int,
    laas: int,
    af: Bruger,
) -> Progressionskatalog:
    """Give the new version another name, other advice, or months between the questions.

    Raises `ForaeldetVersionError` when somebody saved after `laas` was read, and `ValidationError`
    when it is in use.
    """
    katalog = _laas_kladde(katalog.pk, laas)
    katalog.navn, katalog.vejledning, katalog.maaneder = navn, vejledning, maaneder
    katalog.full_clean()
    _gem(katalog, "navn", "vejledning", "maaneder", af=af)
    return katalog


@transaction.atomic
def gem_indikator(
    katalog: Progressionskatalog,
    indikator: Progressionsindikator | None,
    tekst: Indikatortekst,
    *,
    laas: int,
    af: Bruger,
) -> Progressionsindikator:
    """Add an indicator last (None), or write one anew. The number of steps is the scale.

    Raises as `ret_version`, and for fewer than two steps or more than fit a scale.
    """
    katalog = _laas_kladde(katalog.pk, laas)
    if indikator is None:
        indikator = _ny_indikator(katalog)
    if len(tekst.trin) < TRIN_MINDST:
        raise ValidationError({"trin": "Skriv mindst to trin, ét på hver linje."})
    indikator.navn = tekst.navn
    indikator.spoergsmaal_borger = tekst.spoergsmaal_borger
    indikator.spoergsmaal_fagperson = tekst.spoergsmaal_fagperson
    indikator.skjult_for_borger = tekst.skjult_for_borger
    indikator.skala_min = tekst.skala_min
    indikator.skala_max = tekst.skala_min + len(tekst.trin) - 1
    indikator.full_clean()
    indikator.save()
    indikator.trin.all().delete()
    nye = [
        Progressionstrin(indikator=indikator, vaerdi=vaerdi, ankertekst=ord_)
        for vaerdi, ord_ in enumerate(tekst.trin, start=tekst.skala_min)
    ]
    for trin in nye:
        trin.full_clean()
    Progressionstrin.objects.bulk_create(nye)
    _gem(katalog, af=af)
    return indikator


@transaction.atomic
def flyt_indikator(
    katalog: Progressionskatalog, indikator_id: int, retning: Retning, *, af: Bruger
) -> None:
    """Move an indicator of the new version one place; at the end nothing changes.

    Raises `ValidationError` when the version is in use or the indicator is gone.
    """
    katalog = _laas_kladde(katalog.pk)
    raekke = list(katalog.indikatorer.all())
    fra = next((n for n, i in enumerate(raekke) if i.pk == indikator_id), None)
    if fra is None:
        raise ValidationError("Indikatoren er taget ud imens.")
    til = fra + (-1 if retning == "op" else 1)
    if not 0 <= til < len(raekke):
        return
    raekke.insert(til, raekke.pop(fra))
    for rang, indikator in enumerate(raekke, start=1):
        indikator.rang = rang
    Progressionsindikator.objects.bulk_update(raekke, ["rang"])
    _gem(katalog, af=af)


@transaction.atomic
def fjern_indikator(katalog: Progressionskatalog, indikator_id: int, *, af: Bruger) -> None:
    """Take an indicator out of the new version; the version in use keeps its own.

    Raises `ValidationError` when the version is in use. The second time changes nothing.
    """
    katalog = _laas_kladde(katalog.pk)
    _slet(katalog.indikatorer.filter(pk=indikator_id).values_list("pk", flat=True))
    _gem(katalog, af=af)


@transaction.atomic
def udgiv(katalog: Progressionskatalog, *, fra: date, laas: int, af: Bruger) -> Progressionskatalog:
    """Put the new version in use from `fra`; the one before is used until the day before.

    Meetings that have begun to answer keep their version. Raises `ForaeldetVersionError` as
    `ret_version`, and `ValidationError` for a day gone by, more than a year ahead (nothing earlier
    could be put in use after it) or no later than the first day of the version before, a version without indicators, and one in use already.
    """
    katalog = _laas_kladde(katalog.pk, laas)
    if fra < i_dag():
        raise ValidationError({"fra": "Vælg i dag eller en senere dag."})
    if fra > i_dag() + HOEJST_FREM:
        raise ValidationError({"fra": "Vælg en dag inden for et år. Kontrollér årstallet."})
    if not katalog.indikatorer.exists():
        raise ValidationError("Skriv mindst én indikator, før versionen tages i brug.")
    foer = Progressionskatalog.objects.exclude(gyldig_fra=None).order_by("-gyldig_fra").first()
    if foer and foer.gyldig_fra and foer.gyldig_fra >= fra:
        dag = dansk.dato(foer.gyldig_fra)
        raise ValidationError(
            {"fra": f"Version {foer.nr} bruges fra {dag}. Vælg en dag efter den."}
        )
    if foer:
        foer.gyldig_til = fra - EN_DAG
        foer.full_clean()
        foer.save(update_fields=["gyldig_til"])
    katalog.gyldig_fra = fra
    katalog.udgivet_af, katalog.udgivet_den = af, timezone.now()
    katalog.laas += 1
    katalog.full_clean()
    katalog.save(update_fields=["gyldig_fra", "udgivet_af", "udgivet_den", "laas"])
    haendelser.log(katalog, "progressionskatalog.udgivet", af=af, fra=fra.isoformat())
    return katalog


@transaction.atomic
def kasser(katalog: Progressionskatalog, *, af: Bruger) -> None:
    """Throw the new version away; nothing was ever answered to it.

    Raises `ValidationError` when it is in use.
    """
    katalog = _laas_kladde(katalog.pk)
    haendelser.log(katalog, "progressionskatalog.kasseret", af=af, nr=katalog.nr)
    _slet(katalog.indikatorer.values_list("pk", flat=True))
    katalog.delete()


def _laas_kladde(pk: int, laas: int | None = None) -> Progressionskatalog:
    katalog = Progressionskatalog.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if katalog is None:
        raise ValidationError("Den nye version er kasseret imens.")
    if not katalog.er_kladde:
        raise ValidationError(
            "Versionen er taget i brug og ændres ikke. Begynd på en ny version i stedet."
        )
    kraev_laas(katalog, laas)
    return katalog


def _gem(katalog: Progressionskatalog, *felter: str, af: Bruger) -> None:
    katalog.laas += 1
    katalog.save(update_fields=[*felter, "laas"])
    haendelser.log(katalog, "progressionskatalog.rettet", af=af)


def _ny_indikator(katalog: Progressionskatalog) -> Progressionsindikator:
    """Last in the version, with a code no version has had: a new thing is not an old one."""
    sidste = katalog.indikatorer.aggregate(rang=Max("rang"))["rang"] or 0
    naeste = (Progressionsindikator.objects.aggregate(pk=Max("pk"))["pk"] or 0) + 1
    return Progressionsindikator(katalog=katalog, kode=f"egen_{naeste}", rang=sidste + 1)


def _slet(indikatorer: Iterable[int]) -> None:
    pks = list(indikatorer)
    Progressionstrin.objects.filter(indikator__in=pks).delete()
    Progressionsindikator.objects.filter(pk__in=pks).delete()


def _kopier(fra: Progressionskatalog, til: Progressionskatalog) -> None:
    gamle = list(fra.indikatorer.prefetch_related("trin"))
    nye = Progressionsindikator.objects.bulk_create(
        Progressionsindikator(
            katalog=til,
            kode=i.kode,
            rang=i.rang,
            navn=i.navn,
            spoergsmaal_borger=i.spoergsmaal_borger,
            spoergsmaal_fagperson=i.spoergsmaal_fagperson,
            skjult_for_borger=i.skjult_for_borger,
            skala_min=i.skala_min,
            skala_max=i.skala_max,
        )
        for i in gamle
    )
    Progressionstrin.objects.bulk_create(
        Progressionstrin(indikator=ny, vaerdi=trin.vaerdi, ankertekst=trin.ankertekst)
        for gammel, ny in zip(gamle, nye, strict=True)
        for trin in gammel.trin.all()
    )
