"""The calendar as a table, so that rolling a date is a join and not a loop (domain.md 8)."""

from django.db import models
from django.db.models import Q


class Kalenderdag(models.Model):
    """One date. Filled by `ressource.kalender.udfyld` from the `holidays` package.

    `er_arbejdsdag` is false on weekends, public holidays, 5 June, 24 and 31 December: the days that
    move a statutory deadline. The municipality's own closing days (`Lukkedag`) do not.
    """

    dato = models.DateField("dato", primary_key=True)
    er_arbejdsdag = models.BooleanField("arbejdsdag")
    navn = models.CharField("helligdag", max_length=60, blank=True)
    forrige_arbejdsdag = models.DateField("seneste arbejdsdag til og med datoen")
    naeste_arbejdsdag = models.DateField("første arbejdsdag fra og med datoen")
    # Differences between two of these count working days, without walking the days.
    arbejdsdag_nr = models.IntegerField("arbejdsdagens løbenummer")
    # The same with the municipality's own closing days left out: what it promises by itself, it
    # plans for days when somebody is at work. A trigger on `Lukkedag` keeps them.
    er_aaben = models.BooleanField("åbent", default=False, db_default=False)
    forrige_aabne = models.DateField("seneste åbne dag til og med datoen", null=True)
    naeste_aabne = models.DateField("første åbne dag fra og med datoen", null=True)
    aaben_nr = models.IntegerField("den åbne dags løbenummer", default=0, db_default=0)

    class Meta:
        verbose_name = "kalenderdag"
        verbose_name_plural = "kalenderdage"
        ordering = ("dato",)
        indexes = (
            # The n-th working day from a date.
            models.Index(
                fields=["arbejdsdag_nr"],
                condition=Q(er_arbejdsdag=True),
                name="kalenderdag_arbejdsdag_nr",
            ),
            models.Index(
                fields=["aaben_nr"], condition=Q(er_aaben=True), name="kalenderdag_aaben_nr"
            ),
        )

    def __str__(self) -> str:
        return self.dato.isoformat()


class Lukkedag(models.Model):
    """A day the municipality is closed by its own choice: no slots, no meetings."""

    dato = models.DateField("dato", unique=True)
    aarsag = models.CharField("årsag", max_length=100)

    class Meta:
        verbose_name = "lukkedag"
        verbose_name_plural = "lukkedage"
        ordering = ("dato",)

    def __str__(self) -> str:
        return f"{self.dato.isoformat()} {self.aarsag}"
