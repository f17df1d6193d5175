"""Dated rule sets: every legal number, text and mandatory step that can change with the law."""

from datetime import date
from typing import Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ressource.models.bruger import Bruger
from ressource.perioder import ingen_overlap


class RegelsaetQuerySet(models.QuerySet["Regelsaet"]):
    def for_dato(self, dato: date) -> "Regelsaet":
        """The active rule set in force on `dato`.

        Raises `Regelsaet.DoesNotExist` when none is: the administrator must then activate one.
        """
        return self._paa(dato).get()

    def ventet(self, dato: date) -> "Regelsaet":
        """`for_dato`, also by a set that waits for its day to come into force."""
        ventende = Regelsaetversion.objects.filter(
            art=Regelsaetversion.Art.AKTIVERING,
            gennemfoert_den=None,
            annulleret_den=None,
            gaelder_fra__lte=dato,
        ).select_related("regelsaet")
        seneste = ventende.order_by("-gaelder_fra").first()
        return seneste.regelsaet if seneste else self.for_dato(dato)

    def teamets_navn(self, dato: date) -> str:
        """What the team is called on `dato`; plainly «teamet» when no set is in force."""
        return self._paa(dato).values_list("betegnelse_team", flat=True).first() or "teamet"

    def _paa(self, dato: date) -> Self:
        return self.aktive().filter(
            Q(gyldig_til=None) | Q(gyldig_til__gte=dato), gyldig_fra__lte=dato
        )

    def aktive(self) -> Self:
        """Those that are in use; the others lie ready."""
        return self.filter(er_aktivt=True)


class Regelsaet(models.Model):
    """One regime of domain.md 1.1. A case carries the one it was granted under.

    Kept as data, for the ground knows no case; lists and tables are JSON, so that a version of the
    set is one document (`Regelsaetversion`):

    - `udfald`: codes of `rehabilitering`'s outcomes; `hjemler`: {outcome: legal basis}
    - `afsnit`, `samtaleemner`: `{"kode", "titel", "vejledning"}`. A section has also `spoergsmaal`,
      its heading in the citizen's view, `hjaelp` for when it is hard to answer, may be written in
      `dele`, parts of `{"kode", "titel"}`, and may be left out when `frivilligt` is true
    - `varigheder`: bands of `{"fra_alder", "til_alder", "pr_forloeb", "antal", "i_alt",
      "mere_efter_oenske"}`, months and whole years, open ends null; the age is that on the first day
    - `folkepensionsaldre`: `{"foedt_fra", "aar", "maaneder"}`, each until the next
    - `maalgruppebetingelser`: `{"kode", "tekst"}`
    - `deltagerkrav`: `{"fagomraade", "naar", "alder", "virkning", "hvorfor"}`, `naar` being
      `altid`, `ung_uden_uddannelse` or `boernesag`, `virkning` `advarsel` or `spaerrer`
    - `forbehold`: sentences on what is not verified against the law
    """

    kode = models.CharField("kode", max_length=10, unique=True)
    navn = models.CharField("navn", max_length=120)
    gyldig_fra = models.DateField("gyldig fra")
    gyldig_til = models.DateField("gyldig til", null=True, blank=True)
    er_aktivt = models.BooleanField("aktivt", default=False)
    kilde = models.TextField("kilde")
    er_efterproevet = models.BooleanField("efterprøvet mod lovteksten", default=False)
    forbehold = models.JSONField("ikke efterprøvet", default=list, db_default=[])
    # The number of the latest `Regelsaetversion` that has been carried out.
    version = models.PositiveSmallIntegerField("version", default=1, db_default=1)

    varighed_min_maaneder = models.PositiveSmallIntegerField("mindste varighed (måneder)")
    varighed_max_maaneder = models.PositiveSmallIntegerField("største varighed (måneder)")
    varigheder = models.JSONField("varighed efter alder", default=list, db_default=[])
    # None: no limit. Else none is granted to somebody with fewer years left, unless they wish it.
    pensionsgraense_aar = models.PositiveSmallIntegerField(
        "intet forløb, når der er færre år til folkepension end", null=True, blank=True
    )
    folkepensionsaldre = models.JSONField("folkepensionsalder", default=list, db_default=[])
    maalgruppebetingelser = models.JSONField("målgruppe", default=list, db_default=[])
    # None: no guarantee. Else an effort must have begun so soon, or the team sees the case again.
    indsatsgaranti_maaneder = models.PositiveSmallIntegerField(
        "en indsats skal være begyndt inden (måneder)", null=True, blank=True
    )
    nye_forloeb_til = models.DateField("nye ressourceforløb til og med", null=True, blank=True)
    # Whether a running forløb may be extended after this set has come into force.
    maa_forlaenges = models.BooleanField(
        "løbende forløb kan forlænges", default=True, db_default=True
    )
    moede_er_lovpligtigt = models.BooleanField("teammøde er lovpligtigt", default=True)
    sparring_er_lovpligtig = models.BooleanField("sundhedsfaglig rådgivning er lovpligtig")
    # Whether a forløb may only begin when there is a prospect of development (lov 553 of 2018).
    kraever_udviklingsperspektiv = models.BooleanField(
        "kræver udviklingsperspektiv", default=True, db_default=True
    )
    laegeattest_gyldig_maaneder = models.PositiveSmallIntegerField("LÆ 265 er aktuel (måneder)")
    # How long after an unanswered request, or the last reminder, the GP is reminded (again).
    laegeattest_rykker_dage = models.PositiveSmallIntegerField(
        "rykker for LÆ 265 efter endnu (dage)", default=14, db_default=14
    )
    deltagerkrav = models.JSONField("deltagere i mødet", default=list, db_default=[])
    indkaldelse_varsel_dage = models.PositiveSmallIntegerField(
        "borgeren indkaldes senest (dage før)", default=14, db_default=14
    )
    sagspakke_varsel_dage = models.PositiveSmallIntegerField(
        "sagspakken sendes senest (dage før)", default=8, db_default=8
    )
    # Members read a case until so long after the meeting: to finish minutes and dissent.
    sagspakke_adgang_dage = models.PositiveSmallIntegerField(
        "teamet kan læse sagen (dage efter)", default=14, db_default=14
    )
    klagefrist_uger = models.PositiveSmallIntegerField("klagefrist (uger)")
    genvurdering_uger = models.PositiveSmallIntegerField(
        "genvurdering senest (uger)", default=4, db_default=4
    )
    # An ordinary letter is reckoned to take so long; Digital Post is there the same day.
    postgang_dage = models.PositiveSmallIntegerField(
        "et brev er fremme efter (dage)", default=5, db_default=5
    )
    klageinstans = models.CharField(
        "klageinstans",
        max_length=120,
        default="Ankestyrelsen, Beskæftigelsesudvalget",
        db_default="Ankestyrelsen, Beskæftigelsesudvalget",
    )
    udfald = ArrayField(models.CharField(max_length=30), verbose_name="mulige udfald")
    afsnit = models.JSONField("afsnit i den forberedende del")
    samtaleemner = models.JSONField("samtaleemner")
    hjemler = models.JSONField("hjemmel for hver afgørelse", default=dict, db_default={})
    klagevejledning = models.TextField("klagevejledning")
    betegnelse_myndighed = models.CharField("myndighedens betegnelse", max_length=60)
    betegnelse_team = models.CharField("teamets betegnelse", max_length=60)

    objects = RegelsaetQuerySet.as_manager()

    class Meta:
        verbose_name = "regelsæt"
        verbose_name_plural = "regelsæt"
        ordering = ("gyldig_fra",)
        constraints = (
            models.CheckConstraint(
                condition=Q(gyldig_til=None) | Q(gyldig_til__gte=F("gyldig_fra")),
                name="regelsaet_slut_efter_start",
                violation_error_message="Slutdatoen ligger før startdatoen.",
            ),
            models.CheckConstraint(
                condition=Q(varighed_max_maaneder__gte=F("varighed_min_maaneder")),
                name="regelsaet_varighed",
                violation_error_message="Største varighed er mindre end mindste varighed.",
            ),
            ingen_overlap(
                "regelsaet_ingen_overlap",
                fra="gyldig_fra",
                til="gyldig_til",
                hvis=Q(er_aktivt=True),
                besked="To aktive regelsæt må ikke gælde på samme dag.",
            ),
        )

    def __str__(self) -> str:
        return self.kode

    def hjemmel(self, udfald: str) -> str:
        """The legal basis of a decision with that outcome; empty when the set names none."""
        return str(self.hjemler.get(udfald, ""))


class Regelsaetversion(models.Model):
    """A change of a rule set, with the day it takes effect; what it was before is never lost."""

    class Art(models.TextChoices):
        RETTELSE = "rettelse", "rettelse"
        AKTIVERING = "aktivering", "sat i kraft"

    class Ubesluttede(models.TextChoices):
        """What happens to running cases without a decision when a set comes into force."""

        BEHOLD = "behold", "beholder det regelsæt, de har"
        FLYT_IKKE_FORELAGTE = "flyt_ikke_forelagte", "flyttes, hvis de ikke har været på et møde"
        FLYT_ALLE = "flyt_alle", "flyttes alle"

    regelsaet = models.ForeignKey(Regelsaet, models.PROTECT, related_name="versioner")
    nr = models.PositiveSmallIntegerField("version")
    art = models.CharField("art", max_length=10, choices=Art)
    # Every field of the set as it shall be; what is not named stays.
    indhold = models.JSONField("indhold")
    # The same fields as they were when the change was carried out.
    foer = models.JSONField("før", default=dict)
    begrundelse = models.TextField("hvorfor")
    gaelder_fra = models.DateField("gælder fra")
    ubesluttede = models.CharField(
        "sager uden afgørelse", max_length=20, choices=Ubesluttede, default=Ubesluttede.BEHOLD
    )
    # None for the version an installation starts with.
    oprettet_af = models.ForeignKey(Bruger, models.PROTECT, null=True, blank=True, related_name="+")
    oprettet_den = models.DateTimeField("oprettet den", auto_now_add=True)
    gennemfoert_den = models.DateTimeField("gennemført den", null=True, blank=True)
    annulleret_den = models.DateTimeField("annulleret den", null=True, blank=True)

    class Meta:
        verbose_name = "version af et regelsæt"
        verbose_name_plural = "versioner af regelsæt"
        ordering = ("-nr",)
        constraints = (
            models.UniqueConstraint(fields=["regelsaet", "nr"], name="regelsaetversion_nr"),
            models.CheckConstraint(
                condition=~Q(begrundelse=""),
                name="regelsaetversion_begrundet",
                violation_error_message="Skriv, hvorfor regelsættet ændres.",
            ),
            models.CheckConstraint(
                condition=Q(gennemfoert_den=None) | Q(annulleret_den=None),
                name="regelsaetversion_ikke_begge",
            ),
            models.UniqueConstraint(
                fields=["regelsaet"],
                condition=Q(gennemfoert_den=None, annulleret_den=None),
                name="regelsaetversion_en_ventende",
                violation_error_message="Der venter allerede en ændring af regelsættet.",
            ),
        )
        triggers = (
            pgtrigger.ReadOnly(
                name="kun_gennemfoert", exclude=["foer", "gennemfoert_den", "annulleret_den"]
            ),
            pgtrigger.Protect(name="slettes_ikke", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"Version {self.nr}"
