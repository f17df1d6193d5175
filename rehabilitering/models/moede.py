"""The team meeting, who sits in it, and its agenda."""

from datetime import date
from typing import Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from borgere.models import Sag
from ressource.kalender import i_dag
from ressource.models import Bruger, Rolle, Stedfortraeder

# The last word on what may stand on an agenda, also for a row that no service wrote: the latest
# judgement of the case is an approval, it was not sent back by the team since, and a LÆ 265 is
# current on the day (domain.md 1.2 rows 5 and 8). An item that is dealt with is never asked again.
_KRAEV_KLAR = """
    IF NEW.taget_af_den IS NOT NULL OR NEW.behandlet_den IS NOT NULL OR (
        TG_OP = 'UPDATE' AND (NEW.moede_id, NEW.sag_id) = (OLD.moede_id, OLD.sag_id)
        AND OLD.taget_af_den IS NULL AND OLD.behandlet_den IS NULL
    ) THEN
        RETURN NEW;
    END IF;
    PERFORM 1
       FROM (SELECT resultat, afgjort_den FROM rehabilitering_kvalitetssikring
              WHERE sag_id = NEW.sag_id ORDER BY id DESC LIMIT 1) k
      WHERE k.resultat = 'godkendt' AND NOT EXISTS (
            SELECT 1 FROM rehabilitering_indstilling i
             WHERE i.sag_id = NEW.sag_id AND i.udfald = 'tilbagesendt'
               AND i.afsluttet_den > k.afgjort_den);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Sagen er ikke kvalitetssikret.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'dagsordenspunkt_kvalitetssikret';
    END IF;
    PERFORM 1
       FROM rehabilitering_laegeattest a JOIN rehabilitering_teammoede m ON m.id = NEW.moede_id
      WHERE a.sag_id = NEW.sag_id AND a.returneret_dato IS NULL
        AND m.dato BETWEEN a.modtaget_dato AND a.gyldig_til;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Sagen har ingen lægeattest LÆ 265, der er aktuel på mødedagen.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'dagsordenspunkt_har_attest';
    END IF;
    RETURN NEW;
"""
_KRAEV_ATTEST_NY_DAG = """
    PERFORM 1 FROM rehabilitering_dagsordenspunkt p
     WHERE p.moede_id = NEW.id AND p.taget_af_den IS NULL AND p.behandlet_den IS NULL
       AND NOT EXISTS (
           SELECT 1 FROM rehabilitering_laegeattest a
            WHERE a.sag_id = p.sag_id AND a.returneret_dato IS NULL
              AND NEW.dato BETWEEN a.modtaget_dato AND a.gyldig_til);
    IF FOUND THEN
        RAISE EXCEPTION 'En sag på dagsordenen har ingen LÆ 265, der er aktuel den dag.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'teammoede_attester_aktuelle';
    END IF;
    RETURN NEW;
"""


class TeammoedeQuerySet(models.QuerySet["Teammoede"]):
    def synlige_for(self, bruger: Bruger) -> Self:
        """The mødekoordinator: all. Others: those they sit in or have a case on.

        Which cases on the agenda one may see is still `Sag.objects.synlige_for`'s to say.
        """
        if bruger.har_rolle(Rolle.MOEDEKOORDINATOR):
            return self.all()
        sidder_i = Moededeltager.objects.for_bruger(bruger).filter(moede=OuterRef("pk"))
        har_sag = Dagsordenspunkt.objects.synlige_for(bruger).filter(moede=OuterRef("pk"))
        return self.filter(Exists(sidder_i) | Exists(har_sag))

    def for_deltager(self, bruger: Bruger) -> Self:
        """Meetings the user sits in, or stands in for somebody who does."""
        sidder_i = Moededeltager.objects.for_bruger(bruger).filter(moede=OuterRef("pk"))
        return self.filter(Exists(sidder_i))

    def staaende(self) -> Self:
        """Those that were not cancelled."""
        return self.filter(aflyst_den=None)

    def kommende(self, dato: date) -> Self:
        """On `dato` and later and not called off, soonest first."""
        return self.staaende().filter(dato__gte=dato).order_by("dato", "start", "pk")

    def tidligere(self, dato: date) -> Self:
        """Before `dato`, or called off, latest first."""
        return self.exclude(aflyst_den=None, dato__gte=dato).order_by("-dato", "-start", "-pk")

    def med_antal(self) -> Self:
        """With `antal_sager`: how many places of the agenda are taken."""
        punkter = Dagsordenspunkt.objects.aktive().filter(moede=OuterRef("pk")).order_by()
        antal = punkter.values("moede").annotate(antal=models.Count("pk")).values("antal")
        return self.annotate(
            antal_sager=models.functions.Coalesce(
                models.Subquery(antal), 0, output_field=models.IntegerField()
            )
        )


class Fagomraade(models.TextChoices):
    """What somebody at the meeting speaks for (domain.md 1.2 row 11)."""

    BESKAEFTIGELSE = "beskaeftigelse", "beskæftigelse"
    SOCIAL = "social", "social"
    SUNDHED = "sundhed", "sundhed"
    REGION = "region", "sundhedskoordinator"
    VIRKSOMHED = "virksomhed", "virksomhedskonsulent"
    UNDERVISNING = "undervisning", "uddannelsesvejleder"
    FAMILIE = "familie", "familieafdeling"


class Fremmoedeform(models.TextChoices):
    """How somebody takes part."""

    PERSONLIGT = "personligt", "personligt"
    VIDEO = "video", "på video"


class Moedeserie(models.Model):
    """Meetings on a weekday, every so many weeks, with the same members."""

    ugedag = models.PositiveSmallIntegerField("ugedag (0 er mandag)")
    hver_uge = models.PositiveSmallIntegerField("uger mellem møderne", default=1)
    fra_dato = models.DateField("fra og med")
    til_dato = models.DateField("til og med")
    undtagelser = ArrayField(models.DateField(), verbose_name="undtagelser", default=list)
    start = models.TimeField("start")
    slut = models.TimeField("slut")
    sted = models.CharField("sted", max_length=120)
    kapacitet = models.PositiveSmallIntegerField("antal sager", default=5)
    minutter_pr_sag = models.PositiveSmallIntegerField("minutter pr. sag", default=40)
    moedeleder = models.ForeignKey(
        Bruger, models.PROTECT, related_name="+", verbose_name="mødeleder"
    )
    stedfortraeder_leder = models.ForeignKey(
        Bruger,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="mødeleders stedfortræder",
    )
    oprettet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    oprettet_den = models.DateTimeField("oprettet den", auto_now_add=True)
    stoppet_den = models.DateTimeField("stoppet den", null=True, blank=True)

    class Meta:
        verbose_name = "mødeserie"
        verbose_name_plural = "mødeserier"
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(til_dato__gte=F("fra_dato")) & Q(slut__gt=F("start")),
                name="moedeserie_slut_efter_start",
                violation_error_message="Serien slutter, før den begynder.",
            ),
            models.CheckConstraint(
                condition=Q(ugedag__lte=6) & Q(hver_uge__gte=1) & Q(hver_uge__lte=8),
                name="moedeserie_rytme",
                violation_error_message="Der kan være 1 til 8 uger mellem møderne.",
            ),
            models.CheckConstraint(
                condition=Q(kapacitet__gte=1) & Q(minutter_pr_sag__gte=5),
                name="moedeserie_plads",
                violation_error_message="Der skal være plads til mindst én sag på 5 minutter.",
            ),
        )

    def __str__(self) -> str:
        return f"Mødeserie {self.pk}"


class Fastmedlem(models.Model):
    """A standing member of a series, and who comes instead."""

    serie = models.ForeignKey(Moedeserie, models.PROTECT, related_name="medlemmer")
    bruger = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    fagomraade = models.CharField("fagområde", max_length=16, choices=Fagomraade)
    mandat = models.CharField("mandat", max_length=120, blank=True)
    stedfortraeder = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "fast medlem"
        verbose_name_plural = "faste medlemmer"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["serie", "bruger"],
                name="fastmedlem_en_gang",
                violation_error_message="Personen er allerede medlem af serien.",
            ),
            models.CheckConstraint(
                condition=Q(stedfortraeder=None) | ~Q(stedfortraeder=F("bruger")),
                name="fastmedlem_stedfortraeder_anden",
                violation_error_message="Et medlem kan ikke være sin egen stedfortræder.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.bruger_id} i serie {self.serie_id}"


class Teammoede(models.Model):
    """One meeting of the rehabiliteringsteam."""

    dato = models.DateField("dato")
    start = models.TimeField("start")
    slut = models.TimeField("slut")
    sted = models.CharField("sted", max_length=120)
    kapacitet = models.PositiveSmallIntegerField("antal sager", default=5)
    minutter_pr_sag = models.PositiveSmallIntegerField("minutter pr. sag", default=40)
    moedeleder = models.ForeignKey(
        Bruger, models.PROTECT, related_name="+", verbose_name="mødeleder"
    )
    # Chairs and finalises when the mødeleder is registered absent.
    stedfortraeder_leder = models.ForeignKey(
        Bruger,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="mødeleders stedfortræder",
    )
    serie = models.ForeignKey(
        Moedeserie, models.PROTECT, null=True, blank=True, related_name="moeder"
    )
    # The day of the series; the meeting itself may have been moved.
    serie_dato = models.DateField("dag i serien", null=True, blank=True)
    aflyst_den = models.DateTimeField("aflyst den", null=True, blank=True)
    aflyst_grund = models.CharField("hvorfor aflyst", max_length=200, blank=True, db_default="")
    # Raised when day, time or place changes: calendars follow it.
    sekvens = models.PositiveSmallIntegerField("sekvens", default=0, db_default=0)
    oprettet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    oprettet_den = models.DateTimeField("oprettet den", auto_now_add=True)

    objects = TeammoedeQuerySet.as_manager()

    class Meta:
        verbose_name = "teammøde"
        verbose_name_plural = "teammøder"
        ordering = ("dato", "start")
        constraints = (
            models.CheckConstraint(
                condition=Q(slut__gt=F("start")),
                name="teammoede_slut_efter_start",
                violation_error_message="Mødet slutter, før det begynder.",
            ),
            models.CheckConstraint(
                condition=Q(kapacitet__gte=1) & Q(minutter_pr_sag__gte=5),
                name="teammoede_plads",
                violation_error_message="Der skal være plads til mindst én sag på 5 minutter.",
            ),
            models.CheckConstraint(
                condition=Q(aflyst_den=None, aflyst_grund="")
                | (Q(aflyst_den__isnull=False) & ~Q(aflyst_grund="")),
                name="teammoede_aflysning_hel",
                violation_error_message="Skriv, hvorfor mødet er aflyst.",
            ),
            models.CheckConstraint(
                condition=Q(stedfortraeder_leder=None) | ~Q(stedfortraeder_leder=F("moedeleder")),
                name="teammoede_stedfortraeder_anden",
                violation_error_message="Mødelederen kan ikke være sin egen stedfortræder.",
            ),
            models.UniqueConstraint(fields=["serie", "serie_dato"], name="teammoede_et_pr_dag"),
        )
        indexes = (models.Index(fields=["dato"], name="teammoede_dato"),)
        triggers = (
            pgtrigger.Trigger(
                name="attester_aktuelle",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("dato"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Q(old__dato__df=pgtrigger.F("new__dato")),
                func=_KRAEV_ATTEST_NY_DAG,
            ),
        )

    def __str__(self) -> str:
        return f"Teammøde {self.dato.isoformat()}"


class MoededeltagerQuerySet(models.QuerySet["Moededeltager"]):
    def for_bruger(self, bruger: Bruger) -> Self:
        """The user's own seats, and today those of the people the user stands in for."""
        vikar_for = Stedfortraeder.objects.gaeldende(i_dag()).filter(vikar=bruger)
        return self.filter(Q(bruger=bruger) | Q(bruger__in=vikar_for.values("for_bruger")))

    def kommer(self) -> Self:
        """Those who have not sent apologies and were not marked absent."""
        return self.filter(afbud_den=None).exclude(var_til_stede=False)


class Moededeltager(models.Model):
    """A member of the team at one meeting, with area and mandate."""

    Fagomraade = Fagomraade

    moede = models.ForeignKey(Teammoede, models.PROTECT, related_name="deltagere")
    bruger = models.ForeignKey(Bruger, models.PROTECT, related_name="moededeltagelser")
    fagomraade = models.CharField("fagområde", max_length=16, choices=Fagomraade)
    mandat = models.CharField("mandat", max_length=120, blank=True)
    form = models.CharField(
        "deltager",
        max_length=10,
        choices=Fremmoedeform,
        default=Fremmoedeform.PERSONLIGT,
        db_default=Fremmoedeform.PERSONLIGT,
    )
    # Who comes if this member cannot.
    stedfortraeder = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+"
    )
    afbud_den = models.DateTimeField("afbud den", null=True, blank=True)
    # Set on the deputy's own row.
    traeder_ind_for = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="afloest_af"
    )
    # None: not registered yet.
    var_til_stede = models.BooleanField("til stede", null=True, blank=True)

    objects = MoededeltagerQuerySet.as_manager()

    class Meta:
        verbose_name = "mødedeltager"
        verbose_name_plural = "mødedeltagere"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["moede", "bruger"],
                name="moededeltager_en_gang",
                violation_error_message="Personen deltager allerede i mødet.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.bruger_id} i møde {self.moede_id}"

    @property
    def kommer(self) -> bool:
        """Neither apologies sent nor marked absent."""
        return self.afbud_den is None and self.var_til_stede is not False


class DagsordenspunktQuerySet(models.QuerySet["Dagsordenspunkt"]):
    def aktive(self) -> Self:
        """Items that were not taken off the agenda."""
        return self.filter(taget_af_den=None)

    def aabne(self) -> Self:
        """On an agenda and not dealt with yet; a case has at most one."""
        return self.aktive().filter(behandlet_den=None)

    def synlige_for(self, bruger: Bruger) -> Self:
        """Those of the cases the user may see."""
        return self.filter(sag__in=Sag.objects.synlige_for(bruger))

    def behandlet_med(self, bruger: Bruger) -> Self:
        """Dealt with at a meeting the user sat in and was not marked absent from."""
        med = Moededeltager.objects.filter(bruger=bruger).exclude(var_til_stede=False)
        return self.filter(behandlet_den__isnull=False, moede__in=med.values("moede"))


class Dagsordenspunkt(models.Model):
    """One case on one meeting's agenda."""

    moede = models.ForeignKey(Teammoede, models.PROTECT, related_name="punkter")
    sag = models.ForeignKey(Sag, models.PROTECT, related_name="dagsordenspunkter")
    raekkefoelge = models.PositiveSmallIntegerField("rækkefølge")
    # None: as long as the meeting's cases are.
    minutter = models.PositiveSmallIntegerField("minutter", null=True, blank=True)
    # Ids of documents of the case that go into its package. None: nobody has chosen, health does.
    pakkedokumenter = ArrayField(
        models.BigIntegerField(), verbose_name="dokumenter i sagspakken", null=True, blank=True
    )
    sat_paa_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    sat_paa_den = models.DateTimeField("sat på den", auto_now_add=True)
    taget_af_den = models.DateTimeField("taget af den", null=True, blank=True)
    # Set when the meeting has dealt with the case: the indstilling is finalised or the case put off.
    behandlet_den = models.DateTimeField("behandlet den", null=True, blank=True)
    # When somebody who was called heard that the case is not on the meeting after all.
    underrettet_den = models.DateTimeField("borgeren underrettet den", null=True, blank=True)

    objects = DagsordenspunktQuerySet.as_manager()

    class Meta:
        verbose_name = "dagsordenspunkt"
        verbose_name_plural = "dagsordenspunkter"
        ordering = ("raekkefoelge", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["sag"],
                condition=Q(taget_af_den=None, behandlet_den=None),
                name="dagsordenspunkt_et_aabent_pr_sag",
                violation_error_message="Sagen står allerede på en dagsorden.",
            ),
            models.UniqueConstraint(
                fields=["moede", "raekkefoelge"],
                condition=Q(taget_af_den=None),
                name="dagsordenspunkt_raekkefoelge",
            ),
            models.CheckConstraint(
                condition=Q(minutter=None) | (Q(minutter__gte=5) & Q(minutter__lte=240)),
                name="dagsordenspunkt_minutter",
                violation_error_message="En sag har 5 til 240 minutter.",
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="er_klar",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]
                    "moede_id", "sag_id", "taget_af_den", "behandlet_den"
                ),
                func=_KRAEV_KLAR,
            ),
        )

    def __str__(self) -> str:
        return f"Punkt {self.raekkefoelge}"


class Moedepause(models.Model):
    """A break on the agenda, after so many cases; cases move, the break stays."""

    moede = models.ForeignKey(Teammoede, models.PROTECT, related_name="pauser")
    efter_plads = models.PositiveSmallIntegerField("efter antal sager")
    minutter = models.PositiveSmallIntegerField("minutter", default=15)

    class Meta:
        verbose_name = "pause"
        verbose_name_plural = "pauser"
        ordering = ("efter_plads",)
        constraints = (
            models.UniqueConstraint(
                fields=["moede", "efter_plads"],
                name="moedepause_en_pr_plads",
                violation_error_message="Der er allerede en pause der.",
            ),
            models.CheckConstraint(
                condition=Q(minutter__gte=5) & Q(minutter__lte=120),
                name="moedepause_minutter",
                violation_error_message="En pause varer 5 til 120 minutter.",
            ),
        )

    def __str__(self) -> str:
        return f"Pause efter {self.efter_plads}"


class Kravbegrundelse(models.Model):
    """Why somebody whom the rule set wants at a case does not take part."""

    punkt = models.ForeignKey(Dagsordenspunkt, models.PROTECT, related_name="kravbegrundelser")
    fagomraade = models.CharField("fagområde", max_length=16, choices=Fagomraade)
    begrundelse = models.CharField("begrundelse", max_length=250)
    skrevet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    skrevet_den = models.DateTimeField("skrevet den", auto_now=True)

    class Meta:
        verbose_name = "begrundelse for manglende deltager"
        verbose_name_plural = "begrundelser for manglende deltagere"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["punkt", "fagomraade"], name="kravbegrundelse_en_pr_krav"
            ),
            models.CheckConstraint(
                condition=~Q(begrundelse=""),
                name="kravbegrundelse_har_tekst",
                violation_error_message="Skriv, hvorfor personen ikke deltager.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.fagomraade}, punkt {self.punkt_id}"
