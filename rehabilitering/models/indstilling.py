"""The team's recommendation and its lines (domain.md 2.2). It is not a decision (LOB § 9)."""

from typing import Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from borgere.models import Dokument, Sag
from rehabilitering.models.katalog import Indsatstype, Maalart, Udfald
from rehabilitering.models.moede import Dagsordenspunkt
from ressource.models import Bruger


class IndstillingQuerySet(models.QuerySet["Indstilling"]):
    def synlige_for(self, bruger: Bruger) -> Self:
        """Those of the cases the user may see."""
        return self.filter(sag__in=Sag.objects.synlige_for(bruger))

    def afsluttede(self) -> Self:
        """Finalised ones only."""
        return self.filter(afsluttet_den__isnull=False)


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Indstilling(models.Model):
    """What the team recommends in one case at one meeting."""

    class Enighed(models.TextChoices):
        ENIGE = "enige", "alle enige"
        DISSENS = "dissens", "der er dissens"

    class Aarsag(models.TextChoices):
        """Why the team did not recommend: counted, so out of a list."""

        HELBRED = "helbred", "helbredet er ikke belyst"
        FORBEREDENDE_DEL = "forberedende_del", "den forberedende del er ikke fyldt ud"
        OPLYSNINGER = "oplysninger", "andre oplysninger mangler"
        BORGER_KOM_IKKE = "borger_kom_ikke", "borgeren kom ikke"
        BORGERENS_OENSKE = "borgerens_oenske", "borgeren ønsker det"
        DELTAGER_MANGLER = "deltager_mangler", "en fra teamet mangler"
        TID = "tid", "tiden slog ikke til"
        ANDET = "andet", "andet"

    punkt = models.OneToOneField(Dagsordenspunkt, models.PROTECT, related_name="indstilling")
    sag = models.ForeignKey(Sag, models.PROTECT, related_name="indstillinger")
    # The meeting's date, kept here because deadlines count from it.
    moede_dato = models.DateField("teammøde")
    udfald = models.CharField("teamet indstiller til", max_length=30, choices=Udfald, blank=True)
    # Why it was put off or sent back.
    aarsag = models.CharField("årsag", max_length=20, choices=Aarsag, blank=True, db_default="")
    begrundelse = models.TextField("begrundelse", blank=True)
    # LOB § 9 stk. 1: the team's assessment of the possibilities for work or education.
    muligheder = models.TextField("muligheder for job eller uddannelse", blank=True, db_default="")
    sundhedskoordinators_vurdering = models.TextField(
        "sundhedskoordinators vurdering", blank=True, db_default=""
    )
    # A code of the rule set's `maalgruppebetingelser`.
    maalgruppebetingelse = models.CharField("målgruppe", max_length=10, blank=True, db_default="")
    varighed_maaneder = models.PositiveSmallIntegerField(
        "varighed i måneder", null=True, blank=True
    )
    maal = models.CharField("første job- eller uddannelsesmål", max_length=200, blank=True)
    maal_art = models.CharField("målet handler om", max_length=12, choices=Maalart, blank=True)
    # Den røde tråd: why the goal is another than that of the forberedende del.
    maal_begrundelse = models.CharField(
        "hvorfor målet er et andet", max_length=250, blank=True, db_default=""
    )
    enighed = models.CharField("enighed", max_length=10, choices=Enighed, default=Enighed.ENIGE)
    dissens = models.TextField("dissens", blank=True)
    mentor_formaal = models.TextField("mentors formål", blank=True)
    mentor_opgaver = models.TextField("mentors opgaver", blank=True)
    uden_praktik_begrundelse = models.TextField("hvorfor ingen praktik", blank=True)
    uden_mentor_begrundelse = models.TextField("hvorfor ingen mentor", blank=True)
    afsluttet_den = models.DateTimeField("afsluttet den", null=True, blank=True)
    afsluttet_af = models.ForeignKey(
        Bruger,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="afsluttet af",
    )
    # The chair's summary; each member's own sheet is a `Moedenote`.
    noter = models.TextField("mødelederens sammenfatning", blank=True)
    # Which of `versioner` is in force: 0 before it is finalised, more than 1 when corrected since.
    version = models.PositiveSmallIntegerField("version", default=0, db_default=0)
    laas = models.PositiveIntegerField("låsetal", default=0)

    objects = IndstillingQuerySet.as_manager()

    class Meta:
        verbose_name = "indstilling"
        verbose_name_plural = "indstillinger"
        ordering = ("-moede_dato", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(afsluttet_den=None, afsluttet_af=None)
                | (
                    Q(afsluttet_den__isnull=False, afsluttet_af__isnull=False)
                    & ~Q(udfald="")
                    & ~Q(begrundelse="")
                ),
                name="indstilling_afslutning_hel",
            ),
            models.CheckConstraint(
                condition=Q(afsluttet_den=None)
                | ~Q(udfald="ressourceforloeb")
                | (~Q(maal="") & ~Q(maal_art="") & Q(varighed_maaneder__isnull=False)),
                name="indstilling_forloeb_har_maal",
                violation_error_message=(
                    "En indstilling til ressourceforløb skal have et job- eller uddannelsesmål "
                    "og en varighed."
                ),
            ),
            models.CheckConstraint(
                condition=Q(afsluttet_den=None) | ~Q(enighed="dissens") | ~Q(dissens=""),
                name="indstilling_dissens_beskrevet",
                violation_error_message="Beskriv uenigheden.",
            ),
            models.CheckConstraint(
                condition=Q(aarsag="") | Q(udfald__in=["udsat", "tilbagesendt"]),
                name="indstilling_aarsag_passer",
            ),
        )
        indexes = (models.Index(fields=["sag", "-moede_dato"], name="indstilling_sag_nyeste"),)

    def __str__(self) -> str:
        return f"Indstilling {self.moede_dato.isoformat()}"

    @property
    def er_afsluttet(self) -> bool:
        """Whether the chair has finalised it."""
        return self.afsluttet_den is not None


class IndstillingslinjeQuerySet(models.QuerySet["Indstillingslinje"]):
    def gaeldende(self) -> Self:
        """Those that were not taken out, in order."""
        return self.filter(fjernet_den=None).order_by("nr")


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Indstillingslinje(models.Model):
    """One recommended effort. It keeps its row; taken out, it is marked so.

    `nr` is its place now: those in force are 1, 2, 3 in order, those taken out come after them.
    """

    indstilling = models.ForeignKey(Indstilling, models.PROTECT, related_name="linjer")
    nr = models.PositiveSmallIntegerField("nummer")
    indsatstype = models.ForeignKey(Indsatstype, models.PROTECT, related_name="+")
    beskrivelse = models.CharField("indsats", max_length=150, blank=True)
    formaal = models.CharField("formål", max_length=250, blank=True)
    betydning_for_maal = models.CharField("betydning for målet", max_length=250, blank=True)
    start_dato = models.DateField("start", null=True, blank=True)
    ansvarlig = models.CharField("ansvarlig", max_length=120, blank=True)
    mandat = models.CharField("mandat", max_length=120, blank=True, db_default="")
    fjernet_den = models.DateTimeField("fjernet den", null=True, blank=True)
    laas = models.PositiveIntegerField("låsetal", default=0, db_default=0)

    objects = IndstillingslinjeQuerySet.as_manager()

    class Meta:
        verbose_name = "indstillingslinje"
        verbose_name_plural = "indstillingslinjer"
        ordering = ("nr",)
        constraints = (
            models.UniqueConstraint(
                fields=["indstilling", "nr"],
                name="indstillingslinje_nr",
                deferrable=models.Deferrable.DEFERRED,
            ),
        )

    def __str__(self) -> str:
        return f"Linje {self.nr}"


class Indstillingsversion(models.Model):
    """The whole indstilling as it was finalised or corrected, never changed afterwards."""

    indstilling = models.ForeignKey(Indstilling, models.PROTECT, related_name="versioner")
    nr = models.PositiveSmallIntegerField("nummer")
    # {"hoved": {felt: værdi}, "linjer": [{…}]}
    indhold = models.JSONField("indhold")
    begrundelse = models.TextField("hvorfor rettet", blank=True)
    afsluttet_den = models.DateTimeField("afsluttet den", auto_now_add=True)
    afsluttet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "version af indstillingen"
        verbose_name_plural = "versioner af indstillingen"
        ordering = ("-nr",)
        constraints = (
            models.UniqueConstraint(fields=["indstilling", "nr"], name="indstillingsversion_nr"),
            models.CheckConstraint(
                condition=Q(nr=1) | ~Q(begrundelse=""),
                name="indstillingsversion_rettelse_begrundet",
                violation_error_message="Skriv, hvorfor indstillingen rettes.",
            ),
        )
        triggers = (
            pgtrigger.Protect(name="kun_tilfoej", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"Version {self.nr}"


class Sidelagtindstilling(models.Model):
    """What somebody typed on the live page that could not be stored, for another was first."""

    indstilling = models.ForeignKey(Indstilling, models.PROTECT, related_name="sidelagte")
    # None for a field of the head.
    linje = models.ForeignKey(
        Indstillingslinje, models.PROTECT, null=True, blank=True, related_name="sidelagte"
    )
    felt = models.CharField("felt", max_length=40)
    tekst = models.TextField("tekst")
    skrevet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    lagt_den = models.DateTimeField("lagt til side", auto_now_add=True)

    class Meta:
        verbose_name = "tekst fra mødet lagt til side"
        verbose_name_plural = "tekster fra mødet lagt til side"
        ordering = ("-pk",)
        triggers = (
            pgtrigger.Protect(name="kun_tilfoej", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return self.felt


class Indstillingsudlevering(models.Model):
    """When and how the citizen got the indstilling in writing (guide, element 8)."""

    class Maade(models.TextChoices):
        UDLEVERET = "udleveret", "udleveret efter mødet"
        DIGITAL_POST = "digital_post", "sendt med Digital Post"
        BREV = "brev", "sendt med brev"

    indstilling = models.ForeignKey(Indstilling, models.PROTECT, related_name="udleveringer")
    version = models.PositiveSmallIntegerField("version")
    dato = models.DateField("dato")
    maade = models.CharField("hvordan", max_length=14, choices=Maade)
    er_gennemgaaet = models.BooleanField("gennemgået med borgeren", default=False)
    bemaerkning = models.CharField("bemærkning", max_length=250, blank=True)
    dokument = models.ForeignKey(
        Dokument, models.PROTECT, null=True, blank=True, related_name="indstillingsudleveringer"
    )
    registreret_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    registreret_den = models.DateTimeField("registreret den", auto_now_add=True)

    class Meta:
        verbose_name = "udlevering af indstillingen"
        verbose_name_plural = "udleveringer af indstillingen"
        ordering = ("-dato", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["indstilling", "version", "dato", "maade"],
                name="indstillingsudlevering_en_gang",
                violation_error_message="Det er allerede registreret.",
            ),
            models.CheckConstraint(
                condition=Q(maade__in=["udleveret", "digital_post", "brev"]) & Q(version__gte=1),
                name="indstillingsudlevering_maade_kendt",
            ),
        )
        triggers = (
            pgtrigger.Protect(name="kun_tilfoej", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"Udlevering {self.dato.isoformat()}"
