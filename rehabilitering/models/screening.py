"""The screening note that comes before the case is opened (seed 002; domain.md 2.9)."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q

from borgere.models import Fase, Sag
from ressource.models import Bruger


class ScreeningsnotatQuerySet(models.QuerySet["Screeningsnotat"]):
    def synlige_for(self, bruger: Bruger) -> Self:
        """Notes of the cases the user may see."""
        return self.filter(sag__in=Sag.objects.synlige_for(bruger))

    def venter(self) -> Self:
        """Handed in and not yet decided, oldest first; none of a case opened without."""
        return self.filter(
            indsendt_den__isnull=False, afgjort_den=None, sag__fase=Fase.SCREENING
        ).order_by("indsendt_den")


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Screeningsnotat(models.Model):
    """Written by the caseworker, decided by the faglig konsulent."""

    class Resultat(models.TextChoices):
        FORTSAET = "fortsaet", "fortsæt"
        IKKE_RELEVANT = "ikke_relevant", "ikke relevant"
        MANGLER_OPLYSNINGER = "mangler_oplysninger", "mangler oplysninger"

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="screeningsnotater")
    henvist_af = models.CharField("henvist af", max_length=150, blank=True)
    hvorfor_nu = models.TextField("hvorfor nu", blank=True)
    # A code of the rule set's `maalgruppebetingelser`, which are numbers (LAB § 112 stk. 1).
    betingelse = models.PositiveSmallIntegerField("målgruppebetingelse", null=True, blank=True)
    betingelse_tekst = models.TextField("hvordan betingelsen er opfyldt", blank=True)
    hidtidig_indsats = models.TextField("hidtidig indsats", blank=True)
    har_udviklingsperspektiv = models.BooleanField("udviklingsperspektiv", null=True, blank=True)
    udviklingsperspektiv_tekst = models.TextField("hvad perspektivet bygger på", blank=True)
    helbredsstatus = models.TextField("helbred", blank=True)
    manglende_oplysninger = models.TextField("manglende oplysninger", blank=True)
    anbefaling = models.TextField("sagsbehandlerens anbefaling", blank=True)
    skrevet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    oprettet_den = models.DateTimeField("oprettet den", auto_now_add=True)
    indsendt_den = models.DateTimeField("indsendt den", null=True, blank=True)
    resultat = models.CharField("resultat", max_length=20, choices=Resultat, blank=True)
    resultat_begrundelse = models.TextField("begrundelse", blank=True)
    afgjort_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="afgjort af"
    )
    afgjort_den = models.DateTimeField("afgjort den", null=True, blank=True)

    # Optimistic lock: a save with a stale number shows both texts.
    laas = models.PositiveIntegerField("låsetal", default=0, db_default=0)

    objects = ScreeningsnotatQuerySet.as_manager()

    class Meta:
        verbose_name = "screeningsnotat"
        verbose_name_plural = "screeningsnotater"
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(resultat="", afgjort_af=None, afgjort_den=None)
                | Q(
                    resultat__in=["fortsaet", "ikke_relevant", "mangler_oplysninger"],
                    afgjort_af__isnull=False,
                    afgjort_den__isnull=False,
                    indsendt_den__isnull=False,
                ),
                name="screeningsnotat_afgoerelse_hel",
            ),
            models.CheckConstraint(
                condition=Q(afgjort_af=None) | ~Q(afgjort_af=F("skrevet_af")),
                name="screeningsnotat_afgjort_af_anden",
                violation_error_message="Den, der har skrevet notatet, kan ikke selv afgøre det.",
            ),
            models.UniqueConstraint(
                fields=["sag"], condition=Q(resultat=""), name="screeningsnotat_et_aabent"
            ),
        )

    def __str__(self) -> str:
        return f"Screeningsnotat {self.pk}"

    @property
    def betingelse_navn(self) -> str:
        """The condition in the rule set's words; empty when none is chosen. Needs the case's set."""
        if self.betingelse is None:
            return ""
        navne = {b["kode"]: str(b["tekst"]) for b in self.sag.regelsaet.maalgruppebetingelser}
        return navne.get(str(self.betingelse), f"Betingelse {self.betingelse}")

    @property
    def venter(self) -> bool:
        """Handed in and not yet decided."""
        return self.indsendt_den is not None and not self.resultat

    @property
    def kan_skrives_videre(self) -> bool:
        """Whether the caseworker is to write: in this draft, or in a new one that begins with it."""
        if self.resultat:
            return self.resultat == self.Resultat.MANGLER_OPLYSNINGER
        return self.indsendt_den is None
