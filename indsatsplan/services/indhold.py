"""Efforts as they are planned; writing opens the draft."""

from dataclasses import dataclass
from datetime import date
from typing import Unpack

from django.core.exceptions import ValidationError
from django.db import transaction

from indsatsplan import forslag
from indsatsplan.forslag import Indsatsfelter
from indsatsplan.models import Indsats, Praktik, Ressourceforloeb
from indsatsplan.services.adgangskrav import (
    kraev_i_forloebet,
    kraev_ikke_fremtid,
    laas_aabent_forloeb,
    laas_indsats,
)
from indsatsplan.services.gennemfoerelse import begynd_indsats
from indsatsplan.services.kladde import aabn_kladde
from indsatsplan.services.trin import kraev_trin_inden_for
from rehabilitering.models import Indstillingslinje
from ressource import dansk, haendelser
from ressource.models import Bruger
from ressource.samtidighed import kraev_laas


@transaction.atomic
def gem_indsats(
    forloeb: Ressourceforloeb,
    *,
    af: Bruger,
    indsats: Indsats | None = None,
    laas: int | None = None,
    foreslaaet: bool = False,
    begyndt: date | None = None,
    **felter: Unpack[Indsatsfelter],
) -> Indsats:
    """Save a new planned effort, or change `indsats`; fields not given are left as they are.

    `foreslaaet` keeps one that has not begun a proposal; saved without, a proposal is planned.
    `begyndt` is the day it began, for one that has. Raises `ValidationError`, on the field where
    there is one: no purpose, neither line nor reason, a mentor without tasks or hours, dates in the
    wrong order, outside the forløb or with a step outside them, somebody else's goal or line; `ForaeldetVersionError` when
    somebody saved `indsats` after `laas` was read.
    """
    forloeb = laas_aabent_forloeb(forloeb.pk)
    if indsats is None:
        indsats = Indsats(forloeb=forloeb)
    else:
        indsats = forloeb.indsatser.select_for_update(of=("self",)).get(pk=indsats.pk)
        kraev_laas(indsats, laas)
    for navn, vaerdi in felter.items():
        setattr(indsats, navn, vaerdi)
    if indsats.status in Indsats.IKKE_BEGYNDT:
        status = Indsats.Status.FORESLAAET if foreslaaet else Indsats.Status.PLANLAGT
        indsats.status = status
    _kraev_hel(forloeb, indsats)
    aabn_kladde(forloeb, af=af)
    indsats.laas += 1
    indsats.save()
    haendelser.log(indsats, "plan.indsats_gemt", af=af, sag_id=forloeb.sag_id)
    if begyndt is not None:
        kraev_ikke_fremtid(begyndt=begyndt)
        kraev_i_forloebet(forloeb, begyndt=begyndt)
        indsats = begynd_indsats(indsats, dato=begyndt, af=af)
    return indsats


@transaction.atomic
def forlaeng_indsats(
    indsats: Indsats, *, til: date, begrundelse: str, laas: int | None = None, af: Bruger
) -> Indsats:
    """Let a planned or running effort last until `til`; everything else of it stays.

    Raises `ValidationError` when it has ended, on `begrundelse` when nobody says why, and on `til`
    when that is no later than it was or outside the forløb; `ForaeldetVersionError` when somebody
    saved the effort after `laas` was read.
    """
    forloeb, indsats = laas_indsats(indsats)
    kraev_laas(indsats, laas)
    if indsats.status not in (*Indsats.IKKE_BEGYNDT, *Indsats.LOEBENDE):
        raise ValidationError(
            "Indsatsen er %(nu)s og kan ikke forlænges. Brug «Lav igen», hvis den skal i gang på ny.",
            code="forkert_status",
            params={"nu": indsats.get_status_display()},
        )
    if not begrundelse.strip():
        raise ValidationError({"begrundelse": "Skriv, hvorfor indsatsen forlænges."})
    _kraev_laengere(indsats, til)
    kraev_i_forloebet(forloeb, til=til)
    aabn_kladde(forloeb, af=af)
    indsats.planlagt_slut, indsats.aendret_begrundelse = til, begrundelse.strip()
    indsats.laas += 1
    indsats.full_clean()
    indsats.save(update_fields=["planlagt_slut", "aendret_begrundelse", "laas"])
    haendelser.log(indsats, "plan.indsats_forlaenget", af=af, sag_id=forloeb.sag_id)
    return indsats


@dataclass(frozen=True, slots=True)
class Planlaegning:
    """What became of planning many lines: the efforts made, and why the others were not."""

    indsatser: tuple[Indsats, ...]
    mangler: tuple[tuple[Indstillingslinje, str], ...]


@transaction.atomic
def planlaeg_linjer(forloeb: Ressourceforloeb, *, af: Bruger) -> Planlaegning:
    """Plan an effort for each of the indstilling's lines that has none and is not explained.

    Each begins from the line and the catalogue (`forslag.fra_linje`). A line that lacks something an
    effort must have is left, and the answer says what; the others are planned all the same. Raises
    `ValidationError` when there is no goal yet, when no line is left, or when the forløb has ended.
    """
    forloeb = laas_aabent_forloeb(forloeb.pk)
    if not forloeb.maal.gaeldende().exists():
        raise ValidationError("Skriv først målet. Indsatserne skal høre til et mål.")
    indsatser, mangler = [], []
    for linje in forslag.manglende_linjer(forloeb):
        felter = forslag.fra_linje(linje, forloeb)
        felter["ansvarlig"] = felter["ansvarlig"] or af.navn
        try:
            with transaction.atomic():
                indsatser.append(gem_indsats(forloeb, af=af, **felter))
        except ValidationError as fejl:
            mangler.append((linje, " ".join(fejl.messages)))
    if not indsatser and not mangler:
        raise ValidationError("Alle indstillingens linjer er planlagt eller begrundet.")
    return Planlaegning(tuple(indsatser), tuple(mangler))


def _kraev_hel(forloeb: Ressourceforloeb, indsats: Indsats) -> None:
    """The rules of one effort; its own fields first."""
    indsats.full_clean()
    kraev_i_forloebet(
        forloeb, planlagt_start=indsats.planlagt_start, planlagt_slut=indsats.planlagt_slut
    )
    _kraev_samme_forloeb(forloeb, indsats)
    _kraev_typens(indsats)
    if indsats.pk is not None:
        kraev_trin_inden_for(indsats)


def _kraev_samme_forloeb(forloeb: Ressourceforloeb, indsats: Indsats) -> None:
    """Goal and line must be this forløb's, and the goal must still be there."""
    if indsats.maal.forloeb_id != forloeb.pk:
        raise ValidationError({"maal": "Vælg et af forløbets egne mål."})
    if indsats.maal.fjernet_den is not None:
        raise ValidationError({"maal": "Målet er taget ud af planen. Vælg et andet."})
    linje = indsats.linje
    if linje and linje.indstilling_id != forloeb.indstilling_id:
        raise ValidationError({"linje": "Vælg en linje i forløbets egen indstilling."})


def _kraev_typens(indsats: Indsats) -> None:
    """A mentor has tasks and hours (guide, element 7); an agreed praktik stays one."""
    fejl: dict[str, str] = {}
    if indsats.indsatstype.er_mentor:
        if not indsats.opgaver.strip():
            fejl["opgaver"] = "Skriv, hvad mentor skal hjælpe med."
        if not indsats.timer_pr_uge:
            fejl["timer_pr_uge"] = "Skriv, hvor mange timer om ugen mentor er der."
    if not indsats.indsatstype.er_praktik and _har_praktik(indsats):
        fejl["indsatstype"] = (
            "Der er aftalt praktik med en virksomhed. Behold typen, og læg en ny indsats i "
            "planen, hvis borgeren skal noget andet."
        )
    if fejl:
        raise ValidationError(fejl)


def _har_praktik(indsats: Indsats) -> bool:
    return indsats.pk is not None and Praktik.objects.filter(indsats=indsats).exists()


def _kraev_laengere(indsats: Indsats, til: date) -> None:
    nu = indsats.planlagt_slut or indsats.planlagt_start
    if til <= nu:
        raise ValidationError(
            {
                "til": ValidationError(
                    "Indsatsen er planlagt til %(nu)s. Vælg en senere dag, eller ret den planlagte "
                    "slutdato, hvis den skal være kortere.",
                    code="ikke_laengere",
                    params={"nu": dansk.dato(nu)},
                )
            }
        )
