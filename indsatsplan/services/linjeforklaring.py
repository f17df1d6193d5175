"""Why a line of the indstilling is not carried out: replaced by another effort, or given up.

It tells of the indstilling and changes nothing in the plan, so an approved one is not opened for it.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from indsatsplan.models import Indsats, Linjeforklaring, Ressourceforloeb
from indsatsplan.services.adgangskrav import laas_aabent_forloeb
from rehabilitering.models import Indstillingslinje
from ressource import haendelser
from ressource.models import Bruger


@transaction.atomic
def forklar_linje(
    forloeb: Ressourceforloeb,
    linje: Indstillingslinje,
    *,
    erstattet_af: Indsats | None,
    begrundelse: str,
    af: Bruger,
) -> Linjeforklaring:
    """Write that `erstattet_af` came instead of the line, or without it that the line is given up.

    Raises `ValidationError` when the line is not of the indstilling the forløb rests on, when an
    effort carries it out, when it is explained already, and on the field when the reason is missing
    or the effort is lapsed or of another forløb.
    """
    forloeb = laas_aabent_forloeb(forloeb.pk)
    if linje.indstilling_id != forloeb.indstilling_id or linje.fjernet_den:
        raise ValidationError("Linjen hører ikke til den indstilling, forløbet bygger på.")
    _kraev_uden_indsats(forloeb, linje)
    if forloeb.linjeforklaringer.gaeldende().filter(linje=linje).exists():
        raise ValidationError(
            "Linjen er allerede forklaret. Fortryd den forklaring, der står, og skriv en ny.",
            code="forklaret",
        )
    if erstattet_af is not None:
        _kraev_kan_erstatte(forloeb, erstattet_af)
    forklaring = Linjeforklaring(
        forloeb=forloeb,
        linje=linje,
        erstattet_af=erstattet_af,
        begrundelse=begrundelse.strip(),
        noteret_af=af,
    )
    forklaring.full_clean()
    forklaring.save()
    haendelser.log(forklaring, "plan.linje_forklaret", af=af, sag_id=forloeb.sag_id, nr=linje.nr)
    return forklaring


def _kraev_uden_indsats(forloeb: Ressourceforloeb, linje: Indstillingslinje) -> None:
    indsats = (
        forloeb.indsatser.filter(linje=linje)
        .exclude(status=Indsats.Status.BORTFALDET)
        .order_by("planlagt_start", "pk")
        .first()
    )
    if indsats is None:
        return
    if indsats.faktisk_start is not None:
        besked = "Linjen er begyndt med «%(indsats)s» og skal ikke forklares."
    else:
        besked = (
            "Linjen er planlagt som «%(indsats)s». Lad den indsats bortfalde først, "
            "hvis den ikke bliver til noget."
        )
    raise ValidationError(besked, code="har_indsats", params={"indsats": indsats.beskrivelse})


def _kraev_kan_erstatte(forloeb: Ressourceforloeb, indsats: Indsats) -> None:
    besked = ""
    if indsats.forloeb_id != forloeb.pk:
        besked = "Indsatsen hører til et andet forløb. Vælg en indsats i denne plan."
    elif indsats.status == Indsats.Status.BORTFALDET:
        besked = "Indsatsen er bortfaldet og erstatter ingenting. Vælg en anden."
    if besked:
        raise ValidationError({"erstattet_af": ValidationError(besked, code="erstatter_ikke")})


@transaction.atomic
def fjern_linjeforklaring(forklaring: Linjeforklaring, *, af: Bruger) -> Linjeforklaring:
    """Take the explanation back; it stays in the history. Twice is once.

    Raises `ValidationError` when the forløb has ended.
    """
    forloeb = laas_aabent_forloeb(forklaring.forloeb_id)
    forklaring = Linjeforklaring.objects.select_for_update(of=("self",)).get(pk=forklaring.pk)
    if forklaring.fjernet_den:
        return forklaring
    forklaring.fjernet_den = timezone.now()
    forklaring.save(update_fields=["fjernet_den"])
    haendelser.log(forklaring, "plan.linjeforklaring_fjernet", af=af, sag_id=forloeb.sag_id)
    return forklaring
