"""The forberedende del: begun, written by several hands without loss, gone through together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from borgere.models import Fase, Sag
from borgere.services import kraev_fase, laas_sag
from rehabilitering.models import ForberedendeAfsnit, ForberedendeDel, Sidelagttekst
from rehabilitering.rettelse import Rettelse, nye_vaerdier, omstridte
from rehabilitering.services.spoergetragt import TRAGTFELTER, Tragtskridt, gaa
from ressource import dansk, haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.samtidighed import ForaeldetVersionError

Sammen = ForberedendeAfsnit.Sammen
# The section whose page also holds the question funnel and the goal (domain.md 2.1, no. 4).
AFSNIT_OENSKER = "oensker_job_uddannelse"
AFSNITSFELTER = (
    "egne_ord",
    "beskrivelse",
    "skrevet_sammen",
    "ikke_sammen_begrundelse",
    "uenig",
)
# What is laid aside when two have written: text, not choices.
TEKSTFELTER = frozenset(
    {"egne_ord", "beskrivelse", "ikke_sammen_begrundelse", "uenig", "maal", "naeste_skridt"}
) | set(TRAGTFELTER)
HOVEDFELTER = (*TRAGTFELTER, "spoergetragt_niveau", "maal", "maal_art", "naeste_skridt")


@dataclass(frozen=True)
class Afsnitslinje:
    """One section of the rule set, or one part of it, with what is written in it.

    `nr` is the section's number and `afsnitskode` its code; `del_titel` the part's title, empty for
    a section written in one. `afsnit` is unsaved when nothing is written.
    """

    nr: int
    kode: str
    afsnitskode: str
    afsnitstitel: str
    del_titel: str
    vejledning: str
    afsnit: ForberedendeAfsnit
    # Whether the rule set lets it be left out.
    er_frivilligt: bool = False

    @property
    def titel(self) -> str:
        """The section's title, with the part's when there is one."""
        return f"{self.afsnitstitel}: {self.del_titel}" if self.del_titel else self.afsnitstitel

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


def afsnitskoder(sag: Sag) -> list[str]:
    """The codes that text is written under, in the rule set's order: parts stand for their section."""
    return [kode for _, kode, *_ in _pladser(sag)]


def afsnitsliste(sag: Sag, del_: ForberedendeDel | None) -> list[Afsnitslinje]:
    """The sections of the case's rule set, in its order, one line per part of those that have parts.

    One statement; none without `del_`.
    """
    gemte: dict[str, ForberedendeAfsnit] = {}
    if del_ and del_.pk:
        gemte = {a.kode: a for a in del_.afsnit.select_related("rettet_af")}
    return [
        Afsnitslinje(
            nr,
            kode,
            post["kode"],
            post["titel"],
            del_titel,
            post["vejledning"],
            gemte.get(kode) or ForberedendeAfsnit(kode=kode),
            bool(post.get("frivilligt")),
        )
        for nr, kode, del_titel, post in _pladser(sag)
    ]


def _pladser(sag: Sag) -> Iterator[tuple[int, str, str, dict[str, Any]]]:
    """Number, code, the part's title and the rule set's section, for each place to write."""
    for nr, post in enumerate(sag.regelsaet.afsnit, start=1):
        for plads in post.get("dele") or [{"kode": post["kode"], "titel": ""}]:
            yield nr, plads["kode"], plads["titel"], post


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
    for felt in (*HOVEDFELTER, "tragt_spurgt") if forrige else ():
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


@transaction.atomic
def gem(
    del_: ForberedendeDel,
    kode: str = "",
    *,
    afsnit: Rettelse | None = None,
    hoved: Rettelse | None = None,
    tragt: Tragtskridt | None = None,
    er_faerdig: bool | None = None,
    bevar_overskrevet: bool = False,
    af: Bruger,
) -> ForberedendeDel:
    """Save section `kode` and the head together: both or neither.

    `tragt` takes a step in the question funnel, after the head's text. `er_faerdig` marks the
    section as done or opens it again; `None` leaves it, but a section that no longer has what done
    takes is no longer done. `bevar_overskrevet` lays a text that another wrote aside before it is
    replaced. Values that are already stored are no change, so the same save sent twice is
    harmless. Other text than the citizen went through makes the part a draft again, which must be
    gone through anew. Raises `ForaeldetVersionError` when the values were written on others than
    those stored; `ValidationError` when the text may no longer be changed.
    """
    del_ = _laas_aaben(del_)
    if bevar_overskrevet:
        _bevar_overskrevet(del_, kode, afsnit, hoved, af)
    ny_tekst = rettet = False
    if kode:
        ny_tekst, rettet = _skriv_afsnit(del_, kode, afsnit, er_faerdig, af)
    nyt_hoved = bool(hoved and _skriv(del_, hoved, HOVEDFELTER))
    if tragt and gaa(del_, tragt):
        del_.laas += 1
        nyt_hoved = True
    if nyt_hoved:
        del_.rettet_af = af
        del_.full_clean()
        del_.save(update_fields=[*HOVEDFELTER, "tragt_spurgt", "laas", "rettet_af", "rettet_den"])
        ny_tekst = rettet = True
    if ny_tekst and del_.gennemgaaet_dato:
        _lad_gennemgang_bortfalde(del_, af)
    elif rettet:
        haendelser.log_skrivning(del_, "forberedende_del.gemt", af=af, sag_id=del_.sag_id)
    return del_


@transaction.atomic
def laeg_til_side(
    del_: ForberedendeDel, tekster: Mapping[tuple[str, str], str], *, af: Bruger
) -> None:
    """Keep what `af` typed when it could not be stored, by (section's code, field).

    The code is empty for the head. The same text sent again is kept once.
    """
    del_ = ForberedendeDel.objects.select_for_update(of=("self",)).get(pk=del_.pk)
    if _laeg(del_, tekster, af):
        haendelser.log_skrivning(del_, "forberedende_del.lagt_til_side", af=af, sag_id=del_.sag_id)


@transaction.atomic
def bevar_afvist(
    del_: ForberedendeDel,
    kode: str,
    *,
    afsnit: Rettelse | None,
    hoved: Rettelse | None,
    af: Bruger,
) -> bool:
    """Lay aside what came too late to be stored: the part was handed in or closed meanwhile.

    What is stored already is not laid aside. Whether there was any text.
    """
    tekster: dict[tuple[str, str], str] = {}
    for objekt, plads, rettelse in ((_afsnit(del_, kode), kode, afsnit), (del_, "", hoved)):
        nye = nye_vaerdier(objekt, rettelse) if rettelse else {}
        tekster |= {(plads, felt): v for felt, v in nye.items() if felt in TEKSTFELTER and v}
    if tekster:
        laeg_til_side(del_, tekster, af=af)
    return bool(tekster)


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


def laas_til_rettelse(del_: ForberedendeDel, *, af: Bruger) -> ForberedendeDel:
    """The part and its case, locked for a change of what its text builds on.

    It must be gone through with the citizen again. Raises `ValidationError` when it is closed.
    """
    del_ = _laas_aaben(del_)
    if del_.gennemgaaet_dato:
        _lad_gennemgang_bortfalde(del_, af)
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


def _skriv(
    objekt: ForberedendeDel | ForberedendeAfsnit, rettelse: Rettelse, tilladte: tuple[str, ...]
) -> set[str]:
    """Set the values on `objekt` and raise its lock number; the fields that changed."""
    ukendte = set(rettelse.felter) - set(tilladte)
    if ukendte:
        raise KeyError(ukendte)
    if omstridte(objekt, rettelse):
        raise ForaeldetVersionError
    nye = nye_vaerdier(objekt, rettelse)
    for felt, vaerdi in nye.items():
        setattr(objekt, felt, vaerdi)
    objekt.laas += bool(nye)
    return set(nye)


def _afsnit(del_: ForberedendeDel, kode: str) -> ForberedendeAfsnit:
    """The section as stored, or a new one."""
    gemt = del_.afsnit.filter(kode=kode).first()
    return gemt or ForberedendeAfsnit(forberedende_del=del_, kode=kode)


def _skriv_afsnit(
    del_: ForberedendeDel,
    kode: str,
    rettelse: Rettelse | None,
    er_faerdig: bool | None,
    af: Bruger,
) -> tuple[bool, bool]:
    """Write one section of `del_`, which must be locked; whether its text, and anything, changed."""
    if kode not in afsnitskoder(del_.sag):
        raise ValidationError("Afsnittet findes ikke i sagens regelsæt. Vælg et afsnit i listen.")
    afsnit = _afsnit(del_, kode)
    nye = _skriv(afsnit, rettelse, AFSNITSFELTER) if rettelse else set()
    rettet = bool(nye)
    _saet_sammen_dato(afsnit, nye)
    mangel = _mangler_for_faerdig(afsnit)
    if er_faerdig and mangel:
        raise mangel
    skal_vaere = bool(afsnit.faerdig_den) if er_faerdig is None else er_faerdig
    if (skal_vaere and not mangel) != bool(afsnit.faerdig_den):
        afsnit.faerdig_den = timezone.now() if skal_vaere and not mangel else None
        rettet = True
    if rettet:
        afsnit.rettet_af = af
        afsnit.full_clean()
        afsnit.save()
    return bool(nye), rettet


def _saet_sammen_dato(afsnit: ForberedendeAfsnit, nye: set[str]) -> None:
    """The citizen's own words were last written together on the day they were last changed."""
    if afsnit.skrevet_sammen not in {Sammen.JA, Sammen.DELVIST}:
        afsnit.sammen_dato = None
    elif nye & {"egne_ord", "skrevet_sammen"}:
        afsnit.sammen_dato = i_dag()


def _mangler_for_faerdig(afsnit: ForberedendeAfsnit) -> ValidationError | None:
    """Why the section cannot be done: no text, or not said whether it was written together."""
    if not (afsnit.egne_ord or afsnit.beskrivelse):
        return ValidationError(
            "Afsnittet er tomt. Skriv borgerens egne ord eller en beskrivelse, før det er færdigt."
        )
    if not afsnit.skrevet_sammen:
        tekst = "Svar på, om afsnittet er skrevet sammen med borgeren, før det er færdigt."
        return ValidationError({"skrevet_sammen": tekst})
    if afsnit.skrevet_sammen != Sammen.JA and not afsnit.ikke_sammen_begrundelse:
        tekst = "Skriv, hvorfor hele afsnittet ikke er skrevet sammen med borgeren."
        return ValidationError({"ikke_sammen_begrundelse": tekst})
    return None


def _bevar_overskrevet(
    del_: ForberedendeDel,
    kode: str,
    afsnit: Rettelse | None,
    hoved: Rettelse | None,
    af: Bruger,
) -> None:
    """Lay aside the stored texts that the corrections replace, under their own writer."""
    for objekt, plads, rettelse in ((_afsnit(del_, kode), kode, afsnit), (del_, "", hoved)):
        if rettelse is None:
            continue
        tekster = {(plads, felt): getattr(objekt, felt) for felt in nye_vaerdier(objekt, rettelse)}
        _laeg(del_, tekster, objekt.rettet_af or af)


def _laeg(del_: ForberedendeDel, tekster: Mapping[tuple[str, str], str], af: Bruger) -> bool:
    """Store the texts that are not laid aside already; whether there were any. `del_` is locked."""
    gamle = set(del_.sidelagte.filter(skrevet_af=af).values_list("kode", "felt", "tekst"))
    nye = [
        Sidelagttekst(forberedende_del=del_, kode=kode, felt=felt, tekst=tekst, skrevet_af=af)
        for (kode, felt), tekst in tekster.items()
        if felt in TEKSTFELTER and tekst and (kode, felt, tekst) not in gamle
    ]
    Sidelagttekst.objects.bulk_create(nye)
    return bool(nye)


def _lad_gennemgang_bortfalde(del_: ForberedendeDel, af: Bruger) -> None:
    """The citizen has not seen this text: what was gone through is no longer what stands here."""
    del_.gennemgaaet_dato = None
    del_.status = ForberedendeDel.Status.KLADDE
    del_.full_clean()
    del_.save(update_fields=["gennemgaaet_dato", "status"])
    haendelser.log(
        del_, "forberedende_del.gemt", af=af, sag_id=del_.sag_id, gennemgang_bortfaldet=True
    )
