"""Words and catalogues that the recommendation and the plan share.

`Indsatstype` stands on this floor and not in `indsatsplan`, because the team recommends from the
same catalogue that the plan later carries out (ADR 0010).
"""

from django.db import models


class Omraade(models.TextChoices):
    """The three lanes of effort."""

    BESKAEFTIGELSE = "beskaeftigelse", "Beskæftigelse"
    SUNDHED = "sundhed", "Sundhed"
    SOCIAL = "social", "Social"


class Maalart(models.TextChoices):
    JOB = "job", "job"
    UDDANNELSE = "uddannelse", "uddannelse"


class Udfald(models.TextChoices):
    """What a team can recommend (domain.md 2.2); which are possible is the rule set's to say."""

    RESSOURCEFORLOEB = "ressourceforloeb", "ressourceforløb"
    FLEKSJOB = "fleksjob", "fleksjob"
    FOERTIDSPENSION = "foertidspension", "førtidspension"
    HIDTIDIG_INDSATS = "hidtidig_indsats", "samme indsats som hidtil"
    UDSAT = "udsat", "udsat"
    TILBAGESENDT = "tilbagesendt", "sendt tilbage"


# The outcomes that a decision can be made from; the others send the case back in the course.
UDFALD_TIL_AFGOERELSE = (
    Udfald.RESSOURCEFORLOEB,
    Udfald.FLEKSJOB,
    Udfald.FOERTIDSPENSION,
    Udfald.HIDTIDIG_INDSATS,
)


class Indsatstype(models.Model):
    """One kind of effort in the municipality's catalogue, with what a new effort begins from."""

    class Garanti(models.TextChoices):
        """What the effort does to the six-month guarantee (LAB § 113 stk. 2, BEK 2408 § 17)."""

        TAELLER = "taeller", "tæller som begyndt indsats"
        ORDINAERE_TIMER = "ordinaere_timer", "ordinære timer: sagen skal ikke forelægges igen"
        TAELLER_IKKE = "taeller_ikke", "tæller ikke"

    kode = models.CharField("kode", max_length=40, unique=True)
    navn = models.CharField("navn", max_length=100)
    omraade = models.CharField("område", max_length=20, choices=Omraade)
    er_virksomhedsrettet = models.BooleanField("virksomhedsrettet", default=False)
    er_praktik = models.BooleanField("virksomhedspraktik", default=False)
    er_mentor = models.BooleanField("mentor", default=False)
    # Debt, family, psychologist, exercise, coping: must always be available (guide, element 7).
    er_basistilbud = models.BooleanField("basistilbud", default=False)
    er_aktiv = models.BooleanField("kan vælges", default=True)
    garanti = models.CharField(
        "i indsatsgarantien",
        max_length=20,
        choices=Garanti,
        default=Garanti.TAELLER,
        db_default=Garanti.TAELLER,
    )
    formaal_forslag = models.CharField(
        "forslag til formål", max_length=250, blank=True, db_default=""
    )
    uger = models.PositiveSmallIntegerField("varer normalt (uger)", null=True, blank=True)
    timer_pr_uge = models.DecimalField(
        "timer om ugen, normalt", max_digits=4, decimal_places=1, null=True, blank=True
    )
    laas = models.PositiveIntegerField("låsetal", default=0, db_default=0)

    class Meta:
        verbose_name = "indsatstype"
        verbose_name_plural = "indsatstyper"
        ordering = ("omraade", "navn")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(omraade__in=Omraade.values), name="indsatstype_omraade_kendt"
            ),
            models.CheckConstraint(
                condition=models.Q(er_praktik=False) | models.Q(er_virksomhedsrettet=True),
                name="indsatstype_praktik_virksomhedsrettet",
                violation_error_message="Virksomhedspraktik er altid virksomhedsrettet.",
            ),
            models.CheckConstraint(
                condition=models.Q(er_praktik=False) | models.Q(er_mentor=False),
                name="indsatstype_praktik_eller_mentor",
                violation_error_message="En indsats kan ikke være både praktik og mentor.",
            ),
            models.CheckConstraint(
                condition=models.Q(garanti__in=["taeller", "ordinaere_timer", "taeller_ikke"]),
                name="indsatstype_garanti_kendt",
            ),
        )

    def __str__(self) -> str:
        return self.navn

    @property
    def valgnavn(self) -> str:
        """The name in a list of choices: a basistilbud is marked, for it must always be there."""
        return f"{self.navn} (basistilbud)" if self.er_basistilbud else self.navn
