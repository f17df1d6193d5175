"""A version of the plan approved with the citizen."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from borgere.models import Fase
from borgere.services import skift_fase
from indsatsplan import billede, roed_traad
from indsatsplan.billede import Maalbillede
from indsatsplan.mentor import staar_i
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
    uden_mentor_begrundelse: str = "",
    aftryk: str | None = None,
    af: Bruger,
) -> Indsatsplan:
    """Approve the draft with the citizen, agreeing or not, and keep goals and efforts as they are.

    The first approval moves the case to the step opfølgning. Raises `ValidationError` when this
    version is approved already, when there is no goal, no effort or an effort without purpose, when
    the first goal is another than before and nobody wrote why (`roed_traad.mangler_grund`), when
    neither a mentor nor a reason for having none is there (guide, element 7), when what the citizen
    disagrees in is not written, and (code `aendret`) when goals or efforts are no longer those of
    `aftryk`, which the citizen was shown. The reason is kept only where there is no mentor.
    """
    forloeb = laas_aabent_forloeb(plan.forloeb_id)
    plan = (
        Indsatsplan.objects.select_for_update(of=("self",))
        .select_related("godkendt_af")
        .get(pk=plan.pk)
    )
    _kraev_kladde(plan)
    maal = billede.af_forloeb(forloeb)
    _kraev_indhold(maal)
    _kraev_traad(forloeb, maal)
    uden_mentor_begrundelse = _grund_uden_mentor(maal, uden_mentor_begrundelse)
    if aftryk is not None and aftryk != billede.aftryk(maal):
        raise ValidationError(
            "Planen er ændret, efter at I åbnede siden, og er ikke godkendt. Læs den igennem "
            "igen: den står her, som den er nu.",
            code="aendret",
        )
    plan.borger_enig = borger_enig
    plan.uenig_tekst = "" if borger_enig == Indsatsplan.Enig.ENIG else uenig_tekst.strip()
    plan.uden_mentor_begrundelse = uden_mentor_begrundelse
    plan.indhold = billede.til_json(maal)
    plan.godkendt_dato = i_dag()
    plan.godkendt_den = timezone.now()
    plan.godkendt_af = af
    plan.full_clean()
    plan.save(
        update_fields=[
            "borger_enig",
            "uenig_tekst",
            "uden_mentor_begrundelse",
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


def _kraev_indhold(maal: tuple[Maalbillede, ...]) -> None:
    """At least one goal and one effort, and every effort with a purpose."""
    indsatser = [i for i in billede.indsatser(maal) if i.status != Indsats.Status.BORTFALDET]
    mangler = []
    if all(m.er_fjernet for m in maal):
        mangler.append("et mål")
    if not indsatser:
        mangler.append("en indsats")
    if mangler:
        raise ValidationError(
            "Planen kan ikke godkendes endnu. Den mangler %(mangler)s. Skriv det i planen først.",
            code="ufuldstaendig",
            params={"mangler": " og ".join(mangler)},
        )
    if uden_formaal := [i.navn for i in indsatser if not i.formaal.strip()]:
        raise ValidationError(
            "Planen kan ikke godkendes endnu. Skriv, hvad disse indsatser skal føre til: %(navne)s.",
            code="uden_formaal",
            params={"navne": ", ".join(uden_formaal)},
        )


def _kraev_traad(forloeb: Ressourceforloeb, maal: tuple[Maalbillede, ...]) -> None:
    """The draft can have come to deviate without being written: the indstilling was corrected."""
    foerste = next(m for m in maal if not m.er_fjernet)
    if mangler := roed_traad.mangler_grund(
        forloeb, tekst=foerste.tekst, begrundelse=foerste.begrundelse
    ):
        raise ValidationError(
            "Planen kan ikke godkendes endnu. %(mangler)s Det gør du ved målet i planen.",
            code="roed_traad",
            params={"mangler": mangler},
        )


def _grund_uden_mentor(maal: tuple[Maalbillede, ...], begrundelse: str) -> str:
    """The reason to keep: none when the plan has a mentor."""
    if staar_i(maal):
        return ""
    if not begrundelse.strip():
        raise ValidationError(
            {
                "uden_mentor_begrundelse": ValidationError(
                    "Planen har ingen mentor. Tilføj en mentor i planen, eller skriv, hvorfor ikke.",
                    code="uden_mentor",
                )
            }
        )
    return begrundelse.strip()
