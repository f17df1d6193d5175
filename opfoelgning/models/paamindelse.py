"""Reminders of deadlines, and how each user wants them by mail."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Case, Count, F, Q, When
from django.db.models.functions import Coalesce

from borgere.models import Sag
from opfoelgning.models.frist import Frist
from ressource.kalender import i_dag
from ressource.models import Besked, Bruger, Rolle, Stedfortraeder


class PaamindelseQuerySet(models.QuerySet["Paamindelse"]):
    def for_bruger(self, bruger: Bruger, dato: date | None = None) -> Self:
        """The user's own, of cases the user may see on `dato` (default today)."""
        synlig = Q(frist__sag__in=Sag.objects.synlige_for(bruger, dato))
        return self.hos(bruger, dato or i_dag(), synlig=synlig)

    def hos(self, bruger: Bruger, dato: date, *, synlig: Q) -> Self:
        """The user's own, where `synlig` tells which are of cases the user may see.

        What has been passed up to a teamleder is theirs while they are one, whether or not they see
        the case: it is shown by case number alone. What came to a deputy is, while they stand in.
        """
        eskaleret = Q(art=Paamindelse.Art.ESKALERET)
        er_leder = bruger.har_rolle(Rolle.TEAMLEDER)
        deres = synlig | eskaleret if er_leder else synlig & ~eskaleret
        vikar_for = Stedfortraeder.objects.gaeldende(dato).filter(vikar=bruger)
        egen = Q(for_bruger=None) | Q(for_bruger__in=vikar_for.values("for_bruger"))
        return self.filter(deres, egen, bruger=bruger)

    def til_liste(self, dato: date) -> Self:
        """Ready to be shown: those that still hold and are unread first, then the newest.

        Of those from one night, the oldest date comes first.
        Sets `staar` on each, see `staaende`.
        """
        return (
            self.annotate(staar=_staar(dato))
            .select_related("frist__regel", "frist__sag__borger", "frist__ejer", "for_bruger")
            .order_by(
                Case(When(staar=True, laest_den=None, then=0), default=1),
                "-oprettet_den",
                "forfald_dato",
                "-pk",
            )
        )

    def staaende(self, dato: date) -> Self:
        """Those that are still true on `dato`: open, the same date, the same owner.

        That a date comes near is no longer so when it is passed; that is an event of its own.
        """
        return self.filter(_staar(dato))

    def antal_pr_art(self, dato: date) -> dict[str, int]:
        """How many still hold on `dato`, by kind, and with the key "" all there are. One statement."""
        arter = Paamindelse.Art.values
        tal = self.aggregate(
            alle=Count("pk"),
            **{art: Count("pk", filter=_staar(dato) & Q(art=art)) for art in arter},
        )
        return {"": tal["alle"]} | {art: tal[art] for art in arter}

    def ulaeste(self, dato: date) -> Self:
        """Not yet marked as read, and still true."""
        return self.staaende(dato).filter(laest_den=None)


def _staar(dato: date) -> Q:
    art = Paamindelse.Art
    return (
        Q(
            frist__opfyldt_dato=None,
            frist__bortfaldet_dato=None,
            frist__forfald_dato=F("forfald_dato"),
        )
        & (Q(art=art.ESKALERET) | Q(frist__ejer=Coalesce("for_bruger", "bruger")))
        & (~Q(art=art.VARSEL) | Q(forfald_dato__gte=dato))
    )


class Paamindelse(models.Model):
    """One reminder to one person about one event of one deadline, given once.

    The event is that a date comes near, is passed, or is passed up; a deadline that is moved to
    another date can pass again.
    """

    class Art(models.TextChoices):
        VARSEL = "varsel", "nærmer sig"
        OVERSKREDET = "overskredet", "overskredet"
        ESKALERET = "eskaleret", "gået videre til teamleder"

    frist = models.ForeignKey(Frist, models.PROTECT, related_name="paamindelser")
    bruger = models.ForeignKey(Bruger, models.PROTECT, related_name="paamindelser")
    art = models.CharField("art", max_length=12, choices=Art)
    # The due date it is about.
    forfald_dato = models.DateField("forfald")
    # The one stood in for, when it is given to a deputy.
    for_bruger = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="vikar for"
    )
    oprettet_den = models.DateTimeField("oprettet den", auto_now_add=True)
    laest_den = models.DateTimeField("læst den", null=True, blank=True)
    # When it was put in a digest, and which. Written in one transaction, so that no mail says it
    # twice. The digest has its own time to be kept, shorter than the case's.
    mailet_den = models.DateTimeField("mailet den", null=True, blank=True)
    besked = models.ForeignKey(
        Besked, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="samlet mail"
    )

    # Set by `til_liste`.
    staar: bool

    objects = PaamindelseQuerySet.as_manager()

    class Meta:
        verbose_name = "påmindelse"
        verbose_name_plural = "påmindelser"
        ordering = ("-oprettet_den", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["frist", "bruger", "art", "forfald_dato"], name="paamindelse_en_gang"
            ),
            models.CheckConstraint(
                condition=Q(art__in=["varsel", "overskredet", "eskaleret"]),
                name="paamindelse_art_kendt",
            ),
            models.CheckConstraint(
                condition=Q(for_bruger=None) | ~Q(for_bruger=F("bruger")),
                name="paamindelse_vikar_for_en_anden",
            ),
            models.CheckConstraint(
                condition=Q(besked=None) | Q(mailet_den__isnull=False),
                name="paamindelse_mailet_har_tid",
            ),
        )
        indexes = (
            models.Index(
                fields=["bruger"], condition=Q(laest_den=None), name="paamindelse_ulaeste"
            ),
            # What the next digest takes.
            models.Index(
                fields=["bruger"], condition=Q(mailet_den=None), name="paamindelse_ikke_mailet"
            ),
        )

    def __str__(self) -> str:
        return f"{self.art} {self.frist_id}"


class Paamindelsesvalg(models.Model):
    """How a user wants reminders by mail. Without a row: every open day, of everything."""

    class Hyppighed(models.TextChoices):
        DAGLIG = "daglig", "hver dag, der er noget nyt"
        UGENTLIG = "ugentlig", "en gang om ugen"
        ALDRIG = "aldrig", "aldrig; jeg ser dem i Ressource"

    class Ugedag(models.IntegerChoices):
        MANDAG = 1, "mandag"
        TIRSDAG = 2, "tirsdag"
        ONSDAG = 3, "onsdag"
        TORSDAG = 4, "torsdag"
        FREDAG = 5, "fredag"

    bruger = models.OneToOneField(Bruger, models.PROTECT, related_name="paamindelsesvalg")
    hyppighed = models.CharField(
        "mail om frister", max_length=10, choices=Hyppighed, default=Hyppighed.DAGLIG
    )
    # The day of the weekly one; the next open day when that is closed.
    ugedag = models.PositiveSmallIntegerField("ugedag", choices=Ugedag, default=Ugedag.MANDAG)
    med_varsler = models.BooleanField("også frister, der nærmer sig", default=True)

    class Meta:
        verbose_name = "valg om påmindelser"
        verbose_name_plural = "valg om påmindelser"
        constraints = (
            models.CheckConstraint(
                condition=Q(hyppighed__in=["daglig", "ugentlig", "aldrig"]),
                name="paamindelsesvalg_hyppighed_kendt",
            ),
            models.CheckConstraint(
                condition=Q(ugedag__gte=1, ugedag__lte=5), name="paamindelsesvalg_hverdag"
            ),
        )

    def __str__(self) -> str:
        return f"{self.bruger_id} {self.hyppighed}"
