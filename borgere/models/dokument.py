"""Documents and journal notes, never overwritten, and one's own dated reminders."""

from datetime import date
from typing import Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from borgere.models.sag import Sag
from ressource.filtype import VISES, Filtype
from ressource.models import Bruger, Stedfortraeder


class DokumentQuerySet(models.QuerySet["Dokument"]):
    def synlige_for(self, bruger: Bruger, dato: date | None = None) -> Self:
        """Documents of the cases `bruger` may see on `dato` (default today)."""
        return self.filter(sag__in=Sag.objects.synlige_for(bruger, dato))

    def gaeldende(self) -> Self:
        """Those that no newer edition has replaced."""
        return self.filter(erstattet_af=None)


class Dokument(models.Model):
    """Stored bytes with their hash: an upload, or a letter exactly as it was made.

    Append-only: a correction is a new row whose `erstatter` names the old one.
    """

    class Art(models.TextChoices):
        LAEGEATTEST = "laegeattest", "lægeattest LÆ 265"
        HELBRED = "helbred", "andre helbredsoplysninger"
        SAMTYKKE = "samtykke", "samtykke"
        FULDMAGT = "fuldmagt", "fuldmagt"
        AFGOERELSE = "afgoerelse", "afgørelse"
        INDSTILLING = "indstilling", "indstilling"
        PLAN = "plan", "indsatsplan"
        ANDET = "andet", "andet"

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="dokumenter")
    art = models.CharField("art", max_length=20, choices=Art)
    titel = models.CharField("titel", max_length=150)
    dato = models.DateField("dato")
    indholdstype = models.CharField("indholdstype", max_length=100)
    indhold = models.BinaryField("indhold")
    antal_byte = models.PositiveIntegerField("størrelse i byte")
    sha256 = models.CharField("sha-256", max_length=64)
    er_dannet = models.BooleanField("dannet af systemet", default=False)
    erstatter = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="erstattet_af"
    )
    oprettet_den = models.DateTimeField("oprettet den", auto_now_add=True)
    oprettet_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, related_name="+", verbose_name="oprettet af"
    )

    objects = DokumentQuerySet.as_manager()

    class Meta:
        verbose_name = "dokument"
        verbose_name_plural = "dokumenter"
        ordering = ("-dato", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(indholdstype__in=Filtype.values),
                name="dokument_type_tilladt",
                violation_error_message="Filens type kan ikke lægges på en sag.",
            ),
        )
        indexes = (models.Index(fields=["sag", "-dato"], name="dokument_sag_nyeste"),)
        triggers = (
            pgtrigger.Protect(name="kun_tilfoej", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return self.titel

    @property
    def format(self) -> str:
        """What kind of file it is, in words."""
        return Filtype(self.indholdstype).label

    @property
    def vises(self) -> bool:
        """Whether a browser shows it by itself; what it does not is downloaded."""
        return self.indholdstype in VISES


class JournalnotatQuerySet(models.QuerySet["Journalnotat"]):
    def synlige_for(self, bruger: Bruger, dato: date | None = None) -> Self:
        """Notes of the cases `bruger` may see on `dato` (default today)."""
        return self.filter(sag__in=Sag.objects.synlige_for(bruger, dato))

    def gaeldende(self) -> Self:
        """Those that have not been corrected: each as it stands now."""
        return self.filter(rettet_af=None)


class Journalnotat(models.Model):
    """One note in the journal, internal or shared with the citizen.

    Append-only: a correction is a new note whose `retter` names the old one, with a reason.
    """

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="notater")
    dato = models.DateField("dato")
    overskrift = models.CharField("overskrift", max_length=150)
    tekst = models.TextField("tekst")
    er_delt = models.BooleanField("deles med borgeren", default=False)
    forfatter = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    retter = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rettet_af",
        verbose_name="retter notatet",
    )
    rettelse_grund = models.CharField(
        "hvorfor rettet", max_length=200, blank=True, default="", db_default=""
    )
    oprettet_den = models.DateTimeField("oprettet den", auto_now_add=True)

    objects = JournalnotatQuerySet.as_manager()

    class Meta:
        verbose_name = "journalnotat"
        verbose_name_plural = "journalnotater"
        ordering = ("-dato", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(retter=None, rettelse_grund="")
                | (Q(retter__isnull=False) & ~Q(rettelse_grund="")),
                name="journalnotat_rettelse_hel",
                violation_error_message="Skriv, hvorfor notatet bliver rettet.",
            ),
        )
        indexes = (models.Index(fields=["sag", "-dato"], name="journalnotat_sag_nyeste"),)
        triggers = (
            pgtrigger.Protect(name="kun_tilfoej", operation=pgtrigger.Update | pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return self.overskrift

    def nyeste(self) -> "Journalnotat":
        """The note as it stands now, after every correction. A statement per correction."""
        notat = self
        while ny := Journalnotat.objects.filter(retter=notat).select_related("forfatter").first():
            notat = ny
        return notat

    def forfattere(self) -> set[int]:
        """The ids of who wrote the note and its earlier editions. A statement per correction."""
        notat, skrevet_af = self, {self.forfatter_id}
        while notat.retter is not None:
            notat = notat.retter
            skrevet_af.add(notat.forfatter_id)
        return skrevet_af


class HuskeseddelQuerySet(models.QuerySet["Huskeseddel"]):
    def aabne(self) -> Self:
        """Those that are not done."""
        return self.filter(klaret_den=None)

    def synlige_for(self, bruger: Bruger, dato: date | None = None) -> Self:
        """Everybody's, on the cases `bruger` may see on `dato` (default today)."""
        return self.filter(sag__in=Sag.objects.synlige_for(bruger, dato))

    def for_bruger(self, bruger: Bruger, dato: date) -> Self:
        """Open ones of `bruger`, and of those `bruger` stands in for on `dato`, on visible cases."""
        return self.aabne().i_raekkevidde(bruger, dato)

    def i_raekkevidde(self, bruger: Bruger, dato: date) -> Self:
        """As `for_bruger`, with those that are done."""
        return self.synlige_for(bruger, dato).hos(bruger, dato)

    def hos(self, bruger: Bruger, dato: date) -> Self:
        """Those of `bruger` and of those `bruger` stands in for, whether the case is visible or not."""
        vikar_for = Stedfortraeder.objects.gaeldende(dato).filter(vikar=bruger)
        return self.filter(Q(bruger=bruger) | Q(bruger__in=vikar_for.values("for_bruger")))

    def forfaldne(self, dato: date) -> Self:
        """Those that ask for attention on `dato`: that day or before, on cases still open."""
        return self.filter(dato__lte=dato, sag__in=Sag.objects.aabne())

    def efterladte(self, sag: Sag, dato: date) -> Self:
        """Open ones on the case by people who are no longer in its circle on `dato`."""
        i_kredsen = sag.tildelinger.gaeldende(dato).values("bruger")
        return self.aabne().filter(sag=sag).exclude(bruger__in=i_kredsen)


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Huskeseddel(models.Model):
    """A dated reminder somebody wrote to themself on a case."""

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="huskesedler")
    bruger = models.ForeignKey(Bruger, models.PROTECT, related_name="huskesedler")
    dato = models.DateField("dato")
    tekst = models.CharField("husk", max_length=200)
    oprettet_den = models.DateTimeField("oprettet den", auto_now_add=True)
    klaret_den = models.DateTimeField("klaret den", null=True, blank=True)
    klaret_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="klaret af"
    )

    objects = HuskeseddelQuerySet.as_manager()

    class Meta:
        verbose_name = "huskeseddel"
        verbose_name_plural = "huskesedler"
        ordering = ("dato", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(klaret_den=None, klaret_af=None)
                | Q(klaret_den__isnull=False, klaret_af__isnull=False),
                name="huskeseddel_klaret_hel",
            ),
            models.UniqueConstraint(
                fields=["sag", "bruger", "dato", "tekst"],
                condition=Q(klaret_den=None),
                name="huskeseddel_en_gang",
                violation_error_message="Du har allerede skrevet den huskeseddel.",
            ),
        )
        indexes = (
            # «What shall I remember now»: the Overblik asks on every view.
            models.Index(
                fields=["bruger", "dato"],
                condition=Q(klaret_den=None),
                name="huskeseddel_aabne",
            ),
        )

    def __str__(self) -> str:
        return f"huskeseddel {self.dato.isoformat()}"
