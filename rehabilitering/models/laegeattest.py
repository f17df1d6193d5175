"""LÆ 265: asked for, reminded of, received, sent back."""

from datetime import date
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q

from borgere.models import Dokument, Sag
from ressource.models import Bruger


class LaegeattestQuerySet(models.QuerySet["Laegeattest"]):
    def ubesvarede(self) -> Self:
        """Asked for, not received and not cancelled."""
        return self.filter(modtaget_dato=None, annulleret_dato=None)

    def aktuelle(self, dato: date) -> Self:
        """Received, not returned as insufficient, and not outdated on `dato`."""
        return self.filter(modtaget_dato__lte=dato, gyldig_til__gte=dato, returneret_dato=None)


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Laegeattest(models.Model):
    """LÆ 265, the GP's certificate to the team; missing or outdated it blocks the agenda.

    The reply is due 30 days after the request (domain.md 1.4, `LAE265_SVAR`).
    """

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="laegeattester")
    anmodet_dato = models.DateField("anmodet")
    spoergsmaal = models.TextField("spørgsmål til lægen", blank=True)
    anmodet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    konsultation_dato = models.DateField("konsultation", null=True, blank=True)
    modtaget_dato = models.DateField("modtaget", null=True, blank=True)
    gyldig_til = models.DateField("aktuel til", null=True, blank=True)
    dokument = models.OneToOneField(
        Dokument, models.PROTECT, null=True, blank=True, related_name="laegeattest"
    )
    returneret_dato = models.DateField("returneret som utilstrækkelig", null=True, blank=True)
    returneret_begrundelse = models.TextField("hvorfor returneret", blank=True)
    annulleret_dato = models.DateField("bestillingen annulleret", null=True, blank=True)
    annulleret_begrundelse = models.TextField("hvorfor annulleret", blank=True)

    objects = LaegeattestQuerySet.as_manager()

    class Meta:
        verbose_name = "lægeattest"
        verbose_name_plural = "lægeattester"
        ordering = ("-anmodet_dato", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(modtaget_dato=None, dokument=None, gyldig_til=None)
                | Q(
                    modtaget_dato__isnull=False,
                    dokument__isnull=False,
                    gyldig_til__gte=F("modtaget_dato"),
                ),
                name="laegeattest_modtagelse_hel",
            ),
            models.CheckConstraint(
                condition=Q(modtaget_dato=None) | Q(modtaget_dato__gte=F("anmodet_dato")),
                name="laegeattest_modtaget_efter_anmodet",
                violation_error_message="Attesten kan ikke være modtaget, før den blev bestilt.",
            ),
            models.CheckConstraint(
                condition=Q(returneret_dato=None, returneret_begrundelse="")
                | (Q(returneret_dato__isnull=False) & ~Q(returneret_begrundelse="")),
                name="laegeattest_retur_har_grund",
                violation_error_message="Skriv, hvad lægen skal uddybe.",
            ),
            models.CheckConstraint(
                condition=Q(annulleret_dato=None, annulleret_begrundelse="")
                | (
                    Q(annulleret_dato__gte=F("anmodet_dato"), modtaget_dato=None)
                    & ~Q(annulleret_begrundelse="")
                ),
                name="laegeattest_annulleret_har_grund",
                violation_error_message="Skriv, hvorfor bestillingen er annulleret.",
            ),
        )

    def __str__(self) -> str:
        return f"LÆ 265 anmodet {self.anmodet_dato.isoformat()}"

    @property
    def er_ubesvaret(self) -> bool:
        """`LaegeattestQuerySet.ubesvarede` for this row."""
        return self.modtaget_dato is None and self.annulleret_dato is None

    def er_aktuel(self, dato: date) -> bool:
        """`LaegeattestQuerySet.aktuelle` for this row."""
        return (
            self.modtaget_dato is not None
            and self.gyldig_til is not None
            and self.returneret_dato is None
            and self.modtaget_dato <= dato <= self.gyldig_til
        )


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Laegeattestrykker(models.Model):
    """One reminder to the GP, made by the job; the caseworker registers when it was sent."""

    attest = models.ForeignKey(Laegeattest, models.PROTECT, related_name="rykkere")
    nr = models.PositiveSmallIntegerField("nummer")
    dato = models.DateField("dannet")
    sendt_dato = models.DateField("sendt", null=True, blank=True)
    sendt_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="sendt af"
    )

    class Meta:
        verbose_name = "rykker for LÆ 265"
        verbose_name_plural = "rykkere for LÆ 265"
        ordering = ("-nr",)
        constraints = (
            models.UniqueConstraint(fields=["attest", "nr"], name="laegeattestrykker_nr"),
            models.CheckConstraint(
                condition=Q(sendt_dato=None, sendt_af=None)
                | Q(sendt_dato__gte=F("dato"), sendt_af__isnull=False),
                name="laegeattestrykker_sendt_helt",
            ),
        )

    def __str__(self) -> str:
        return f"Rykker {self.nr}"
