"""Access beside the case circle, and the opposite: who must never see a case."""

from datetime import date, datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length, Now

from borgere.models.borger import Borger
from ressource.kalender import i_dag
from ressource.models import Bruger, Rolle

models.TextField.register_lookup(Length)


class SaerligadgangQuerySet(models.QuerySet["Saerligadgang"]):
    def gaeldende(self, tidspunkt: datetime) -> Self:
        """Those that are open at `tidspunkt`."""
        return self.filter(fra_tid__lte=tidspunkt, til_tid__gt=tidspunkt)

    def ugennemsete(self) -> Self:
        """Those no teamleder has looked at yet."""
        return self.filter(gennemset_den=None)

    def til_gennemsyn(self, teamleder: Bruger) -> Self:
        """Those that wait for `teamleder` to look at, the oldest first.

        The teamleder of the case's own team looks, never at their own and never where they are
        inhabil. Where the team has no other who can, every teamleder of the municipality sees it:
        no opening goes unseen.
        """
        gaeldende = Inhabilitet.objects.gaeldende()
        deres = gaeldende.filter(bruger=OuterRef("pk"), borger=OuterRef(OuterRef("sag__borger")))
        holdets = (
            Bruger.objects.filter(
                roller__contains=[Rolle.TEAMLEDER], is_active=True, team=OuterRef("sag__team")
            )
            .exclude(pk=OuterRef("bruger"))
            .exclude(Exists(deres))
        )
        return (
            self.ugennemsete()
            .filter(Q(sag__team=teamleder.team_id) | ~Exists(holdets))
            .exclude(bruger=teamleder)
            .exclude(sag__borger__in=gaeldende.filter(bruger=teamleder).values("borger"))
            .order_by("fra_tid", "pk")
        )


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Saerligadgang(models.Model):
    """A case opened for some hours with a reason (product.md 5; domain.md 3, rules 2 and 4).

    `NOEDADGANG` opens somebody else's case; `BESKYTTET` is the further gate of a protected citizen
    for those who come by their role or as a deputy. The teamleder is told and looks at each.
    """

    class Art(models.TextChoices):
        NOEDADGANG = "noedadgang", "nødadgang"
        BESKYTTET = "beskyttet", "beskyttet borger"

    sag = models.ForeignKey("borgere.Sag", models.PROTECT, related_name="saerlige_adgange")
    bruger = models.ForeignKey(Bruger, models.PROTECT, related_name="saerlige_adgange")
    art = models.CharField("art", max_length=12, choices=Art)
    begrundelse = models.TextField("begrundelse")
    fra_tid = models.DateTimeField("fra", db_default=Now())
    til_tid = models.DateTimeField("til")
    gennemset_den = models.DateTimeField("gennemset den", null=True, blank=True)
    gennemset_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="gennemset af"
    )
    gennemset_note = models.CharField("bemærkning", max_length=200, blank=True, db_default="")

    objects = SaerligadgangQuerySet.as_manager()

    class Meta:
        verbose_name = "særlig adgang"
        verbose_name_plural = "særlige adgange"
        ordering = ("-fra_tid", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(art__in=["noedadgang", "beskyttet"]), name="saerligadgang_art_kendt"
            ),
            models.CheckConstraint(
                condition=Q(til_tid__gt=F("fra_tid")), name="saerligadgang_slut_efter_start"
            ),
            models.CheckConstraint(
                condition=Q(begrundelse__length__gte=10),
                name="saerligadgang_har_begrundelse",
                violation_error_message="Skriv, hvorfor du skal se sagen, med mindst 10 tegn.",
            ),
            models.CheckConstraint(
                condition=Q(gennemset_den=None, gennemset_af=None)
                | Q(gennemset_den__isnull=False, gennemset_af__isnull=False),
                name="saerligadgang_gennemset_hel",
            ),
            models.CheckConstraint(
                condition=Q(gennemset_af=None) | ~Q(gennemset_af=F("bruger")),
                name="saerligadgang_ikke_egen",
                violation_error_message="Du kan ikke gennemse din egen adgang.",
            ),
        )
        indexes = (models.Index(fields=["bruger", "til_tid"], name="saerligadgang_bruger_til"),)

    def __str__(self) -> str:
        return f"{self.get_art_display()} til {self.til_tid.isoformat()}"


class InhabilitetQuerySet(models.QuerySet["Inhabilitet"]):
    def gaeldende(self, dato: date | None = None) -> Self:
        """Those that hold on `dato` (default today)."""
        dato = dato or i_dag()
        return self.filter(Q(til_dato=None) | Q(til_dato__gte=dato), fra_dato__lte=dato)

    def for_teamleder(self, teamleder: Bruger) -> Self:
        """Those about the team's people, or about citizens with a case in the team."""
        if teamleder.team_id is None or not teamleder.har_rolle(Rolle.TEAMLEDER):
            return self.none()
        borgere = Borger.objects.filter(sager__team=teamleder.team_id)
        return self.filter(Q(bruger__team=teamleder.team_id) | Q(borger__in=borgere.values("pk")))


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Inhabilitet(models.Model):
    """Somebody too close to a citizen to deal with the case (FVL § 3): it is shut to them."""

    borger = models.ForeignKey(Borger, models.PROTECT, related_name="inhabile")
    bruger = models.ForeignKey(Bruger, models.PROTECT, related_name="inhabiliteter")
    begrundelse = models.CharField("begrundelse", max_length=200)
    fra_dato = models.DateField("fra", default=i_dag)
    til_dato = models.DateField("til", null=True, blank=True)
    registreret_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")

    objects = InhabilitetQuerySet.as_manager()

    class Meta:
        verbose_name = "inhabilitet"
        verbose_name_plural = "inhabiliteter"
        ordering = ("-fra_dato", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(til_dato=None) | Q(til_dato__gte=F("fra_dato")),
                name="inhabilitet_slut_efter_start",
                violation_error_message="Slutdatoen ligger før startdatoen.",
            ),
            models.UniqueConstraint(
                fields=["borger", "bruger"],
                condition=Q(til_dato=None),
                name="inhabilitet_en_aaben",
                violation_error_message="Personen er allerede registreret som inhabil.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.bruger_id} fra {self.fra_dato.isoformat()}"
