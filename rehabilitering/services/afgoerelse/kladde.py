"""The decision as a draft: begun, saved, and given up for the team to assess anew."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from borgere.models import Fase
from borgere.services import kraev_fase, laas_sag, skift_fase
from rehabilitering import varighed
from rehabilitering.models import Afgoerelse, Indstilling
from rehabilitering.models.katalog import UDFALD_TIL_AFGOERELSE
from rehabilitering.services.afgoerelse.afslutning import afslut
from rehabilitering.services.afgoerelse.grundlag import (
    er_forloeb,
    kraev_ansvarlig,
    laas_aaben,
    ny_afgoerelse,
)
from ressource import haendelser
from ressource.models import Bruger, Regelsaet
from ressource.samtidighed import ForaeldetVersionError

FELTER = (
    "virkning_fra",
    "slut_dato",
    "borger_oensker_mere",
    "maalgruppebetingelse",
    "faktum",
    "begrundelse",
    "uden_partshoering_grund",
    "hjemmel",
    "klagevejledning",
    "modtaget_dato",
)


@transaction.atomic
def begynd(indstilling: Indstilling, *, af: Bruger) -> Afgoerelse:
    """The indstilling's decision; begun as a draft when there is none.

    Raises `ValidationError` outside the step afgørelse, `PermissionDenied` for others than the
    responsible caseworker.
    """
    sag = laas_sag(indstilling.sag_id)
    kraev_ansvarlig(sag, af)
    if findes := Afgoerelse.objects.filter(indstilling=indstilling).first():
        return findes
    kraev_fase(sag, Fase.AFGOERELSE)
    if not indstilling.afsluttet_den or indstilling.udfald not in UDFALD_TIL_AFGOERELSE:
        raise ValidationError("Teamet har ikke afsluttet en indstilling, der kan afgøres.")
    afgoerelse = ny_afgoerelse(indstilling, af=af)
    afgoerelse.full_clean()
    afgoerelse.save()
    return afgoerelse


@transaction.atomic
def gem(afgoerelse: Afgoerelse, data: Mapping[str, Any], *, laas: int, af: Bruger) -> Afgoerelse:
    """Save the draft: those of `FELTER` that `data` names, and `udfald` where no team said it.

    The end date follows the start and the indstilling's duration until somebody types another, and
    the legal basis an outcome that is changed. Raises `ForaeldetVersionError` when somebody saved
    after `laas` was read, `ValidationError` when it is made or sent back, `PermissionDenied` for
    others than the responsible caseworker.
    """
    afgoerelse = laas_aaben(afgoerelse, af)
    if laas != afgoerelse.laas:
        raise ForaeldetVersionError
    foer = _standardslut(afgoerelse)
    for felt in FELTER:
        if felt in data:
            setattr(afgoerelse, felt, data[felt])
    if afgoerelse.indstilling_id is None and data.get("udfald"):
        _vaelg_udfald(afgoerelse, data["udfald"])
    if afgoerelse.slut_dato in {None, foer}:
        afgoerelse.slut_dato = _standardslut(afgoerelse)
    if not er_forloeb(afgoerelse):
        afgoerelse.slut_dato = None
    afgoerelse.laas += 1
    afgoerelse.full_clean()
    afgoerelse.save(update_fields=[*FELTER, "udfald", "laas"])
    haendelser.log(afgoerelse, "afgoerelse.gemt", af=af, sag_id=afgoerelse.sag_id)
    return afgoerelse


def foelg_regelsaet(foer: Regelsaet, efter: Regelsaet, *, sager: Iterable[int]) -> None:
    """Give the drafts of `sager` the texts of `efter`, where they still have those of `foer`.

    What somebody has written themselves stays. A page that is open meets a conflict, for it holds
    the old texts. Must run in a transaction.
    """
    kladder = Afgoerelse.objects.filter(sag__in=sager, afsluttet_den=None, foelger_indstilling=True)
    for kladde in kladder.select_for_update(of=("self",)).order_by("pk"):
        nye = {}
        if kladde.hjemmel == foer.hjemmel(kladde.udfald):
            nye["hjemmel"] = efter.hjemmel(kladde.udfald)
        if kladde.klagevejledning == foer.klagevejledning:
            nye["klagevejledning"] = efter.klagevejledning
        aendret = {felt: tekst for felt, tekst in nye.items() if getattr(kladde, felt) != tekst}
        if aendret:
            for felt, tekst in aendret.items():
                setattr(kladde, felt, tekst)
            kladde.laas += 1
            kladde.save(update_fields=[*aendret, "laas"])


def _vaelg_udfald(afgoerelse: Afgoerelse, udfald: str) -> None:
    """Change the outcome; a legal basis nobody has written in follows."""
    regelsaet = afgoerelse.sag.regelsaet
    if afgoerelse.hjemmel in {"", regelsaet.hjemmel(afgoerelse.udfald)}:
        afgoerelse.hjemmel = regelsaet.hjemmel(udfald)
    afgoerelse.udfald = udfald


def _standardslut(afgoerelse: Afgoerelse) -> date | None:
    """The last day by the indstilling's duration; None where no team named one."""
    maaneder = afgoerelse.indstilling.varighed_maaneder if afgoerelse.indstilling else None
    if not er_forloeb(afgoerelse) or not afgoerelse.virkning_fra or not maaneder:
        return None
    return varighed.sidste_dag(afgoerelse.virkning_fra, maaneder)


@transaction.atomic
def afvig(
    afgoerelse: Afgoerelse, *, udfald: str, begrundelse: str, laas: int, af: Bruger
) -> Afgoerelse:
    """Record that the municipality does not follow the indstilling; the team assesses anew.

    A departure never becomes a decision of its own: the case goes back to the step møde, where the
    team reads the reason, however often it happens. A case that was to be decided without a meeting
    goes there too; then `udfald` stays. Raises as `gem`, and `ValidationError` without a reason,
    when the outcome is what the team recommends, and while the citizen is being heard.
    """
    afgoerelse = laas_aaben(afgoerelse, af)
    if laas != afgoerelse.laas:
        raise ForaeldetVersionError
    indstilling = afgoerelse.indstilling
    if afgoerelse.erstatter_id:
        raise ValidationError("En ændring af en afgørelse kan ikke sendes til teamet.")
    if not begrundelse.strip():
        hvad = "afgørelsen afviger fra indstillingen" if indstilling else "sagen skal på et møde"
        raise ValidationError({"afvigelse_begrundelse": f"Skriv, hvorfor {hvad}."})
    if indstilling and udfald == indstilling.udfald:
        raise ValidationError(
            {"udfald": "Det er det samme, som teamet indstiller til. Vælg, hvad kommunen mener."}
        )
    if afgoerelse.partshoeringer.filter(afsluttet_den=None).exists():
        raise ValidationError("Borgeren er ved at blive hørt. Afslut partshøringen først.")
    afgoerelse.foelger_indstilling = False
    if indstilling:
        afgoerelse.udfald = udfald
    afgoerelse.afvigelse_begrundelse = begrundelse.strip()
    afgoerelse.laas += 1
    afgoerelse.full_clean()
    afgoerelse.save(
        update_fields=["foelger_indstilling", "udfald", "afvigelse_begrundelse", "laas"]
    )
    skift_fase(afgoerelse.sag, Fase.MOEDE, af=af)
    kode = "afgoerelse.afveget" if indstilling else "afgoerelse.til_moede"
    haendelser.log(afgoerelse, kode, af=af, sag_id=afgoerelse.sag_id)
    return afgoerelse


@transaction.atomic
def gem_fra_siden(
    afgoerelse: Afgoerelse,
    data: Mapping[str, Any],
    *,
    laas: int,
    skal_afsluttes: bool,
    af: Bruger,
) -> Afgoerelse:
    """What the page sends: begin, save and perhaps make the decision, all or nothing.

    `afgoerelse` may be the unsaved draft of `aktuel`. `data` with `foelger_indstilling` false gives
    it up (`afvig`) and so cannot be made final: `ValidationError`.
    """
    if afgoerelse.pk is None and afgoerelse.indstilling:
        afgoerelse = begynd(afgoerelse.indstilling, af=af)
    # A new one holds nothing that could be undone, whatever number the page was sent with.
    laas = laas if afgoerelse.laas else 0
    if data.get("foelger_indstilling", True):
        afgoerelse = gem(afgoerelse, data, laas=laas, af=af)
        return afslut(afgoerelse, af=af) if skal_afsluttes else afgoerelse
    if skal_afsluttes:
        raise ValidationError({"foelger_indstilling": _KAN_IKKE_TRAEFFES})
    return afvig(
        afgoerelse,
        udfald=data.get("udfald", ""),
        begrundelse=data["afvigelse_begrundelse"],
        laas=laas,
        af=af,
    )


_KAN_IKKE_TRAEFFES = (
    "En afgørelse, der afviger fra indstillingen, kan ikke træffes, før teamet har "
    "vurderet sagen igen. Tryk på «Gem», så sendes sagen tilbage til teamet."
)
