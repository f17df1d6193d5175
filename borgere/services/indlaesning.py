"""A file on its way in: read, checked, repaired, and taken in whole or not at all.

Jobs read and take in; each may be killed anywhere and run again. Reading keeps its place in the
database after each piece; taking in is one transaction. Everything here locks the file's own row
first, so two workers, or a worker and a person, take turns.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial

from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from borgere.indlaesning import filer, kontrol, optag
from borgere.models import Indlaesning, Indlaesningsraekke
from ressource import haendelser, tidsgraense
from ressource.models import Bruger

S = Indlaesning.Status
# So many rows are read between two commits: progress is seen, and little is done over.
STYKKE = 500
# A file nobody finished is full of personal data, and goes after so many days.
GEMMES = timedelta(days=30)
# A queued job has begun within this; a file older than that and still waiting was dropped.
PAA_VEJ = timedelta(minutes=2)


@transaction.atomic
def start(*, art: str, filnavn: str, indhold: bytes, af: Bruger) -> Indlaesning:
    """Keep the file and have it read in the background.

    Long runs of digits in the file's name are not kept: they could be somebody's number.
    """
    indlaesning = Indlaesning(
        art=art,
        filnavn=re.sub(r"\d[\d\s-]{4,}\d", "…", filnavn)[:150],
        fil=indhold,
        bestilt_af=af,
    )
    indlaesning.full_clean()
    indlaesning.save()
    haendelser.log(indlaesning, "indlaesning.startet", af=af, art=art)
    _vaek(indlaesning.pk)
    return indlaesning


def fortsaet(indlaesning: Indlaesning) -> None:
    """Wake the job again; one that is running is not disturbed. Changes nothing by itself."""
    with transaction.atomic():
        _vaek(indlaesning.pk)


def _vaek(indlaesning_id: int) -> None:
    from borgere import tasks  # noqa: PLC0415 -- blad

    # Without a broker the file waits, and the beat asks the database for it.
    transaction.on_commit(partial(tasks.behandl_indlaesning.delay, indlaesning_id), robust=True)


def _laas(indlaesning_id: int) -> Indlaesning:
    alle = Indlaesning.objects.select_for_update(of=("self",)).select_related("bestilt_af")
    return alle.defer("fil").get(pk=indlaesning_id)


def _laas_for_bruger(indlaesning_id: int) -> Indlaesning:
    """The locked file; a person does not wait while it is being taken in."""
    try:
        return _laas(indlaesning_id)
    except OperationalError:
        raise ValidationError(
            "Filen er ved at blive behandlet. Prøv igen om lidt.", code="optaget"
        ) from None


def _laas_til_gennemsyn(indlaesning_id: int) -> Indlaesning:
    indlaesning = _laas_for_bruger(indlaesning_id)
    if indlaesning.status != S.KONTROLLERET:
        raise ValidationError(
            "Indlæsningen er %(status)s, og rækkerne kan ikke ændres. Hent siden igen.",
            code="forkert_status",
            params={"status": indlaesning.get_status_display()},
        )
    return indlaesning


def behandl(indlaesning_id: int) -> None:
    """Do what the file waits for: be read, or be taken in. Nothing when it waits for nothing."""
    fundet = Indlaesning.objects.filter(pk=indlaesning_id).values_list("status", flat=True).first()
    if fundet == S.LAESES:
        laes(indlaesning_id)
    elif fundet == S.INDLAESES:
        indlaes(indlaesning_id)


def laes(indlaesning_id: int) -> None:
    """Read and check the file piece by piece, from where the last run came to."""
    indlaesning = Indlaesning.objects.get(pk=indlaesning_id)
    if indlaesning.fil is None:
        return
    try:
        tabel = filer.laes(bytes(indlaesning.fil), indlaesning.art)
    except filer.UlaeseligFil as fejl:
        _kan_ikke_laeses(indlaesning_id, str(fejl))
        return
    stykker = [(nr, kontrol.ret_til(felter)) for nr, felter in tabel.raekker]
    linjer: defaultdict[str, list[int]] = defaultdict(list)
    for nr, data in stykker:
        linjer[str(data["personnummer"])].append(nr)
    while _laes_stykke(indlaesning_id, stykker, linjer, tabel.ubrugte):
        pass


@transaction.atomic
def _kan_ikke_laeses(indlaesning_id: int, besked: str) -> None:
    indlaesning = _laas(indlaesning_id)
    if indlaesning.status == S.LAESES:
        indlaesning.besked = besked[:200]
        _slut(indlaesning, S.FEJLET)
        haendelser.log(indlaesning, "indlaesning.fejlet", af=None)


@transaction.atomic
def _laes_stykke(
    indlaesning_id: int,
    alle: Sequence[tuple[int, dict[str, object]]],
    linjer: dict[str, list[int]],
    ubrugte: Collection[str],
) -> bool:
    """Read the next piece; False when there is no more, or somebody cancelled meanwhile."""
    tidsgraense.ophaev()
    indlaesning = _laas(indlaesning_id)
    if indlaesning.status != S.LAESES:
        return False
    raekker = [
        Indlaesningsraekke(indlaesning=indlaesning, nr=nr, data=data)
        for nr, data in alle[indlaesning.fremdrift : indlaesning.fremdrift + STYKKE]
    ]
    kontrol.kontroller(indlaesning.art, raekker, linjer=linjer, af=indlaesning.bestilt_af)
    Indlaesningsraekke.objects.bulk_create(raekker)
    indlaesning.antal = len(alle)
    indlaesning.fremdrift += len(raekker)
    if indlaesning.fremdrift < len(alle):
        indlaesning.save(update_fields=["antal", "fremdrift"])
        return True
    indlaesning.status, indlaesning.fil = S.KONTROLLERET, None
    if ubrugte:
        indlaesning.besked = f"Disse kolonner bruges ikke: {', '.join(ubrugte)}."[:200]
    indlaesning.save(update_fields=["antal", "fremdrift", "status", "fil", "besked"])
    haendelser.log(indlaesning, "indlaesning.laest", af=None, antal=len(alle))
    return False


@transaction.atomic
def ret_raekke(
    indlaesning: Indlaesning, nr: int, felter: dict[str, str], *, af: Bruger
) -> Indlaesningsraekke:
    """Write a row anew and check it, with the others that share its old or its new number.

    What is still wrong stands in the row's `fejl`. Raises `ValidationError` when the file is no
    longer open for repair.
    """
    indlaesning = _laas_til_gennemsyn(indlaesning.pk)
    raekke = indlaesning.raekker.get(nr=nr)
    foer = str(raekke.data["personnummer"])
    raekke.data = kontrol.ret_til(felter)
    raekke.er_udeladt = False
    raekke.save(update_fields=["data", "er_udeladt"])
    _kontroller_igen(indlaesning, {foer, str(raekke.data["personnummer"])})
    raekke.refresh_from_db()
    haendelser.log(indlaesning, "indlaesning.raekke_rettet", af=af, linje=nr)
    return raekke


@transaction.atomic
def udelad_raekke(indlaesning: Indlaesning, nr: int, *, udelad: bool = True, af: Bruger) -> None:
    """Leave a row out, or take it back; those that share its number are checked again.

    Raises `ValidationError` when the file is no longer open for repair.
    """
    indlaesning = _laas_til_gennemsyn(indlaesning.pk)
    raekke = indlaesning.raekker.get(nr=nr)
    if raekke.er_udeladt == udelad:
        return
    raekke.er_udeladt = udelad
    raekke.save(update_fields=["er_udeladt"])
    _kontroller_igen(indlaesning, {str(raekke.data["personnummer"])})
    kode = "indlaesning.raekke_udeladt" if udelad else "indlaesning.raekke_medtaget"
    haendelser.log(indlaesning, kode, af=af, linje=nr)


@transaction.atomic
def udelad_fejl(indlaesning: Indlaesning, *, antal: int, af: Bruger) -> None:
    """Leave all bad rows out at once.

    Raises `ValidationError` unless they are `antal`, the number the user said yes to.
    """
    indlaesning = _laas_til_gennemsyn(indlaesning.pk)
    raekker = indlaesning.raekker.med_fejl()
    numre = {str(tekst) for tekst in raekker.values_list("data__personnummer", flat=True)}
    if raekker.count() != antal:
        raise ValidationError(
            "Antallet af rækker med fejl er ændret. Se dem igennem igen.", code="antal"
        )
    raekker.update(er_udeladt=True)
    # Of a citizen written twice both lines were bad, so none of them is left.
    _kontroller_igen(indlaesning, numre)
    haendelser.log(indlaesning, "indlaesning.fejl_udeladt", af=af, antal=antal)


def _kontroller_igen(indlaesning: Indlaesning, numre: set[str]) -> None:
    """Check the rows that hold one of the identifiers, and those of the same citizens."""
    alle = indlaesning.raekker.filter(er_udeladt=False)
    kendte = kontrol.samme_borgeres(numre)
    raekker = list(alle.filter(data__personnummer__in=sorted(numre | kendte)))
    _kontroller(indlaesning, raekker)
    Indlaesningsraekke.objects.bulk_update(raekker, ["data", "fejl"], batch_size=STYKKE)


def _kontroller(indlaesning: Indlaesning, raekker: list[Indlaesningsraekke]) -> kontrol.Kendte:
    linjer: defaultdict[str, list[int]] = defaultdict(list)
    for raekke in raekker:
        linjer[str(raekke.data["personnummer"])].append(raekke.nr)
    return kontrol.kontroller(indlaesning.art, raekker, linjer=linjer, af=indlaesning.bestilt_af)


@transaction.atomic
def fortryd(indlaesning: Indlaesning, *, af: Bruger | None) -> None:
    """Drop the file and its rows; nothing has reached the citizens. The second time does nothing.

    Raises `ValidationError` when it has been taken in.
    """
    indlaesning = _laas_for_bruger(indlaesning.pk)
    if indlaesning.status == S.INDLAEST:
        raise ValidationError("Filen er allerede indlæst og kan ikke fortrydes.", code="indlaest")
    if indlaesning.status in (S.FORTRUDT, S.FEJLET):
        return
    _slut(indlaesning, S.FORTRUDT)
    haendelser.log(indlaesning, "indlaesning.fortrudt", af=af)


def _slut(indlaesning: Indlaesning, status: Indlaesning.Status) -> None:
    """Empty what was read, and stamp the end."""
    indlaesning.raekker.all().delete()
    indlaesning.status, indlaesning.fil = status, None
    indlaesning.afsluttet_den = timezone.now()
    indlaesning.save(update_fields=["status", "fil", "besked", "rapport", "afsluttet_den"])


@transaction.atomic
def bestil(indlaesning: Indlaesning, *, af: Bruger) -> None:
    """Have the rows taken in in the background.

    Raises `ValidationError` while there are bad rows, or none at all, or when it is under way.
    """
    indlaesning = _laas_til_gennemsyn(indlaesning.pk)
    if indlaesning.raekker.med_fejl().exists():
        raise ValidationError(
            "Der er stadig rækker med fejl. Ret dem, eller udelad dem.", code="fejl"
        )
    if not indlaesning.raekker.klar().exists():
        raise ValidationError("Alle rækker er udeladt. Der er intet at indlæse.", code="tom")
    indlaesning.status, indlaesning.besked = S.INDLAESES, ""
    indlaesning.save(update_fields=["status", "besked"])
    haendelser.log(indlaesning, "indlaesning.bestilt", af=af)
    _vaek(indlaesning.pk)


def indlaes(indlaesning_id: int) -> None:
    """Take all rows in, or none: back to the preview when the world has changed meanwhile."""
    try:
        _indlaes(indlaesning_id)
    except IntegrityError:
        # Somebody registered one of them between the check and the writing; the check sees it now.
        _indlaes(indlaesning_id)


@transaction.atomic
def _indlaes(indlaesning_id: int) -> None:
    tidsgraense.ophaev()
    indlaesning = _laas(indlaesning_id)
    if indlaesning.status != S.INDLAESES:
        return
    raekker = list(indlaesning.raekker.filter(er_udeladt=False))
    kendte = _kontroller(indlaesning, raekker)
    if ramte := [raekke for raekke in raekker if raekke.fejl]:
        Indlaesningsraekke.objects.bulk_update(ramte, ["data", "fejl"], batch_size=STYKKE)
        _tilbage(indlaesning, "Noget er ændret, siden filen blev læst. Se rækkerne med fejl.")
        return
    tag_ind = optag.herkomster if indlaesning.art == "herkomst" else optag.borgere_og_sager
    try:
        rapport = tag_ind(raekker, kendte, af=indlaesning.bestilt_af)
    except ValidationError as fejl:
        _tilbage(indlaesning, " ".join(fejl.messages))
        return
    indlaesning.rapport = rapport | {"udeladt": indlaesning.antal - len(raekker)}
    _slut(indlaesning, S.INDLAEST)
    af = indlaesning.bestilt_af
    haendelser.log(indlaesning, "indlaesning.indlaest", af=af, **indlaesning.rapport)


def _tilbage(indlaesning: Indlaesning, hvorfor: str) -> None:
    indlaesning.status = S.KONTROLLERET
    indlaesning.besked = f"Intet er indlæst. {hvorfor}"[:200]
    indlaesning.save(update_fields=["status", "besked"])
    haendelser.log(indlaesning, "indlaesning.afvist", af=None)


def tag_op() -> list[int]:
    """Files whose job was lost on its way, and which must be woken; forgotten ones are dropped."""
    nu = timezone.now()
    aabne = Indlaesning.objects.defer("fil")
    for glemt in aabne.filter(
        status__in=[S.LAESES, S.KONTROLLERET, S.INDLAESES], bestilt_den__lt=nu - GEMMES
    ):
        # One that is being worked on right now waits for the next time.
        with suppress(ValidationError):
            fortryd(glemt, af=None)
    venter = aabne.filter(status__in=[S.LAESES, S.INDLAESES], bestilt_den__lt=nu - PAA_VEJ)
    return list(venter.values_list("pk", flat=True))
