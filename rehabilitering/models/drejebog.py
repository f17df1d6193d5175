"""Getting the citizen ready for the meeting: the municipality's drejebog and the citizen's packet.

Both are made from texts the municipality edits. A text that is changed gets a new row, and the old
one an end, so that what was ticked or sent keeps the words it was ticked or sent with.
"""

from datetime import date
from typing import Any, Self

import pghistory
from django.db import models
from django.db.models import F, Q

from borgere.models import Dokument, Sag
from ressource.kalender import i_dag
from ressource.models import Bruger


class SkabelonQuerySet(models.QuerySet[Any]):
    def gaeldende(self, dato: date) -> Self:
        """The rows in force on `dato`, in their order. `til_dato` is the first day without."""
        return self.filter(Q(til_dato=None) | Q(til_dato__gt=dato), fra_dato__lte=dato).order_by(
            "raekkefoelge", "pk"
        )


class Skabelonraekke(models.Model):
    """One text of a template, in force from `fra_dato` until before `til_dato`."""

    kode = models.CharField("kode", max_length=40)
    raekkefoelge = models.PositiveSmallIntegerField("rækkefølge", default=0)
    fra_dato = models.DateField("gælder fra", default=i_dag)
    til_dato = models.DateField("gælder til", null=True, blank=True)
    rettet_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="rettet af"
    )

    objects = SkabelonQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("raekkefoelge", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(til_dato=None) | Q(til_dato__gte=F("fra_dato")),
                name="%(class)s_slut_efter_start",
            ),
            models.UniqueConstraint(
                fields=["kode"], condition=Q(til_dato=None), name="%(class)s_en_gaeldende"
            ),
        )


class Drejebogspunkt(Skabelonraekke):
    """One thing to do before the meeting (guide, element 1-3)."""

    tekst = models.CharField("punkt", max_length=200)
    vejledning = models.TextField("vejledning", blank=True)

    class Meta(Skabelonraekke.Meta):
        verbose_name = "punkt i drejebogen"
        verbose_name_plural = "punkter i drejebogen"

    def __str__(self) -> str:
        return self.tekst


class Teamspoergsmaal(Skabelonraekke):
    """A question the team typically asks, to talk through beforehand."""

    tekst = models.CharField("spørgsmål", max_length=200)

    class Meta(Skabelonraekke.Meta):
        verbose_name = "spørgsmål, teamet typisk stiller"
        verbose_name_plural = "spørgsmål, teamet typisk stiller"

    def __str__(self) -> str:
        return self.tekst


class Pakketekst(Skabelonraekke):
    """One section of the citizen's packet (guide, element 2; domain.md 2.5)."""

    overskrift = models.CharField("overskrift", max_length=120)
    tekst = models.TextField("tekst")

    class Meta(Skabelonraekke.Meta):
        verbose_name = "afsnit i borgerens pakke"
        verbose_name_plural = "afsnit i borgerens pakke"

    def __str__(self) -> str:
        return self.overskrift


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Flueben(models.Model):
    """A point of the drejebog done in one case: by whom and when. Taking it off is kept too."""

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="flueben")
    punkt = models.ForeignKey(Drejebogspunkt, models.PROTECT, related_name="+")
    dato = models.DateField("dato", default=i_dag)
    initialer = models.CharField("initialer", max_length=6)
    sat_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    sat_den = models.DateTimeField("sat den", auto_now_add=True)
    fjernet_den = models.DateTimeField("fjernet den", null=True, blank=True)
    fjernet_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="fjernet af"
    )

    class Meta:
        verbose_name = "flueben"
        verbose_name_plural = "flueben"
        constraints = (
            models.UniqueConstraint(
                fields=["sag", "punkt"], condition=Q(fjernet_den=None), name="flueben_et_pr_punkt"
            ),
            models.CheckConstraint(
                condition=Q(fjernet_den=None, fjernet_af=None)
                | Q(fjernet_den__isnull=False, fjernet_af__isnull=False),
                name="flueben_fjernet_helt",
            ),
            models.CheckConstraint(condition=~Q(initialer=""), name="flueben_har_initialer"),
        )

    def __str__(self) -> str:
        return f"{self.punkt_id} {self.initialer}"


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Moedeforberedelse(models.Model):
    """What is agreed with the citizen about the meeting; the packet is printed from it."""

    sag = models.OneToOneField(Sag, models.PROTECT, related_name="moedeforberedelse")
    fortaeller_selv = models.TextField("det fortæller borgeren selv", blank=True)
    hjaelp_til = models.TextField("det hjælper sagsbehandleren med", blank=True)
    kommer_med = models.TextField("hvem kommer med", blank=True)
    hentes_af = models.CharField("hvem henter borgeren", max_length=200, blank=True)
    venter_hvor = models.CharField("hvor venter borgeren", max_length=200, blank=True)
    ventetid = models.CharField("ventetid", max_length=100, blank=True)
    saerlige_behov = models.TextField("særlige behov", blank=True)
    kontaktperson = models.CharField("kontaktperson på dagen", max_length=120, blank=True)
    rettet_af = models.ForeignKey(Bruger, models.PROTECT, null=True, related_name="+")
    rettet_den = models.DateTimeField("rettet den", auto_now=True)
    laas = models.PositiveIntegerField("låsetal", default=0)

    class Meta:
        verbose_name = "forberedelse af mødet"
        verbose_name_plural = "forberedelser af møder"

    def __str__(self) -> str:
        return f"Forberedelse af mødet {self.pk}"


class Pakkeudlevering(models.Model):
    """The citizen's packet as it was handed over.

    `aftryk` is the SHA-256 of everything the packet said, date apart: when the packet would say
    something else today, the citizen is to have a new one.
    """

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="pakkeudleveringer")
    dokument = models.OneToOneField(Dokument, models.PROTECT, related_name="pakkeudlevering")
    aftryk = models.CharField("aftryk af indholdet", max_length=64)
    udleveret_den = models.DateTimeField("udleveret den", auto_now_add=True)
    udleveret_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "udlevering af borgerens pakke"
        verbose_name_plural = "udleveringer af borgerens pakke"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"Pakke {self.pk}"
