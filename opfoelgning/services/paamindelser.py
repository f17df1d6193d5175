"""What a reader does with reminders. No events: a list of one's own says nothing of the case."""

from django.db import transaction
from django.utils import timezone

from opfoelgning.models import Paamindelse, Paamindelsesvalg
from ressource.models import Bruger


def laes_paamindelse(paamindelse: Paamindelse) -> None:
    """Take one reminder off the unread; the second time changes nothing."""
    Paamindelse.objects.filter(pk=paamindelse.pk, laest_den=None).update(laest_den=timezone.now())


def laes_paamindelser(*, art: str = "", af: Bruger) -> int:
    """Take all the user's off the unread, or those of one `art`, and return how many.

    Also those that no longer hold: the reader has seen the list as it is.
    """
    ulaeste = Paamindelse.objects.for_bruger(af).filter(laest_den=None)
    if art:
        ulaeste = ulaeste.filter(art=art)
    return ulaeste.update(laest_den=timezone.now())


@transaction.atomic
def vaelg_paamindelser(valg: Paamindelsesvalg, *, af: Bruger) -> None:
    """Keep how the user wants reminders by mail. Raises `ValidationError` for an unknown choice."""
    valg.bruger = af
    valg.full_clean(validate_unique=False)
    Paamindelsesvalg.objects.update_or_create(
        bruger=af,
        defaults={
            "hyppighed": valg.hyppighed,
            "ugedag": valg.ugedag,
            "med_varsler": valg.med_varsler,
        },
    )
