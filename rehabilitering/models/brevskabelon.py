"""The municipality's letters and ready sentences, edited in the browser and versioned."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q

from rehabilitering.models.drejebog import Skabelonraekke
from ressource.models import Bruger


class BrevskabelonQuerySet(models.QuerySet["Brevskabelon"]):
    def gaeldende(self) -> Self:
        """The versions in use, one of each kind."""
        return self.filter(status=Brevskabelon.Status.GAELDENDE)


class Brevskabelon(models.Model):
    """One version of a letter. Approved by another than its writer, it never changes again.

    `tekst` is plain text: blank lines between paragraphs, `## ` before a heading, `- ` before a
    point, and merge fields as `{navn}`.
    """

    class Kode(models.TextChoices):
        INDKALDELSE_BORGER = "indkaldelse_borger", "Indkaldelse til borgeren"
        INDKALDELSE_NETVAERK = "indkaldelse_netvaerk", "Indkaldelse til netværket"
        INDSTILLING = "indstilling", "Teamets indstilling til borgeren"
        PARTSHOERING = "partshoering", "Partshøring"
        AFGOERELSE_RESSOURCEFORLOEB = "afg_ressourceforloeb", "Afgørelse: ressourceforløb"
        AFGOERELSE_FLEKSJOB = "afg_fleksjob", "Afgørelse: fleksjob"
        AFGOERELSE_FOERTIDSPENSION = "afg_foertidspension", "Afgørelse: førtidspension"
        AFGOERELSE_HIDTIDIG_INDSATS = "afg_hidtidig_indsats", "Afgørelse: samme indsats som hidtil"
        KLAGE_MODTAGET = "klage_modtaget", "Kvittering for klage"
        GENVURDERING = "genvurdering", "Genvurdering af en klage"
        KLAGE_VIDERE = "klage_videre", "Klagen er sendt til Ankestyrelsen"
        BEVILLING_PRAKTIK = "bevilling_praktik", "Bevilling og aftale om praktik"

    class Status(models.TextChoices):
        KLADDE = "kladde", "kladde"
        TIL_GODKENDELSE = "til_godkendelse", "venter på godkendelse"
        GAELDENDE = "gaeldende", "gældende"
        AFLOEST = "afloest", "afløst"

    kode = models.CharField("brev", max_length=24, choices=Kode)
    nr = models.PositiveSmallIntegerField("version")
    overskrift = models.CharField("overskrift", max_length=120)
    tekst = models.TextField("tekst")
    status = models.CharField("status", max_length=16, choices=Status, default=Status.KLADDE)
    # None: shipped with the system.
    skrevet_af = models.ForeignKey(Bruger, models.PROTECT, null=True, blank=True, related_name="+")
    skrevet_den = models.DateTimeField("skrevet den", auto_now_add=True)
    godkendt_af = models.ForeignKey(Bruger, models.PROTECT, null=True, blank=True, related_name="+")
    godkendt_den = models.DateTimeField("godkendt den", null=True, blank=True)
    afloest_den = models.DateTimeField("afløst den", null=True, blank=True)
    laas = models.PositiveIntegerField("låsetal", default=0)

    objects = BrevskabelonQuerySet.as_manager()

    class Meta:
        verbose_name = "brevskabelon"
        verbose_name_plural = "brevskabeloner"
        ordering = ("kode", "-nr")
        constraints = (
            models.UniqueConstraint(fields=["kode", "nr"], name="brevskabelon_nr"),
            models.UniqueConstraint(
                fields=["kode"],
                condition=Q(status="gaeldende"),
                name="brevskabelon_en_gaeldende",
            ),
            models.UniqueConstraint(
                fields=["kode"],
                condition=Q(status__in=["kladde", "til_godkendelse"]),
                name="brevskabelon_et_udkast",
                violation_error_message="Der er allerede et udkast til brevet.",
            ),
            models.CheckConstraint(
                condition=Q(godkendt_af=None) | ~Q(godkendt_af=F("skrevet_af")),
                name="brevskabelon_godkendt_af_anden",
                violation_error_message="Den, der har skrevet brevet, kan ikke selv godkende det.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["kladde", "til_godkendelse"], godkendt_den=None)
                | Q(status__in=["gaeldende", "afloest"], godkendt_den__isnull=False),
                name="brevskabelon_status_hel",
            ),
        )
        triggers = (
            pgtrigger.Protect(
                name="godkendt_aendres_ikke",
                operation=pgtrigger.UpdateOf("overskrift", "tekst", "kode", "nr")  # type: ignore[no-untyped-call]
                | pgtrigger.Delete,
                condition=pgtrigger.Q(old__status__in=["gaeldende", "afloest"]),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kode_display()}, version {self.nr}"


class Tekststykke(Skabelonraekke):
    """A ready sentence that can be put into a text and changed there."""

    class Sted(models.TextChoices):
        INDSTILLING = "indstilling", "indstillingen"
        AFGOERELSE = "afgoerelse", "afgørelsen"

    sted = models.CharField("bruges i", max_length=12, choices=Sted)
    titel = models.CharField("titel", max_length=80)
    tekst = models.TextField("tekst")

    class Meta(Skabelonraekke.Meta):
        verbose_name = "tekststykke"
        verbose_name_plural = "tekststykker"

    def __str__(self) -> str:
        return self.titel
