"""Sparring slots with the sundhedskoordinator: weekly series, single slots, absences."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

import pgtrigger
from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    ArrayField,
    DateTimeRangeField,
    RangeBoundary,
    RangeOperators,
)
from django.db import models
from django.db.models import Case, Exists, F, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Greatest
from django.utils import timezone

from borgere.models import Fase, Sag
from ressource.models import Bruger, Lukkedag

if TYPE_CHECKING:
    from rehabilitering.models.sparringsbooking import SparringsbookingQuerySet

FORBEREDELSESFASER = (Fase.FORBEREDELSE, Fase.KVALITETSSIKRING, Fase.MOEDE)
FORLOEBSFASER = (Fase.PLAN, Fase.OPFOELGNING)


class Sparringsspoergsmaal(models.Model):
    """The catalogue of questions to the sundhedskoordinator (guide, element 4)."""

    tekst = models.CharField("spørgsmål", max_length=200, unique=True)
    raekkefoelge = models.PositiveSmallIntegerField("rækkefølge", default=0)
    er_aktivt = models.BooleanField("kan vælges", default=True)

    class Meta:
        verbose_name = "sparringsspørgsmål"
        verbose_name_plural = "sparringsspørgsmål"
        ordering = ("raekkefoelge", "pk")

    def __str__(self) -> str:
        return self.tekst


def _model(navn: str) -> "models.QuerySet[Any]":
    """All rows of a model that is built upon this one."""
    raekker: models.QuerySet[Any] = apps.get_model("rehabilitering", navn)._default_manager.all()
    return raekker


def _bookinger() -> "SparringsbookingQuerySet":
    fundne: SparringsbookingQuerySet = _model("Sparringsbooking")  # type: ignore[assignment]
    return fundne


class Fravaer(models.Model):
    """When a sundhedskoordinator is away: no slots are laid out, and none can be booked.

    The reason is a word from a list, never a diagnosis.
    """

    class Aarsag(models.TextChoices):
        FERIE = "ferie", "ferie"
        MOEDE = "moede", "møde"
        KURSUS = "kursus", "kursus"
        ANDET = "andet", "fravær"

    bruger = models.ForeignKey(Bruger, models.PROTECT, related_name="fravaer")
    start = models.DateTimeField("fra")
    slut = models.DateTimeField("til")
    aarsag = models.CharField("årsag", max_length=10, choices=Aarsag, default=Aarsag.ANDET)
    oprettet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    oprettet_den = models.DateTimeField("oprettet den", auto_now_add=True)

    class Meta:
        verbose_name = "fravær"
        verbose_name_plural = "fravær"
        ordering = ("start", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(slut__gt=F("start")),
                name="fravaer_slut_efter_start",
                violation_error_message="Fraværet slutter, før det begynder.",
            ),
            models.CheckConstraint(
                condition=Q(aarsag__in=["ferie", "moede", "kursus", "andet"]),
                name="fravaer_aarsag_kendt",
            ),
        )

    def __str__(self) -> str:
        return f"Fravær {self.start.isoformat()}"


class SparringstidQuerySet(models.QuerySet["Sparringstid"]):
    def udgivne(self) -> Self:
        """Slots that stand; drafts and those taken back are left out."""
        return self.filter(aflyst_den=None, udgivet_den__isnull=False)

    def kladder(self) -> Self:
        """Slots laid out and not published yet, seen by who publishes."""
        return self.filter(aflyst_den=None, udgivet_den=None)

    def med_bundet(self) -> Self:
        """Annotate `er_bundet`: whether the slot is booked or held for somebody who waits."""
        booket = _model("Sparringsbooking").filter(tid=OuterRef("pk"), aflyst_den=None)
        tilbudt = _model("Sparringstilbud").filter(tid=OuterRef("pk"), svar="")
        return self.annotate(er_bundet=Exists(booket) | Exists(tilbudt))

    def ledige(self, fra: datetime) -> Self:
        """Free slots that start at or after `fra`, soonest first.

        None on a closing day, during an absence, or held for somebody on the waiting list.
        """
        return (
            self.udgivne()
            .filter(start__gte=fra)
            .exclude(start__date__in=Lukkedag.objects.values("dato"))
            .exclude(Exists(_model("Sparringsbooking").filter(tid=OuterRef("pk"), aflyst_den=None)))
            .exclude(Exists(_model("Sparringstilbud").filter(tid=OuterRef("pk"), svar="")))
            .exclude(
                Exists(
                    Fravaer.objects.filter(
                        bruger=OuterRef("sundhedskoordinator"),
                        start__lt=OuterRef("slut"),
                        slut__gt=OuterRef("start"),
                    )
                )
            )
            .order_by("start", "pk")
        )

    def egnede(self, sag: Sag, *, med_borger: bool) -> Self:
        """Slots of a kind that `sag` may be booked in, alone or with the citizen."""
        former = Sparringstid.Form
        anledninger = [kode for kode, faser in Sparringstid.FASER.items() if sag.fase in faser]
        return self.filter(
            form__in=[
                former.BEGGE,
                former.MED_BORGER if med_borger else former.SAGSBEHANDLER_ALENE,
            ],
            anledning__in=anledninger,
        )

    def uden_optagne(self, *, brugere: Collection[Bruger], sag: Sag | None) -> Self:
        """Without slots at a time when one of `brugere`, or the citizen of `sag`, is at another."""
        deltagelser = _model("Sparringsdeltager").filter(
            Q(bruger__in=brugere) | (Q(sag=sag) if sag else Q(pk__in=[])),
            start__lt=OuterRef("slut"),
            slut__gt=OuterRef("start"),
        )
        return self.exclude(Exists(deltagelser))

    def med_ledig_siden(self) -> Self:
        """Annotate `ledig_siden`: when a free slot last became so.

        Published, a booking in it cancelled, or an offer of it answered with no.
        """
        samme = {"tid": OuterRef("pk")}
        bookinger = _bookinger().exclude(aflyst_den=None).filter(**samme).order_by("-aflyst_den")
        tilbud = (
            _model("Sparringstilbud").exclude(svar="").filter(**samme).order_by("-besvaret_den")
        )
        return self.annotate(
            ledig_siden=Greatest(
                "udgivet_den",
                Subquery(bookinger.values("aflyst_den")[:1]),
                Subquery(tilbud.values("besvaret_den")[:1]),
            )
        )

    def naeste_ledige(self, tid: "Sparringstid", antal: int = 3) -> Self:
        """What to offer instead of `tid`: free slots after it, then earlier ones still to come."""
        return (
            self.ledige(timezone.now())
            .exclude(pk=tid.pk)
            .order_by(
                Case(When(start__lt=tid.start, then=Value(1)), default=Value(0)), "start", "pk"
            )[:antal]
        )

    def i_tidsrum(
        self, fra: datetime, til: datetime, bruger: Bruger, *, med_kladder: bool = False
    ) -> Self:
        """Standing slots that start in [`fra`, `til`), each with `.aktive_bookinger` (0 or 1).

        Drafts only when asked for. Two statements. A booking has `.er_synlig` and `.er_egen`
        (`med_synlighed`), a slot `.er_tilbudt`: held for somebody on the waiting list.
        """
        bookinger = _bookinger().aktive().med_synlighed(bruger).med_antal_spoergsmaal()
        return (
            (self.filter(aflyst_den=None) if med_kladder else self.udgivne())
            .filter(start__gte=fra, start__lt=til)
            .annotate(
                er_tilbudt=Exists(_model("Sparringstilbud").filter(tid=OuterRef("pk"), svar=""))
            )
            .select_related("sundhedskoordinator")
            .prefetch_related(
                models.Prefetch(
                    "bookinger",
                    queryset=bookinger.select_related("sag__borger", "sagsbehandler"),
                    to_attr="aktive_bookinger",
                )
            )
            .order_by("start", "pk")
        )


class Sparringstid(models.Model):
    """One published slot."""

    class Form(models.TextChoices):
        SAGSBEHANDLER_ALENE = "alene", "sagsbehandler alene"
        MED_BORGER = "med_borger", "sammen med borgeren"
        BEGGE = "begge", "alene eller sammen med borgeren"

    class Anledning(models.TextChoices):
        FORBEREDELSE = "forberedelse", "forberedelse"
        UNDER_FORLOEB = "under_forloeb", "under forløbet"
        BEGGE = "begge", "forberedelse eller under forløbet"

    # The steps of a case in which a slot of each kind may be booked (domain.md 1.2 row 6).
    FASER: dict[str, tuple[Fase, ...]] = {
        Anledning.FORBEREDELSE: FORBEREDELSESFASER,
        Anledning.UNDER_FORLOEB: FORLOEBSFASER,
        Anledning.BEGGE: FORBEREDELSESFASER + FORLOEBSFASER,
    }

    sundhedskoordinator = models.ForeignKey(
        Bruger, models.PROTECT, related_name="sparringstider", verbose_name="sundhedskoordinator"
    )
    start = models.DateTimeField("start")
    slut = models.DateTimeField("slut")
    sted = models.CharField("sted", max_length=120)
    er_video = models.BooleanField("på video", default=False)
    form = models.CharField("form", max_length=12, choices=Form, default=Form.BEGGE)
    anledning = models.CharField(
        "anledning", max_length=16, choices=Anledning, default=Anledning.BEGGE
    )
    serie = models.ForeignKey(
        "Sparringsserie", models.PROTECT, null=True, blank=True, related_name="tider"
    )
    # Where the series laid it; a slot that is moved keeps its place in the series.
    serie_start = models.DateTimeField("plads i serien", null=True, blank=True)
    oprettet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    oprettet_den = models.DateTimeField("oprettet den", auto_now_add=True)
    # None: a draft, which only who publishes can see.
    udgivet_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="udgivet af"
    )
    udgivet_den = models.DateTimeField("udgivet den", null=True, blank=True)
    aflyst_den = models.DateTimeField("aflyst den", null=True, blank=True)
    # How often the slot itself was moved or laid out again (part of RFC 5545 SEQUENCE), and when.
    sekvens = models.PositiveSmallIntegerField("sekvens", default=0)
    rettet_den = models.DateTimeField("rettet den", null=True, blank=True)

    objects = SparringstidQuerySet.as_manager()

    class Meta:
        verbose_name = "sparringstid"
        verbose_name_plural = "sparringstider"
        ordering = ("start", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(slut__gt=F("start")),
                name="sparringstid_slut_efter_start",
                violation_error_message="Tiden slutter, før den begynder.",
            ),
            models.CheckConstraint(
                condition=Q(udgivet_den=None, udgivet_af=None)
                | Q(udgivet_den__isnull=False, udgivet_af__isnull=False),
                name="sparringstid_udgivelse_hel",
            ),
            models.CheckConstraint(
                condition=Q(serie=None, serie_start=None)
                | Q(serie__isnull=False, serie_start__isnull=False),
                name="sparringstid_plads_i_serie",
            ),
            models.UniqueConstraint(
                fields=["serie", "serie_start"], name="sparringstid_en_pr_plads"
            ),
            ExclusionConstraint(
                name="sparringstid_ingen_overlap",
                expressions=(
                    ("sundhedskoordinator", RangeOperators.EQUAL),
                    (
                        Func(
                            "start",
                            "slut",
                            RangeBoundary(),
                            function="TSTZRANGE",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ),
                condition=Q(aflyst_den=None),
                violation_error_message=(
                    "Sundhedskoordinatoren har allerede en tid, der overlapper."
                ),
            ),
        )
        indexes = (models.Index(fields=["start"], name="sparringstid_start"),)
        triggers = (
            # Those who meet in the slot move with it, or the move is refused.
            pgtrigger.Trigger(
                name="flyt_deltagere",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("start", "slut", "sundhedskoordinator_id"),  # type: ignore[no-untyped-call]
                func="""
                    UPDATE rehabilitering_sparringsdeltager d
                       SET start = NEW.start, slut = NEW.slut,
                           bruger_id = CASE WHEN d.art = 'sundhedskoordinator'
                                            THEN NEW.sundhedskoordinator_id ELSE d.bruger_id END
                      FROM rehabilitering_sparringsbooking b
                     WHERE b.id = d.booking_id AND b.tid_id = NEW.id;
                    RETURN NULL;
                """,
            ),
        )

    def __str__(self) -> str:
        return f"Sparring {self.start.isoformat()}"

    @property
    def faser(self) -> tuple[Fase, ...]:
        """The steps a case must be in to be booked in the slot."""
        return self.FASER[self.anledning]

    @property
    def er_kladde(self) -> bool:
        """Whether only who publishes can see the slot."""
        return self.udgivet_den is None

    @property
    def er_begyndt(self) -> bool:
        """Whether the slot has begun, so that nobody can book it or cancel it."""
        return self.start <= timezone.now()


class Sparringsserie(models.Model):
    """Slots that come back every week on the same weekdays, by the clock on the wall in Denmark."""

    sundhedskoordinator = models.ForeignKey(
        Bruger, models.PROTECT, related_name="sparringsserier", verbose_name="sundhedskoordinator"
    )
    # 0 is Monday, as in `date.weekday`.
    ugedage = ArrayField(models.PositiveSmallIntegerField(), verbose_name="ugedage")
    fra_kl = models.TimeField("fra kl.")
    til_kl = models.TimeField("til kl.")
    minutter = models.PositiveSmallIntegerField("minutter")
    fra_dato = models.DateField("fra")
    til_dato = models.DateField("til og med")
    # Days the series leaves out, besides closed days and absences.
    undtagelser = ArrayField(
        models.DateField(), verbose_name="undtagelser", default=list, blank=True
    )
    sted = models.CharField("sted", max_length=120)
    er_video = models.BooleanField("på video", default=False)
    form = models.CharField(
        "form", max_length=12, choices=Sparringstid.Form, default=Sparringstid.Form.BEGGE
    )
    anledning = models.CharField(
        "anledning",
        max_length=16,
        choices=Sparringstid.Anledning,
        default=Sparringstid.Anledning.BEGGE,
    )
    oprettet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    oprettet_den = models.DateTimeField("oprettet den", auto_now_add=True)
    ophoert_den = models.DateTimeField("ophørt den", null=True, blank=True)

    class Meta:
        verbose_name = "fast sparringstid"
        verbose_name_plural = "faste sparringstider"
        ordering = ("fra_dato", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(til_dato__gte=F("fra_dato")),
                name="sparringsserie_slut_efter_start",
                violation_error_message="De faste tider slutter, før de begynder.",
            ),
            models.CheckConstraint(
                condition=Q(til_kl__gt=F("fra_kl")),
                name="sparringsserie_kl",
                violation_error_message="Tiden slutter, før den begynder.",
            ),
            models.CheckConstraint(
                condition=Q(minutter__range=(10, 240)),
                name="sparringsserie_minutter",
                violation_error_message="En tid varer mellem 10 og 240 minutter.",
            ),
            models.CheckConstraint(
                condition=Q(ugedage__contained_by=[0, 1, 2, 3, 4]) & ~Q(ugedage=[]),
                name="sparringsserie_ugedage",
                violation_error_message="Vælg en eller flere af ugens fem arbejdsdage.",
            ),
        )

    def __str__(self) -> str:
        return f"Faste tider fra {self.fra_dato.isoformat()}"
