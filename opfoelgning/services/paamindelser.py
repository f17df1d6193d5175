"""What a reader does with reminders."""

from django.utils import timezone

from opfoelgning.models import Paamindelse


def laes_paamindelse(paamindelse: Paamindelse) -> None:
    """Take one reminder off the unread; the second time changes nothing.

    No event: it is the reader's own list and says nothing of the case.
    """
    Paamindelse.objects.filter(pk=paamindelse.pk, laest_den=None).update(laest_den=timezone.now())
