"""The citizen and the identifiers the citizen has had."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Self

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q, Value

from borgere.models.soegning import LIGHED_AF_HELHED, MINDST_FOR_FEJL, Lighed, Lyd, lyd
from borgere.personnummer import Personnummer as Nummer
from borgere.personnummer import Type
from ressource.foldning import Foldet, KunTegn, Sammensat
from ressource.models import Bruger


class BorgerQuerySet(models.QuerySet["Borger"]):
    def synlige_for(self, bruger: Bruger, dato: date | None = None) -> Self:
        """Citizens with at least one case that `bruger` may see on `dato`."""
        from borgere.models.sag import Sag  # noqa: PLC0415 -- blad

        return self.filter(pk__in=Sag.objects.synlige_for(bruger, dato).values("borger_id"))

    def kendt_af(self, bruger: Bruger) -> Self:
        """Citizens `bruger` works or has worked with: visible now, assigned once, or own team's.

        Never one towards whom they are inhabil today (FVL § 3), whatever they knew before.
        """
        from borgere.models.adgang import Inhabilitet  # noqa: PLC0415 -- blad
        from borgere.models.sag import Sag  # noqa: PLC0415 -- blad

        sager = Sag.objects.filter(
            Q(pk__in=Sag.objects.synlige_for(bruger))
            | Q(tildelinger__bruger=bruger)
            | Q(team=bruger.team_id)
        )
        inhabile = Inhabilitet.objects.gaeldende().filter(bruger=bruger)
        return self.filter(pk__in=sager.values("borger_id")).exclude(
            pk__in=inhabile.values("borger")
        )

    def med_nummer(self, tegn: str) -> Self:
        """The citizen who has or has had the identifier with these letters and digits."""
        return self.filter(personnumre__tegn=tegn)

    def navngivet(self, ord_: Sequence[str]) -> Self:
        """Citizens whose name holds every one of the words, or is as a whole much like them.

        Each word may be a part of a name, or be spelt a little wrong (`borgere.models.soegning`).
        """
        hvert = Q()
        for et in ord_:
            fundet = Q(lyd__contains=lyd(et))
            if len(et) >= MINDST_FOR_FEJL:
                fundet |= Q(lyd__trigram_word_similar=lyd(et))
            hvert &= fundet
        borgere = self.alias(lyd=Lyd("soegenavn"))
        if len(ord_) < 2:
            return borgere.filter(hvert)
        hele = lyd(" ".join(ord_))
        borgere = borgere.alias(lighed=Lighed(hele, "lyd", output_field=models.FloatField()))
        som_helhed = Q(lyd__trigram_word_similar=hele, lighed__gte=LIGHED_AF_HELHED)
        return borgere.filter(hvert | som_helhed)


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), exclude=["soegenavn"])
class Borger(models.Model):
    """A person. Keyed by `noegle` outside the database, never by personnummer."""

    class Koen(models.TextChoices):
        KVINDE = "kvinde", "kvinde"
        MAND = "mand", "mand"
        UOPLYST = "uoplyst", "uoplyst"

    noegle = models.UUIDField("nøgle", default=uuid.uuid4, unique=True, editable=False)
    fornavn = models.CharField("fornavn", max_length=100)
    efternavn = models.CharField("efternavn", max_length=100)
    foedselsdato = models.DateField("fødselsdato")
    koen = models.CharField("køn", max_length=10, choices=Koen, default=Koen.UOPLYST)
    telefon = models.CharField("telefon", max_length=20, blank=True)
    email = models.EmailField("e-mail", blank=True)
    adresse = models.CharField("adresse", max_length=200, blank=True)
    postnummer = models.CharField("postnummer", max_length=4, blank=True)
    by = models.CharField("by", max_length=60, blank=True)
    er_adressebeskyttet = models.BooleanField("navne- og adressebeskyttelse", default=False)
    adressebeskyttet_til = models.DateField("beskyttet til", null=True, blank=True)
    tolkesprog = models.CharField("tolk: sprog", max_length=60, blank=True)
    har_laesevanskeligheder = models.BooleanField("læsevanskeligheder", default=False)
    er_fritaget_digital_post = models.BooleanField("fritaget for Digital Post", default=False)
    laegepraksis = models.ForeignKey(
        "borgere.Laegepraksis",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="patienter",
        verbose_name="praktiserende læge",
    )
    # None: not yet asked. Under 30 without one, the education adviser takes part in the meeting.
    har_uddannelse = models.BooleanField(
        "erhvervskompetencegivende uddannelse", null=True, blank=True
    )
    uddannelse = models.CharField(
        "seneste uddannelse", max_length=120, blank=True, db_default="", default=""
    )
    antal_hjemmeboende_boern = models.PositiveSmallIntegerField("hjemmeboende børn", default=0)
    # None: not yet asked. What the difficulties are stays in the family department (domain.md 3).
    boern_har_vanskeligheder = models.BooleanField(
        "børnene har vanskeligheder", null=True, blank=True
    )
    har_boernesag = models.BooleanField("børnesag i familien", default=False)
    boernesag_fulgt_op_dato = models.DateField("børnesag fulgt op", null=True, blank=True)
    boernesag_fulgt_op_af = models.ForeignKey(
        Bruger,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="børnesag fulgt op af",
    )
    # Known to Danmarks Statistik only: imported, never guessed (domain.md 4.1).
    herkomst = models.CharField("herkomst", max_length=60, default="uoplyst")
    oprettet_den = models.DateTimeField("oprettet den", auto_now_add=True)
    laas = models.PositiveIntegerField("låsetal", default=0, db_default=0)
    # The name as a search compares it: small letters, æøå written out, accents gone.
    soegenavn = models.GeneratedField(
        expression=Foldet(Sammensat("fornavn", Value(" "), "efternavn")),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name="søgenavn",
    )

    objects = BorgerQuerySet.as_manager()

    class Meta:
        verbose_name = "borger"
        verbose_name_plural = "borgere"
        indexes = (
            # Finds a name with typing errors among 300,000 without reading them all.
            GinIndex(OpClass(Lyd("soegenavn"), name="gin_trgm_ops"), name="borger_lyd"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(koen__in=["kvinde", "mand", "uoplyst"]), name="borger_koen_kendt"
            ),
            models.CheckConstraint(
                condition=Q(boernesag_fulgt_op_dato=None, boernesag_fulgt_op_af=None)
                | Q(boernesag_fulgt_op_dato__isnull=False, boernesag_fulgt_op_af__isnull=False),
                name="borger_boernesag_hel",
                violation_error_message="Skriv både hvornår og af hvem børnesagen er fulgt op.",
            ),
            models.CheckConstraint(
                condition=Q(adressebeskyttet_til=None) | Q(er_adressebeskyttet=True),
                name="borger_beskyttelse_har_aarsag",
                violation_error_message="En slutdato kræver, at beskyttelsen er slået til.",
            ),
        )

    def __str__(self) -> str:
        return self.navn

    @property
    def navn(self) -> str:
        """Full name."""
        return f"{self.fornavn} {self.efternavn}"

    def er_beskyttet(self, dato: date) -> bool:
        """Whether name and address are protected on `dato` (the last day included)."""
        til = self.adressebeskyttet_til
        return self.er_adressebeskyttet and (til is None or til >= dato)

    def alder(self, dato: date) -> int:
        """Whole years on `dato`."""
        foedt = self.foedselsdato
        return dato.year - foedt.year - ((dato.month, dato.day) < (foedt.month, foedt.day))


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), exclude=["tegn"])
class Personnummer(models.Model):
    """One identifier of a citizen, with the period it held. The present one has no end date.

    Never rejected on modulus 11 (domain.md 5.1): numbers without it have been given since 2007.
    """

    class Art(models.TextChoices):
        CPR = "cpr", "personnummer"
        ERSTATNING = "erstatning", "erstatningspersonnummer"
        UDENLANDSK = "udenlandsk", "udenlandsk id"

    class Aarsag(models.TextChoices):
        """Gender change and protection are one with every other new number: not our business."""

        FEJL = "fejl", "det forrige var forkert"
        ERSTATNING = "erstatning", "erstatningsnummeret er afløst"
        UDENLANDSK = "udenlandsk", "det udenlandske id er afløst"
        NYT = "nyt", "CPR har givet et nyt nummer"

    borger = models.ForeignKey(Borger, models.PROTECT, related_name="personnumre")
    # Digits without a hyphen; a foreign identifier as it was written.
    nummer = models.CharField("nummer", max_length=20)
    art = models.CharField("art", max_length=12, choices=Art)
    # Why it took another's place; empty for the first. Never why CPR gave a new one.
    aarsag = models.CharField(
        "årsag", max_length=12, choices=Aarsag, blank=True, default="", db_default=""
    )
    fra_dato = models.DateField("fra")
    til_dato = models.DateField("til", null=True, blank=True)
    # What makes two of them the same, however they are written: letters and digits only.
    tegn = models.GeneratedField(
        expression=KunTegn("nummer"),
        output_field=models.CharField(max_length=20),
        db_persist=True,
        verbose_name="tegn",
    )

    class Meta:
        verbose_name = "personnummer"
        verbose_name_plural = "personnumre"
        constraints = (
            models.UniqueConstraint(
                fields=["tegn"],
                name="personnummer_entydigt",
                violation_error_message="Personnummeret er allerede registreret.",
            ),
            models.UniqueConstraint(
                fields=["borger"], condition=Q(til_dato=None), name="personnummer_et_gaeldende"
            ),
            models.CheckConstraint(
                condition=Q(art="udenlandsk") | Q(nummer__regex=r"^[0-9]{10}$"),
                name="personnummer_ti_cifre",
                violation_error_message="Et personnummer har 10 cifre.",
            ),
            models.CheckConstraint(
                condition=Q(til_dato=None) | Q(til_dato__gte=F("fra_dato")),
                name="personnummer_slut_efter_start",
            ),
            models.CheckConstraint(
                condition=Q(aarsag__in=["", "fejl", "erstatning", "udenlandsk", "nyt"]),
                name="personnummer_aarsag_kendt",
            ),
            models.CheckConstraint(
                condition=Q(art__in=["cpr", "erstatning", "udenlandsk"]),
                name="personnummer_art_kendt",
            ),
            # Without letters or digits every such identifier would be the same one.
            models.CheckConstraint(
                condition=~Q(tegn=""),
                name="personnummer_har_tegn",
                violation_error_message="Et id har mindst ét bogstav eller tal.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.art} fra {self.fra_dato.isoformat()}"

    @property
    def laest(self) -> Nummer:
        """The identifier as a number that masks itself."""
        return Nummer(self.nummer, Type(self.art))
