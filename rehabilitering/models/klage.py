"""A complaint about a decision: received, reconsidered, sent on, answered (domain.md 2.3)."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q

from borgere.models import Dokument, Inhabilitet, Sag
from rehabilitering.models.afgoerelse import Afgoerelse
from ressource.models import Bruger, Rolle


class KlageQuerySet(models.QuerySet["Klage"]):
    def synlige_for(self, bruger: Bruger) -> Self:
        """Those of the cases the user may see."""
        return self.filter(sag__in=Sag.objects.synlige_for(bruger))

    def aabne(self) -> Self:
        """Those that are not closed, the nearest deadline of reconsideration first."""
        return self.filter(lukket_den=None).order_by("genvurdering_frist", "pk")

    def for_overblik(self, bruger: Bruger) -> Self:
        """The open ones of the cases one has, and a teamleder's team's. With case and citizen."""
        mine = Q(sag__in=Sag.objects.synlige_for(bruger))
        if bruger.har_rolle(Rolle.TEAMLEDER):
            gaeldende = Inhabilitet.objects.gaeldende().filter(bruger=bruger)
            mine |= Q(sag__team=bruger.team_id) & ~Q(sag__borger__in=gaeldende.values("borger"))
        return self.aabne().filter(mine).select_related("sag__borger")


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Klage(models.Model):
    """One complaint. A late one is registered all the same: the appeal body decides (2.3)."""

    class Maade(models.TextChoices):
        SKRIFTLIGT = "skriftligt", "skriftligt"
        MUNDTLIGT = "mundtligt", "mundtligt"

    class Genvurdering(models.TextChoices):
        FASTHOLDT = "fastholdt", "afgørelsen fastholdes"
        DELVIST_MEDHOLD = "delvist_medhold", "borgeren får delvist medhold"
        MEDHOLD = "medhold", "borgeren får medhold"

    class Resultat(models.TextChoices):
        STADFAESTET = "stadfaestet", "stadfæstet"
        AENDRET = "aendret", "ændret"
        HJEMVIST = "hjemvist", "hjemvist"
        UGYLDIG = "ugyldig", "ugyldig"
        AFVIST = "afvist", "afvist"
        TRUKKET = "trukket", "klagen er trukket tilbage"

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="klager")
    afgoerelse = models.ForeignKey(Afgoerelse, models.PROTECT, related_name="klager")
    modtaget_dato = models.DateField("modtaget")
    maade = models.CharField("hvordan", max_length=12, choices=Maade)
    indhold = models.TextField("hvad der klages over")
    klager = models.CharField("hvem klager", max_length=120)
    # As counted when it came: whether it is too late is the appeal body's to say.
    klagefrist = models.DateField("klagefrist")
    genvurdering_frist = models.DateField("genvurderes senest")
    dokument = models.ForeignKey(
        Dokument, models.PROTECT, null=True, blank=True, related_name="klager"
    )
    registreret_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    registreret_den = models.DateTimeField("registreret den", auto_now_add=True)
    genvurdering = models.CharField("genvurdering", max_length=16, choices=Genvurdering, blank=True)
    genvurdering_begrundelse = models.TextField("begrundelse for genvurderingen", blank=True)
    genvurdering_dato = models.DateField("genvurderet", null=True, blank=True)
    genvurdering_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+"
    )
    sendt_dato = models.DateField("sendt til klageinstansen", null=True, blank=True)
    pakke = models.ForeignKey(
        Dokument, models.PROTECT, null=True, blank=True, related_name="klagepakker"
    )
    resultat = models.CharField("resultat", max_length=12, choices=Resultat, blank=True)
    resultat_dato = models.DateField("afgjort", null=True, blank=True)
    resultat_tekst = models.TextField("hvad resultatet betyder", blank=True)
    lukket_den = models.DateTimeField("lukket den", null=True, blank=True)
    laas = models.PositiveIntegerField("låsetal", default=0)

    objects = KlageQuerySet.as_manager()

    class Meta:
        verbose_name = "klage"
        verbose_name_plural = "klager"
        ordering = ("-modtaget_dato", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(indhold="") & ~Q(klager=""),
                name="klage_har_indhold",
                violation_error_message="Skriv, hvem der klager, og over hvad.",
            ),
            models.CheckConstraint(
                condition=Q(
                    genvurdering="",
                    genvurdering_begrundelse="",
                    genvurdering_dato=None,
                    genvurdering_af=None,
                )
                | (
                    Q(
                        genvurdering__in=["fastholdt", "delvist_medhold", "medhold"],
                        genvurdering_dato__isnull=False,
                        genvurdering_af__isnull=False,
                        genvurdering_dato__gte=F("modtaget_dato"),
                    )
                    & ~Q(genvurdering_begrundelse="")
                ),
                name="klage_genvurdering_hel",
                violation_error_message="Begrund genvurderingen.",
            ),
            # What is not wholly accepted goes on to the appeal body, after reconsideration (RSL § 66).
            models.CheckConstraint(
                condition=Q(sendt_dato=None)
                | Q(
                    genvurdering__in=["fastholdt", "delvist_medhold"],
                    sendt_dato__gte=F("genvurdering_dato"),
                ),
                name="klage_sendt_efter_genvurdering",
                violation_error_message="Klagen skal genvurderes, før den sendes videre.",
            ),
            models.CheckConstraint(
                condition=Q(resultat="", resultat_dato=None)
                | Q(resultat="trukket", resultat_dato__isnull=False)
                | Q(
                    resultat__in=["stadfaestet", "aendret", "hjemvist", "ugyldig", "afvist"],
                    resultat_dato__gte=F("sendt_dato"),
                    sendt_dato__isnull=False,
                ),
                name="klage_resultat_helt",
                violation_error_message="Klagen skal være sendt videre, før den er afgjort.",
            ),
            models.CheckConstraint(
                condition=Q(lukket_den=None) | Q(genvurdering="medhold") | ~Q(resultat=""),
                name="klage_lukket_med_resultat",
            ),
        )
        indexes = (
            models.Index(fields=["sag"], name="klage_sag"),
            # Open ones by their deadline: the lists of overdue reconsiderations.
            models.Index(
                fields=["genvurdering_frist"],
                condition=Q(lukket_den=None),
                name="klage_aabne",
            ),
        )

    def __str__(self) -> str:
        return f"Klage {self.pk}"

    @property
    def er_for_sent(self) -> bool:
        """Whether it came after the time to appeal, as the municipality counts it."""
        return self.modtaget_dato > self.klagefrist

    @property
    def mangler_genvurdering(self) -> bool:
        """Whether the municipality still has to look at the case again."""
        return not self.genvurdering and not self.resultat
