"""The municipality's decision (domain.md 2.3): reasons, legal basis and guidance on appeal."""

from datetime import date
from typing import Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from borgere.models import Dokument, Sag
from rehabilitering import klagefrist
from rehabilitering.models.brevskabelon import Brevskabelon
from rehabilitering.models.indstilling import Indstilling
from rehabilitering.models.katalog import UDFALD_TIL_AFGOERELSE, Udfald
from ressource.models import Bruger, Regelsaet


class AfgoerelseQuerySet(models.QuerySet["Afgoerelse"]):
    def synlige_for(self, bruger: Bruger) -> Self:
        """Those of the cases the user may see."""
        return self.filter(sag__in=Sag.objects.synlige_for(bruger))


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Afgoerelse(models.Model):
    """The decision on one indstilling. Finished it cannot change; the letter is kept as sent."""

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="afgoerelser")
    # None when the law asks for no meeting and none was held, and when an earlier decision is changed.
    indstilling = models.OneToOneField(
        Indstilling, models.PROTECT, null=True, blank=True, related_name="afgoerelse"
    )
    uden_moede_grund = models.TextField("hvorfor uden møde", blank=True, db_default="")
    # The decision that this one changes, after reconsideration or by the appeal body.
    erstatter = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="erstattet_af"
    )
    # The rule set it is made under, and how long one may appeal: fixed when it is made, so that a
    # later change of the set moves nobody's deadline.
    regelsaet = models.ForeignKey(
        Regelsaet, models.PROTECT, null=True, blank=True, related_name="+"
    )
    klagefrist_uger = models.PositiveSmallIntegerField("klagefrist (uger)", null=True, blank=True)
    udfald = models.CharField(
        "afgørelse",
        max_length=30,
        choices=[(u.value, u.label) for u in UDFALD_TIL_AFGOERELSE],
    )
    foelger_indstilling = models.BooleanField("følger indstillingen", default=True)
    afvigelse_begrundelse = models.TextField("hvorfor afviges", blank=True)
    virkning_fra = models.DateField("virkning fra", null=True, blank=True)
    slut_dato = models.DateField("slut", null=True, blank=True)
    # Duration and number beyond the rule set's limits are possible when the citizen wishes it.
    borger_oensker_mere = models.BooleanField(
        "borgeren ønsker det selv", default=False, db_default=False
    )
    maalgruppebetingelse = models.CharField("målgruppe", max_length=10, blank=True, db_default="")
    # FVL § 24: short facts, then the main considerations.
    faktum = models.TextField("sagens oplysninger", blank=True, db_default="")
    begrundelse = models.TextField("begrundelse", blank=True)
    # FVL § 19: either a hearing is finished or this says why none is needed.
    uden_partshoering_grund = models.TextField(
        "hvorfor ingen partshøring", blank=True, db_default=""
    )
    # Copied from the rule set, so that the letter can be read as it was.
    hjemmel = models.TextField("hjemmel", blank=True)
    klagevejledning = models.TextField("klagevejledning", blank=True)
    skrevet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    afsluttet_den = models.DateTimeField("truffet den", null=True, blank=True)
    afsluttet_af = models.ForeignKey(
        Bruger, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="truffet af"
    )
    afgoerelse_dato = models.DateField("afgørelsesdato", null=True, blank=True)
    modtaget_dato = models.DateField("modtaget af borgeren", null=True, blank=True)
    # Also while it is a draft: which letter it will be.
    brevskabelon = models.ForeignKey(
        Brevskabelon, models.PROTECT, null=True, blank=True, related_name="+"
    )
    brev = models.OneToOneField(
        Dokument, models.PROTECT, null=True, blank=True, related_name="afgoerelse"
    )
    laas = models.PositiveIntegerField("låsetal", default=0)

    objects = AfgoerelseQuerySet.as_manager()

    class Meta:
        verbose_name = "afgørelse"
        verbose_name_plural = "afgørelser"
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(afsluttet_den=None, afsluttet_af=None, afgoerelse_dato=None)
                | (
                    Q(
                        afsluttet_den__isnull=False,
                        afsluttet_af__isnull=False,
                        afgoerelse_dato__isnull=False,
                        virkning_fra__isnull=False,
                        regelsaet__isnull=False,
                        klagefrist_uger__isnull=False,
                    )
                    & ~Q(faktum="")
                    & ~Q(begrundelse="")
                    & ~Q(hjemmel="")
                    & ~Q(klagevejledning="")
                ),
                name="afgoerelse_hel",
                violation_error_message=(
                    "En afgørelse skal have oplysninger, begrundelse, hjemmel og klagevejledning."
                ),
            ),
            models.CheckConstraint(
                condition=Q(foelger_indstilling=True) | ~Q(afvigelse_begrundelse=""),
                name="afgoerelse_afvigelse_begrundet",
                violation_error_message="Skriv, hvorfor afgørelsen afviger fra indstillingen.",
            ),
            models.CheckConstraint(
                condition=Q(afsluttet_den=None)
                | ~Q(udfald=Udfald.RESSOURCEFORLOEB)
                | Q(slut_dato__gt=F("virkning_fra")),
                name="afgoerelse_forloeb_har_periode",
                violation_error_message="Slutdatoen skal ligge efter den dag, forløbet begynder.",
            ),
            models.CheckConstraint(
                condition=Q(indstilling__isnull=False)
                | Q(erstatter__isnull=False)
                | ~Q(uden_moede_grund=""),
                name="afgoerelse_har_grundlag",
                violation_error_message="Skriv, hvorfor sagen afgøres uden et møde.",
            ),
            models.UniqueConstraint(
                fields=["sag"],
                condition=Q(
                    indstilling=None, erstatter=None, afsluttet_den=None, foelger_indstilling=True
                ),
                name="afgoerelse_en_uden_moede",
                violation_error_message="Der er allerede en kladde til en afgørelse uden møde.",
            ),
        )
        triggers = (
            pgtrigger.Protect(
                name="truffet_aendres_ikke",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__afsluttet_den__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"Afgørelse {self.pk}"

    @property
    def er_truffet(self) -> bool:
        """Whether the decision has been made."""
        return self.afsluttet_den is not None

    @property
    def er_afveget(self) -> bool:
        """Whether it was given up for the team to assess the case anew; it is never made."""
        return not self.foelger_indstilling

    @property
    def er_uden_moede(self) -> bool:
        """Whether the case is decided without a meeting, where the law asks for none."""
        return self.indstilling_id is None and self.erstatter_id is None

    @property
    def klagefrist(self) -> date | None:
        """The last day to appeal; None until it is known when the citizen gets the decision.

        Of a draft as the case's rule set says today. Needs the case with its rule set.
        """
        if self.modtaget_dato is None:
            return None
        if self.klagefrist_uger is None:
            return klagefrist.klagefrist(self.modtaget_dato, self.sag.regelsaet)
        return klagefrist.uger_efter(self.modtaget_dato, self.klagefrist_uger)

    @property
    def grundlag(self) -> Indstilling | None:
        """The indstilling it rests on, also through a decision it changes; None without a meeting."""
        if self.indstilling is not None:
            return self.indstilling
        return self.erstatter.grundlag if self.erstatter else None


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Partshoering(models.Model):
    """Facts put to the citizen before the decision, and the answer (FVL § 19)."""

    class Kanal(models.TextChoices):
        DIGITAL_POST = "digital_post", "Digital Post"
        BREV = "brev", "brev"
        UDLEVERET = "udleveret", "udleveret i hånden"
        MUNDTLIGT = "mundtligt", "mundtligt"

    afgoerelse = models.ForeignKey(Afgoerelse, models.PROTECT, related_name="partshoeringer")
    oplysninger = models.TextField("oplysninger, som borgeren skal udtale sig om")
    kanal = models.CharField("hvordan", max_length=14, choices=Kanal, blank=True)
    sendt_dato = models.DateField("sendt", null=True, blank=True)
    frist_dato = models.DateField("svar senest", null=True, blank=True)
    dokument = models.ForeignKey(
        Dokument, models.PROTECT, null=True, blank=True, related_name="partshoeringer"
    )
    svar = models.TextField("borgerens svar", blank=True)
    svar_dato = models.DateField("svaret", null=True, blank=True)
    # How the answer, or that none came, is taken into account.
    vurdering = models.TextField("kommunens vurdering", blank=True)
    oprettet_af = models.ForeignKey(Bruger, models.PROTECT, related_name="+")
    oprettet_den = models.DateTimeField("oprettet den", auto_now_add=True)
    afsluttet_den = models.DateTimeField("afsluttet den", null=True, blank=True)

    class Meta:
        verbose_name = "partshøring"
        verbose_name_plural = "partshøringer"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(sendt_dato=None, frist_dato=None) | Q(frist_dato__gte=F("sendt_dato")),
                name="partshoering_frist_efter_sendt",
                violation_error_message="Fristen ligger før den dag, høringen er sendt.",
            ),
            models.CheckConstraint(
                condition=Q(afsluttet_den=None) | (Q(sendt_dato__isnull=False) & ~Q(vurdering="")),
                name="partshoering_afslutning_hel",
                violation_error_message="Skriv, hvordan kommunen vurderer svaret.",
            ),
            models.UniqueConstraint(
                fields=["afgoerelse"],
                condition=Q(afsluttet_den=None),
                name="partshoering_en_aaben",
                violation_error_message="Der er allerede en partshøring i gang.",
            ),
        )

    def __str__(self) -> str:
        return f"Partshøring {self.pk}"
