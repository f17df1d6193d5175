"""The plan (rehabiliteringsplanens indsatsdel): goals, efforts, approved versions."""

from datetime import date
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q

from borgere.models import Sag
from indsatsplan.models.forloeb import Ressourceforloeb
from rehabilitering.models import Indsatstype, Indstillingslinje, Maalart
from ressource.models import Bruger


class IndsatsplanQuerySet(models.QuerySet["Indsatsplan"]):
    def synlige_for(self, bruger: Bruger) -> Self:
        """Those of the cases the user may see."""
        return self.filter(forloeb__sag__in=Sag.objects.synlige_for(bruger))

    def godkendte(self) -> Self:
        """Approved versions only."""
        return self.filter(godkendt_den__isnull=False)

    def kladder(self) -> Self:
        """The version being written: at most one of a forløb."""
        return self.filter(godkendt_den=None)


class Indsatsplan(models.Model):
    """One version of the plan: open while it is written, then approved with the citizen.

    `indhold` is the goals and efforts as they were at approval; it can be shown forever.
    """

    class Enig(models.TextChoices):
        ENIG = "enig", "enig"
        DELVIST = "delvist", "delvist enig"
        UENIG = "uenig", "uenig"

    forloeb = models.ForeignKey(Ressourceforloeb, models.PROTECT, related_name="planer")
    nr = models.PositiveSmallIntegerField("version")
    borger_enig = models.CharField("borgeren er", max_length=10, choices=Enig, blank=True)
    uenig_tekst = models.TextField("det er borgeren uenig i", blank=True)
    # Mentor is the rule (guide, element 7): a plan without one says why.
    uden_mentor_begrundelse = models.CharField(
        "hvorfor ingen mentor", max_length=250, blank=True, db_default=""
    )
    indhold = models.JSONField("indhold ved godkendelsen", default=dict, blank=True)
    oprettet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    oprettet_den = models.DateTimeField("oprettet den", auto_now_add=True)
    godkendt_dato = models.DateField("godkendt", null=True, blank=True)
    godkendt_den = models.DateTimeField("godkendt den", null=True, blank=True)
    godkendt_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="godkendt af"
    )

    objects = IndsatsplanQuerySet.as_manager()

    class Meta:
        verbose_name = "indsatsplan"
        verbose_name_plural = "indsatsplaner"
        ordering = ("-nr",)
        constraints = (
            models.UniqueConstraint(fields=["forloeb", "nr"], name="indsatsplan_nr"),
            models.UniqueConstraint(
                fields=["forloeb"], condition=Q(godkendt_den=None), name="indsatsplan_en_kladde"
            ),
            models.CheckConstraint(
                condition=Q(godkendt_den=None, godkendt_af=None, godkendt_dato=None, borger_enig="")
                | (
                    Q(
                        godkendt_den__isnull=False,
                        godkendt_af__isnull=False,
                        godkendt_dato__isnull=False,
                    )
                    & ~Q(borger_enig="")
                ),
                name="indsatsplan_godkendelse_hel",
            ),
            models.CheckConstraint(
                condition=Q(borger_enig__in=["", "enig"]) | ~Q(uenig_tekst=""),
                name="indsatsplan_uenighed_beskrevet",
                violation_error_message="Skriv, hvad borgeren er uenig i.",
            ),
        )

    def __str__(self) -> str:
        return f"Indsatsplan, version {self.nr}"

    @property
    def er_godkendt(self) -> bool:
        """Whether this version has been approved with the citizen."""
        return self.godkendt_den is not None


class MaalQuerySet(models.QuerySet["Maal"]):
    def synlige_for(self, bruger: Bruger) -> Self:
        """Those of the cases the user may see."""
        return self.filter(forloeb__sag__in=Sag.objects.synlige_for(bruger))

    def gaeldende(self) -> Self:
        """Those that were not taken out, by rank."""
        return self.filter(fjernet_den=None).order_by("rang")


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Maal(models.Model):
    """A ranked goal; rank 1 is the job or education goal of the whole forløb.

    A goal taken out keeps its row and its rank comes after those in force.
    """

    forloeb = models.ForeignKey(Ressourceforloeb, models.PROTECT, related_name="maal")
    rang = models.PositiveSmallIntegerField("rang")
    tekst = models.CharField("mål", max_length=200)
    art = models.CharField("målet handler om", max_length=12, choices=Maalart, blank=True)
    # Den røde tråd: why the goal is another than in the document before it.
    begrundelse = models.CharField(
        "hvorfor målet er et andet", max_length=250, blank=True, db_default=""
    )
    naaet_dato = models.DateField("nået", null=True, blank=True)
    fjernet_den = models.DateTimeField("taget ud den", null=True, blank=True)
    laas = models.PositiveIntegerField("låsetal", default=0, db_default=0)

    objects = MaalQuerySet.as_manager()

    class Meta:
        verbose_name = "mål"
        verbose_name_plural = "mål"
        ordering = ("rang",)
        constraints = (
            models.UniqueConstraint(
                fields=["forloeb", "rang"],
                name="maal_rang",
                deferrable=models.Deferrable.DEFERRED,
            ),
        )

    def __str__(self) -> str:
        return self.tekst


class DelmaalQuerySet(models.QuerySet["Delmaal"]):
    def synlige_for(self, bruger: Bruger) -> Self:
        """Those of the cases the user may see."""
        return self.filter(maal__forloeb__sag__in=Sag.objects.synlige_for(bruger))

    def gaeldende(self) -> Self:
        """Those that were not taken out, the nearest first."""
        return self.filter(fjernet_den=None)


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Delmaal(models.Model):
    """A milestone on the way to a goal, reached or not."""

    maal = models.ForeignKey(Maal, models.PROTECT, related_name="delmaal")
    tekst = models.CharField("delmål", max_length=150)
    forventet_dato = models.DateField("forventet", null=True, blank=True)
    naaet_dato = models.DateField("nået", null=True, blank=True)
    fjernet_den = models.DateTimeField("taget ud den", null=True, blank=True)
    laas = models.PositiveIntegerField("låsetal", default=0, db_default=0)

    objects = DelmaalQuerySet.as_manager()

    class Meta:
        verbose_name = "delmål"
        verbose_name_plural = "delmål"
        ordering = (F("forventet_dato").asc(nulls_last=True), "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(tekst=""),
                name="delmaal_har_tekst",
                violation_error_message="Skriv delmålet.",
            ),
        )

    def __str__(self) -> str:
        return self.tekst


class IndsatsQuerySet(models.QuerySet["Indsats"]):
    def synlige_for(self, bruger: Bruger) -> Self:
        """Those of the cases the user may see."""
        return self.filter(forloeb__sag__in=Sag.objects.synlige_for(bruger))

    def i_gang(self, dato: date) -> Self:
        """Efforts actually begun and not ended on `dato`."""
        return self.filter(faktisk_start__lte=dato).filter(
            Q(faktisk_slut=None) | Q(faktisk_slut__gte=dato)
        )

    def i_perioden(self, fra: date, til: date) -> Self:
        """Efforts that were actually running on at least one day from `fra` to `til`, both included.

        Counts from actual dates alone: what was planned has not happened.
        """
        return self.filter(faktisk_start__lte=til).filter(
            Q(faktisk_slut=None) | Q(faktisk_slut__gte=fra)
        )

    def loebende(self) -> Self:
        """Begun and not ended, paused ones included."""
        return self.filter(status__in=Indsats.LOEBENDE)

    def ikke_begyndte(self) -> Self:
        """Planned or proposed, and still to come."""
        return self.filter(status__in=Indsats.IKKE_BEGYNDT)

    def til_plan(self) -> Self:
        """In the plan's order, with what the plan shows of it. Three statements."""
        return (
            self.select_related(
                "indsatstype", "linje", "praktik__virksomhed", "praktik__virksomhedsmentor"
            )
            .prefetch_related("pauser", "trin")
            .order_by("planlagt_start", "pk")
        )


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Indsats(models.Model):
    """One effort in the plan, with purpose, planned and actual dates."""

    class Status(models.TextChoices):
        FORESLAAET = "foreslaaet", "foreslået"
        PLANLAGT = "planlagt", "planlagt"
        I_GANG = "i_gang", "i gang"
        PAUSE = "pause", "på pause"
        AFSLUTTET = "afsluttet", "afsluttet"
        AFBRUDT = "afbrudt", "afbrudt"
        BORTFALDET = "bortfaldet", "bortfaldet"

    IKKE_BEGYNDT = (Status.FORESLAAET, Status.PLANLAGT)
    LOEBENDE = (Status.I_GANG, Status.PAUSE)

    forloeb = models.ForeignKey(Ressourceforloeb, models.PROTECT, related_name="indsatser")
    maal = models.ForeignKey(Maal, models.PROTECT, related_name="indsatser", verbose_name="mål")
    indsatstype = models.ForeignKey(Indsatstype, models.PROTECT, related_name="indsatser")
    beskrivelse = models.CharField("indsats", max_length=150)
    formaal = models.CharField("formål", max_length=250)
    linje = models.ForeignKey(
        Indstillingslinje,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indsatser",
        verbose_name="indstillingens linje",
    )
    tilfoejet_begrundelse = models.CharField("hvorfor tilføjet", max_length=250, blank=True)
    status = models.CharField("status", max_length=12, choices=Status, default=Status.PLANLAGT)
    planlagt_start = models.DateField("planlagt start")
    planlagt_slut = models.DateField("planlagt slut", null=True, blank=True)
    faktisk_start = models.DateField("faktisk start", null=True, blank=True)
    faktisk_slut = models.DateField("faktisk slut", null=True, blank=True)
    timer_pr_uge = models.DecimalField(
        "timer om ugen", max_digits=4, decimal_places=1, null=True, blank=True
    )
    ansvarlig = models.CharField("ansvarlig", max_length=120)
    # Who gives it: the centre, the school, the association. A praktik has its company.
    leverandoer = models.CharField("hos", max_length=120, blank=True, db_default="")
    skaanehensyn = models.TextField("skånehensyn", blank=True, db_default="")
    # A mentor's tasks; the purpose and the hours stand where those of every effort do.
    opgaver = models.TextField("mentors opgaver", blank=True, db_default="")
    # Why it was broken off or came to nothing.
    slut_begrundelse = models.CharField(
        "hvorfor stoppet", max_length=250, blank=True, db_default=""
    )
    # Why it was last extended or what happened was corrected; earlier ones stand in its history.
    aendret_begrundelse = models.CharField(
        "hvorfor ændret", max_length=250, blank=True, db_default=""
    )
    er_skitse = models.BooleanField("skitse (ud over tre måneder)", default=False)
    laas = models.PositiveIntegerField("låsetal", default=0, db_default=0)

    objects = IndsatsQuerySet.as_manager()

    class Meta:
        verbose_name = "indsats"
        verbose_name_plural = "indsatser"
        ordering = ("planlagt_start", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(formaal=""),
                name="indsats_har_formaal",
                violation_error_message="Skriv, hvad indsatsen skal føre til.",
            ),
            models.CheckConstraint(
                condition=Q(linje__isnull=False) | ~Q(tilfoejet_begrundelse=""),
                name="indsats_linje_eller_grund",
                violation_error_message=(
                    "Vælg den linje i indstillingen, indsatsen gennemfører, "
                    "eller skriv, hvorfor den er tilføjet."
                ),
            ),
            models.CheckConstraint(
                condition=Q(planlagt_slut=None) | Q(planlagt_slut__gte=F("planlagt_start")),
                name="indsats_planlagt_slut_efter_start",
                violation_error_message="Den planlagte slutdato ligger før startdatoen.",
            ),
            models.CheckConstraint(
                condition=Q(faktisk_slut=None) | Q(faktisk_slut__gte=F("faktisk_start")),
                name="indsats_faktisk_slut_efter_start",
                violation_error_message="Indsatsen kan ikke slutte, før den er begyndt.",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["foreslaaet", "planlagt", "bortfaldet"],
                    faktisk_start=None,
                    faktisk_slut=None,
                )
                | Q(status__in=["i_gang", "pause"], faktisk_start__isnull=False, faktisk_slut=None)
                | Q(
                    status__in=["afsluttet", "afbrudt"],
                    faktisk_start__isnull=False,
                    faktisk_slut__isnull=False,
                ),
                name="indsats_status_passer_med_datoer",
            ),
        )
        indexes = (
            models.Index(fields=["forloeb", "planlagt_start"], name="indsats_forloeb_start"),
        )

    def __str__(self) -> str:
        return self.beskrivelse
