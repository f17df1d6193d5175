"""The draft of the team's recommendation, written at the meeting by several hands without loss.

Each field stands for itself: two who write in different fields never meet. Where two write in the
same one, the text that is stored stays, and the other's is laid aside (`Sidelagtindstilling`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from borgere.models import Fase, Sag
from borgere.services import kraev_fase, laas_sag, skift_fase
from rehabilitering.dagsorden import hvorfor_uden_attest
from rehabilitering.models import (
    Dagsordenspunkt,
    Indsatstype,
    Indstilling,
    Indstillingslinje,
    Sidelagtindstilling,
    Udfald,
)
from rehabilitering.rettelse import Rettelse, nye_vaerdier, skriv_uomstridte
from ressource import dansk, haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger, Haendelse

FELTER = (
    "udfald",
    "aarsag",
    "begrundelse",
    "muligheder",
    "sundhedskoordinators_vurdering",
    "maalgruppebetingelse",
    "varighed_maaneder",
    "maal",
    "maal_art",
    "maal_begrundelse",
    "enighed",
    "dissens",
    "mentor_formaal",
    "mentor_opgaver",
    "uden_praktik_begrundelse",
    "uden_mentor_begrundelse",
    "noter",
)
LINJEFELTER = (
    "indsatstype",
    "beskrivelse",
    "formaal",
    "betydning_for_maal",
    "start_dato",
    "ansvarlig",
    "mandat",
)
# Chosen out of a list: a choice that lost is said, and is not kept as text.
VALGFELTER = frozenset(
    {"udfald", "aarsag", "maalgruppebetingelse", "maal_art", "enighed", "indsatstype"}
)
# What one page holds; a forløb of five years has hardly ten.
MAKS_LINJER = 20
_MED_AARSAG = frozenset({Udfald.UDSAT, Udfald.TILBAGESENDT})

# A line's id, None for the head, and the field.
Plads = tuple[int | None, str]


@dataclass
class Gemt:
    """What became of a save: the fields stored, and the values another was before with."""

    gemte: set[Plads] = field(default_factory=set)
    omstridte: dict[Plads, Any] = field(default_factory=dict)


def kan_skrive(punkt: Dagsordenspunkt, bruger: Bruger) -> bool:
    """Whether the user sits in the item's meeting, or stands in for somebody who does."""
    return punkt.moede.deltagere.for_bruger(bruger).exists()


@transaction.atomic
def begynd(punkt: Dagsordenspunkt, *, af: Bruger) -> Indstilling:
    """The item's indstilling; begun, and the case moved to that step, when there is none.

    Raises `ValidationError` before the day of the meeting, when the case is off the agenda, and
    when its LÆ 265 was sent back meanwhile; `PermissionDenied` for somebody who does not sit in the
    meeting.
    """
    punkt = laas_punkt(punkt, af)
    sag = punkt.sag
    if findes := Indstilling.objects.filter(punkt=punkt).first():
        return findes
    if punkt.taget_af_den or punkt.behandlet_den:
        raise ValidationError("Sagen er ikke længere på mødets dagsorden. Genindlæs siden.")
    if punkt.moede.dato > i_dag():
        raise ValidationError(
            f"Mødet holdes {dansk.dato_lang(punkt.moede.dato)}. Indstillingen kan skrives fra den "
            "dag."
        )
    kraev_fase(sag, Fase.MOEDE)
    _kraev_attest(sag, punkt)
    indstilling = Indstilling(punkt=punkt, sag=sag, moede_dato=punkt.moede.dato)
    indstilling.full_clean()
    indstilling.save()
    skift_fase(sag, Fase.INDSTILLING, af=af)
    return indstilling


def _kraev_attest(sag: Sag, punkt: Dagsordenspunkt) -> None:
    """The hard gate of the agenda once more: a certificate can be sent back after it (row 5)."""
    if grund := hvorfor_uden_attest(sag, punkt.moede.dato):
        raise ValidationError(
            f"Teamet kan ikke behandle sagen: {grund}. Bed mødekoordinator tage den af dagsordenen."
        )


def laas_punkt(punkt: Dagsordenspunkt, af: Bruger) -> Dagsordenspunkt:
    """The case and its item, locked in that order, as every save of the page does it.

    Raises `PermissionDenied` for somebody who does not sit in the item's meeting.
    """
    sag = laas_sag(punkt.sag_id)
    laas = Dagsordenspunkt.objects.select_for_update(of=("self",))
    punkt = laas.select_related("moede").get(pk=punkt.pk)
    punkt.sag = sag
    if not kan_skrive(punkt, af):
        raise PermissionDenied("Kun mødets deltagere kan skrive i indstillingen.")
    return punkt


def laas_aaben(indstilling: Indstilling, af: Bruger) -> Indstilling:
    """The draft, with case and item, locked.

    Raises `PermissionDenied` for somebody who does not sit in the meeting, `ValidationError` with
    code `afsluttet` when it is finalised.
    """
    punkt = laas_punkt(indstilling.punkt, af)
    sag = punkt.sag
    laast = Indstilling.objects.select_for_update(of=("self",)).get(pk=indstilling.pk)
    laast.sag, laast.punkt = sag, punkt
    if laast.afsluttet_den:
        raise ValidationError(
            f"Indstillingen er allerede afsluttet {dansk.tidspunkt(laast.afsluttet_den)} og kan "
            "ikke ændres.",
            code="afsluttet",
        )
    kraev_fase(sag, Fase.INDSTILLING)
    return laast


@transaction.atomic
def gem(
    indstilling: Indstilling,
    hoved: Rettelse | None = None,
    linjer: Mapping[int, Rettelse] | None = None,
    *,
    er_valg: bool = False,
    af: Bruger,
) -> Gemt:
    """Save what nobody else has written in: fields of `FELTER`, and of `LINJEFELTER` by line id.

    A disputed text is laid aside, and so is any text to a line taken out meanwhile. `er_valg`: the
    writer has seen both texts and chosen, so what is replaced is laid aside instead. Half-done text
    is fine: what is missing is judged when the chair finalises. Raises `ValidationError` when it is
    finalised, `PermissionDenied` for outsiders.
    """
    indstilling = laas_aaben(indstilling, af)
    rettelser = _samlet(hoved, linjer or {})
    raekker = _raekker(indstilling, rettelser)
    if er_valg:
        overskrevne = _tekster(
            {
                (pk, felt): getattr(raekker[pk], felt)
                for pk, rettelse in rettelser.items()
                if pk in raekker
                for felt in nye_vaerdier(raekker[pk], rettelse)
            }
        )
        anden = sidste_skriver(indstilling, uden=af)
        _laeg(indstilling, overskrevne, anden.af if anden and anden.af else af)
    udfald = Gemt()
    for pk, rettelse in rettelser.items():
        if pk in raekker:
            _skriv(raekker[pk], pk, rettelse, udfald)
        else:
            udfald.omstridte |= {(pk, felt): v for felt, v in rettelse.felter.items()}
    if udfald.gemte:
        _bogfoer(indstilling, af)
    if _laeg(indstilling, _tekster(udfald.omstridte), af):
        haendelser.log_skrivning(
            indstilling, "indstilling.lagt_til_side", af=af, sag_id=indstilling.sag_id
        )
    return udfald


def _samlet(hoved: Rettelse | None, linjer: Mapping[int, Rettelse]) -> dict[int | None, Rettelse]:
    """The corrections by the row they are for."""
    alle: dict[int | None, Rettelse] = {None: hoved} if hoved else {}
    alle.update(linjer.items())
    return alle


def _raekker(
    indstilling: Indstilling, pladser: Iterable[int | None]
) -> dict[int | None, Indstilling | Indstillingslinje]:
    """The rows the corrections are for, locked: the head and the lines still in force."""
    fundne: dict[int | None, Indstilling | Indstillingslinje] = {None: indstilling}
    linjer = indstilling.linjer.gaeldende().filter(pk__in=[pk for pk in pladser if pk])
    for linje in linjer.select_for_update(of=("self",)).select_related("indsatstype"):
        fundne[linje.pk] = linje
    return fundne


def _skriv(
    raekke: Indstilling | Indstillingslinje, pk: int | None, rettelse: Rettelse, udfald: Gemt
) -> None:
    """Write one row; add to `udfald` what was stored and what was not."""
    er_hoved = isinstance(raekke, Indstilling)
    nye, uenige = skriv_uomstridte(raekke, rettelse, FELTER if er_hoved else LINJEFELTER)
    if isinstance(raekke, Indstilling) and raekke.udfald not in _MED_AARSAG:
        # Only those two outcomes have one; it goes with them.
        raekke.aarsag = ""
        nye.discard("aarsag")
    udfald.omstridte |= {(pk, felt): v for felt, v in uenige.items()}
    udfald.gemte |= {(pk, felt) for felt in nye}
    if nye and isinstance(raekke, Indstillingslinje):
        raekke.laas += 1
        raekke.full_clean(validate_constraints=False)
        raekke.save(update_fields=[*LINJEFELTER, "laas"])
    elif nye:
        raekke.full_clean()
        raekke.save(update_fields=FELTER)


def _bogfoer(indstilling: Indstilling, af: Bruger) -> None:
    """Every save raises the lock number, so that the chair knows whether all of it was seen."""
    indstilling.laas += 1
    indstilling.save(update_fields=["laas"])
    haendelser.log_skrivning(indstilling, "indstilling.gemt", af=af, sag_id=indstilling.sag_id)


@transaction.atomic
def tilfoej_linje(
    indstilling: Indstilling, indsatstype: Indsatstype, *, af: Bruger
) -> Indstillingslinje:
    """A new line of that kind, last. Raises `ValidationError` when there are `MAKS_LINJER`."""
    indstilling = laas_aaben(indstilling, af)
    raekke = _orden(indstilling)
    if len(raekke) >= MAKS_LINJER:
        raise ValidationError(
            f"Indstillingen har {len(raekke)} indsatser, og der er plads til {MAKS_LINJER}. "
            "Fjern nogle, eller saml dem, og prøv igen.",
            code="for_mange_linjer",
        )
    linje = Indstillingslinje(
        indstilling=indstilling, nr=indstilling.linjer.count() + 1, indsatstype=indsatstype
    )
    linje.full_clean(validate_constraints=False)
    linje.save()
    _nummerer(indstilling, [*raekke, linje.pk])
    _bogfoer(indstilling, af)
    return linje


@transaction.atomic
def fjern_linje(indstilling: Indstilling, linje_pk: int, *, af: Bruger) -> None:
    """Take a line out; the row and its text stay, and `genindsaet_linje` puts it back."""
    indstilling = laas_aaben(indstilling, af)
    raekke = _orden(indstilling)
    if linje_pk not in raekke:
        return
    indstilling.linjer.filter(pk=linje_pk).update(fjernet_den=timezone.now())
    _nummerer(indstilling, [pk for pk in raekke if pk != linje_pk])
    _bogfoer(indstilling, af)


@transaction.atomic
def genindsaet_linje(indstilling: Indstilling, linje_pk: int, *, af: Bruger) -> None:
    """Put a line that was taken out back, last, with the text it had."""
    indstilling = laas_aaben(indstilling, af)
    raekke = _orden(indstilling)
    fjernede = indstilling.linjer.filter(pk=linje_pk, fjernet_den__isnull=False)
    if len(raekke) >= MAKS_LINJER or not fjernede.update(fjernet_den=None):
        raise ValidationError("Indsatsen kan ikke sættes ind igen. Genindlæs siden.")
    _nummerer(indstilling, [*raekke, linje_pk])
    _bogfoer(indstilling, af)


@transaction.atomic
def flyt_linje(indstilling: Indstilling, linje_pk: int, skridt: int, *, af: Bruger) -> None:
    """Move a line one up (-1) or one down (1); at the end, or taken out meanwhile, it stays."""
    indstilling = laas_aaben(indstilling, af)
    raekke = _orden(indstilling)
    if linje_pk not in raekke:
        return
    fra = raekke.index(linje_pk)
    til = fra + skridt
    if not 0 <= til < len(raekke):
        return
    raekke[fra], raekke[til] = raekke[til], raekke[fra]
    _nummerer(indstilling, raekke)
    _bogfoer(indstilling, af)


def _orden(indstilling: Indstilling) -> list[int]:
    """Ids of the lines in force, in order."""
    return list(indstilling.linjer.gaeldende().values_list("pk", flat=True))


def _nummerer(indstilling: Indstilling, raekke: list[int]) -> None:
    """Number the lines 1, 2, 3 as in `raekke`; those taken out come after them."""
    numre = dict(indstilling.linjer.order_by("nr").values_list("pk", "nr"))
    for nr, pk in enumerate([*raekke, *(pk for pk in numre if pk not in raekke)], start=1):
        if numre[pk] != nr:
            indstilling.linjer.filter(pk=pk).update(nr=nr)


@transaction.atomic
def bevar_afvist(
    indstilling: Indstilling,
    hoved: Rettelse | None,
    linjer: Mapping[int, Rettelse],
    *,
    af: Bruger,
) -> bool:
    """Lay aside what came too late to be stored: the chair had finalised. Whether there was any."""
    indstilling = Indstilling.objects.select_for_update(of=("self",)).get(pk=indstilling.pk)
    raekker: dict[int | None, Any] = {None: indstilling}
    raekker |= {linje.pk: linje for linje in indstilling.linjer.select_related("indsatstype")}
    rettelser = _samlet(hoved, linjer)
    vaerdier = {
        (pk, felt): vaerdi
        for pk, rettelse in rettelser.items()
        if pk in raekker
        for felt, vaerdi in nye_vaerdier(raekker[pk], rettelse).items()
    }
    tekster = _tekster(vaerdier)
    if _laeg(indstilling, tekster, af):
        haendelser.log_skrivning(
            indstilling, "indstilling.lagt_til_side", af=af, sag_id=indstilling.sag_id
        )
    return bool(tekster)


def _tekster(vaerdier: Mapping[Plads, Any]) -> dict[Plads, str]:
    """What somebody typed, as text; choices and empty fields are left out."""
    return {
        (pk, felt): dansk.dato(vaerdi) if isinstance(vaerdi, date) else str(vaerdi)
        for (pk, felt), vaerdi in vaerdier.items()
        if felt not in VALGFELTER and vaerdi not in (None, "")
    }


def _laeg(indstilling: Indstilling, tekster: Mapping[Plads, str], af: Bruger) -> bool:
    """Store the texts that are not laid aside already; whether there were any."""
    if not tekster:
        return False
    gamle = set(
        indstilling.sidelagte.filter(skrevet_af=af).values_list("linje_id", "felt", "tekst")
    )
    egne = set(indstilling.linjer.values_list("pk", flat=True)) | {None}
    nye = [
        Sidelagtindstilling(
            indstilling=indstilling, linje_id=pk, felt=felt, tekst=tekst, skrevet_af=af
        )
        for (pk, felt), tekst in tekster.items()
        if pk in egne and (pk, felt, tekst) not in gamle
    ]
    Sidelagtindstilling.objects.bulk_create(nye)
    return bool(nye)


def sidste_skriver(indstilling: Indstilling, *, uden: Bruger) -> Haendelse | None:
    """The latest save by somebody else than `uden`, with who it was, by the event log."""
    gemt = Haendelse.objects.filter(
        sag_id=indstilling.sag_id, kode="indstilling.gemt", objekt_id=indstilling.pk
    )
    return gemt.exclude(af=uden).select_related("af").order_by("-id").first()
