"""Editing the letters: a draft by one, an approval by another, and the old version kept."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from rehabilitering.brev import proeve
from rehabilitering.models import Brevskabelon
from ressource import beskeder, haendelser
from ressource.models import Bruger, Haendelse
from ressource.samtidighed import ForaeldetVersionError, kraev_laas

Status = Brevskabelon.Status
GEMT = "brevskabelon.gemt"
AFVIST = "brevskabelon.afvist"


def udkast(kode: str) -> Brevskabelon | None:
    """The version of `kode` that is being written or waits for approval."""
    igang = Brevskabelon.objects.filter(
        kode=kode, status__in=[Status.KLADDE, Status.TIL_GODKENDELSE]
    )
    return igang.select_related("skrevet_af").first()


def har_skrevet(skabelon: Brevskabelon, bruger: Bruger) -> bool:
    """Whether the user has saved any of the version's words: then another must approve it."""
    if skabelon.skrevet_af_id == bruger.pk:
        return True
    skrevet = Haendelse.objects.filter(
        kode=GEMT, objekt_type=skabelon._meta.label_lower, objekt_id=skabelon.pk, af=bruger
    )
    return skrevet.exists()


@transaction.atomic
def gem(kode: str, *, overskrift: str, tekst: str, laas: int, af: Bruger) -> Brevskabelon:
    """Save the draft of `kode`; the first save begins it as the next version.

    `laas` is the draft's number, 0 when the page showed none. Raises `ForaeldetVersionError` when
    somebody saved meanwhile, and `ValidationError` by field when the text cannot be used
    (`brev.proeve.fejl`), when it waits for approval, and when it is as the one in use.
    """
    _laas_alle()
    gammel = Brevskabelon.objects.gaeldende().filter(kode=kode).first()
    skabelon = udkast(kode) or Brevskabelon(kode=kode, nr=_naeste_nr(kode), laas=0)
    if skabelon.laas != laas:
        raise ForaeldetVersionError
    if skabelon.status == Status.TIL_GODKENDELSE:
        raise ValidationError(
            "Brevet venter på godkendelse. Tag det tilbage, hvis du vil rette i det."
        )
    # Browsers send line breaks as two signs.
    tekst = tekst.replace("\r\n", "\n").strip()
    if fundne := proeve.fejl(kode, overskrift, tekst):
        raise ValidationError(dict(fundne))
    if gammel and (gammel.overskrift, gammel.tekst) == (overskrift.strip(), tekst):
        raise ValidationError("Der er ikke ændret noget i forhold til det brev, der gælder nu.")
    skabelon.overskrift, skabelon.tekst = overskrift.strip(), tekst
    skabelon.skrevet_af = af
    skabelon.laas += 1
    skabelon.full_clean()
    skabelon.save()
    haendelser.log(skabelon, GEMT, af=af, brev=kode)
    return skabelon


@transaction.atomic
def indsend(skabelon: Brevskabelon, *, laas: int | None, af: Bruger) -> Brevskabelon:
    """Hand the draft in for approval. Raises `ValidationError` when it is no draft."""
    skabelon = _laast(skabelon, laas)
    if skabelon.status != Status.KLADDE:
        raise ValidationError("Brevet er ikke længere en kladde. Genindlæs siden.")
    return _skift(skabelon, Status.TIL_GODKENDELSE, "brevskabelon.indsendt", af)


@transaction.atomic
def tag_tilbage(skabelon: Brevskabelon, *, af: Bruger) -> Brevskabelon:
    """Take it back to write on it. Raises `ValidationError` when it does not wait."""
    skabelon = _laast(skabelon, None)
    _kraev_venter(skabelon)
    return _skift(skabelon, Status.KLADDE, "brevskabelon.taget_tilbage", af)


@transaction.atomic
def godkend(skabelon: Brevskabelon, *, laas: int | None, af: Bruger) -> Brevskabelon:
    """Put the version in use from now; the one before is kept for the letters made with it.

    Raises `ValidationError` for one's own words and when it does not wait, `ForaeldetVersionError`
    when the text is another than the page showed.
    """
    skabelon = _laast(skabelon, laas)
    _kraev_venter(skabelon)
    _kraev_anden(skabelon, af)
    if fundne := proeve.fejl(skabelon.kode, skabelon.overskrift, skabelon.tekst):
        raise ValidationError([saetning for liste in fundne.values() for saetning in liste])
    nu = timezone.now()
    Brevskabelon.objects.gaeldende().filter(kode=skabelon.kode).update(
        status=Status.AFLOEST, afloest_den=nu
    )
    skabelon.godkendt_af, skabelon.godkendt_den = af, nu
    skabelon = _skift(skabelon, Status.GAELDENDE, "brevskabelon.godkendt", af)
    _fortael(skabelon, "Brevet er godkendt og bruges fra nu af.")
    return skabelon


@transaction.atomic
def afvis(skabelon: Brevskabelon, *, grund: str, af: Bruger) -> Brevskabelon:
    """Send it back to its writer with a reason. Raises as `godkend`, and without a reason."""
    skabelon = _laast(skabelon, None)
    _kraev_venter(skabelon)
    _kraev_anden(skabelon, af)
    if not grund.strip():
        raise ValidationError({"grund": "Skriv, hvad der skal ændres."})
    skabelon = _skift(skabelon, Status.KLADDE, AFVIST, af, grund=grund.strip())
    _fortael(skabelon, "Brevet er sendt tilbage til dig. På siden står, hvad der skal ændres.")
    return skabelon


@transaction.atomic
def kasser(skabelon: Brevskabelon, *, af: Bruger) -> None:
    """Throw the draft away; the letter in use stays. Raises `ValidationError` when it is no draft."""
    skabelon = _laast(skabelon, None)
    if skabelon.status != Status.KLADDE:
        raise ValidationError("Kun en kladde kan kasseres. Tag brevet tilbage først.")
    haendelser.log(skabelon, "brevskabelon.kasseret", af=af, brev=skabelon.kode, nr=skabelon.nr)
    skabelon.delete()


def seneste_afvisning(skabelon: Brevskabelon) -> Haendelse | None:
    """Why the draft was sent back the last time, if it was."""
    afviste = Haendelse.objects.filter(
        kode=AFVIST, objekt_type=skabelon._meta.label_lower, objekt_id=skabelon.pk
    )
    return afviste.select_related("af").order_by("-id").first()


def _laas_alle() -> None:
    """One editor at a time: there is no row to lock before the draft is begun."""
    with connection.cursor() as markoer:
        markoer.execute("SELECT pg_advisory_xact_lock(hashtext('rehabilitering.brevskabelon'))")


def _laast(skabelon: Brevskabelon, laas: int | None) -> Brevskabelon:
    _laas_alle()
    fundet = (
        Brevskabelon.objects.select_for_update(of=("self",))
        .select_related("skrevet_af")
        .filter(pk=skabelon.pk)
        .first()
    )
    if fundet is None:
        raise ValidationError("Kladden er kasseret imens. Gå tilbage til listen.")
    kraev_laas(fundet, laas)
    return fundet


def _naeste_nr(kode: str) -> int:
    hoejeste = Brevskabelon.objects.filter(kode=kode).aggregate(nr=Max("nr"))["nr"]
    return (hoejeste or 0) + 1


def _kraev_venter(skabelon: Brevskabelon) -> None:
    if skabelon.status != Status.TIL_GODKENDELSE:
        raise ValidationError("Brevet venter ikke længere på godkendelse. Genindlæs siden.")


def _kraev_anden(skabelon: Brevskabelon, af: Bruger) -> None:
    if har_skrevet(skabelon, af):
        raise ValidationError(
            "Du har selv skrevet i brevet. En anden skal godkende det.", code="egen"
        )


def _skift(
    skabelon: Brevskabelon, status: Status, kode: str, af: Bruger, **data: Any
) -> Brevskabelon:
    skabelon.status = status
    skabelon.laas += 1
    skabelon.full_clean(validate_constraints=False)
    skabelon.save(update_fields=["status", "laas", "godkendt_af", "godkendt_den"])
    haendelser.log(skabelon, kode, af=af, brev=skabelon.kode, **data)
    return skabelon


def _fortael(skabelon: Brevskabelon, tekst: str) -> None:
    if skabelon.skrevet_af:
        beskeder.opret(
            skabelon.skrevet_af,
            noegle=f"brevskabelon-{skabelon.pk}-{skabelon.laas}",
            emne=f"Svar på dit brev «{skabelon.get_kode_display()}»",
            tekst=tekst,
            sti=reverse("rehabilitering:brevskabelon", args=[skabelon.kode]),
        )
