"""Who takes part in one case at the meeting beside its members, and how each was called.

The citizen, those the citizen brings, and professionals who come for this case alone
(domain.md 1.2 rows 9-11, 2.5 and 2.8).
"""

from typing import Self

from django.db import models
from django.db.models import Q

from borgere.models import Dokument, Forsendelse, Fuldmagt, Netvaerksperson
from rehabilitering.models.moede import Dagsordenspunkt, Fagomraade, Fremmoedeform
from ressource.models import Bruger


class PunktdeltagerQuerySet(models.QuerySet["Punktdeltager"]):
    def aktuelle(self) -> Self:
        """Those who still take part."""
        return self.filter(fjernet_den=None)


class Punktdeltager(models.Model):
    """One person at one case's turn."""

    class Art(models.TextChoices):
        BORGER = "borger", "borgeren"
        PARTSREPRAESENTANT = "partsrepraesentant", "partsrepræsentant"
        VAERGE = "vaerge", "værge"
        BISIDDER = "bisidder", "bisidder"
        NETVAERK = "netvaerk", "netværksperson"
        TOLK = "tolk", "tolk"
        SAGSBEHANDLER = "sagsbehandler", "sagsbehandler"
        FAGPERSON = "fagperson", "fagperson"

    punkt = models.ForeignKey(Dagsordenspunkt, models.PROTECT, related_name="deltagere")
    art = models.CharField("deltager som", max_length=20, choices=Art)
    navn = models.CharField("navn", max_length=120)
    bruger = models.ForeignKey(Bruger, models.PROTECT, null=True, blank=True, related_name="+")
    netvaerksperson = models.ForeignKey(
        Netvaerksperson, models.PROTECT, null=True, blank=True, related_name="+"
    )
    fuldmagt = models.ForeignKey(Fuldmagt, models.PROTECT, null=True, blank=True, related_name="+")
    fagomraade = models.CharField("fagområde", max_length=16, choices=Fagomraade, blank=True)
    form = models.CharField(
        "deltager", max_length=10, choices=Fremmoedeform, default=Fremmoedeform.PERSONLIGT
    )
    tilfoejet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    tilfoejet_den = models.DateTimeField("tilføjet den", auto_now_add=True)
    fjernet_den = models.DateTimeField("fjernet den", null=True, blank=True)
    # None: not registered yet.
    var_til_stede = models.BooleanField("til stede", null=True, blank=True)
    fravaer_grund = models.CharField("hvorfor ikke til stede", max_length=200, blank=True)

    objects = PunktdeltagerQuerySet.as_manager()

    class Meta:
        verbose_name = "deltager i sagens behandling"
        verbose_name_plural = "deltagere i sagens behandling"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    art__in=[
                        "borger",
                        "partsrepraesentant",
                        "vaerge",
                        "bisidder",
                        "netvaerk",
                        "tolk",
                        "sagsbehandler",
                        "fagperson",
                    ]
                ),
                name="punktdeltager_art_kendt",
            ),
            models.CheckConstraint(
                condition=(Q(art__in=["sagsbehandler", "fagperson"]) | Q(bruger=None))
                & (Q(art="netvaerk") | Q(art="bisidder") | Q(netvaerksperson=None))
                & (Q(art__in=["partsrepraesentant", "vaerge", "bisidder"]) | Q(fuldmagt=None)),
                name="punktdeltager_kilde_passer",
            ),
            models.UniqueConstraint(
                fields=["punkt"],
                condition=Q(art="borger", fjernet_den=None),
                name="punktdeltager_en_borger",
            ),
            models.UniqueConstraint(
                fields=["punkt", "bruger"],
                condition=Q(fjernet_den=None, bruger__isnull=False),
                name="punktdeltager_bruger_en_gang",
                violation_error_message="Personen deltager allerede i sagen.",
            ),
            models.UniqueConstraint(
                fields=["punkt", "netvaerksperson"],
                condition=Q(fjernet_den=None, netvaerksperson__isnull=False),
                name="punktdeltager_netvaerk_en_gang",
                violation_error_message="Personen deltager allerede i sagen.",
            ),
        )
        indexes = (models.Index(fields=["punkt"], name="punktdeltager_punkt"),)

    def __str__(self) -> str:
        return f"{self.get_art_display()}, punkt {self.punkt_id}"


class IndkaldelseQuerySet(models.QuerySet["Indkaldelse"]):
    def nyeste_foerst(self) -> Self:
        """The one that counts first."""
        return self.order_by("-nr")


class Indkaldelse(models.Model):
    """One call to the meeting as it was sent; only receipt and answer are written later."""

    class Kanal(models.TextChoices):
        DIGITAL_POST = "digital_post", "Digital Post"
        BREV = "brev", "brev"
        UDLEVERET = "udleveret", "udleveret i hånden"
        SIKKER_MAIL = "sikker_mail", "sikker mail"
        BESKED = "besked", "besked i Ressource"
        TELEFON = "telefon", "telefon"

    class Svar(models.TextChoices):
        JA = "ja", "kommer"
        ANDEN_TID = "anden_tid", "vil gerne have en anden tid"
        NEJ = "nej", "kommer ikke"

    deltager = models.ForeignKey(Punktdeltager, models.PROTECT, related_name="indkaldelser")
    nr = models.PositiveSmallIntegerField("nummer")
    # Day, time and place as they were told.
    dato = models.DateField("mødedag")
    kl = models.TimeField("klokken")
    sted = models.CharField("sted", max_length=120)
    kanal = models.CharField("sendt med", max_length=12, choices=Kanal)
    dokument = models.ForeignKey(
        Dokument, models.PROTECT, null=True, blank=True, related_name="indkaldelser"
    )
    forsendelse = models.OneToOneField(
        Forsendelse, models.PROTECT, null=True, blank=True, related_name="indkaldelse"
    )
    afsendt_den = models.DateTimeField("afsendt den", auto_now_add=True)
    afsendt_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    # Days between the day it reaches the recipient and the meeting.
    varsel_dage = models.SmallIntegerField("varsel i dage")
    kort_varsel_grund = models.CharField("hvorfor kort varsel", max_length=200, blank=True)
    kvittering_den = models.DateTimeField("kvitteret den", null=True, blank=True)
    svar = models.CharField("svar", max_length=10, choices=Svar, blank=True)
    svar_bemaerkning = models.CharField("bemærkning til svaret", max_length=250, blank=True)
    svar_den = models.DateTimeField("svaret den", null=True, blank=True)
    svar_registreret_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = IndkaldelseQuerySet.as_manager()

    class Meta:
        verbose_name = "indkaldelse"
        verbose_name_plural = "indkaldelser"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["deltager", "nr"], name="indkaldelse_nr"),
            models.CheckConstraint(
                condition=Q(svar="", svar_den=None, svar_registreret_af=None)
                | Q(
                    svar__in=["ja", "anden_tid", "nej"],
                    svar_den__isnull=False,
                    svar_registreret_af__isnull=False,
                ),
                name="indkaldelse_svar_helt",
            ),
        )

    def __str__(self) -> str:
        return f"Indkaldelse {self.nr} til deltager {self.deltager_id}"
