"""Companies that take people in, and the praktik there."""

from typing import Self

import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import IntegerField, Q
from django.db.models.functions import Cast, Mod, Substr
from django.db.models.lookups import Exact

from borgere.models import Sag
from indsatsplan.models.plan import Indsats
from ressource.foldning import Foldet
from ressource.models import Bruger

# The weights of a CVR number: their sum with the digits divides by 11 (Erhvervsstyrelsen).
CVR_VAEGTE = (2, 7, 6, 5, 4, 3, 2, 1)


def _vaegtet_sum() -> "models.expressions.Combinable":
    led = [Cast(Substr("cvr", n, 1), IntegerField()) * v for n, v in enumerate(CVR_VAEGTE, start=1)]
    samlet = led[0]
    for del_ in led[1:]:
        samlet = samlet + del_
    return samlet


def _ord(tekst: str) -> list[str]:
    """The words of a search; a CVR number written in pairs is one word."""
    cifre = "".join(tekst.split())
    return [cifre] if cifre.isdecimal() else tekst.split()


class VirksomhedQuerySet(models.QuerySet["Virksomhed"]):
    def valgbare(self) -> Self:
        """Those that a praktik can be made with, fixed partners first."""
        return self.filter(er_aktiv=True).order_by("-er_fast", "navn", "pk")

    def soeg(self, tekst: str) -> Self:
        """Every word of `tekst` found in name, town or trade, or a CVR number's beginning."""
        virksomheder = self.alias(
            foldet=Foldet("navn"), foldet_by=Foldet("by"), foldet_branche=Foldet("branche")
        )
        for et in _ord(tekst):
            foldet = Foldet(models.Value(et))
            virksomheder = virksomheder.filter(
                Q(foldet__contains=foldet)
                | Q(foldet_by__contains=foldet)
                | Q(foldet_branche__contains=foldet)
                | Q(cvr__startswith=et)
            )
        return virksomheder

    def mulige_dubletter(self, *, cvr: str, navn: str) -> Self:
        """Those with the number, or with the name however it is spelled, the number's first."""
        return (
            self.alias(foldet=Foldet("navn"))
            .filter(Q(cvr=cvr) | Q(foldet=Foldet(models.Value(navn.strip()))))
            .order_by(models.Case(models.When(cvr=cvr, then=0), default=1), "navn", "pk")
        )


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Virksomhed(models.Model):
    """A company, or one of its workplaces: the same CVR number may stand with several names."""

    cvr = models.CharField(
        "CVR-nummer",
        max_length=8,
        validators=[RegexValidator(r"^[1-9]\d{7}\Z", "Et CVR-nummer har 8 cifre.")],
    )
    navn = models.CharField("navn", max_length=120)
    adresse = models.CharField("adresse", max_length=120, blank=True)
    postnr = models.CharField("postnummer", max_length=4, blank=True)
    by = models.CharField("by", max_length=60, blank=True)
    branche = models.CharField("branche", max_length=80, blank=True)
    # A «fast samarbejdsvirksomhed»: an agreement to take people in again and again.
    er_fast = models.BooleanField("fast samarbejdsvirksomhed", default=False)
    aftale = models.TextField("aftalen med virksomheden", blank=True)
    er_aktiv = models.BooleanField("kan vælges", default=True)
    laas = models.PositiveIntegerField("låsetal", default=0, db_default=0)

    objects = VirksomhedQuerySet.as_manager()

    class Meta:
        verbose_name = "virksomhed"
        verbose_name_plural = "virksomheder"
        ordering = ("navn", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["cvr", "navn"],
                name="virksomhed_en_gang",
                violation_error_message="Virksomheden står allerede i registret.",
            ),
            models.CheckConstraint(
                condition=Q(cvr__regex=r"^[1-9][0-9]{7}$"),
                name="virksomhed_cvr_otte_cifre",
                violation_error_message="Et CVR-nummer har 8 cifre.",
            ),
            models.CheckConstraint(
                condition=~Q(cvr__regex=r"^[1-9][0-9]{7}$") | Q(Exact(Mod(_vaegtet_sum(), 11), 0)),
                name="virksomhed_cvr_modulus_11",
                violation_error_message="CVR-nummeret er ikke rigtigt. Se efter, om to cifre er byttet om.",
            ),
        )

    def __str__(self) -> str:
        return self.navn


class VirksomhedskontaktQuerySet(models.QuerySet["Virksomhedskontakt"]):
    def nuvaerende(self) -> Self:
        """Those who still work there."""
        return self.filter(udgaaet_dato=None)


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Virksomhedskontakt(models.Model):
    """A person in the company: whom we call, or who is mentor for those in praktik."""

    virksomhed = models.ForeignKey(Virksomhed, models.PROTECT, related_name="kontakter")
    navn = models.CharField("navn", max_length=120)
    stilling = models.CharField("stilling", max_length=80, blank=True)
    telefon = models.CharField("telefon", max_length=20, blank=True)
    email = models.EmailField("e-mail", blank=True)
    er_mentor = models.BooleanField("kan være virksomhedsmentor", default=False)
    udgaaet_dato = models.DateField("ikke længere i virksomheden fra", null=True, blank=True)
    laas = models.PositiveIntegerField("låsetal", default=0, db_default=0)

    objects = VirksomhedskontaktQuerySet.as_manager()

    class Meta:
        verbose_name = "kontakt i en virksomhed"
        verbose_name_plural = "kontakter i virksomheder"
        ordering = ("navn", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["virksomhed", "navn"],
                condition=Q(udgaaet_dato=None),
                name="virksomhedskontakt_en_gang",
                violation_error_message="Personen står allerede under virksomheden.",
            ),
        )

    def __str__(self) -> str:
        return self.navn


class PraktikQuerySet(models.QuerySet["Praktik"]):
    def synlige_for(self, bruger: Bruger) -> Self:
        """Those of the cases the user may see."""
        return self.filter(indsats__forloeb__sag__in=Sag.objects.synlige_for(bruger))


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Praktik(models.Model):
    """Where an effort of the kind praktik takes place, with whom and what for."""

    class Formaal(models.TextChoices):
        """Cabi: every praktik says whether it leads to a job there or trains something."""

        MOD_JOB = "mod_job", "mod et job i virksomheden eller branchen"
        TRAENING = "traening", "træne noget bestemt"

    indsats = models.OneToOneField(Indsats, models.PROTECT, related_name="praktik")
    virksomhed = models.ForeignKey(Virksomhed, models.PROTECT, related_name="praktikker")
    kontakt = models.ForeignKey(
        Virksomhedskontakt, models.PROTECT, null=True, blank=True, related_name="+"
    )
    virksomhedsmentor = models.ForeignKey(
        Virksomhedskontakt, models.PROTECT, null=True, blank=True, related_name="+"
    )
    formaal_art = models.CharField("praktikken skal føre", max_length=10, choices=Formaal)
    # What is to be trained, or which job it can lead to.
    formaal_tekst = models.CharField("hvad", max_length=250)
    # The visit before it begins: citizen and caseworker see the place and meet the mentor.
    besoeg_dato = models.DateField("besøg før start", null=True, blank=True)
    besoeg_note = models.CharField("fra besøget", max_length=250, blank=True)
    laas = models.PositiveIntegerField("låsetal", default=0, db_default=0)

    objects = PraktikQuerySet.as_manager()

    class Meta:
        verbose_name = "praktik"
        verbose_name_plural = "praktikker"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(formaal_art__in=["mod_job", "traening"]), name="praktik_formaal_kendt"
            ),
            models.CheckConstraint(
                condition=~Q(formaal_tekst=""),
                name="praktik_har_formaal",
                violation_error_message="Skriv, hvad praktikken skal føre til.",
            ),
        )

    def __str__(self) -> str:
        return f"Praktik {self.pk}"

    @property
    def formaal_vist(self) -> str:
        """`job i virksomheden eller branchen: chauffør`; `træning: komme af sted hver dag`."""
        hvad = "job i virksomheden eller branchen"
        if self.formaal_art == self.Formaal.TRAENING:
            hvad = "træning"
        return f"{hvad}: {self.formaal_tekst.strip().rstrip('.')}"
