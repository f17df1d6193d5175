"""Progression: versioned catalogues of indicators, what was scored, and the small steps.

Scores are lines to talk about: they are never added up, and nothing is decided from them
(GDPR art. 22, domain.md 6). Two scores are compared only within one version of the catalogue.
"""

from datetime import date
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q

from borgere.models import Sag
from opfoelgning.models.moede import Opfoelgningsmoede
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.perioder import ingen_overlap


class ProgressionskatalogQuerySet(models.QuerySet["Progressionskatalog"]):
    def gaeldende(self, dato: date) -> Self:
        """The version in use on `dato`: one or none."""
        return self.filter(Q(gyldig_til=None) | Q(gyldig_til__gte=dato), gyldig_fra__lte=dato)

    def kladder(self) -> Self:
        """The version that is being written, if any."""
        return self.filter(gyldig_fra=None)


class Progressionskatalog(models.Model):
    """One version of the municipality's indicators. In use it is never changed, only followed."""

    nr = models.PositiveSmallIntegerField("version", unique=True)
    navn = models.CharField("navn", max_length=120)
    vejledning = models.TextField("sådan taler I om det", blank=True)
    # How far apart they are asked.
    maaneder = models.PositiveSmallIntegerField("måneder imellem", default=3)
    # None while it is written.
    gyldig_fra = models.DateField("bruges fra", null=True, blank=True)
    gyldig_til = models.DateField("bruges til og med", null=True, blank=True)
    udgivet_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="udgivet af"
    )
    udgivet_den = models.DateTimeField("udgivet den", null=True, blank=True)
    laas = models.PositiveIntegerField("låsetal", default=0, db_default=0)

    objects = ProgressionskatalogQuerySet.as_manager()

    class Meta:
        verbose_name = "version af progressionsskemaet"
        verbose_name_plural = "versioner af progressionsskemaet"
        ordering = ("-nr",)
        constraints = (
            models.CheckConstraint(
                condition=Q(gyldig_til=None)
                | Q(gyldig_fra__isnull=False, gyldig_til__gte=F("gyldig_fra")),
                name="progressionskatalog_slut_efter_start",
            ),
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(gyldig_fra=None),
                name="progressionskatalog_en_kladde",
                violation_error_message="Der er allerede en ny version under arbejde.",
            ),
            ingen_overlap(
                "progressionskatalog_et_ad_gangen",
                fra="gyldig_fra",
                til="gyldig_til",
                hvis=Q(gyldig_fra__isnull=False),
                besked="En anden version bruges allerede i en del af perioden.",
            ),
            models.CheckConstraint(
                condition=Q(maaneder__gte=1, maaneder__lte=12), name="progressionskatalog_maaneder"
            ),
        )

    def __str__(self) -> str:
        return f"{self.navn}, version {self.nr}"

    @property
    def er_kladde(self) -> bool:
        """Whether it is still being written."""
        return self.gyldig_fra is None


class Progressionsindikator(models.Model):
    """One thing one can see change, with a question to each and words for every step of the scale."""

    katalog = models.ForeignKey(
        Progressionskatalog, models.PROTECT, related_name="indikatorer", verbose_name="version"
    )
    # The same thing from version to version, for the reader's eye; scores are not compared by it.
    kode = models.CharField("kode", max_length=40)
    rang = models.PositiveSmallIntegerField("rækkefølge")
    navn = models.CharField("navn", max_length=100)
    # Empty: the citizen is not asked.
    spoergsmaal_borger = models.CharField("spørgsmål til borgeren", max_length=200, blank=True)
    spoergsmaal_fagperson = models.CharField("spørgsmål til fagpersonen", max_length=200)
    # The professional's own score is kept from the citizen's papers (domain.md 6: belief in a job).
    skjult_for_borger = models.BooleanField("fagpersonens svar vises ikke for borgeren")
    skala_min = models.PositiveSmallIntegerField("laveste trin", default=1)
    skala_max = models.PositiveSmallIntegerField("højeste trin", default=5)

    class Meta:
        verbose_name = "indikator"
        verbose_name_plural = "indikatorer"
        ordering = ("rang", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["katalog", "kode"],
                name="progressionsindikator_en_pr_kode",
                violation_error_message="Koden bruges allerede i denne version.",
            ),
            models.CheckConstraint(
                condition=Q(skala_max__gt=F("skala_min"), skala_min__gte=0, skala_max__lte=10),
                name="progressionsindikator_skala",
                violation_error_message="Skalaen går fra et trin til et højere, højst 10.",
            ),
        )

    def __str__(self) -> str:
        return self.navn


class Progressionstrin(models.Model):
    """What a step of an indicator's scale means, so that all mean the same by it."""

    indikator = models.ForeignKey(Progressionsindikator, models.PROTECT, related_name="trin")
    vaerdi = models.PositiveSmallIntegerField("trin")
    ankertekst = models.CharField("betyder", max_length=200)

    class Meta:
        verbose_name = "trin på skalaen"
        verbose_name_plural = "trin på skalaen"
        ordering = ("vaerdi",)
        constraints = (
            models.UniqueConstraint(
                fields=["indikator", "vaerdi"], name="progressionstrin_et_pr_vaerdi"
            ),
        )

    def __str__(self) -> str:
        return f"{self.vaerdi}: {self.ankertekst}"


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Progressionsmaaling(models.Model):
    """What the two said of one indicator at one meeting. Either may be left out, not both.

    It counts from when the meeting is closed as held.
    """

    moede = models.ForeignKey(Opfoelgningsmoede, models.PROTECT, related_name="maalinger")
    indikator = models.ForeignKey(Progressionsindikator, models.PROTECT, related_name="maalinger")
    borger_score = models.PositiveSmallIntegerField("borgeren", null=True, blank=True)
    fagperson_score = models.PositiveSmallIntegerField("fagpersonen", null=True, blank=True)
    note = models.CharField("bemærkning", max_length=250, blank=True)

    class Meta:
        verbose_name = "måling"
        verbose_name_plural = "målinger"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["moede", "indikator"], name="progressionsmaaling_en_pr_moede"
            ),
            models.CheckConstraint(
                condition=Q(borger_score=None) | Q(borger_score__lte=10),
                name="progressionsmaaling_borger_skala",
            ),
            models.CheckConstraint(
                condition=Q(fagperson_score=None) | Q(fagperson_score__lte=10),
                name="progressionsmaaling_fagperson_skala",
            ),
        )

    def __str__(self) -> str:
        return f"{self.indikator_id} ved møde {self.moede_id}"


class SmaatSkridtQuerySet(models.QuerySet["SmaatSkridt"]):
    def gaeldende(self) -> Self:
        """Those that were not taken out, newest first."""
        return self.filter(fjernet_den=None).order_by("-dato", "-pk")


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class SmaatSkridt(models.Model):
    """Something that went forward, in the citizen's own words where one can (domain.md 6)."""

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="smaa_skridt")
    # The talk it came up in; None when it was written in between.
    moede = models.ForeignKey(
        Opfoelgningsmoede, models.PROTECT, null=True, blank=True, related_name="smaa_skridt"
    )
    dato = models.DateField("dato", default=i_dag)
    tekst = models.CharField("hvad", max_length=250)
    skrevet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    skrevet_den = models.DateTimeField("skrevet den", auto_now_add=True)
    fjernet_den = models.DateTimeField("taget ud den", null=True, blank=True)

    objects = SmaatSkridtQuerySet.as_manager()

    class Meta:
        verbose_name = "lille skridt"
        verbose_name_plural = "små skridt"
        ordering = ("-dato", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(tekst=""), name="smaatskridt_har_tekst"),
        )
        indexes = (models.Index(fields=["sag", "-dato"], name="smaatskridt_sag_dato"),)

    def __str__(self) -> str:
        return f"Skridt {self.pk}"
