"""Deadlines: dated rules, and the rows derived from them. Nobody types a deadline."""

from datetime import date
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q

from borgere.models import Sag
from ressource.datoer import Enhed
from ressource.models import Bruger
from ressource.perioder import ingen_overlap


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Fristregel(models.Model):
    """How long a deadline is, in which period of law (domain.md 1.4). What starts and clears a
    code is SQL in `opfoelgning.regler`; the numbers are here.

    A statutory rule counts and rolls by the public calendar; the municipality's own rules also by
    the days it is closed (domain.md 8.1).
    """

    class Anker(models.TextChoices):
        """`INDSATSPLAN_ANKER`: from when the plan's weeks are counted (domain.md 1.4)."""

        FAST = "", "reglens eget"
        FOERSTE_OPFOELGNING = "FOERSTE_OPFOELGNING", "første opfølgning"
        TEAMMOEDE = "TEAMMOEDE", "teammødet"

    class Retning(models.TextChoices):
        EFTER = "efter", "efter"
        FOER = "foer", "før"

    class Rulning(models.TextChoices):
        INGEN = "ingen", "ingen"
        FREM = "frem", "til næste arbejdsdag"
        TILBAGE = "tilbage", "til sidste arbejdsdag før"

    class Alvor(models.TextChoices):
        VEJLEDENDE = "vejledende", "vejledende"
        LOV = "lov", "lovbestemt"

    kode = models.CharField("kode", max_length=40)
    navn = models.CharField("navn", max_length=100)
    anker = models.CharField(
        "regnes fra", max_length=20, choices=Anker, blank=True, default="", db_default=""
    )
    laengde = models.PositiveSmallIntegerField("længde")
    enhed = models.CharField("enhed", max_length=12, choices=Enhed)
    retning = models.CharField(
        "før eller efter", max_length=5, choices=Retning, default=Retning.EFTER, db_default="efter"
    )
    # How many it takes: talks in twelve months. One for the others.
    antal = models.PositiveSmallIntegerField("hvor mange", default=1, db_default=1)
    rulning = models.CharField("rulning", max_length=8, choices=Rulning, default=Rulning.INGEN)
    varsel_dage = models.PositiveSmallIntegerField("varsles så mange dage før", default=2)
    alvor = models.CharField("alvor", max_length=12, choices=Alvor, default=Alvor.VEJLEDENDE)
    # A period that simply ends, such as the time limit for appeal: nobody is late.
    udloeber = models.BooleanField("løber blot ud", default=False)
    # So many days past due, the teamleder is told; None: never.
    eskalering_dage = models.PositiveSmallIntegerField(
        "teamleder ser den så mange dage efter", null=True, blank=True
    )
    # Days the citizen is exempted are added (`indsatsplan.Fritagelse`).
    pause_ved_fritagelse = models.BooleanField(
        "står stille, mens borgeren er fritaget", default=False, db_default=False
    )
    hjemmel = models.CharField("hjemmel", max_length=200)
    # Shown to the caseworker: what starts it, and what clears it.
    udloeses_af = models.CharField("udløses af", max_length=150)
    opfyldes_af = models.CharField("opfyldes af", max_length=150)
    gyldig_fra = models.DateField("gyldig fra")
    gyldig_til = models.DateField("gyldig til", null=True, blank=True)
    # Why it was changed, and by whom; empty for what the house came with.
    begrundelse = models.CharField("hvorfor ændret", max_length=250, blank=True, db_default="")
    rettet_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="rettet af"
    )
    laas = models.PositiveIntegerField("låsetal", default=0, db_default=0)

    class Meta:
        verbose_name = "fristregel"
        verbose_name_plural = "fristregler"
        ordering = ("kode", "gyldig_fra")
        constraints = (
            models.CheckConstraint(
                condition=Q(gyldig_til=None) | Q(gyldig_til__gte=F("gyldig_fra")),
                name="fristregel_slut_efter_start",
            ),
            models.CheckConstraint(
                condition=Q(enhed__in=Enhed.values), name="fristregel_enhed_kendt"
            ),
            models.CheckConstraint(
                condition=Q(rulning__in=["ingen", "frem", "tilbage"])
                & Q(retning__in=["efter", "foer"])
                & Q(alvor__in=["vejledende", "lov"]),
                name="fristregel_valg_kendte",
            ),
            models.CheckConstraint(
                condition=Q(anker="")
                | Q(
                    anker__in=["FOERSTE_OPFOELGNING", "TEAMMOEDE"],
                    kode__in=["INDSATSPLAN_VARSEL", "INDSATSPLAN_FRIST"],
                ),
                name="fristregel_anker_kun_planens",
            ),
            models.CheckConstraint(condition=Q(antal__gte=1), name="fristregel_antal_mindst_en"),
            ingen_overlap(
                "fristregel_en_ad_gangen",
                lige="kode",
                fra="gyldig_fra",
                til="gyldig_til",
                besked="Der gælder allerede en regel med den kode i perioden.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kode} fra {self.gyldig_fra.isoformat()}"


class Tilstand(models.TextChoices):
    """What a deadline is on a given day (product.md 3.6)."""

    KOMMENDE = "kommende", "kommende"
    VARSLET = "varslet", "varslet"
    OVERSKREDET = "overskredet", "overskredet"
    OPFYLDT = "opfyldt", "opfyldt"
    OPFYLDT_SENT = "opfyldt_sent", "opfyldt for sent"
    UDLOEBET = "udloebet", "udløbet"
    BORTFALDET = "bortfaldet", "bortfaldet"


# What is a deadline on a list of what to do, of the open ones: `f` is it, `r` its rule. A rule that
# simply runs out asks nothing of anybody until it is announced: then there is a consent to renew.
# The time limit for appeal is the citizen's own. A test holds it and `paa_listen` together.
PAA_LISTEN = """(r.kode <> 'KLAGEFRIST' AND (NOT r.udloeber
    OR r.varsel_dage > 0 AND f.varsel_dato <= %(dato)s AND f.forfald_dato >= %(dato)s))"""


def paa_listen(dato: date) -> Q:
    """`PAA_LISTEN` as a condition on open deadlines."""
    naer = Q(regel__varsel_dage__gt=0, varsel_dato__lte=dato, forfald_dato__gte=dato)
    return ~Q(regel__kode="KLAGEFRIST") & (Q(regel__udloeber=False) | naer)


class FristQuerySet(models.QuerySet["Frist"]):
    def synlige_for(self, bruger: Bruger) -> Self:
        """Those of the cases the user may see."""
        return self.filter(sag__in=Sag.objects.synlige_for(bruger))

    def aabne(self) -> Self:
        """Neither fulfilled nor lapsed."""
        return self.filter(opfyldt_dato=None, bortfaldet_dato=None)

    def overskredne(self, dato: date) -> Self:
        """Open and past: the due date itself is not overdue (domain.md 8.3)."""
        return self.aabne().filter(forfald_dato__lt=dato)

    def til_sagen(self, dato: date) -> Self:
        """Ready to be shown on their case on `dato`. Sets `paa_listen` on each; it is of open ones."""
        return self.annotate(paa_listen=paa_listen(dato)).select_related("regel", "ejer")


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Frist(models.Model):
    """One derived deadline of one case. Written by the derivation alone (`opfoelgning.udledning`).

    Its state is never stored: it follows from the dates and today. What it was before is in its
    history.
    """

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="frister")
    # The version of the rule in force; another version makes the same deadline another date.
    regel = models.ForeignKey(Fristregel, models.PROTECT, related_name="frister")
    kode = models.CharField("kode", max_length=40)
    # What this one is called where the rule's own name says too little; else empty.
    navn = models.CharField("navn", max_length=150, blank=True, default="", db_default="")
    # The event that started it: with the code, what makes the row one and the same each night.
    anker_type = models.CharField("anker", max_length=30)
    anker_id = models.BigIntegerField("ankerets id")
    start_dato = models.DateField("start")
    # In the rule's unit, where the case's rule set says another length than the rule; else None.
    laengde = models.PositiveSmallIntegerField("længde efter regelsættet", null=True, blank=True)
    # Days in which the clock stood still; they are counted into `forfald_dato`.
    pause_dage = models.PositiveSmallIntegerField("dage på pause", default=0, db_default=0)
    # The latest date that is in time.
    forfald_dato = models.DateField("forfald")
    # The last working day at or before forfald: what to plan for (domain.md 8.3).
    maal_dato = models.DateField("planlæg senest")
    varsel_dato = models.DateField("varsles fra")
    ejer = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="frister", verbose_name="ejer"
    )
    opfyldt_dato = models.DateField("opfyldt", null=True, blank=True)
    bortfaldet_dato = models.DateField("bortfaldet", null=True, blank=True)
    bortfaldet_begrundelse = models.CharField("hvorfor bortfaldet", max_length=150, blank=True)
    # Stamped once by the job that saw it go past.
    flaget_den = models.DateTimeField("flaget som overskredet", null=True, blank=True)

    # Set by `til_sagen`: whether it would be on the worklist.
    paa_listen: bool

    objects = FristQuerySet.as_manager()

    class Meta:
        verbose_name = "frist"
        verbose_name_plural = "frister"
        ordering = ("forfald_dato", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["sag", "kode", "anker_type", "anker_id"], name="frist_en_pr_anker"
            ),
            models.CheckConstraint(
                condition=Q(bortfaldet_dato=None) | Q(opfyldt_dato=None),
                name="frist_opfyldt_eller_bortfaldet",
            ),
            models.CheckConstraint(
                condition=Q(bortfaldet_dato=None, bortfaldet_begrundelse="")
                | (Q(bortfaldet_dato__isnull=False) & ~Q(bortfaldet_begrundelse="")),
                name="frist_bortfald_har_grund",
            ),
        )
        indexes = (
            # The worklist: one owner's open deadlines, nearest first.
            models.Index(
                fields=["ejer", "forfald_dato"],
                condition=Q(opfyldt_dato=None, bortfaldet_dato=None),
                name="frist_aabne_ejer",
            ),
            models.Index(
                fields=["sag", "forfald_dato"],
                condition=Q(opfyldt_dato=None, bortfaldet_dato=None),
                name="frist_aabne_sag",
            ),
            # The deadlines of one rule that fell due in a period: key figures, and a rule tried.
            models.Index(fields=["kode", "forfald_dato"], name="frist_kode_forfald"),
            # The night's flagging: open, past and not yet stamped.
            models.Index(
                fields=["forfald_dato"],
                condition=Q(opfyldt_dato=None, bortfaldet_dato=None, flaget_den=None),
                name="frist_uflagede",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kode} {self.forfald_dato.isoformat()}"

    @property
    def betegnelse(self) -> str:
        """What people read: «Samtale 5 af 6», else the rule's name. Needs `regel`."""
        return self.navn or self.regel.navn

    @property
    def er_aaben(self) -> bool:
        """Neither fulfilled nor lapsed."""
        return self.opfyldt_dato is None and self.bortfaldet_dato is None

    @property
    def dage_for_sent(self) -> int:
        """How many days late it was met; 0 in time, unmet, or where nobody can be late. Needs `regel`."""
        if self.opfyldt_dato is None or self.regel.udloeber:
            return 0
        return max((self.opfyldt_dato - self.forfald_dato).days, 0)

    def tilstand(self, dato: date) -> Tilstand:
        """The state on `dato`. Needs `regel`; the due date itself is still in time.

        A period that simply ends is met when something takes its place before it has run out.
        """
        if self.bortfaldet_dato is not None:
            return Tilstand.BORTFALDET
        if self.opfyldt_dato is not None:
            if self.regel.udloeber and self.opfyldt_dato == self.forfald_dato:
                return Tilstand.UDLOEBET
            return Tilstand.OPFYLDT_SENT if self.dage_for_sent else Tilstand.OPFYLDT
        if dato > self.forfald_dato:
            return Tilstand.UDLOEBET if self.regel.udloeber else Tilstand.OVERSKREDET
        if dato >= self.varsel_dato:
            return Tilstand.VARSLET
        return Tilstand.KOMMENDE
