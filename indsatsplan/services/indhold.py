"""Goals and efforts, written while the plan is a draft."""

from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction

from indsatsplan.models import Indsats, Maal, Ressourceforloeb
from indsatsplan.services.adgangskrav import kraev_i_forloebet, kraev_kladde, laas_aabent_forloeb
from rehabilitering.models import Indsatstype, Indstillingslinje
from ressource import haendelser
from ressource.models import Bruger
from ressource.samtidighed import kraev_laas


class Indsatsfelter(TypedDict, total=False):
    """What the plan says of an effort; what was done of it has its own services."""

    maal: Maal
    indsatstype: Indsatstype
    beskrivelse: str
    formaal: str
    linje: Indstillingslinje | None
    tilfoejet_begrundelse: str
    planlagt_start: date
    planlagt_slut: date | None
    timer_pr_uge: Decimal | None
    ansvarlig: str
    er_skitse: bool


@transaction.atomic
def gem_maal(
    forloeb: Ressourceforloeb,
    *,
    tekst: str,
    art: str,
    af: Bruger,
    maal: Maal | None = None,
    laas: int | None = None,
    rang: int | None = None,
) -> Maal:
    """Save a new goal or change `maal`; `rang` (default last, or unchanged) moves the others.

    Ranks stay 1, 2, 3 … without holes. Raises `ValidationError` when the plan is approved, and when
    the first goal would not be the job or education goal of the forløb; `ForaeldetVersionError`
    when somebody changed or moved `maal` after `laas` was read.
    """
    forloeb = laas_aabent_forloeb(forloeb.pk)
    kraev_kladde(forloeb)
    raekke = list(forloeb.maal.order_by("rang"))
    if maal is None:
        plads = len(raekke)
        maal = Maal(forloeb=forloeb)
    else:
        maal = next(m for m in raekke if m.pk == maal.pk)
        kraev_laas(maal, laas)
        plads = raekke.index(maal)
        raekke.remove(maal)
    if rang is not None:
        plads = min(max(rang, 1), len(raekke) + 1) - 1
    maal.tekst, maal.art = tekst, art
    raekke.insert(plads, maal)
    if not raekke[0].art:
        raise ValidationError(
            "Mål nr. 1 er forløbets job- eller uddannelsesmål. Vælg job eller uddannelse.",
            code="foerste_maal",
        )
    for nr, andet in enumerate(raekke, start=1):
        if andet is not maal and andet.rang != nr:
            andet.rang, andet.laas = nr, andet.laas + 1
            andet.save(update_fields=["rang", "laas"])
    maal.rang, maal.laas = plads + 1, maal.laas + 1
    maal.full_clean()
    maal.save()
    haendelser.log(maal, "plan.maal_gemt", af=af, sag_id=forloeb.sag_id, rang=maal.rang)
    return maal


@transaction.atomic
def gem_indsats(
    forloeb: Ressourceforloeb,
    *,
    af: Bruger,
    indsats: Indsats | None = None,
    laas: int | None = None,
    **felter: Unpack[Indsatsfelter],
) -> Indsats:
    """Save a new planned effort, or change `indsats`; fields not given are left as they are.

    Raises `ValidationError`, on the field where there is one: no purpose, neither line nor reason,
    dates in the wrong order or outside the forløb, somebody else's goal or line, or an approved
    plan; `ForaeldetVersionError` when somebody saved `indsats` after `laas` was read.
    """
    forloeb = laas_aabent_forloeb(forloeb.pk)
    kraev_kladde(forloeb)
    if indsats is None:
        indsats = Indsats(forloeb=forloeb)
    else:
        indsats = forloeb.indsatser.select_for_update(of=("self",)).get(pk=indsats.pk)
        kraev_laas(indsats, laas)
    for navn, vaerdi in felter.items():
        setattr(indsats, navn, vaerdi)
    indsats.laas += 1
    indsats.full_clean()
    kraev_i_forloebet(
        forloeb, planlagt_start=indsats.planlagt_start, planlagt_slut=indsats.planlagt_slut
    )
    _kraev_samme_forloeb(forloeb, indsats)
    indsats.save()
    haendelser.log(indsats, "plan.indsats_gemt", af=af, sag_id=forloeb.sag_id)
    return indsats


def _kraev_samme_forloeb(forloeb: Ressourceforloeb, indsats: Indsats) -> None:
    """Goal and line must be this forløb's; only a forged form can break it."""
    if indsats.maal.forloeb_id != forloeb.pk:
        raise ValidationError({"maal": "Vælg et af forløbets egne mål."})
    linje = indsats.linje
    if linje and linje.indstilling_id != forloeb.indstilling_id:
        raise ValidationError({"linje": "Vælg en linje i forløbets egen indstilling."})
