"""Dated rule sets: every legal number, text and mandatory step that can change with the law."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ressource.perioder import ingen_overlap


class RegelsaetQuerySet(models.QuerySet["Regelsaet"]):
    def for_dato(self, dato: date) -> "Regelsaet":
        """The active rule set in force on `dato`.

        Raises `Regelsaet.DoesNotExist` when none is: the administrator must then activate one.
        """
        return self.aktive().get(Q(gyldig_til=None) | Q(gyldig_til__gte=dato), gyldig_fra__lte=dato)

    def aktive(self) -> Self:
        """Those that are in use; the others lie ready."""
        return self.filter(er_aktivt=True)


class Regelsaet(models.Model):
    """One regime of domain.md 1.1. A case carries the one it was granted under.

    `udfald` are codes of `rehabilitering`'s outcomes, `afsnit` and `samtaleemner` lists of
    `{"kode", "titel", "vejledning"}`: kept as data, for the ground knows no case. A section has
    also `spoergsmaal`, its heading in the citizen's view, `hjaelp` for when it is hard to answer,
    and may be written in `dele`, parts of `{"kode", "titel"}`.
    """

    kode = models.CharField("kode", max_length=10, unique=True)
    navn = models.CharField("navn", max_length=120)
    gyldig_fra = models.DateField("gyldig fra")
    gyldig_til = models.DateField("gyldig til", null=True, blank=True)
    er_aktivt = models.BooleanField("aktivt", default=False)
    kilde = models.TextField("kilde")
    er_efterproevet = models.BooleanField("efterprøvet mod lovteksten", default=False)

    varighed_min_maaneder = models.PositiveSmallIntegerField("mindste varighed (måneder)")
    varighed_max_maaneder = models.PositiveSmallIntegerField("største varighed (måneder)")
    nye_forloeb_til = models.DateField("nye ressourceforløb til og med", null=True, blank=True)
    moede_er_lovpligtigt = models.BooleanField("teammøde er lovpligtigt", default=True)
    sparring_er_lovpligtig = models.BooleanField("sundhedsfaglig rådgivning er lovpligtig")
    # Whether a forløb may only begin when there is a prospect of development (lov 553 of 2018).
    kraever_udviklingsperspektiv = models.BooleanField(
        "kræver udviklingsperspektiv", default=True, db_default=True
    )
    laegeattest_gyldig_maaneder = models.PositiveSmallIntegerField("LÆ 265 er aktuel (måneder)")
    # How long after an unanswered request, or the last reminder, the GP is reminded (again).
    laegeattest_rykker_dage = models.PositiveSmallIntegerField(
        "rykker for LÆ 265 efter endnu (dage)", default=14, db_default=14
    )
    klagefrist_uger = models.PositiveSmallIntegerField("klagefrist (uger)")
    udfald = ArrayField(models.CharField(max_length=30), verbose_name="mulige udfald")
    afsnit = models.JSONField("afsnit i den forberedende del")
    samtaleemner = models.JSONField("samtaleemner")
    hjemmel_ressourceforloeb = models.TextField("hjemmel for ressourceforløb")
    hjemmel_oevrige = models.TextField("hjemmel for øvrige afgørelser")
    klagevejledning = models.TextField("klagevejledning")
    betegnelse_myndighed = models.CharField("myndighedens betegnelse", max_length=60)
    betegnelse_team = models.CharField("teamets betegnelse", max_length=60)

    objects = RegelsaetQuerySet.as_manager()

    class Meta:
        verbose_name = "regelsæt"
        verbose_name_plural = "regelsæt"
        ordering = ("gyldig_fra",)
        constraints = (
            models.CheckConstraint(
                condition=Q(gyldig_til=None) | Q(gyldig_til__gte=F("gyldig_fra")),
                name="regelsaet_slut_efter_start",
                violation_error_message="Slutdatoen ligger før startdatoen.",
            ),
            models.CheckConstraint(
                condition=Q(varighed_max_maaneder__gte=F("varighed_min_maaneder")),
                name="regelsaet_varighed",
                violation_error_message="Største varighed er mindre end mindste varighed.",
            ),
            ingen_overlap(
                "regelsaet_ingen_overlap",
                fra="gyldig_fra",
                til="gyldig_til",
                hvis=Q(er_aktivt=True),
                besked="To aktive regelsæt må ikke gælde på samme dag.",
            ),
        )

    def __str__(self) -> str:
        return self.kode
