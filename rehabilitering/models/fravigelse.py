"""Going round a rule: asked for by the caseworker with a reason, decided by the teamleder.

Written down and shown at every later gate (domain.md 2.9 and 3). What may be gone round is named
here; nothing else is.
"""

from typing import Any, ClassVar, Self

import pghistory
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from borgere.models import Fase, Inhabilitet, Sag, Tildeling
from ressource.kalender import i_dag
from ressource.models import Bruger, Rolle


class FravigelseQuerySet(models.QuerySet[Any]):
    def godkendte(self) -> Self:
        """Those the teamleder said yes to."""
        return self.filter(resultat=Fravigelse.Resultat.GODKENDT)

    def for_teamleder(self, teamleder: Bruger) -> Self:
        """Those `teamleder` may decide and has decided: the own team's, never one's own request.

        Nor those of a case one answers for, or of a citizen one is inhabil towards. Where the team
        has no other teamleder who can, every teamleder of the municipality sees it: no request lies
        unseen.
        """
        gaeldende = Inhabilitet.objects.gaeldende()
        ansvar = Tildeling.objects.gaeldende(i_dag()).ansvarlige()
        egen = ansvar.filter(bruger=OuterRef("pk"), sag=OuterRef(OuterRef("sag")))
        deres = gaeldende.filter(bruger=OuterRef("pk"), borger=OuterRef(OuterRef("sag__borger")))
        holdets = (
            Bruger.objects.filter(
                roller__contains=[Rolle.TEAMLEDER], is_active=True, team=OuterRef("sag__team")
            )
            .exclude(pk=OuterRef("anmodet_af"))
            .exclude(Exists(deres))
            .exclude(Exists(egen))
        )
        return (
            self.filter(Q(sag__team=teamleder.team_id) | ~Exists(holdets))
            .exclude(anmodet_af=teamleder)
            .exclude(sag__in=ansvar.filter(bruger=teamleder).values("sag"))
            .exclude(sag__borger__in=gaeldende.filter(bruger=teamleder).values("borger"))
        )


class Fravigelse(models.Model):
    """One request to go round a rule, and its answer."""

    class Resultat(models.TextChoices):
        GODKENDT = "godkendt", "godkendt"
        AFVIST = "afvist", "afvist"

    begrundelse = models.TextField("hvorfor reglen skal fraviges")
    anmodet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    anmodet_den = models.DateTimeField("anmodet den", auto_now_add=True)
    resultat = models.CharField("resultat", max_length=10, choices=Resultat, blank=True)
    svar = models.TextField("teamlederens begrundelse", blank=True)
    afgjort_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="afgjort af"
    )
    afgjort_den = models.DateTimeField("afgjort den", null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ("-pk",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                condition=~Q(begrundelse=""),
                name="%(class)s_har_grund",
                violation_error_message="Skriv, hvorfor reglen skal fraviges.",
            ),
            models.CheckConstraint(
                condition=Q(resultat="", svar="", afgjort_af=None, afgjort_den=None)
                | (
                    Q(
                        resultat__in=["godkendt", "afvist"],
                        afgjort_af__isnull=False,
                        afgjort_den__isnull=False,
                    )
                    & ~Q(svar="")
                ),
                name="%(class)s_afgoerelse_hel",
                violation_error_message="Begrund afgørelsen.",
            ),
            models.CheckConstraint(
                condition=Q(afgjort_af=None) | ~Q(afgjort_af=F("anmodet_af")),
                name="%(class)s_af_anden",
                violation_error_message="Den, der har bedt om det, kan ikke selv godkende det.",
            ),
        )

    def __str__(self) -> str:
        return f"Fravigelse {self.pk}"


class ScreeningsfravigelseQuerySet(FravigelseQuerySet):
    def venter(self) -> Self:
        """Asked for and not decided, oldest first; none of a case that has gone on meanwhile."""
        return self.filter(afgjort_den=None, sag__fase=Fase.SCREENING).order_by("anmodet_den")


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Screeningsfravigelse(Fravigelse):
    """A case opened without an approved screening note (domain.md 2.9)."""

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="screeningsfravigelser")

    objects = ScreeningsfravigelseQuerySet.as_manager()

    class Meta(Fravigelse.Meta):
        verbose_name = "fravigelse af screening"
        verbose_name_plural = "fravigelser af screening"
        constraints = (
            *Fravigelse.Meta.constraints,
            models.UniqueConstraint(
                fields=["sag"], condition=Q(resultat=""), name="screeningsfravigelse_en_aaben"
            ),
        )

    @property
    def kan_afgoeres(self) -> bool:
        """`ScreeningsfravigelseQuerySet.venter` for this row. Needs the case."""
        return not self.resultat and self.sag.fase == Fase.SCREENING


class RegelfravigelseQuerySet(FravigelseQuerySet):
    def venter(self) -> Self:
        """Asked for and not decided, oldest first; none of a case that has ended."""
        return (
            self.filter(afgjort_den=None).exclude(sag__fase=Fase.AFSLUTNING).order_by("anmodet_den")
        )


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Regelfravigelse(Fravigelse):
    """A ressourceforløb granted after the rule set's last day for it (domain.md 0, no. 5)."""

    class Art(models.TextChoices):
        NYT_FORLOEB = "nyt_forloeb", "nyt ressourceforløb efter skæringsdatoen"
        FORLAENGELSE = "forlaengelse", "forlængelse, hvor reglerne ikke giver mulighed for det"

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="regelfravigelser")
    art = models.CharField("hvad der fraviges", max_length=14, choices=Art)

    objects = RegelfravigelseQuerySet.as_manager()

    class Meta(Fravigelse.Meta):
        verbose_name = "fravigelse af reglerne"
        verbose_name_plural = "fravigelser af reglerne"
        constraints = (
            *Fravigelse.Meta.constraints,
            models.CheckConstraint(
                condition=Q(art__in=["nyt_forloeb", "forlaengelse"]),
                name="regelfravigelse_art_kendt",
            ),
            models.UniqueConstraint(
                fields=["sag", "art"], condition=Q(resultat=""), name="regelfravigelse_en_aaben"
            ),
        )

    @property
    def kan_afgoeres(self) -> bool:
        """`RegelfravigelseQuerySet.venter` for this row. Needs the case."""
        return not self.resultat and self.sag.fase != Fase.AFSLUTNING
