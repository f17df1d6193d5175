"""Complaints: received, reconsidered by the municipality, sent on, answered and closed (domain.md 2.3).

One that comes too late is registered all the same: whether it can be heard is the appeal body's to say.
While one is open no rule deletes the case.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from borgere.models import Dokument, Sag
from borgere.services import gem_dokument, laas_sag
from borgere.services.bevaring import bevar_sag, ophaev_bevaring
from rehabilitering import klagefrist
from rehabilitering.models import Afgoerelse, Klage
from rehabilitering.services import afgoerelse as afgoerelser
from ressource import haendelser
from ressource.dansk import dato as dansk_dato
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.samtidighed import kraev_laas

BEVARES = "Der behandles en klage i sagen"
NY_AFGOERELSE = "Træf den nye afgørelse, før klagen lukkes."
FOERST_NY_AFGOERELSE = "Træf først den nye afgørelse. Når borgeren har læst den og stadig er uenig, sendes klagen videre."
Genvurdering = Klage.Genvurdering
Resultat = Klage.Resultat
# After these there is a new decision to make before the complaint is at its end.
_KRAEVER_NY = {Resultat.AENDRET, Resultat.HJEMVIST, Resultat.UGYLDIG}


@transaction.atomic
def registrer(
    afgoerelse: Afgoerelse,
    *,
    modtaget_dato: date,
    maade: str,
    klager: str,
    indhold: str,
    fil: Mapping[str, Any] | None = None,
    af: Bruger,
) -> Klage:
    """Register a complaint about a made decision, with its deadlines as counted on that day.

    `fil`: `indhold` (bytes) and `indholdstype` of a written complaint. Raises `ValidationError` for
    a draft, a date before the decision or ahead, and the same complaint twice.
    """
    sag = laas_sag(afgoerelse.sag_id)
    afgoerelse = Afgoerelse.objects.select_related("regelsaet").get(pk=afgoerelse.pk)
    afgoerelse.sag = sag
    if not afgoerelse.er_truffet or afgoerelse.afgoerelse_dato is None:
        raise ValidationError("Der kan først klages, når afgørelsen er truffet.")
    _kraev_dag("modtaget_dato", modtaget_dato, afgoerelse.afgoerelse_dato, "afgørelsen er truffet")
    if sag.klager.filter(modtaget_dato=modtaget_dato, indhold=indhold.strip()).exists():
        raise ValidationError("Klagen er allerede registreret.", code="findes")
    regelsaet = afgoerelse.regelsaet or sag.regelsaet
    frist = afgoerelse.klagefrist or klagefrist.klagefrist(afgoerelse.afgoerelse_dato, regelsaet)
    klage = Klage(
        sag=sag,
        afgoerelse=afgoerelse,
        modtaget_dato=modtaget_dato,
        maade=maade,
        klager=klager.strip(),
        indhold=indhold.strip(),
        klagefrist=frist,
        genvurdering_frist=klagefrist.genvurderingsfrist(modtaget_dato, regelsaet),
        dokument=_gem_fil(sag, fil, modtaget_dato, af) if fil else None,
        registreret_af=af,
    )
    klage.full_clean()
    klage.save()
    if not sag.bevares:
        bevar_sag(sag, grund=BEVARES, af=af)
    haendelser.log(klage, "klage.registreret", af=af, sag_id=sag.pk, for_sent=klage.er_for_sent)
    return klage


@transaction.atomic
def genvurder(
    klage: Klage, *, genvurdering: str, begrundelse: str, dato: date, laas: int | None, af: Bruger
) -> Klage:
    """Record what the municipality finds when it looks at the case again (RSL § 66).

    Where the citizen is right, wholly or partly, the draft of a new decision is begun. Raises
    `ValidationError` without reasons, for a second time and for a withdrawn complaint,
    `ForaeldetVersionError` when somebody saved meanwhile.
    """
    klage = laas_aaben(klage, laas=laas)
    if klage.genvurdering:
        raise ValidationError("Klagen er allerede genvurderet. Genindlæs siden.")
    _kraev_uden_resultat(klage)
    _kraev_dag("dato", dato, klage.modtaget_dato, "klagen kom")
    if not begrundelse.strip():
        raise ValidationError(
            {"begrundelse": "Begrund genvurderingen. Begrundelsen står i brevet."}
        )
    klage.genvurdering = genvurdering
    klage.genvurdering_begrundelse = begrundelse.strip()
    klage.genvurdering_dato, klage.genvurdering_af = dato, af
    _gem(klage, "klage.genvurderet", af, genvurdering=genvurdering)
    if genvurdering in {Genvurdering.MEDHOLD, Genvurdering.DELVIST_MEDHOLD}:
        _begynd_aendring(klage, af)
    return klage


@transaction.atomic
def send_videre(klage: Klage, *, dato: date, laas: int | None, af: Bruger) -> Klage:
    """Record that the complaint went to the appeal body, with the case's papers.

    Raises `ValidationError` before the reconsideration, when the citizen is wholly right, when
    partly right and without the new decision (the citizen says afterwards whether the complaint
    stands), without a pack, and a second time; otherwise as `genvurder`.
    """
    klage = laas_aaben(klage, laas=laas)
    if klage.sendt_dato:
        raise ValidationError(f"Klagen er allerede sendt {dansk_dato(klage.sendt_dato)}.")
    _kraev_uden_resultat(klage)
    if klage.genvurdering_dato is None:
        raise ValidationError("Klagen skal genvurderes, før den sendes videre.")
    if klage.genvurdering == Genvurdering.MEDHOLD:
        raise ValidationError("Borgeren har fået medhold, så klagen skal ikke sendes videre.")
    if mangler_ny_afgoerelse(klage):
        raise ValidationError(FOERST_NY_AFGOERELSE)
    if klage.pakke_id is None:
        raise ValidationError("Saml sagens papirer til klageinstansen, før klagen sendes.")
    _kraev_dag("dato", dato, klage.genvurdering_dato, "klagen er genvurderet")
    klage.sendt_dato = dato
    return _gem(klage, "klage.sendt", af)


@transaction.atomic
def registrer_resultat(
    klage: Klage, *, resultat: str, dato: date, tekst: str, laas: int | None, af: Bruger
) -> Klage:
    """Record the appeal body's answer, or that the complaint was withdrawn.

    An answer that overturns the decision begins the draft of a new one. Raises `ValidationError`
    when it has not been sent on (but for a withdrawal) and a second time; otherwise as `genvurder`.
    """
    klage = laas_aaben(klage, laas=laas)
    _kraev_uden_resultat(klage)
    trukket = resultat == Resultat.TRUKKET
    if not trukket and klage.sendt_dato is None:
        raise ValidationError("Klagen skal være sendt videre, før der er svar på den.")
    tidligst = klage.modtaget_dato if trukket else klage.sendt_dato or klage.modtaget_dato
    _kraev_dag("dato", dato, tidligst, "klagen kom" if trukket else "klagen er sendt")
    klage.resultat, klage.resultat_dato = resultat, dato
    klage.resultat_tekst = tekst.strip()
    _gem(klage, "klage.trukket" if trukket else "klage.afgjort", af, resultat=resultat)
    if resultat in _KRAEVER_NY:
        _begynd_aendring(klage, af)
    return klage


@transaction.atomic
def luk(klage: Klage, *, laas: int | None, af: Bruger) -> Klage:
    """Close the complaint; with the last one of the case, the rules of deletion count again.

    Raises `ValidationError` while an answer, or the new decision it asks for, is missing.
    """
    klage = laas_aaben(klage, laas=laas)
    if mangel := luk_mangel(klage):
        raise ValidationError(mangel)
    klage.lukket_den = timezone.now()
    _gem(klage, "klage.lukket", af)
    sag = klage.sag
    if sag.bevares and sag.bevares_grund == BEVARES and not sag.klager.aabne().exists():
        ophaev_bevaring(sag, af=af)
    return klage


def luk_mangel(klage: Klage) -> str:
    """What is to be done before the complaint can be closed; empty when nothing is."""
    har_svar = klage.genvurdering == Genvurdering.MEDHOLD or klage.resultat
    if not har_svar:
        return "Klagen kan ikke lukkes, før der er svar på den."
    return NY_AFGOERELSE if mangler_ny_afgoerelse(klage) else ""


def mangler_ny_afgoerelse(klage: Klage) -> bool:
    """Whether the citizen has been found right, wholly or partly, and no new decision is made.

    Also when the complaint was withdrawn after that: the decision has been promised.
    """
    kraever_ny = (
        klage.genvurdering in {Genvurdering.MEDHOLD, Genvurdering.DELVIST_MEDHOLD}
        or klage.resultat in _KRAEVER_NY
    )
    if not kraever_ny:
        return False
    gaeldende = afgoerelser.gaeldende(klage.afgoerelse)
    # A draft that changes it may be the second one, after the appeal body's answer.
    return gaeldende.pk == klage.afgoerelse_id or hasattr(gaeldende, "erstattet_af")


def laas_aaben(klage: Klage, *, laas: int | None = None) -> Klage:
    """The complaint with its case, locked for the transaction.

    Raises `ValidationError` when it is closed and `ForaeldetVersionError` when somebody saved since
    `laas` was read.
    """
    sag = laas_sag(klage.sag_id)
    laast = (
        Klage.objects.select_for_update(of=("self",)).select_related("afgoerelse").get(pk=klage.pk)
    )
    laast.sag = sag
    kraev_laas(laast, laas)
    if laast.lukket_den:
        raise ValidationError("Klagen er lukket og kan ikke ændres.", code="lukket")
    return laast


def _gem(klage: Klage, kode: str, af: Bruger, **data: str) -> Klage:
    klage.laas += 1
    klage.full_clean()
    klage.save()
    haendelser.log(klage, kode, af=af, sag_id=klage.sag_id, **data)
    return klage


def _begynd_aendring(klage: Klage, af: Bruger) -> None:
    """The new decision's draft; only who answers for the case writes it, and may begin it later."""
    if afgoerelser.kan_skrive(klage.sag, af):
        afgoerelser.begynd_aendring(klage, af=af)


def _gem_fil(sag: Sag, fil: Mapping[str, Any], dato: date, af: Bruger) -> Dokument:
    dokument: Dokument = gem_dokument(
        sag, art=Dokument.Art.AFGOERELSE, titel="Klage", dato=dato, af=af, **fil
    )
    return dokument


def _kraev_uden_resultat(klage: Klage) -> None:
    if klage.resultat:
        raise ValidationError(f"Der er allerede svar på klagen: {klage.get_resultat_display()}.")


def _kraev_dag(felt: str, dag: date, tidligst: date, hvornaar: str) -> None:
    """Raise unless `dag` lies between `tidligst`, when `hvornaar`, and today."""
    if dag < tidligst:
        raise ValidationError(
            {felt: f"Datoen ligger før {dansk_dato(tidligst)}, da {hvornaar}. Ret datoen."}
        )
    if dag > i_dag():
        raise ValidationError({felt: "Datoen er ikke kommet endnu. Ret datoen."})
