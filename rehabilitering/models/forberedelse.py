"""The rehabiliteringsplan's forberedende del, the medical certificate, quality assurance."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import Count, F, Q

from borgere.models import Dokument, Sag
from rehabilitering.models.katalog import Maalart
from ressource.models import Bruger


class ForberedendeDelQuerySet(models.QuerySet["ForberedendeDel"]):
    def synlige_for(self, bruger: Bruger) -> Self:
        """Those of the cases the user may see."""
        return self.filter(sag__in=Sag.objects.synlige_for(bruger))


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class ForberedendeDel(models.Model):
    """One round's forberedende del (LAB § 44; domain.md 2.1). A new round is a new number."""

    class Status(models.TextChoices):
        KLADDE = "kladde", "kladde"
        GENNEMGAAET = "gennemgaaet", "gennemgået med borgeren"
        KVALITETSSIKRET = "kvalitetssikret", "kvalitetssikret"
        FORELAGT = "forelagt", "forelagt teamet"

    class Sammen(models.TextChoices):
        JA = "ja", "ja"
        DELVIST = "delvist", "delvist"
        NEJ = "nej", "nej"

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="forberedende_dele")
    nr = models.PositiveSmallIntegerField("nummer", default=1)
    status = models.CharField("status", max_length=20, choices=Status, default=Status.KLADDE)
    skrevet_sammen = models.CharField(
        "skrevet sammen med borgeren", max_length=10, choices=Sammen, blank=True
    )
    ikke_sammen_begrundelse = models.TextField("hvorfor ikke", blank=True)
    uenig = models.TextField("det er borgeren uenig i", blank=True)
    # How far down the question funnel one had to go: 1 job wish … 4 former dreams (guide, elem. 6).
    spoergetragt_niveau = models.PositiveSmallIntegerField("spørgetragt", null=True, blank=True)
    spoergetragt_svar = models.TextField("svar i spørgetragten", blank=True)
    maal = models.CharField("job- eller uddannelsesmål", max_length=200, blank=True)
    maal_art = models.CharField("målet handler om", max_length=12, choices=Maalart, blank=True)
    naeste_skridt = models.CharField("næste lille skridt", max_length=200, blank=True)
    gennemgaaet_dato = models.DateField("gennemgået med borgeren", null=True, blank=True)
    oprettet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    oprettet_den = models.DateTimeField("oprettet den", auto_now_add=True)
    # Whose text a second writer is shown; the sections have their own.
    rettet_af = models.ForeignKey(Bruger, models.PROTECT, null=True, blank=True, related_name="+")
    rettet_den = models.DateTimeField("rettet den", auto_now=True)
    # Optimistic lock: a save with a stale number shows both texts.
    laas = models.PositiveIntegerField("låsetal", default=0)

    objects = ForberedendeDelQuerySet.as_manager()

    class Meta:
        verbose_name = "forberedende del"
        verbose_name_plural = "forberedende dele"
        ordering = ("-nr",)
        constraints = (
            models.UniqueConstraint(fields=["sag", "nr"], name="forberedende_del_nr"),
            models.CheckConstraint(
                condition=Q(spoergetragt_niveau=None) | Q(spoergetragt_niveau__range=(1, 4)),
                name="forberedende_del_tragt",
                violation_error_message="Spørgetragten har fire trin.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["kladde"]) | Q(gennemgaaet_dato__isnull=False),
                name="forberedende_del_gennemgaaet",
            ),
        )

    def __str__(self) -> str:
        return f"Forberedende del {self.nr}"

    @property
    def kan_rettes(self) -> bool:
        """Whether text may still be changed: until quality assurance has approved it."""
        return self.status in {self.Status.KLADDE, self.Status.GENNEMGAAET}


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class ForberedendeAfsnit(models.Model):
    """One mandatory section: the citizen's own words apart from the caseworker's description."""

    forberedende_del = models.ForeignKey(
        ForberedendeDel, models.PROTECT, related_name="afsnit", verbose_name="forberedende del"
    )
    # One of the rule set's section codes.
    kode = models.CharField("afsnit", max_length=40)
    egne_ord = models.TextField("borgerens egne ord", blank=True)
    beskrivelse = models.TextField("sagsbehandlerens beskrivelse", blank=True)
    faerdig_den = models.DateTimeField("færdig", null=True, blank=True)
    rettet_af = models.ForeignKey(Bruger, models.PROTECT, null=True, related_name="+")
    rettet_den = models.DateTimeField("rettet den", auto_now=True)
    laas = models.PositiveIntegerField("låsetal", default=0)

    class Meta:
        verbose_name = "afsnit"
        verbose_name_plural = "afsnit"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["forberedende_del", "kode"], name="forberedende_afsnit_et_pr_kode"
            ),
        )

    def __str__(self) -> str:
        return self.kode


class LaegeattestQuerySet(models.QuerySet["Laegeattest"]):
    def aktuelle(self, dato: date) -> Self:
        """Received, not returned as insufficient, and not outdated on `dato`."""
        return self.filter(modtaget_dato__lte=dato, gyldig_til__gte=dato, returneret_dato=None)


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Laegeattest(models.Model):
    """LÆ 265, the GP's certificate to the team; missing or outdated it blocks the agenda.

    The reply is due 30 days after the request (domain.md 1.4, `LAE265_SVAR`).
    """

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="laegeattester")
    anmodet_dato = models.DateField("anmodet")
    spoergsmaal = models.TextField("spørgsmål til lægen", blank=True)
    anmodet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    konsultation_dato = models.DateField("konsultation", null=True, blank=True)
    modtaget_dato = models.DateField("modtaget", null=True, blank=True)
    gyldig_til = models.DateField("aktuel til", null=True, blank=True)
    dokument = models.OneToOneField(
        Dokument, models.PROTECT, null=True, blank=True, related_name="laegeattest"
    )
    returneret_dato = models.DateField("returneret som utilstrækkelig", null=True, blank=True)
    returneret_begrundelse = models.TextField("hvorfor returneret", blank=True)

    objects = LaegeattestQuerySet.as_manager()

    class Meta:
        verbose_name = "lægeattest"
        verbose_name_plural = "lægeattester"
        ordering = ("-anmodet_dato", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(modtaget_dato=None, dokument=None, gyldig_til=None)
                | Q(
                    modtaget_dato__isnull=False,
                    dokument__isnull=False,
                    gyldig_til__gte=F("modtaget_dato"),
                ),
                name="laegeattest_modtagelse_hel",
            ),
            models.CheckConstraint(
                condition=Q(modtaget_dato=None) | Q(modtaget_dato__gte=F("anmodet_dato")),
                name="laegeattest_modtaget_efter_anmodet",
                violation_error_message="Attesten kan ikke være modtaget, før den blev bestilt.",
            ),
            models.CheckConstraint(
                condition=Q(returneret_dato=None, returneret_begrundelse="")
                | (Q(returneret_dato__isnull=False) & ~Q(returneret_begrundelse="")),
                name="laegeattest_retur_har_grund",
                violation_error_message="Skriv, hvad lægen skal uddybe.",
            ),
        )

    def __str__(self) -> str:
        return f"LÆ 265 anmodet {self.anmodet_dato.isoformat()}"

    def er_aktuel(self, dato: date) -> bool:
        """`LaegeattestQuerySet.aktuelle` for this row."""
        return (
            self.modtaget_dato is not None
            and self.gyldig_til is not None
            and self.returneret_dato is None
            and self.modtaget_dato <= dato <= self.gyldig_til
        )


@dataclass(frozen=True)
class Returandel:
    """Cases judged, and those of them that were returned."""

    antal: int
    retur: int

    @property
    def pct(self) -> float | None:
        """The share in per cent; `None` when no case was judged."""
        return 100 * self.retur / self.antal if self.antal else None


class KvalitetssikringQuerySet(models.QuerySet["Kvalitetssikring"]):
    def synlige_for(self, bruger: Bruger) -> Self:
        """Those of the cases the user may see."""
        return self.filter(sag__in=Sag.objects.synlige_for(bruger))

    def venter(self) -> Self:
        """Handed in and not yet judged, oldest first."""
        return self.filter(afgjort_den=None).order_by("indsendt_den")

    def returandel(self, fra: datetime) -> Returandel:
        """How many of the cases judged since `fra` were returned at least once."""
        return Returandel(
            **self.filter(afgjort_den__gte=fra).aggregate(
                antal=Count("sag", distinct=True),
                retur=Count("sag", filter=Q(resultat="retur"), distinct=True),
            )
        )


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Kvalitetssikring(models.Model):
    """The faglig konsulent's judgement of one forberedende del (seed 002)."""

    class Resultat(models.TextChoices):
        GODKENDT = "godkendt", "godkendt"
        RETUR = "retur", "retur"

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="kvalitetssikringer")
    forberedende_del = models.ForeignKey(
        ForberedendeDel, models.PROTECT, related_name="kvalitetssikringer"
    )
    indsendt_den = models.DateTimeField("indsendt den")
    indsendt_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    # The computed checklist as it looked when judged: [{"kode", "tekst", "opfyldt"}].
    tjekliste = models.JSONField("tjekliste", default=list, blank=True)
    resultat = models.CharField("resultat", max_length=10, choices=Resultat, blank=True)
    begrundelse = models.TextField("begrundelse", blank=True)
    afgjort_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="afgjort af"
    )
    afgjort_den = models.DateTimeField("afgjort den", null=True, blank=True)

    objects = KvalitetssikringQuerySet.as_manager()

    class Meta:
        verbose_name = "kvalitetssikring"
        verbose_name_plural = "kvalitetssikringer"
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(resultat="", afgjort_af=None, afgjort_den=None)
                | Q(
                    resultat__in=["godkendt", "retur"],
                    afgjort_af__isnull=False,
                    afgjort_den__isnull=False,
                ),
                name="kvalitetssikring_afgoerelse_hel",
            ),
            models.CheckConstraint(
                condition=~Q(resultat="retur") | ~Q(begrundelse=""),
                name="kvalitetssikring_retur_har_grund",
                violation_error_message="Skriv, hvad der skal rettes, før sagen kan godkendes.",
            ),
            models.CheckConstraint(
                condition=Q(afgjort_af=None) | ~Q(afgjort_af=F("indsendt_af")),
                name="kvalitetssikring_af_anden",
                violation_error_message="Den, der har sendt sagen ind, kan ikke selv godkende den.",
            ),
            models.UniqueConstraint(
                fields=["sag"], condition=Q(resultat=""), name="kvalitetssikring_en_aaben"
            ),
        )

    def __str__(self) -> str:
        return f"Kvalitetssikring {self.pk}"
