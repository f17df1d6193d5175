"""The secret address of a user's calendar feed."""

from django.db import models
from django.db.models import Q

from ressource.models.bruger import Bruger


class Kalenderadresse(models.Model):
    """Who knows the address reads the feed; only its fingerprint is kept, so it is shown once."""

    bruger = models.OneToOneField(Bruger, models.PROTECT, related_name="kalenderadresse")
    # SHA-256 of the secret part, as hexadecimal digits.
    aftryk = models.CharField("aftryk", max_length=64, unique=True)
    oprettet_den = models.DateTimeField("oprettet den", auto_now_add=True)
    fornyet_den = models.DateTimeField("fornyet den", null=True, blank=True)

    class Meta:
        verbose_name = "kalenderadresse"
        verbose_name_plural = "kalenderadresser"
        constraints = (
            models.CheckConstraint(
                condition=Q(aftryk__regex=r"^[0-9a-f]{64}$"), name="kalenderadresse_aftryk"
            ),
        )

    def __str__(self) -> str:
        return f"Kalender for {self.bruger_id}"
