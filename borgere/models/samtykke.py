"""What the citizen has agreed may be obtained or shared, and who acts on the citizen's behalf."""

from datetime import date
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q

from borgere.models.borger import Borger
from borgere.models.dokument import Dokument
from borgere.models.netvaerk import Informationstype, Netvaerksperson, informationstyper
from ressource.models import Bruger


class SamtykkeQuerySet(models.QuerySet["Samtykke"]):
    def gaeldende(self, dato: date) -> Self:
        """Consents that hold on `dato`: begun, not expired, not withdrawn."""
        return self.filter(fra_dato__lte=dato, til_dato__gte=dato).filter(
            Q(trukket_dato=None) | Q(trukket_dato__gt=dato)
        )

    def om(self, informationstype: Informationstype) -> Self:
        """Consents that cover `informationstype`."""
        return self.filter(informationstyper__contains=[informationstype])


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Samtykke(models.Model):
    """Consent to obtain from, or share with, one recipient (RSL § 11 a; domain.md 2.7).

    Not the legal basis of the case itself: that is law and public task. A withdrawal stops what is
    new; what has lawfully been recorded stays.
    """

    class Art(models.TextChoices):
        FORVALTNING = "forvaltning", "indhente og videregive i sagen"
        GDPR = "gdpr", "frivilligt, fx brug af foto eller historie"

    class Modtager(models.TextChoices):
        EGEN_LAEGE = "egen_laege", "egen læge"
        REGION = "region", "regionen (klinisk funktion)"
        NETVAERK = "netvaerk", "netværksperson"
        MENTOR = "mentor", "mentor"
        VIRKSOMHED = "virksomhed", "virksomhed"
        ANDEN = "anden", "anden myndighed"

    class Givet(models.TextChoices):
        UNDERSKREVET = "underskrevet", "underskrevet på papir"
        DIGITALT = "digitalt", "digitalt"
        MUNDTLIGT = "mundtligt", "mundtligt, med notat"

    borger = models.ForeignKey(Borger, models.PROTECT, related_name="samtykker")
    art = models.CharField(
        "art", max_length=12, choices=Art, default=Art.FORVALTNING, db_default="forvaltning"
    )
    modtager = models.CharField("modtager", max_length=12, choices=Modtager)
    netvaerksperson = models.ForeignKey(
        Netvaerksperson, models.PROTECT, null=True, blank=True, related_name="samtykker"
    )
    # Which company or authority; the GP is the citizen's own, a relative is in the network.
    modtager_navn = models.CharField(
        "navn på modtageren", max_length=120, blank=True, default="", db_default=""
    )
    informationstyper = informationstyper("hvilke oplysninger")
    oplysninger = models.CharField("uddybning", max_length=200, blank=True)
    formaal = models.CharField("formål", max_length=200, blank=True, default="", db_default="")
    fra_dato = models.DateField("fra")
    til_dato = models.DateField("til")
    givet = models.CharField("givet hvordan", max_length=12, choices=Givet, default=Givet.MUNDTLIGT)
    # Where and when an oral one was given: the note that proves it.
    givet_hvordan = models.CharField("bemærkning", max_length=120, blank=True)
    scan = models.ForeignKey(
        Dokument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="scan"
    )
    registreret_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    trukket_dato = models.DateField("trukket tilbage", null=True, blank=True)
    trukket_aarsag = models.CharField(
        "hvorfor trukket", max_length=200, blank=True, default="", db_default=""
    )

    objects = SamtykkeQuerySet.as_manager()

    class Meta:
        verbose_name = "samtykke"
        verbose_name_plural = "samtykker"
        ordering = ("-fra_dato", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(til_dato__gte=F("fra_dato")),
                name="samtykke_slut_efter_start",
                violation_error_message="Slutdatoen ligger før startdatoen.",
            ),
            models.CheckConstraint(
                condition=Q(modtager="netvaerk", netvaerksperson__isnull=False)
                | (~Q(modtager="netvaerk") & Q(netvaerksperson=None)),
                name="samtykke_netvaerksperson_naevnt",
                violation_error_message="Vælg den person i netværket, samtykket gælder.",
            ),
            models.CheckConstraint(
                condition=~Q(modtager__in=["virksomhed", "anden"]) | ~Q(modtager_navn=""),
                name="samtykke_modtager_naevnt",
                violation_error_message="Skriv, hvilken virksomhed eller myndighed det gælder.",
            ),
            models.CheckConstraint(
                condition=Q(informationstyper__len__gt=0)
                & Q(informationstyper__contained_by=Informationstype.values),
                name="samtykke_oplysninger_naevnt",
                violation_error_message="Vælg, hvilke oplysninger samtykket gælder.",
            ),
            models.CheckConstraint(
                condition=Q(art__in=["forvaltning", "gdpr"])
                & Q(givet__in=["underskrevet", "digitalt", "mundtligt"])
                & Q(
                    modtager__in=[
                        "egen_laege",
                        "region",
                        "netvaerk",
                        "mentor",
                        "virksomhed",
                        "anden",
                    ]
                ),
                name="samtykke_valg_kendte",
            ),
            models.UniqueConstraint(
                fields=[
                    "borger",
                    "art",
                    "modtager",
                    "netvaerksperson",
                    "modtager_navn",
                    "fra_dato",
                    "til_dato",
                    "informationstyper",
                ],
                condition=Q(trukket_dato=None),
                nulls_distinct=False,
                name="samtykke_en_gang",
                violation_error_message="Samtykket er allerede registreret.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_modtager_display()} til {self.til_dato.isoformat()}"

    def oplysningstyper(self) -> list[str]:
        """What it covers, in words."""
        return [str(Informationstype(kode).label) for kode in self.informationstyper]

    def status(self, dato: date) -> str:
        """`gaelder`, `trukket`, `udloebet` or `kommende` on `dato`, as `gaeldende` sees it."""
        if self.trukket_dato and self.trukket_dato <= dato:
            return "trukket"
        if self.til_dato < dato:
            return "udloebet"
        return "kommende" if self.fra_dato > dato else "gaelder"


class FuldmagtQuerySet(models.QuerySet["Fuldmagt"]):
    def gaeldende(self, dato: date) -> Self:
        """Those that hold on `dato`: begun, not ended, not withdrawn."""
        return self.filter(Q(til_dato=None) | Q(til_dato__gte=dato), fra_dato__lte=dato).filter(
            Q(trukket_dato=None) | Q(trukket_dato__gt=dato)
        )

    def om(self, informationstype: Informationstype) -> Self:
        """Those whose scope covers `informationstype`."""
        return self.filter(Q(omfang=Fuldmagt.Omfang.HELE) | Q(emner__contains=[informationstype]))


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Fuldmagt(models.Model):
    """Somebody who acts for the citizen: a party representative (FVL § 8) or a guardian.

    A representative takes over the party's powers within the scope: letters go to them. A guardian
    acts by law, not by consent, so the decision that appointed them is named.
    """

    class Art(models.TextChoices):
        PARTSREPRAESENTANT = "partsrepraesentant", "partsrepræsentant"
        VAERGE = "vaerge", "værge"

    class Omfang(models.TextChoices):
        HELE = "hele", "hele sagen"
        DELE = "dele", "kun dele af sagen"

    borger = models.ForeignKey(Borger, models.PROTECT, related_name="fuldmagter")
    art = models.CharField("art", max_length=20, choices=Art)
    navn = models.CharField("navn", max_length=120)
    organisation = models.CharField("organisation", max_length=120, blank=True)
    adresse = models.CharField("adresse", max_length=200, blank=True)
    postnummer = models.CharField("postnummer", max_length=4, blank=True)
    by = models.CharField("by", max_length=60, blank=True)
    telefon = models.CharField("telefon", max_length=20, blank=True)
    email = models.EmailField("e-mail", blank=True)
    omfang = models.CharField("omfang", max_length=5, choices=Omfang, default=Omfang.HELE)
    emner = informationstyper("emner", default=list, blank=True)
    # A guardian's: the decision and its date.
    grundlag = models.CharField("beskikkelse", max_length=200, blank=True)
    dokument = models.ForeignKey(
        Dokument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="fuldmagten"
    )
    fra_dato = models.DateField("fra")
    til_dato = models.DateField("til", null=True, blank=True)
    registreret_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    trukket_dato = models.DateField("trukket tilbage", null=True, blank=True)
    trukket_aarsag = models.CharField("hvorfor trukket", max_length=200, blank=True)

    objects = FuldmagtQuerySet.as_manager()

    class Meta:
        verbose_name = "fuldmagt"
        verbose_name_plural = "fuldmagter"
        ordering = ("-fra_dato", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(art__in=["partsrepraesentant", "vaerge"]), name="fuldmagt_art_kendt"
            ),
            models.CheckConstraint(
                condition=Q(til_dato=None) | Q(til_dato__gte=F("fra_dato")),
                name="fuldmagt_slut_efter_start",
                violation_error_message="Slutdatoen ligger før startdatoen.",
            ),
            models.CheckConstraint(
                condition=Q(omfang="hele", emner=[]) | (Q(omfang="dele") & Q(emner__len__gt=0)),
                name="fuldmagt_omfang_passer",
                violation_error_message="Vælg enten hele sagen eller de emner, fuldmagten gælder.",
            ),
            models.CheckConstraint(
                condition=Q(emner__contained_by=Informationstype.values),
                name="fuldmagt_emner_kendte",
            ),
            models.CheckConstraint(
                condition=~Q(art="vaerge") | ~Q(grundlag=""),
                name="fuldmagt_vaerge_har_grundlag",
                violation_error_message="Skriv, hvilken afgørelse der har beskikket værgen.",
            ),
            models.UniqueConstraint(
                fields=["borger", "art", "navn", "fra_dato"],
                condition=Q(trukket_dato=None),
                name="fuldmagt_en_gang",
                violation_error_message="Fuldmagten er allerede registreret.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_art_display()} fra {self.fra_dato.isoformat()}"

    def emnenavne(self) -> list[str]:
        """The parts of the case it covers, in words; empty when it covers the whole."""
        return [str(Informationstype(kode).label) for kode in self.emner]

    def status(self, dato: date) -> str:
        """`gaelder`, `trukket`, `udloebet` or `kommende` on `dato`, as `gaeldende` sees it."""
        if self.trukket_dato and self.trukket_dato <= dato:
            return "trukket"
        if self.til_dato and self.til_dato < dato:
            return "udloebet"
        return "kommende" if self.fra_dato > dato else "gaelder"


class BisidderQuerySet(models.QuerySet["Bisidder"]):
    def gaeldende(self, dato: date) -> Self:
        """Those the citizen brings on `dato`."""
        return self.filter(Q(til_dato=None) | Q(til_dato__gte=dato), fra_dato__lte=dato)


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Bisidder(models.Model):
    """Somebody the citizen brings to meetings (FVL § 8): no file, no letters, name and presence only.

    Somebody who shall have letters is a party representative (`Fuldmagt`) or needs a consent.
    """

    borger = models.ForeignKey(Borger, models.PROTECT, related_name="bisiddere")
    navn = models.CharField("navn", max_length=120)
    telefon = models.CharField("telefon", max_length=20, blank=True)
    aftale = models.CharField("hvad borgeren har aftalt", max_length=200, blank=True)
    fra_dato = models.DateField("fra")
    til_dato = models.DateField("til", null=True, blank=True)

    objects = BisidderQuerySet.as_manager()

    class Meta:
        verbose_name = "bisidder"
        verbose_name_plural = "bisiddere"
        ordering = ("-fra_dato", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(til_dato=None) | Q(til_dato__gte=F("fra_dato")),
                name="bisidder_slut_efter_start",
                violation_error_message="Slutdatoen ligger før startdatoen.",
            ),
            models.UniqueConstraint(
                fields=["borger", "navn", "fra_dato"],
                name="bisidder_en_gang",
                violation_error_message="Bisidderen er allerede registreret.",
            ),
        )

    def __str__(self) -> str:
        return self.navn
