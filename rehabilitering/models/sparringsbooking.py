"""A case in a sparring slot: who meets there, what is asked, what came of it.

One slot, one booking, and nobody in two places: the database keeps both, whoever writes the row.
`Sparringsdeltager` is derived from the booking and its slot by triggers, and never written by hand.
"""

from datetime import datetime
from typing import Self

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import connection, models
from django.db.models import Case, Count, Exists, F, Func, OuterRef, Q, Value, When
from django.utils import timezone

from borgere.models import Sag, Tildeling
from rehabilitering.models.forberedelse import ForberedendeDel
from rehabilitering.models.indstilling import Indstilling
from rehabilitering.models.sparringstid import Sparringsspoergsmaal, Sparringstid
from ressource.adgang import maa
from ressource.kalender import i_dag
from ressource.models import Bruger, Stedfortraeder

# Everybody who is to be at the slot, anew from the booking. Rows of people come in the order of
# their ids, so that two bookings that want the same two people wait for each other and never both.
_SKRIV_DELTAGERE = """
    DELETE FROM rehabilitering_sparringsdeltager WHERE booking_id = NEW.id;
    IF NEW.aflyst_den IS NULL THEN
        INSERT INTO rehabilitering_sparringsdeltager (booking_id, art, bruger_id, sag_id, start, slut)
        SELECT NEW.id, d.art, d.bruger_id, d.sag_id, t.start, t.slut
          FROM rehabilitering_sparringstid t
         CROSS JOIN LATERAL (VALUES
               ('sundhedskoordinator', t.sundhedskoordinator_id, NULL::bigint),
               ('sagsbehandler', NEW.sagsbehandler_id, NULL),
               ('fagperson', NEW.fagperson_id, NULL),
               ('borger', NULL, CASE WHEN NEW.med_borger THEN NEW.sag_id END)
               ) AS d (art, bruger_id, sag_id)
         WHERE t.id = NEW.tid_id AND (d.bruger_id IS NOT NULL OR d.sag_id IS NOT NULL)
         ORDER BY d.bruger_id NULLS LAST;
    END IF;
    RETURN NULL;
"""


def _et_sted_ad_gangen(felt: str, besked: str) -> ExclusionConstraint:
    """Constraint: two slots of the same person have no moment in common; end to end is allowed."""
    tidsrum = Func(
        "start", "slut", RangeBoundary(), function="TSTZRANGE", output_field=DateTimeRangeField()
    )
    return ExclusionConstraint(
        name=f"sparringsdeltager_{felt}_et_sted",
        expressions=((felt, RangeOperators.EQUAL), (tidsrum, RangeOperators.OVERLAPS)),
        condition=Q(**{f"{felt}__isnull": False}),
        violation_error_message=besked,
    )


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
        """Annotate `er_synlig`: whether `bruger` may see whom it is about; `er_egen` as `egne` has it.

        By the case and by the role: the mødekoordinator books for others and sees no names, also
        when the case circle has let them in.
        """
        sager = Sag.objects.synlige_for(bruger).filter(pk=OuterRef("sag_id"))
        ser = Exists(sager) if maa(bruger, "sparring.se_booking") else Value(value=False)
        egen = Exists(Sparringsbooking.objects.egne(bruger).filter(pk=OuterRef("pk")))
        return self.annotate(er_synlig=ser, er_egen=egen)

    def egne(self, bruger: Bruger) -> Self:
        """What `bruger` has booked, and what stands in the cases `bruger` answers for today.

        A deputy has the other one's too, of the cases the deputy may see.
        """
        dato = i_dag()
        ansvar = Tildeling.objects.gaeldende(dato).ansvarlige()
        egne = (
            Q(sagsbehandler=bruger)
            | Q(booket_af=bruger)
            | Q(sag__in=ansvar.filter(bruger=bruger).values("sag"))
        )
        vikar_for = Stedfortraeder.objects.gaeldende(dato).filter(vikar=bruger).values("for_bruger")
        andres = Q(booket_af__in=vikar_for) | Q(
            sag__in=ansvar.filter(bruger__in=vikar_for).values("sag")
        )
        return self.filter(egne | (andres & Q(sag__in=Sag.objects.synlige_for(bruger, dato))))

    def kommende(self) -> Self:
        """Standing bookings whose slot has not begun."""
        return self.aktive().filter(tid__start__gt=timezone.now())

    def med_antal_spoergsmaal(self) -> Self:
        """Annotate `antal_spoergsmaal`: those from the catalogue and one's own."""
        eget = Case(When(eget_spoergsmaal="", then=Value(0)), default=Value(1))
        return self.annotate(antal_spoergsmaal=Count("spoergsmaal") + eget)

    def mangler_spoergsmaal(self) -> Self:
        """Coming bookings for which nothing has been asked yet."""
        valgte = Sparringsbooking.spoergsmaal.through.objects.filter(
            sparringsbooking=OuterRef("pk")
        )
        return self.kommende().filter(~Exists(valgte), eget_spoergsmaal="")

    def venter_paa_svar(self) -> Self:
        """Bookings whose slot has begun without an answer."""
        return self.aktive().filter(besvaret_den=None, udeblevet="", tid__start__lte=timezone.now())

    def kommende_bookinger(self, bruger: Bruger) -> Self:
        """What is `bruger`'s own (`egne`) or `bruger` is to answer, soonest first. Two statements.

        The sundhedskoordinator keeps a booking on the list until it is answered; for those whose
        own it is, it is there until the slot ends. With `er_egen` (`med_synlighed`).
        """
        kommende = Q(tid__slut__gte=timezone.now())
        mine = Q(er_egen=True) & kommende
        skal_svare = Q(tid__sundhedskoordinator=bruger) & (
            kommende | Q(besvaret_den=None, udeblevet="")
        )
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
        deadlocks (performance.md 5). Sets `pk` and `booket_den` when it succeeds. Raises
        `IntegrityError` (constraint `sparringsdeltager_…`) when somebody would be in two places.
        """
        booking.booket_den = timezone.now()
        with connection.cursor() as cursor:
            cursor.execute(
                """
                INSERT INTO rehabilitering_sparringsbooking
                    (tid_id, sag_id, med_borger, eget_spoergsmaal, sagsbehandler_id, fagperson_id,
                     booket_af_id, booket_den, svar, udeblevet, aflysning, sekvens)
                VALUES (%s, %s, %s, %s, %s, %s, %s, %s, '', '', '', 0)
                ON CONFLICT (tid_id) WHERE aflyst_den IS NULL DO NOTHING
                RETURNING id
                """,
                [
                    booking.tid_id,
                    booking.sag_id,
                    booking.med_borger,
                    booking.eget_spoergsmaal,
                    booking.sagsbehandler_id,
                    booking.fagperson_id,
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


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Sparringsbooking(models.Model):
    """A case in a slot, with its questions and, afterwards, the answer or who did not come."""

    class Udeblevet(models.TextChoices):
        """Who did not come, without having cancelled."""

        BORGER = "borger", "borgeren"
        SAGSBEHANDLER = "sagsbehandler", "sagsbehandleren"
        SUNDHEDSKOORDINATOR = "sundhedskoordinator", "sundhedskoordinatoren"

    class Aflysning(models.TextChoices):
        """Why a booking no longer stands."""

        AFLYST = "aflyst", "aflyst"
        FLYTTET = "flyttet", "flyttet til en anden tid"
        TID_VAEK = "tid_vaek", "tiden kunne ikke holdes"
        LUKKET_SAG = "lukket_sag", "sagen er afsluttet"
        SAMTYKKE = "samtykke", "samtykket er trukket"

    tid = models.ForeignKey(Sparringstid, models.PROTECT, related_name="bookinger")
    sag = models.ForeignKey(Sag, models.PROTECT, related_name="sparringer")
    med_borger = models.BooleanField("sammen med borgeren", default=False)
    spoergsmaal = models.ManyToManyField(Sparringsspoergsmaal, blank=True, related_name="+")
    eget_spoergsmaal = models.TextField("eget spørgsmål", blank=True)
    # Who comes with the case; the mødekoordinator may book for a colleague.
    sagsbehandler = models.ForeignKey(
        Bruger, models.PROTECT, related_name="sparringer", verbose_name="sagsbehandler"
    )
    # A second professional who joins; it gives them no access to the case.
    fagperson = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="fagperson"
    )
    booket_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    booket_den = models.DateTimeField("booket den", auto_now_add=True)
    aflyst_den = models.DateTimeField("aflyst den", null=True, blank=True)
    aflyst_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="aflyst af"
    )
    aflysning = models.CharField("hvorfor aflyst", max_length=10, choices=Aflysning, blank=True)
    # The booking that took over when it was moved.
    flyttet_til = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="flyttet_fra"
    )
    # How often the calendar entry has changed (RFC 5545 SEQUENCE).
    sekvens = models.PositiveSmallIntegerField("sekvens", default=0)
    udeblevet = models.CharField("udeblevet", max_length=20, choices=Udeblevet, blank=True)
    udeblevet_af = models.ForeignKey(
        Bruger,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="registreret af",
    )
    udeblevet_den = models.DateTimeField("registreret den", null=True, blank=True)
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
                condition=Q(aflyst_den=None, aflyst_af=None, aflysning="", flyttet_til=None)
                | (
                    Q(aflyst_den__isnull=False, aflyst_af__isnull=False)
                    & Q(aflysning__in=["aflyst", "flyttet", "tid_vaek", "lukket_sag", "samtykke"])
                ),
                name="sparringsbooking_aflysning_hel",
            ),
            models.CheckConstraint(
                condition=Q(udeblevet="", udeblevet_af=None, udeblevet_den=None)
                | Q(
                    udeblevet__in=["borger", "sagsbehandler", "sundhedskoordinator"],
                    udeblevet_af__isnull=False,
                    udeblevet_den__isnull=False,
                    aflyst_den=None,
                    svar="",
                ),
                name="sparringsbooking_udeblivelse_hel",
                violation_error_message="En udeblivelse kan ikke registreres på en aflyst eller besvaret tid.",
            ),
            models.CheckConstraint(
                condition=Q(fagperson=None) | ~Q(fagperson=F("sagsbehandler")),
                name="sparringsbooking_fagperson_en_anden",
                violation_error_message="Fagpersonen skal være en anden end sagsbehandleren.",
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
        triggers = (
            pgtrigger.Trigger(
                name="skriv_deltagere",
                when=pgtrigger.After,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf(  # type: ignore[no-untyped-call]
                    "tid_id",
                    "sag_id",
                    "med_borger",
                    "sagsbehandler_id",
                    "fagperson_id",
                    "aflyst_den",
                ),
                func=_SKRIV_DELTAGERE,
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

    @property
    def er_aaben(self) -> bool:
        """Whether it stands, has not been answered and nobody stayed away."""
        return not (self.aflyst_den or self.besvaret_den or self.udeblevet)


class Sparringsdeltager(models.Model):
    """One person in one slot. Written by triggers alone; the two constraints are what it is for."""

    class Art(models.TextChoices):
        SUNDHEDSKOORDINATOR = "sundhedskoordinator", "sundhedskoordinator"
        SAGSBEHANDLER = "sagsbehandler", "sagsbehandler"
        FAGPERSON = "fagperson", "fagperson"
        BORGER = "borger", "borger"

    booking = models.ForeignKey(Sparringsbooking, models.PROTECT, related_name="deltagerliste")
    art = models.CharField("art", max_length=20, choices=Art)
    bruger = models.ForeignKey(
        Bruger, models.PROTECT, null=True, related_name="sparringsdeltagelser"
    )
    # The citizen, when the slot is with the citizen.
    sag = models.ForeignKey(Sag, models.PROTECT, null=True, related_name="+")
    start = models.DateTimeField("start")
    slut = models.DateTimeField("slut")

    class Meta:
        verbose_name = "deltager i sparring"
        verbose_name_plural = "deltagere i sparring"
        constraints = (
            models.UniqueConstraint(fields=["booking", "art"], name="sparringsdeltager_en_af_hver"),
            models.CheckConstraint(
                condition=Q(art="borger", bruger=None, sag__isnull=False)
                | Q(
                    art__in=["sundhedskoordinator", "sagsbehandler", "fagperson"],
                    bruger__isnull=False,
                    sag=None,
                ),
                name="sparringsdeltager_hvem",
            ),
            _et_sted_ad_gangen(
                "bruger",
                "En af deltagerne er allerede optaget af en anden sparring på det tidspunkt.",
            ),
            _et_sted_ad_gangen(
                "sag", "Borgeren er allerede med til en anden sparring på det tidspunkt."
            ),
        )

    def __str__(self) -> str:
        return f"{self.art} {self.start.isoformat()}"


class SvarindsaettelseQuerySet(models.QuerySet["Svarindsaettelse"]):
    def gaeldende(self) -> Self:
        """Those that have not been removed again."""
        return self.filter(fjernet_den=None)

    def stod(self, tidspunkt: datetime) -> Self:
        """Those that stood in their document at `tidspunkt`, whatever has happened since."""
        endnu = Q(fjernet_den=None) | Q(fjernet_den__gt=tidspunkt)
        return self.filter(endnu, indsat_den__lte=tidspunkt)

    def med_kilde(self) -> Self:
        """Those that stand, with what a source is told by. Two statements."""
        return (
            self.gaeldende()
            .select_related("booking__tid", "booking__besvaret_af")
            .prefetch_related("booking__spoergsmaal")
        )


class Svarindsaettelse(models.Model):
    """An answer put into a document, with its source: a link, for an answer never changes."""

    booking = models.ForeignKey(Sparringsbooking, models.PROTECT, related_name="indsaettelser")
    forberedende_del = models.ForeignKey(
        ForberedendeDel, models.PROTECT, null=True, blank=True, related_name="indsatte_svar"
    )
    # The section of the forberedende del.
    kode = models.CharField("afsnit", max_length=40, blank=True)
    indstilling = models.ForeignKey(
        Indstilling, models.PROTECT, null=True, blank=True, related_name="indsatte_svar"
    )
    indsat_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    indsat_den = models.DateTimeField("indsat den", auto_now_add=True)
    fjernet_den = models.DateTimeField("fjernet den", null=True, blank=True)
    fjernet_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="fjernet af"
    )

    objects = SvarindsaettelseQuerySet.as_manager()

    class Meta:
        verbose_name = "indsat svar"
        verbose_name_plural = "indsatte svar"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=(Q(forberedende_del__isnull=False, indstilling=None) & ~Q(kode=""))
                | Q(forberedende_del=None, indstilling__isnull=False, kode=""),
                name="svarindsaettelse_et_sted",
            ),
            models.CheckConstraint(
                condition=Q(fjernet_den=None, fjernet_af=None)
                | Q(fjernet_den__isnull=False, fjernet_af__isnull=False),
                name="svarindsaettelse_fjernet_helt",
            ),
            models.UniqueConstraint(
                fields=["booking", "forberedende_del", "kode"],
                condition=Q(fjernet_den=None, indstilling=None),
                name="svarindsaettelse_en_i_afsnit",
            ),
            models.UniqueConstraint(
                fields=["booking", "indstilling"],
                condition=Q(fjernet_den=None, forberedende_del=None),
                name="svarindsaettelse_en_i_indstilling",
            ),
        )

    def __str__(self) -> str:
        return f"Svar {self.booking_id}"
