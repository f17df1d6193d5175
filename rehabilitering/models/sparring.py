"""Sparring slots with the sundhedskoordinator: one slot, one booking, whatever happens."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import connection, models
from django.db.models import Case, Count, Exists, F, Func, OuterRef, Q, Value, When
from django.utils import timezone

from borgere.models import Fase, Sag, Tildeling
from ressource.kalender import i_dag
from ressource.models import Bruger, Lukkedag, Stedfortraeder

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


class SparringstidQuerySet(models.QuerySet["Sparringstid"]):
    def udgivne(self) -> Self:
        """Slots that stand; those taken back are left out."""
        return self.filter(aflyst_den=None)

    def ledige(self, fra: datetime) -> Self:
        """Free slots that start at or after `fra`, soonest first; none on a closing day."""
        return (
            self.udgivne()
            .filter(start__gte=fra)
            .exclude(start__date__in=Lukkedag.objects.values("dato"))
            .exclude(Exists(Sparringsbooking.objects.aktive().filter(tid=OuterRef("pk"))))
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

    def naeste_ledige(self, tid: "Sparringstid", antal: int = 3) -> Self:
        """What to offer instead of `tid`: free slots after it, then earlier ones still to come."""
        return (
            self.ledige(timezone.now())
            .exclude(pk=tid.pk)
            .order_by(
                Case(When(start__lt=tid.start, then=Value(1)), default=Value(0)), "start", "pk"
            )[:antal]
        )

    def i_tidsrum(self, fra: datetime, til: datetime, bruger: Bruger) -> Self:
        """Published slots that start in [`fra`, `til`), each with `.aktive_bookinger` (0 or 1).

        Two statements. A booking has `.er_synlig` and `.er_egen` (`med_synlighed`).
        """
        bookinger = Sparringsbooking.objects.aktive().med_synlighed(bruger).med_antal_spoergsmaal()
        return (
            self.udgivne()
            .filter(start__gte=fra, start__lt=til)
            .select_related("sundhedskoordinator")
            .prefetch_related(
                models.Prefetch(
                    "bookinger",
                    queryset=bookinger.select_related("sag__borger", "booket_af"),
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
    udgivet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    udgivet_den = models.DateTimeField("udgivet den", auto_now_add=True)
    aflyst_den = models.DateTimeField("aflyst den", null=True, blank=True)

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

    def __str__(self) -> str:
        return f"Sparring {self.start.isoformat()}"

    @property
    def faser(self) -> tuple[Fase, ...]:
        """The steps a case must be in to be booked in the slot."""
        return self.FASER[self.anledning]

    @property
    def er_begyndt(self) -> bool:
        """Whether the slot has begun, so that nobody can book it or cancel it."""
        return self.start <= timezone.now()


class SparringsbookingQuerySet(models.QuerySet["Sparringsbooking"]):
    def aktive(self) -> Self:
        """Bookings that have not been cancelled."""
        return self.filter(aflyst_den=None)

    def synlige_for(self, bruger: Bruger) -> Self:
        """Bookings of the cases `bruger` may see.

        The sundhedskoordinator sees them through the assignment that the booking gives, so access
        ends when it ends, and at once when the booking is cancelled.
        """
        return self.filter(sag__in=Sag.objects.synlige_for(bruger))

    def med_synlighed(self, bruger: Bruger) -> Self:
        """Annotate `er_synlig`: whether `bruger` may see the case; `er_egen` as `egne` has it."""
        sager = Sag.objects.synlige_for(bruger).filter(pk=OuterRef("sag_id"))
        egen = Exists(Sparringsbooking.objects.egne(bruger).filter(pk=OuterRef("pk")))
        return self.annotate(er_synlig=Exists(sager), er_egen=egen)

    def egne(self, bruger: Bruger) -> Self:
        """What `bruger` has booked, and what stands in the cases `bruger` answers for today.

        A deputy has the other one's too, of the cases the deputy may see.
        """
        dato = i_dag()
        ansvar = Tildeling.objects.gaeldende(dato).ansvarlige()
        egne = Q(booket_af=bruger) | Q(sag__in=ansvar.filter(bruger=bruger).values("sag"))
        vikar_for = Stedfortraeder.objects.gaeldende(dato).filter(vikar=bruger).values("for_bruger")
        andres = Q(booket_af__in=vikar_for) | Q(
            sag__in=ansvar.filter(bruger__in=vikar_for).values("sag")
        )
        return self.filter(egne | (andres & Q(sag__in=Sag.objects.synlige_for(bruger, dato))))

    def med_antal_spoergsmaal(self) -> Self:
        """Annotate `antal_spoergsmaal`: those from the catalogue and one's own."""
        eget = Case(When(eget_spoergsmaal="", then=Value(0)), default=Value(1))
        return self.annotate(antal_spoergsmaal=Count("spoergsmaal") + eget)

    def venter_paa_svar(self) -> Self:
        """Bookings whose slot has begun without an answer."""
        return self.aktive().filter(besvaret_den=None, tid__start__lte=timezone.now())

    def kommende_bookinger(self, bruger: Bruger) -> Self:
        """What is `bruger`'s own (`egne`) or `bruger` is to answer, soonest first. Two statements.

        The sundhedskoordinator keeps a booking on the list until it is answered; for those whose
        own it is, it is there until the slot ends. With `er_egen` (`med_synlighed`).
        """
        kommende = Q(tid__slut__gte=timezone.now())
        mine = Q(er_egen=True) & kommende
        skal_svare = Q(tid__sundhedskoordinator=bruger) & (kommende | Q(besvaret_den=None))
        return (
            self.aktive()
            .synlige_for(bruger)
            .med_synlighed(bruger)
            .filter(mine | skal_svare)
            .select_related("tid__sundhedskoordinator", "sag__borger", "booket_af")
            .prefetch_related("spoergsmaal")
            .order_by("tid__start", "pk")
        )

    def indsaet_hvis_ledig(self, booking: "Sparringsbooking") -> bool:
        """Insert `booking` unless its slot is taken, and say which; the database is the judge.

        `ON CONFLICT DO NOTHING` on the partial unique index waits for a rival to commit and never
        deadlocks (performance.md 5). Sets `pk` and `booket_den` when it succeeds.
        """
        booking.booket_den = timezone.now()
        with connection.cursor() as cursor:
            cursor.execute(
                """
                INSERT INTO rehabilitering_sparringsbooking
                    (tid_id, sag_id, med_borger, eget_spoergsmaal, booket_af_id, booket_den, svar)
                VALUES (%s, %s, %s, %s, %s, %s, '')
                ON CONFLICT (tid_id) WHERE aflyst_den IS NULL DO NOTHING
                RETURNING id
                """,
                [
                    booking.tid_id,
                    booking.sag_id,
                    booking.med_borger,
                    booking.eget_spoergsmaal,
                    booking.booket_af_id,
                    booking.booket_den,
                ],
            )
            raekke = cursor.fetchone()
        if raekke is None:
            return False
        booking.pk = raekke[0]
        booking._state.adding = False
        return True


class Sparringsbooking(models.Model):
    """A case in a slot, with its questions and, afterwards, the answer."""

    tid = models.ForeignKey(Sparringstid, models.PROTECT, related_name="bookinger")
    sag = models.ForeignKey(Sag, models.PROTECT, related_name="sparringer")
    med_borger = models.BooleanField("sammen med borgeren", default=False)
    spoergsmaal = models.ManyToManyField(Sparringsspoergsmaal, blank=True, related_name="+")
    eget_spoergsmaal = models.TextField("eget spørgsmål", blank=True)
    booket_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    booket_den = models.DateTimeField("booket den", auto_now_add=True)
    aflyst_den = models.DateTimeField("aflyst den", null=True, blank=True)
    aflyst_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="aflyst af"
    )
    svar = models.TextField("svar", blank=True)
    er_afklaret = models.BooleanField("afklaret", null=True, blank=True)
    besvaret_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="besvaret af"
    )
    besvaret_den = models.DateTimeField("besvaret den", null=True, blank=True)

    objects = SparringsbookingQuerySet.as_manager()

    class Meta:
        verbose_name = "sparringsbooking"
        verbose_name_plural = "sparringsbookinger"
        constraints = (
            models.UniqueConstraint(
                fields=["tid"],
                condition=Q(aflyst_den=None),
                name="sparringsbooking_en_pr_tid",
                violation_error_message="Tiden er allerede booket.",
            ),
            models.CheckConstraint(
                condition=Q(aflyst_den=None, aflyst_af=None)
                | Q(aflyst_den__isnull=False, aflyst_af__isnull=False),
                name="sparringsbooking_aflysning_hel",
            ),
            models.CheckConstraint(
                condition=Q(svar="", er_afklaret=None, besvaret_af=None, besvaret_den=None)
                | (
                    ~Q(svar="")
                    & Q(
                        er_afklaret__isnull=False,
                        besvaret_af__isnull=False,
                        besvaret_den__isnull=False,
                        aflyst_den=None,
                    )
                ),
                name="sparringsbooking_svar_helt",
            ),
        )

    def __str__(self) -> str:
        return f"Booking {self.pk}"

    @property
    def deltagere(self) -> str:
        """Who comes to the slot besides the sundhedskoordinator, in words."""
        return "sammen med borgeren" if self.med_borger else "sagsbehandler alene"

    def alle_spoergsmaal(self) -> list[str]:
        """The questions as text, the catalogue's first. No statement when they are prefetched."""
        egne = [self.eget_spoergsmaal] if self.eget_spoergsmaal else []
        return [str(spoergsmaal) for spoergsmaal in self.spoergsmaal.all()] + egne
