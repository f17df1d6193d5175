"""The forberedende del: begun, written by several hands without loss, gone through together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from borgere.models import Fase, Sag
from borgere.services import kraev_fase, laas_sag
from rehabilitering.models import ForberedendeAfsnit, ForberedendeDel
from ressource import dansk, haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger, Haendelse
from ressource.samtidighed import ForaeldetVersionError

# The section whose page also holds the question funnel and the goal (domain.md 2.1, no. 4).
AFSNIT_OENSKER = "oensker_job_uddannelse"
AFSNITSFELTER = (
    "egne_ord",
    "beskrivelse",
    "skrevet_sammen",
    "ikke_sammen_begrundelse",
    "uenig",
)
# The answer to each step of the funnel, in its order.
TRAGTFELTER = ("tragt_job", "tragt_opgaver", "tragt_fritid", "tragt_droemme")
HOVEDFELTER = (
    *TRAGTFELTER,
    "spoergetragt_niveau",
    "maal",
    "maal_art",
    "naeste_skridt",
)
# One sitting is one event: the autosave writes every other second.
SAMME_SKRIVESTUND = timedelta(minutes=15)


@dataclass(frozen=True)
class Rettelse:
    """New values for one part of the page, and the lock number they were written on."""

    felter: Mapping[str, Any]
    laas: int


@dataclass(frozen=True)
class Afsnitslinje:
    """One section of the rule set with what is written in it; `afsnit` is unsaved when nothing is."""

    nr: int
    kode: str
    titel: str
    vejledning: str
    afsnit: ForberedendeAfsnit

    @property
    def er_udfyldt(self) -> bool:
        """Whether there is text in it."""
        return bool(self.afsnit.egne_ord or self.afsnit.beskrivelse)

    @property
    def status(self) -> str:
        """`faerdig`, `i_gang` or `ikke_begyndt`."""
        if self.afsnit.faerdig_den:
            return "faerdig"
        return "i_gang" if self.er_udfyldt else "ikke_begyndt"

    @property
    def mangler_egne_ord(self) -> bool:
        """Whether the description stands without the citizen's own words."""
        return bool(self.afsnit.beskrivelse and not self.afsnit.egne_ord)


def seneste_del(sag: Sag) -> ForberedendeDel | None:
    """The newest round's forberedende del."""
    return sag.forberedende_dele.select_related("rettet_af").first()


def afsnitsliste(sag: Sag, del_: ForberedendeDel | None) -> list[Afsnitslinje]:
    """The sections of the case's rule set, in its order. One statement; none without `del_`."""
    gemte: dict[str, ForberedendeAfsnit] = {}
    if del_ and del_.pk:
        gemte = {a.kode: a for a in del_.afsnit.select_related("rettet_af")}
    return [
        Afsnitslinje(
            nr,
            post["kode"],
            post["titel"],
            post["vejledning"],
            gemte.get(post["kode"]) or ForberedendeAfsnit(kode=post["kode"]),
        )
        for nr, post in enumerate(sag.regelsaet.afsnit, start=1)
    ]


@transaction.atomic
def begynd_del(sag: Sag, *, af: Bruger) -> ForberedendeDel:
    """The forberedende del that is open for writing; begun when there is none.

    A new round starts as a copy of the last, which is never overwritten, and must be gone through
    with the citizen again. Raises `ValidationError` outside the step forberedelse.
    """
    sag = laas_sag(sag.pk)
    kraev_fase(sag, Fase.FORBEREDELSE)
    forrige = seneste_del(sag)
    if forrige and forrige.kan_rettes:
        return forrige
    del_ = ForberedendeDel(sag=sag, oprettet_af=af, nr=forrige.nr + 1 if forrige else 1)
    for felt in HOVEDFELTER if forrige else ():
        setattr(del_, felt, getattr(forrige, felt))
    del_.full_clean()
    del_.save()
    if forrige:
        ForberedendeAfsnit.objects.bulk_create(
            ForberedendeAfsnit(
                forberedende_del=del_,
                kode=afsnit.kode,
                **{felt: getattr(afsnit, felt) for felt in AFSNITSFELTER},
                sammen_dato=afsnit.sammen_dato,
                faerdig_den=afsnit.faerdig_den,
                rettet_af=afsnit.rettet_af,
            )
            for afsnit in forrige.afsnit.select_related("rettet_af")
        )
    haendelser.log(del_, "forberedende_del.oprettet", af=af, sag_id=sag.pk, nr=del_.nr)
    return del_


def gem_afsnit(
    del_: ForberedendeDel, kode: str, felter: Mapping[str, Any], *, laas: int, af: Bruger
) -> ForberedendeDel:
    """Save `egne_ord` and/or `beskrivelse` of one section; see `gem`."""
    return gem(del_, kode, afsnit=Rettelse(felter, laas), af=af)


def gem_del(
    del_: ForberedendeDel, felter: Mapping[str, Any], *, laas: int, af: Bruger
) -> ForberedendeDel:
    """Save the fields of `HOVEDFELTER` that `felter` names; see `gem`."""
    return gem(del_, hoved=Rettelse(felter, laas), af=af)


@transaction.atomic
def gem(
    del_: ForberedendeDel,
    kode: str = "",
    *,
    afsnit: Rettelse | None = None,
    hoved: Rettelse | None = None,
    er_faerdig: bool | None = None,
    af: Bruger,
) -> ForberedendeDel:
    """Save section `kode` and the head together: both or neither.

    `er_faerdig` marks the section as done or opens it again; `None` leaves it, but a section that
    is emptied is no longer done. Values that are already stored are no change, so the same save
    sent twice is harmless. Other text than the citizen went through makes the part a draft again,
    which must be gone through anew. Raises `ForaeldetVersionError` when a lock number is stale and the stored
    values are others; `ValidationError` when the text may no longer be changed.
    """
    del_ = _laas_aaben(del_)
    ny_tekst = rettet = False
    if kode:
        ny_tekst, rettet = _skriv_afsnit(del_, kode, afsnit, er_faerdig, af)
    if hoved and _skriv(del_, hoved, HOVEDFELTER):
        del_.rettet_af = af
        del_.full_clean()
        del_.save(update_fields=[*hoved.felter, "laas", "rettet_af", "rettet_den"])
        ny_tekst = rettet = True
    if ny_tekst and del_.gennemgaaet_dato:
        _lad_gennemgang_bortfalde(del_, af)
    elif rettet:
        _log_rettelse(del_, af)
    return del_


@transaction.atomic
def marker_gennemgaaet(del_: ForberedendeDel, *, dato: date, af: Bruger) -> ForberedendeDel:
    """Record that the whole part was gone through with the citizen on `dato`.

    Raises `ValidationError` for a date in the future or before the case was created.
    """
    del_ = _laas_aaben(del_)
    if dato > i_dag():
        raise ValidationError({"dato": "Datoen ligger i fremtiden. Skriv den dag, I talte sammen."})
    if dato < del_.sag.oprettet_dato:
        raise ValidationError(
            {
                "dato": f"Sagen er oprettet {dansk.dato(del_.sag.oprettet_dato)}. Vælg en senere dato."
            }
        )
    del_.gennemgaaet_dato = dato
    del_.status = ForberedendeDel.Status.GENNEMGAAET
    del_.full_clean()
    del_.save(update_fields=["gennemgaaet_dato", "status"])
    haendelser.log(del_, "forberedende_del.gennemgaaet", af=af, sag_id=del_.sag_id)
    return del_


def _laas_aaben(del_: ForberedendeDel) -> ForberedendeDel:
    """The part with its case, both locked. Raises `ValidationError` when it may not be changed."""
    sag = laas_sag(del_.sag_id)
    del_ = ForberedendeDel.objects.select_for_update(of=("self",)).get(pk=del_.pk)
    del_.sag = sag
    if not del_.kan_rettes:
        raise ValidationError(
            "Den forberedende del er godkendt og kan ikke rettes. Nye oplysninger skrives i "
            "journalen, eller i en ny version, hvis sagen sendes tilbage.",
            code="godkendt",
        )
    kraev_fase(sag, Fase.FORBEREDELSE)
    return del_


def nye_vaerdier(objekt: models.Model, rettelse: Rettelse) -> dict[str, Any]:
    """What of the correction is not stored already."""
    return {f: v for f, v in rettelse.felter.items() if getattr(objekt, f) != v}


def er_foraeldet(objekt: ForberedendeDel | ForberedendeAfsnit, rettelse: Rettelse) -> bool:
    """Whether the correction would undo something its writer has not seen.

    A part that was never written holds nothing to undo, whatever number the page was shown with.
    """
    nye = nye_vaerdier(objekt, rettelse)
    har_noget = bool(objekt.laas) or any(getattr(objekt, felt) for felt in nye)
    return bool(nye) and har_noget and rettelse.laas != objekt.laas


def _skriv(
    objekt: ForberedendeDel | ForberedendeAfsnit, rettelse: Rettelse, tilladte: tuple[str, ...]
) -> bool:
    """Set the values on `objekt` and raise its lock number; whether anything changed."""
    ukendte = set(rettelse.felter) - set(tilladte)
    if ukendte:
        raise KeyError(ukendte)
    if er_foraeldet(objekt, rettelse):
        raise ForaeldetVersionError
    nye = nye_vaerdier(objekt, rettelse)
    for felt, vaerdi in nye.items():
        setattr(objekt, felt, vaerdi)
    objekt.laas += bool(nye)
    return bool(nye)


def _skriv_afsnit(
    del_: ForberedendeDel,
    kode: str,
    rettelse: Rettelse | None,
    er_faerdig: bool | None,
    af: Bruger,
) -> tuple[bool, bool]:
    """Write one section of `del_`, which must be locked; whether its text, and anything, changed."""
    if kode not in {post["kode"] for post in del_.sag.regelsaet.afsnit}:
        raise ValidationError("Afsnittet findes ikke i sagens regelsæt. Vælg et afsnit i listen.")
    afsnit = del_.afsnit.filter(kode=kode).first() or ForberedendeAfsnit(
        forberedende_del=del_, kode=kode
    )
    ny_tekst = rettet = rettelse is not None and _skriv(afsnit, rettelse, AFSNITSFELTER)
    har_tekst = bool(afsnit.egne_ord or afsnit.beskrivelse)
    if er_faerdig and not har_tekst:
        raise ValidationError(
            "Afsnittet er tomt. Skriv borgerens egne ord eller en beskrivelse, før det er færdigt."
        )
    skal_vaere = bool(afsnit.faerdig_den) if er_faerdig is None else er_faerdig
    if (skal_vaere and har_tekst) != bool(afsnit.faerdig_den):
        afsnit.faerdig_den = timezone.now() if skal_vaere and har_tekst else None
        rettet = True
    if rettet:
        afsnit.rettet_af = af
        afsnit.full_clean()
        afsnit.save()
    return ny_tekst, rettet


def _lad_gennemgang_bortfalde(del_: ForberedendeDel, af: Bruger) -> None:
    """The citizen has not seen this text: what was gone through is no longer what stands here."""
    del_.gennemgaaet_dato = None
    del_.status = ForberedendeDel.Status.KLADDE
    del_.full_clean()
    del_.save(update_fields=["gennemgaaet_dato", "status"])
    haendelser.log(
        del_, "forberedende_del.gemt", af=af, sag_id=del_.sag_id, gennemgang_bortfaldet=True
    )


def _log_rettelse(del_: ForberedendeDel, af: Bruger) -> None:
    """One event per person and sitting; the field history keeps every single text."""
    seneste = (
        Haendelse.objects.filter(sag_id=del_.sag_id, kode="forberedende_del.gemt")
        .order_by("-id")
        .first()
    )
    nylig = seneste and timezone.now() - seneste.tidspunkt < SAMME_SKRIVESTUND
    if not (seneste and nylig and seneste.af_id == af.pk and seneste.objekt_id == del_.pk):
        haendelser.log(del_, "forberedende_del.gemt", af=af, sag_id=del_.sag_id)
