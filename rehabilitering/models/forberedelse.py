"""The rehabiliteringsplan's forberedende del and its sections."""

from typing import Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from borgere.models import Sag
from rehabilitering.models.katalog import Maalart
from ressource.models import Bruger


class ForberedendeDelQuerySet(models.QuerySet["ForberedendeDel"]):
    def synlige_for(self, bruger: Bruger) -> Self:
        """Those of the cases the user may see."""
        return self.filter(sag__in=Sag.objects.synlige_for(bruger))


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class ForberedendeDel(models.Model):
    """One round's forberedende del (LAB § 44; domain.md 2.1). A new round is a new number."""

    class Status(models.TextChoices):
        KLADDE = "kladde", "kladde"
        GENNEMGAAET = "gennemgaaet", "gennemgået med borgeren"
        KVALITETSSIKRET = "kvalitetssikret", "kvalitetssikret"
        FORELAGT = "forelagt", "forelagt teamet"

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="forberedende_dele")
    nr = models.PositiveSmallIntegerField("nummer", default=1)
    status = models.CharField("status", max_length=20, choices=Status, default=Status.KLADDE)
    # The question funnel (guide, element 6): what the citizen answered at each step, and the step
    # that gave an answer to go on with. None: not asked yet, or asked to the end in vain.
    tragt_job = models.TextField("hvilket job ønsker du?", blank=True)
    tragt_opgaver = models.TextField("hvilke opgaver kan du lide?", blank=True)
    tragt_fritid = models.TextField("hvad kan du lide i din fritid?", blank=True)
    tragt_droemme = models.TextField("hvad drømte du om før?", blank=True)
    spoergetragt_niveau = models.PositiveSmallIntegerField("spørgetragt", null=True, blank=True)
    # The day each step was first asked: {"1": "2026-11-04"}.
    tragt_spurgt = models.JSONField("spurgt", default=dict, blank=True)
    maal = models.CharField("job- eller uddannelsesmål", max_length=200, blank=True)
    maal_art = models.CharField("målet handler om", max_length=12, choices=Maalart, blank=True)
    naeste_skridt = models.CharField("næste lille skridt", max_length=200, blank=True)
    gennemgaaet_dato = models.DateField("gennemgået med borgeren", null=True, blank=True)
    oprettet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    oprettet_den = models.DateTimeField("oprettet den", auto_now_add=True)
    # Whose text a second writer is shown; the sections have their own.
    rettet_af = models.ForeignKey(Bruger, models.PROTECT, null=True, blank=True, related_name="+")
    rettet_den = models.DateTimeField("rettet den", auto_now=True)
    # Optimistic lock: a save with a stale number shows both texts.
    laas = models.PositiveIntegerField("låsetal", default=0)

    objects = ForberedendeDelQuerySet.as_manager()

    class Meta:
        verbose_name = "forberedende del"
        verbose_name_plural = "forberedende dele"
        ordering = ("-nr",)
        constraints = (
            models.UniqueConstraint(fields=["sag", "nr"], name="forberedende_del_nr"),
            models.CheckConstraint(
                condition=Q(spoergetragt_niveau=None) | Q(spoergetragt_niveau__range=(1, 4)),
                name="forberedende_del_tragt",
                violation_error_message="Spørgetragten har fire trin.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["kladde"]) | Q(gennemgaaet_dato__isnull=False),
                name="forberedende_del_gennemgaaet",
            ),
        )

    def __str__(self) -> str:
        return f"Forberedende del {self.nr}"

    @property
    def kan_rettes(self) -> bool:
        """Whether text may still be changed: until quality assurance has approved it."""
        return self.status in {self.Status.KLADDE, self.Status.GENNEMGAAET}


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class ForberedendeAfsnit(models.Model):
    """One mandatory section, or a part of one: the citizen's own words apart from the caseworker's.

    Whether it was written together is recorded, and if not, why (guide, element 1).
    """

    class Sammen(models.TextChoices):
        JA = "ja", "ja"
        DELVIST = "delvist", "delvist"
        NEJ = "nej", "nej"

    forberedende_del = models.ForeignKey(
        ForberedendeDel, models.PROTECT, related_name="afsnit", verbose_name="forberedende del"
    )
    # One of the rule set's section codes, or of a section's part.
    kode = models.CharField("afsnit", max_length=40)
    egne_ord = models.TextField("borgerens egne ord", blank=True)
    beskrivelse = models.TextField("sagsbehandlerens beskrivelse", blank=True)
    skrevet_sammen = models.CharField(
        "skrevet sammen med borgeren", max_length=10, choices=Sammen, blank=True
    )
    ikke_sammen_begrundelse = models.TextField("hvorfor ikke", blank=True)
    # The last day the citizen's own words were written together with the citizen.
    sammen_dato = models.DateField("skrevet sammen", null=True, blank=True)
    uenig = models.TextField("det er borgeren uenig i", blank=True)
    faerdig_den = models.DateTimeField("færdig", null=True, blank=True)
    rettet_af = models.ForeignKey(Bruger, models.PROTECT, null=True, related_name="+")
    rettet_den = models.DateTimeField("rettet den", auto_now=True)
    laas = models.PositiveIntegerField("låsetal", default=0)

    class Meta:
        verbose_name = "afsnit"
        verbose_name_plural = "afsnit"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["forberedende_del", "kode"], name="forberedende_afsnit_et_pr_kode"
            ),
            models.CheckConstraint(
                condition=Q(skrevet_sammen__in=["", "ja", "delvist", "nej"]),
                name="forberedende_afsnit_sammen_kendt",
            ),
        )

    def __str__(self) -> str:
        return self.kode


class Sidelagttekst(models.Model):
    """What somebody typed that could not be stored, for another was first: kept for good."""

    forberedende_del = models.ForeignKey(
        ForberedendeDel, models.PROTECT, related_name="sidelagte", verbose_name="forberedende del"
    )
    # The section's code; empty for a field of the head.
    kode = models.CharField("afsnit", max_length=40, blank=True)
    felt = models.CharField("felt", max_length=40)
    tekst = models.TextField("tekst")
    skrevet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    lagt_den = models.DateTimeField("lagt til side", auto_now_add=True)

    class Meta:
        verbose_name = "tekst lagt til side"
        verbose_name_plural = "tekster lagt til side"
        ordering = ("-pk",)
        triggers = (
            pgtrigger.Protect(name="kun_tilfoej", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"{self.kode} {self.felt}"


class Forberedelsesversion(models.Model):
    """The whole forberedende del as it stood at one moment, never changed afterwards."""

    class Anledning(models.TextChoices):
        GEMT = "gemt", "gemt som version"
        GENNEMGAAET = "gennemgaaet", "gennemgået med borgeren"
        INDSENDT = "indsendt", "sendt til kvalitetssikring"
        GODKENDT = "godkendt", "kvalitetssikret"

    forberedende_del = models.ForeignKey(
        ForberedendeDel, models.PROTECT, related_name="versioner", verbose_name="forberedende del"
    )
    nr = models.PositiveSmallIntegerField("nummer")
    anledning = models.CharField("anledning", max_length=12, choices=Anledning)
    # {"hoved": {felt: tekst}, "afsnit": [{"kode", "titel", "egne_ord", "beskrivelse", …}]}
    indhold = models.JSONField("indhold")
    oprettet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    oprettet_den = models.DateTimeField("oprettet den", auto_now_add=True)

    class Meta:
        verbose_name = "version af den forberedende del"
        verbose_name_plural = "versioner af den forberedende del"
        ordering = ("-nr",)
        constraints = (
            models.UniqueConstraint(
                fields=["forberedende_del", "nr"], name="forberedelsesversion_nr"
            ),
        )
        triggers = (
            pgtrigger.Protect(name="kun_tilfoej", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"Version {self.nr}"
