"""Who does what when after the team meeting: the municipality's logistikplan, and what it became
in each case (guide, element 8)."""

from datetime import date
from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from borgere.models import Sag
from rehabilitering.models import Indstilling
from rehabilitering.models.drejebog import Skabelonraekke
from ressource.datoer import Enhed
from ressource.models import Bruger


class Hvem(models.TextChoices):
    """Who does it. A task of somebody the case has not got is the responsible caseworker's."""

    ANSVARLIG = "ansvarlig", "sagsbehandler"
    MENTOR = "mentor", "mentor"
    VIRKSOMHEDSKONSULENT = "virksomhedskonsulent", "virksomhedskonsulent"
    MOEDEKOORDINATOR = "moedekoordinator", "mødekoordinator"
    BORGER = "borger", "borgeren"


class Logistiktrin(Skabelonraekke):
    """One line of the template: who does what, so long after the team meeting."""

    hvem = models.CharField("hvem", max_length=20, choices=Hvem)
    hvad = models.CharField("gør hvad", max_length=150)
    # Read by the citizen; empty: the line is not on the citizen's paper.
    til_borgeren = models.CharField("sådan står der til borgeren", max_length=200, blank=True)
    antal = models.PositiveSmallIntegerField("hvor længe efter mødet")
    enhed = models.CharField("enhed", max_length=12, choices=Enhed)
    # Ticked on the eftermøde, before the citizen leaves.
    paa_eftermoedet = models.BooleanField("klares på eftermødet")
    # Which recommendations start it (`rehabilitering.Udfald`).
    udfald = ArrayField(models.CharField(max_length=30), verbose_name="ved indstilling til")

    class Meta(Skabelonraekke.Meta):
        verbose_name = "trin i logistikplanen"
        verbose_name_plural = "trin i logistikplanen"

    def __str__(self) -> str:
        return self.hvad


class OpgaveQuerySet(models.QuerySet["Opgave"]):
    def synlige_for(self, bruger: Bruger) -> Self:
        """Those of the cases the user may see."""
        return self.filter(sag__in=Sag.objects.synlige_for(bruger))

    def aabne(self) -> Self:
        """Neither done nor lapsed."""
        return self.filter(udfoert_dato=None, bortfaldet_dato=None)

    def overskredne(self, dato: date) -> Self:
        """Open and past their day."""
        return self.aabne().filter(frist_dato__lt=dato)


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Opgave(models.Model):
    """One line of the logistikplan in one case, with its date.

    The text is the template's as it was when the indstilling was finished. Its deadline is derived
    like all others, and belongs to whoever `hvem` is today, so that it follows the case.
    """

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="opgaver")
    indstilling = models.ForeignKey(Indstilling, models.PROTECT, related_name="opgaver")
    # None: added by hand in this case.
    trin = models.ForeignKey(
        Logistiktrin, models.PROTECT, null=True, blank=True, related_name="opgaver"
    )
    hvem = models.CharField("hvem", max_length=20, choices=Hvem)
    # Somebody in particular, chosen by hand; else whoever `hvem` is.
    bruger = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="opgaver", verbose_name="navn"
    )
    hvad = models.CharField("gør hvad", max_length=150)
    til_borgeren = models.CharField("sådan står der til borgeren", max_length=200, blank=True)
    paa_eftermoedet = models.BooleanField("klares på eftermødet", default=False, db_default=False)
    frist_dato = models.DateField("senest")
    udfoert_dato = models.DateField("gjort", null=True, blank=True)
    udfoert_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="gjort af"
    )
    bortfaldet_dato = models.DateField("bortfaldet", null=True, blank=True)
    bortfaldet_grund = models.CharField("hvorfor bortfaldet", max_length=200, blank=True)
    laas = models.PositiveIntegerField("låsetal", default=0, db_default=0)

    objects = OpgaveQuerySet.as_manager()

    class Meta:
        verbose_name = "opgave"
        verbose_name_plural = "opgaver"
        ordering = ("frist_dato", "pk")
        constraints = (
            # Finished twice at once, the indstilling makes its tasks once.
            models.UniqueConstraint(fields=["indstilling", "trin"], name="opgave_en_pr_trin"),
            models.CheckConstraint(
                condition=Q(udfoert_dato=None, udfoert_af=None)
                | Q(udfoert_dato__isnull=False, udfoert_af__isnull=False),
                name="opgave_udfoert_hel",
            ),
            models.CheckConstraint(
                condition=Q(bortfaldet_dato=None, bortfaldet_grund="")
                | (Q(bortfaldet_dato__isnull=False, udfoert_dato=None) & ~Q(bortfaldet_grund="")),
                name="opgave_bortfald_har_grund",
                violation_error_message="Skriv, hvorfor opgaven falder bort.",
            ),
            models.CheckConstraint(condition=Q(hvem__in=Hvem.values), name="opgave_hvem_kendt"),
        )
        indexes = (
            models.Index(
                fields=["sag", "frist_dato"],
                condition=Q(udfoert_dato=None, bortfaldet_dato=None),
                name="opgave_aabne",
            ),
        )

    def __str__(self) -> str:
        return self.hvad


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Eftermoede(models.Model):
    """The talk right after the team meeting: what now, who does what, when we see each other."""

    indstilling = models.OneToOneField(Indstilling, models.PROTECT, related_name="eftermoede")
    borgerens_ord = models.TextField("det tager borgeren med sig", blank=True)
    spoergsmaal = models.TextField("det vil borgeren gerne vide mere om", blank=True)
    # The citizen got «Hvem gør hvad hvornår» in hand.
    plan_udleveret_dato = models.DateField("planen er givet til borgeren", null=True, blank=True)
    holdt_dato = models.DateField("holdt", null=True, blank=True)
    holdt_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="holdt af"
    )
    laas = models.PositiveIntegerField("låsetal", default=0, db_default=0)

    class Meta:
        verbose_name = "eftermøde"
        verbose_name_plural = "eftermøder"
        constraints = (
            models.CheckConstraint(
                condition=Q(holdt_dato=None, holdt_af=None)
                | Q(holdt_dato__isnull=False, holdt_af__isnull=False),
                name="eftermoede_holdt_helt",
            ),
        )

    def __str__(self) -> str:
        return f"Eftermøde {self.pk}"
