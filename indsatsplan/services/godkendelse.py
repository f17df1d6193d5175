"""Versions of the plan: written, approved with the citizen, and written anew."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from borgere.models import Fase
from borgere.services import skift_fase
from indsatsplan import billede
from indsatsplan.models import Indsats, Indsatsplan, Ressourceforloeb
from indsatsplan.services.adgangskrav import laas_aabent_forloeb
from ressource import dansk, haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger


@transaction.atomic
def godkend_plan(
    plan: Indsatsplan,
    *,
    borger_enig: str,
    uenig_tekst: str = "",
    aftryk: str | None = None,
    af: Bruger,
) -> Indsatsplan:
    """Approve the draft with the citizen, agreeing or not, and keep goals and efforts as they are.

    The first approval moves the case to the step opfølgning. Raises `ValidationError` when this
    version is approved already, when there is no goal or no effort, when what the citizen
    disagrees in is not written, and (code `aendret`) when goals or efforts are no longer those of
    `aftryk`, which the citizen was shown.
    """
    forloeb = laas_aabent_forloeb(plan.forloeb_id)
    plan = (
        Indsatsplan.objects.select_for_update(of=("self",))
        .select_related("godkendt_af")
        .get(pk=plan.pk)
    )
    _kraev_kladde(plan)
    _kraev_indhold(forloeb)
    maal = billede.af_forloeb(forloeb)
    if aftryk is not None and aftryk != billede.aftryk(maal):
        raise ValidationError(
            "Planen er ændret, efter at I åbnede siden, og er ikke godkendt. Læs den igennem "
            "igen: den står her, som den er nu.",
            code="aendret",
        )
    plan.borger_enig = borger_enig
    plan.uenig_tekst = "" if borger_enig == Indsatsplan.Enig.ENIG else uenig_tekst.strip()
    plan.indhold = billede.til_json(maal)
    plan.godkendt_dato = i_dag()
    plan.godkendt_den = timezone.now()
    plan.godkendt_af = af
    plan.full_clean()
    plan.save(
        update_fields=[
            "borger_enig",
            "uenig_tekst",
            "indhold",
            "godkendt_dato",
            "godkendt_den",
            "godkendt_af",
        ]
    )
    haendelser.log(plan, "plan.godkendt", af=af, sag_id=forloeb.sag_id, nr=plan.nr)
    if forloeb.sag.fase == Fase.PLAN:
        skift_fase(forloeb.sag, Fase.OPFOELGNING, af=af)
    return plan


def _kraev_kladde(plan: Indsatsplan) -> None:
    if plan.godkendt_dato is not None:
        raise ValidationError(
            "Version %(nr)s er allerede godkendt %(dato)s af %(navn)s. "
            "Intet er ændret. Gå tilbage til planen for at se den.",
            code="allerede_godkendt",
            params={
                "nr": plan.nr,
                "dato": dansk.dato(plan.godkendt_dato),
                "navn": plan.godkendt_af,
            },
        )


def _kraev_indhold(forloeb: Ressourceforloeb) -> None:
    """At least one goal and one effort; that an effort has a purpose is the database's to see."""
    mangler = []
    if not forloeb.maal.exists():
        mangler.append("et mål")
    if not forloeb.indsatser.exclude(status=Indsats.Status.BORTFALDET).exists():
        mangler.append("en indsats")
    if mangler:
        raise ValidationError(
            "Planen kan ikke godkendes endnu. Den mangler %(mangler)s.",
            code="ufuldstaendig",
            params={"mangler": " og ".join(mangler)},
        )


@transaction.atomic
def ny_kladde(forloeb: Ressourceforloeb, *, af: Bruger) -> Indsatsplan:
    """Open the next version for change; the approved one stays readable.

    Raises `ValidationError` when a draft is open already.
    """
    forloeb = laas_aabent_forloeb(forloeb.pk)
    seneste = forloeb.planer.first()
    if seneste is not None and not seneste.er_godkendt:
        raise ValidationError(
            "Version %(nr)s er allerede en kladde. Ret i den, og godkend den med borgeren.",
            code="kladde_findes",
            params={"nr": seneste.nr},
        )
    kladde = Indsatsplan(forloeb=forloeb, nr=(seneste.nr if seneste else 0) + 1, oprettet_af=af)
    kladde.full_clean()
    kladde.save()
    haendelser.log(kladde, "plan.ny_version", af=af, sag_id=forloeb.sag_id, nr=kladde.nr)
    return kladde
