"""The waiting list for sparring: when a slot comes free, the first in line is offered it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from borgere.models import Sag
from rehabilitering.models.sparringsbooking import Sparringsbooking
from rehabilitering.models.sparringstid import Sparringsspoergsmaal, Sparringstid
from ressource.models import Bruger


class VentepladsQuerySet(models.QuerySet["Venteplads"]):
    def aktive(self) -> Self:
        """Those still waiting, the first in line first."""
        return self.filter(afsluttet_den=None).order_by("oprettet_den", "pk")

    def med_tilbud(self) -> Self:
        """Annotate the open offer, if any: `tilbud_id`, and `tilbud_udloeber`, when it ends."""
        aabne = Sparringstilbud.objects.aabne().filter(venteplads=OuterRef("pk"))
        return self.annotate(
            tilbud_id=Subquery(aabne.values("pk")[:1]),
            tilbud_udloeber=Subquery(aabne.values("udloeber_den")[:1]),
        )

    def synlige_for(self, bruger: Bruger) -> Self:
        """Those of the cases the user may see."""
        return self.filter(sag__in=Sag.objects.synlige_for(bruger))


class Venteplads(models.Model):
    """One case that waits for a slot within a period, with the questions it will be booked with."""

    class Tidspunkt(models.TextChoices):
        ALLE = "alle", "hele dagen"
        FORMIDDAG = "formiddag", "formiddag"
        EFTERMIDDAG = "eftermiddag", "eftermiddag"

    class Resultat(models.TextChoices):
        BOOKET = "booket", "booket"
        FRAMELDT = "frameldt", "frameldt"
        UDLOEBET = "udloebet", "perioden er gået"

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="ventepladser")
    sagsbehandler = models.ForeignKey(Bruger, models.PROTECT, related_name="ventepladser")
    fra_dato = models.DateField("fra")
    til_dato = models.DateField("til og med")
    tidspunkt = models.CharField(
        "tidspunkt", max_length=12, choices=Tidspunkt, default=Tidspunkt.ALLE
    )
    med_borger = models.BooleanField("sammen med borgeren", default=False)
    spoergsmaal = models.ManyToManyField(Sparringsspoergsmaal, blank=True, related_name="+")
    eget_spoergsmaal = models.TextField("eget spørgsmål", blank=True)
    oprettet_den = models.DateTimeField("sat på den", auto_now_add=True)
    afsluttet_den = models.DateTimeField("afsluttet den", null=True, blank=True)
    resultat = models.CharField("resultat", max_length=10, choices=Resultat, blank=True)

    objects = VentepladsQuerySet.as_manager()

    class Meta:
        verbose_name = "plads på ventelisten"
        verbose_name_plural = "pladser på ventelisten"
        ordering = ("oprettet_den", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(til_dato__gte=F("fra_dato")),
                name="venteplads_slut_efter_start",
                violation_error_message="Perioden slutter, før den begynder.",
            ),
            models.CheckConstraint(
                condition=Q(afsluttet_den=None, resultat="")
                | Q(afsluttet_den__isnull=False, resultat__in=["booket", "frameldt", "udloebet"]),
                name="venteplads_afslutning_hel",
            ),
            models.UniqueConstraint(
                fields=["sag"],
                condition=Q(afsluttet_den=None),
                name="venteplads_en_pr_sag",
                violation_error_message="Sagen står allerede på ventelisten.",
            ),
        )

    def __str__(self) -> str:
        return f"Venteplads {self.pk}"

    @property
    def oensker(self) -> str:
        """`sammen med borgeren, formiddag`."""
        hvem = "sammen med borgeren" if self.med_borger else "alene"
        return f"{hvem}, {self.get_tidspunkt_display()}"


class SparringstilbudQuerySet(models.QuerySet["Sparringstilbud"]):
    def aabne(self) -> Self:
        """Offers that hold their slot until they are answered or expired."""
        return self.filter(svar="")

    def udloebne(self, nu: datetime) -> Self:
        """Open ones whose time is up at `nu`."""
        return self.aabne().filter(udloeber_den__lte=nu)


class Sparringstilbud(models.Model):
    """A free slot held for one who waits, until `udloeber_den`."""

    class Svar(models.TextChoices):
        TAGET = "taget", "taget"
        AFSLAAET = "afslaaet", "afslået"
        UDLOEBET = "udloebet", "udløbet"
        BORTFALDET = "bortfaldet", "bortfaldet"

    tid = models.ForeignKey(Sparringstid, models.PROTECT, related_name="tilbud")
    venteplads = models.ForeignKey(Venteplads, models.PROTECT, related_name="tilbud")
    tilbudt_den = models.DateTimeField("tilbudt den")
    udloeber_den = models.DateTimeField("udløber den")
    svar = models.CharField("svar", max_length=10, choices=Svar, blank=True)
    besvaret_den = models.DateTimeField("besvaret den", null=True, blank=True)
    booking = models.OneToOneField(
        Sparringsbooking, models.PROTECT, null=True, blank=True, related_name="tilbud"
    )

    objects = SparringstilbudQuerySet.as_manager()

    class Meta:
        verbose_name = "tilbud om sparringstid"
        verbose_name_plural = "tilbud om sparringstider"
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["tid"], condition=Q(svar=""), name="sparringstilbud_en_holder_tiden"
            ),
            models.UniqueConstraint(
                fields=["venteplads"], condition=Q(svar=""), name="sparringstilbud_et_ad_gangen"
            ),
            # The same slot is not offered twice to the same one.
            models.UniqueConstraint(
                fields=["tid", "venteplads"], name="sparringstilbud_en_gang_pr_plads"
            ),
            models.CheckConstraint(
                condition=Q(udloeber_den__gt=F("tilbudt_den")), name="sparringstilbud_frist"
            ),
            models.CheckConstraint(
                condition=Q(svar="", besvaret_den=None, booking=None)
                | Q(svar="taget", besvaret_den__isnull=False, booking__isnull=False)
                | Q(
                    svar__in=["afslaaet", "udloebet", "bortfaldet"],
                    besvaret_den__isnull=False,
                    booking=None,
                ),
                name="sparringstilbud_svar_helt",
            ),
        )

    def __str__(self) -> str:
        return f"Tilbud {self.pk}"
