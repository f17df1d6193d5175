"""The municipality's decision (domain.md 2.3): reasons, legal basis and guidance on appeal."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q

from borgere.models import Dokument, Sag
from rehabilitering.models.indstilling import Indstilling
from rehabilitering.models.katalog import UDFALD_TIL_AFGOERELSE, Udfald
from ressource.models import Bruger


class AfgoerelseQuerySet(models.QuerySet["Afgoerelse"]):
    def synlige_for(self, bruger: Bruger) -> Self:
        """Those of the cases the user may see."""
        return self.filter(sag__in=Sag.objects.synlige_for(bruger))


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Afgoerelse(models.Model):
    """The decision on one indstilling. Finished it cannot change; the letter is kept as sent."""

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="afgoerelser")
    indstilling = models.OneToOneField(Indstilling, models.PROTECT, related_name="afgoerelse")
    udfald = models.CharField(
        "afgørelse",
        max_length=30,
        choices=[(u.value, u.label) for u in UDFALD_TIL_AFGOERELSE],
    )
    foelger_indstilling = models.BooleanField("følger indstillingen", default=True)
    afvigelse_begrundelse = models.TextField("hvorfor afviges", blank=True)
    virkning_fra = models.DateField("virkning fra", null=True, blank=True)
    slut_dato = models.DateField("slut", null=True, blank=True)
    begrundelse = models.TextField("begrundelse", blank=True)
    # Copied from the rule set, so that the letter can be read as it was.
    hjemmel = models.TextField("hjemmel", blank=True)
    klagevejledning = models.TextField("klagevejledning", blank=True)
    skrevet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    afsluttet_den = models.DateTimeField("truffet den", null=True, blank=True)
    afsluttet_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="truffet af"
    )
    afgoerelse_dato = models.DateField("afgørelsesdato", null=True, blank=True)
    modtaget_dato = models.DateField("modtaget af borgeren", null=True, blank=True)
    brev = models.OneToOneField(
        Dokument, models.PROTECT, null=True, blank=True, related_name="afgoerelse"
    )
    laas = models.PositiveIntegerField("låsetal", default=0)

    objects = AfgoerelseQuerySet.as_manager()

    class Meta:
        verbose_name = "afgørelse"
        verbose_name_plural = "afgørelser"
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(afsluttet_den=None, afsluttet_af=None, afgoerelse_dato=None)
                | (
                    Q(
                        afsluttet_den__isnull=False,
                        afsluttet_af__isnull=False,
                        afgoerelse_dato__isnull=False,
                        virkning_fra__isnull=False,
                    )
                    & ~Q(begrundelse="")
                    & ~Q(hjemmel="")
                    & ~Q(klagevejledning="")
                ),
                name="afgoerelse_hel",
                violation_error_message=(
                    "En afgørelse skal have begrundelse, hjemmel og klagevejledning."
                ),
            ),
            models.CheckConstraint(
                condition=Q(foelger_indstilling=True) | ~Q(afvigelse_begrundelse=""),
                name="afgoerelse_afvigelse_begrundet",
                violation_error_message="Skriv, hvorfor afgørelsen afviger fra indstillingen.",
            ),
            models.CheckConstraint(
                condition=Q(afsluttet_den=None)
                | ~Q(udfald=Udfald.RESSOURCEFORLOEB)
                | Q(slut_dato__gt=F("virkning_fra")),
                name="afgoerelse_forloeb_har_periode",
                violation_error_message="Slutdatoen skal ligge efter den dag, forløbet begynder.",
            ),
        )

    def __str__(self) -> str:
        return f"Afgørelse {self.pk}"

    @property
    def er_truffet(self) -> bool:
        """Whether the decision has been made."""
        return self.afsluttet_den is not None
