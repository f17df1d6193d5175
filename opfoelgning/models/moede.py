"""Follow-up meetings (guide, element 8)."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q

from borgere.models import Sag
from indsatsplan.models import Indsats
from ressource.kalender import i_dag
from ressource.models import Bruger


class OpfoelgningsmoedeQuerySet(models.QuerySet["Opfoelgningsmoede"]):
    def synlige_for(self, bruger: Bruger) -> Self:
        """Those of the cases the user may see."""
        return self.filter(sag__in=Sag.objects.synlige_for(bruger))

    def aftalte(self) -> Self:
        """Agreed and not yet held, cancelled or missed."""
        return self.filter(status=Opfoelgningsmoede.Status.PLANLAGT)

    def afholdte(self) -> Self:
        """Held: the only ones that count as talks (domain.md 2.9)."""
        return self.filter(status=Opfoelgningsmoede.Status.AFHOLDT)


class Opfoelgningsserie(models.Model):
    """Meetings planned ahead at one go, so many weeks apart. Each lives its own life afterwards."""

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="opfoelgningsserier")
    uger = models.PositiveSmallIntegerField("uger imellem")
    oprettet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    oprettet_den = models.DateTimeField("oprettet den", auto_now_add=True)

    class Meta:
        verbose_name = "serie af opfølgninger"
        verbose_name_plural = "serier af opfølgninger"
        constraints = (
            models.CheckConstraint(
                condition=Q(uger__gte=1, uger__lte=26),
                name="opfoelgningsserie_uger",
                violation_error_message="Der skal være 1 til 26 uger mellem møderne.",
            ),
        )

    def __str__(self) -> str:
        return f"Hver {self.uger}. uge"


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Opfoelgningsmoede(models.Model):
    """One meeting with the citizen. Hangs on the case: the first can precede the decision."""

    class Form(models.TextChoices):
        PERSONLIGT = "personligt", "personligt"
        VIDEO = "video", "video"
        TELEFON = "telefon", "telefon"

    class Status(models.TextChoices):
        PLANLAGT = "planlagt", "aftalt"
        AFHOLDT = "afholdt", "holdt"
        UDEBLEVET = "udeblevet", "udeblevet"
        AFLYST = "aflyst", "aflyst"

    class Afbud(models.TextChoices):
        """Whose doing it was that an agreed meeting was not held."""

        BORGER = "borger", "borgeren"
        KOMMUNE = "kommune", "kommunen"
        ANDRE = "andre", "andre"

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="opfoelgningsmoeder")
    nr = models.PositiveSmallIntegerField("nummer")
    tidspunkt = models.DateTimeField("aftalt tid")
    sted = models.CharField("sted", max_length=120)
    form = models.CharField("form", max_length=12, choices=Form, default=Form.PERSONLIGT)
    status = models.CharField("status", max_length=12, choices=Status, default=Status.PLANLAGT)
    aftalt_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    aftalt_dato = models.DateField("aftalt den", default=i_dag)
    serie = models.ForeignKey(
        Opfoelgningsserie, models.PROTECT, null=True, blank=True, related_name="moeder"
    )
    # The date it was held; deadlines count it as fulfilled from here.
    afholdt_dato = models.DateField("holdt", null=True, blank=True)
    referat = models.TextField("hvad talte I om", blank=True)
    # The day it was called off, or the citizen did not come; who by, and why.
    afgjort_dato = models.DateField("aflyst eller udeblevet den", null=True, blank=True)
    afbud = models.CharField(
        "hvem kunne ikke", max_length=8, choices=Afbud, blank=True, default="", db_default=""
    )
    aarsag = models.CharField("hvorfor", max_length=250, blank=True, default="", db_default="")
    andre_til_stede = models.CharField(
        "andre til stede", max_length=200, blank=True, default="", db_default=""
    )
    # Den røde tråd: the goal as they spoke of it, and why it is another than the plan's.
    maal = models.CharField("målet lige nu", max_length=200, blank=True, db_default="")
    maal_begrundelse = models.CharField(
        "hvorfor målet er et andet", max_length=250, blank=True, db_default=""
    )
    mentor_var_med = models.BooleanField("mentor var med", null=True, blank=True)
    uden_mentor_begrundelse = models.CharField("hvorfor ikke", max_length=250, blank=True)
    skitse = models.TextField("om seks måneder, skitse", blank=True)
    # A talk in between leads to the same next meeting as the one before it.
    naeste = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="forrige",
        verbose_name="næste møde",
    )
    # As typed in the draft; the meeting itself is made when this one is closed.
    naeste_tidspunkt = models.DateTimeField("næste gang", null=True, blank=True)
    naeste_sted = models.CharField("sted næste gang", max_length=120, blank=True)
    uden_naeste_begrundelse = models.CharField(
        "hvorfor ingen ny aftale", max_length=250, blank=True
    )
    lukket_den = models.DateTimeField("lukket den", null=True, blank=True)
    lukket_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lukket af"
    )
    laas = models.PositiveIntegerField("låsetal", default=0)

    objects = OpfoelgningsmoedeQuerySet.as_manager()

    class Meta:
        verbose_name = "opfølgningsmøde"
        verbose_name_plural = "opfølgningsmøder"
        ordering = ("tidspunkt", "pk")
        constraints = (
            models.UniqueConstraint(fields=["sag", "nr"], name="opfoelgningsmoede_nr"),
            models.CheckConstraint(
                condition=Q(
                    status="afholdt",
                    afholdt_dato__isnull=False,
                    lukket_den__isnull=False,
                    lukket_af__isnull=False,
                )
                | (~Q(status="afholdt") & Q(afholdt_dato=None)),
                name="opfoelgningsmoede_afholdt_hel",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["planlagt", "afholdt"], afgjort_dato=None, afbud="")
                | Q(status__in=["udeblevet", "aflyst"], afgjort_dato__isnull=False),
                name="opfoelgningsmoede_afbud_helt",
            ),
            models.CheckConstraint(
                condition=Q(naeste_tidspunkt=None) | ~Q(naeste_sted=""),
                name="opfoelgningsmoede_naeste_aftale_har_sted",
                violation_error_message="Skriv både dato, klokkeslæt og sted for næste møde.",
            ),
            models.CheckConstraint(
                condition=~Q(status="afholdt")
                | Q(naeste__isnull=False)
                | ~Q(uden_naeste_begrundelse=""),
                name="opfoelgningsmoede_naeste_eller_grund",
                violation_error_message=(
                    "Aftal dato og sted for næste møde, eller skriv hvorfor ikke."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status="afholdt")
                | Q(mentor_var_med=True)
                | ~Q(uden_mentor_begrundelse=""),
                name="opfoelgningsmoede_mentor_eller_grund",
                violation_error_message="Skriv, hvorfor mentor ikke var med.",
            ),
        )
        indexes = (
            models.Index(fields=["sag", "tidspunkt"], name="opfoelgning_sag_tid"),
            # «No next appointment» and «today»: only agreed meetings are asked for.
            models.Index(
                fields=["sag", "tidspunkt"],
                condition=Q(status="planlagt"),
                name="opfoelgning_aftalte",
            ),
        )

    def __str__(self) -> str:
        return f"Opfølgning nr. {self.nr}"

    @property
    def er_lukket(self) -> bool:
        """Whether the meeting form has been closed."""
        return self.lukket_den is not None


class Opfoelgningspunkt(models.Model):
    """What was said of one effort at one meeting: what happened, and the next three months."""

    class StatusNu(models.TextChoices):
        I_GANG = "i_gang", "i gang"
        PAUSE = "pause", "sat på pause"
        AFSLUTTET = "afsluttet", "afsluttet"
        AFBRUDT = "afbrudt", "afbrudt"

    moede = models.ForeignKey(Opfoelgningsmoede, models.PROTECT, related_name="punkter")
    indsats = models.ForeignKey(Indsats, models.PROTECT, related_name="opfoelgningspunkter")
    hvad_skete = models.TextField("hvad skete der", blank=True)
    naeste_tre_maaneder = models.TextField("de næste tre måneder, konkret", blank=True)
    # What became of the effort, when it is to be changed as the talk is closed; empty: as it was.
    status_nu = models.CharField(
        "status nu", max_length=12, choices=StatusNu, blank=True, default="", db_default=""
    )
    # From which day, and why; empty: the day of the talk.
    status_dato = models.DateField("fra hvilken dag", null=True, blank=True)
    status_grund = models.CharField(
        "hvorfor", max_length=250, blank=True, default="", db_default=""
    )

    class Meta:
        verbose_name = "opfølgningspunkt"
        verbose_name_plural = "opfølgningspunkter"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["moede", "indsats"], name="opfoelgningspunkt_et_pr_indsats"
            ),
            models.CheckConstraint(
                condition=Q(status_nu__in=["", "i_gang", "pause", "afsluttet", "afbrudt"]),
                name="opfoelgningspunkt_status_kendt",
            ),
        )

    def __str__(self) -> str:
        return f"Punkt {self.pk}"


class Mentorsvar(models.Model):
    """What the mentor writes before a talk: three short answers, read by those who hold it."""

    moede = models.OneToOneField(Opfoelgningsmoede, models.PROTECT, related_name="mentorsvar")
    godt = models.TextField("hvad går godt", blank=True)
    svaert = models.TextField("hvad er svært", blank=True)
    oever = models.TextField("hvad øver I jer på", blank=True)
    skrevet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    skrevet_den = models.DateTimeField("skrevet den", auto_now=True)
    laas = models.PositiveIntegerField("låsetal", default=0, db_default=0)

    class Meta:
        verbose_name = "mentors svar"
        verbose_name_plural = "mentors svar"
        constraints = (
            models.CheckConstraint(
                condition=~Q(godt="", svaert="", oever=""), name="mentorsvar_ikke_tomt"
            ),
        )

    def __str__(self) -> str:
        return f"Svar til møde {self.moede_id}"
