"""What a user has kept of how a list is shown."""

from typing import Self

from django.db import models
from django.db.models import Q

from ressource.models.bruger import Bruger


class GemtVisningQuerySet(models.QuerySet["GemtVisning"]):
    def til(self, bruger: Bruger, side: str) -> Self:
        """The user's own of one list, by name."""
        return self.filter(bruger=bruger, side=side).order_by("navn", "pk")


class GemtVisning(models.Model):
    """A list's filter, order and columns under a name of the user's own.

    What was searched for is never part of it: a name or a number has no place in an address.
    """

    bruger = models.ForeignKey(Bruger, models.PROTECT, related_name="gemte_visninger")
    # Which list: its name (`ressource.listevalg.Liste.navn`).
    side = models.CharField("side", max_length=60)
    navn = models.CharField("navn", max_length=60)
    # The query of the address, as the list itself writes it.
    forespoergsel = models.CharField("forespørgsel", max_length=500, blank=True)
    # Shown when the list is opened without anything chosen.
    er_standard = models.BooleanField("vis som det første", default=False)

    objects = GemtVisningQuerySet.as_manager()

    class Meta:
        verbose_name = "gemt visning"
        verbose_name_plural = "gemte visninger"
        ordering = ("navn", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["bruger", "side", "navn"],
                name="gemtvisning_et_navn",
                violation_error_message="Du har allerede en visning med det navn.",
            ),
            models.UniqueConstraint(
                fields=["bruger", "side"],
                condition=Q(er_standard=True),
                name="gemtvisning_en_standard",
            ),
            models.CheckConstraint(condition=~Q(navn=""), name="gemtvisning_har_navn"),
        )

    def __str__(self) -> str:
        return self.navn
