"""The two append-only logs: what was done (`Haendelse`) and what was looked at (`Opslag`)."""

import pgtrigger
from django.db import models
from django.db.models import Q

from ressource.models.bruger import Bruger

_KUN_TILFOEJ = pgtrigger.Protect(name="kun_tilfoej", operation=pgtrigger.Update | pgtrigger.Delete)


class Haendelse(models.Model):
    """One thing a professional did, written by the service that did it, in the same transaction.

    `sag_id` is a plain number: this floor knows no case. Never holds personal or health text.
    """

    tidspunkt = models.DateTimeField("tidspunkt", auto_now_add=True)
    kode = models.CharField("kode", max_length=60)
    af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="af"
    )
    objekt_type = models.CharField("objekttype", max_length=60)
    objekt_id = models.BigIntegerField("objekt-id")
    sag_id = models.BigIntegerField("sag", null=True, blank=True)
    data = models.JSONField("data", default=dict, blank=True)

    class Meta:
        verbose_name = "hændelse"
        verbose_name_plural = "hændelser"
        indexes = (
            # The case page shows the newest events of one case.
            models.Index(fields=["sag_id", "-id"], name="haendelse_sag_nyeste"),
        )
        triggers = (_KUN_TILFOEJ,)

    def __str__(self) -> str:
        return f"{self.kode} {self.objekt_type} {self.objekt_id}"


class Opslag(models.Model):
    """One look-up of a person's data: who, when, what and why (GDPR art. 5(1)(f) and 32)."""

    class Handling(models.TextChoices):
        SE = "se", "set"
        SOEG = "soeg", "søgt"
        UDSKRIV = "udskriv", "udskrevet"
        EKSPORT = "eksport", "eksporteret"
        VIS_PERSONNUMMER = "vis_personnummer", "vist personnummer"
        VIS_ADRESSE = "vis_adresse", "vist beskyttet adresse"
        AFVIST = "afvist", "afvist"

    tidspunkt = models.DateTimeField("tidspunkt", auto_now_add=True)
    bruger = models.ForeignKey(Bruger, models.PROTECT, related_name="+", verbose_name="bruger")
    roller = models.CharField("roller på tidspunktet", max_length=200)
    organisation = models.CharField("organisation", max_length=10)
    handling = models.CharField("handling", max_length=20, choices=Handling)
    objekt = models.CharField("det viste", max_length=80)
    sag_id = models.BigIntegerField("sag", null=True, blank=True)
    borger_noegle = models.UUIDField("borgerens nøgle", null=True, blank=True)
    formaal = models.CharField("formål", max_length=200, blank=True)
    anmodningsid = models.UUIDField("anmodning", null=True, blank=True)

    class Meta:
        verbose_name = "opslag"
        verbose_name_plural = "opslag"
        indexes = (
            models.Index(fields=["sag_id", "-id"], name="opslag_sag_nyeste"),
            models.Index(fields=["bruger", "-id"], name="opslag_bruger_nyeste"),
            # «Opslag i din sag» asks by citizen.
            models.Index(fields=["borger_noegle", "-id"], name="opslag_borger_nyeste"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    handling__in=[
                        "se",
                        "soeg",
                        "udskriv",
                        "eksport",
                        "vis_personnummer",
                        "vis_adresse",
                        "afvist",
                    ]
                ),
                name="opslag_handling_kendt",
            ),
        )
        triggers = (_KUN_TILFOEJ,)

    def __str__(self) -> str:
        return f"{self.handling} {self.objekt}"
