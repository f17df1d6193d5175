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
    """One kind of effort in the municipality's catalogue."""

    kode = models.CharField("kode", max_length=40, unique=True)
    navn = models.CharField("navn", max_length=100)
    omraade = models.CharField("område", max_length=20, choices=Omraade)
    er_virksomhedsrettet = models.BooleanField("virksomhedsrettet", default=False)
    er_praktik = models.BooleanField("virksomhedspraktik", default=False)
    er_mentor = models.BooleanField("mentor", default=False)
    # Debt, family, psychologist, exercise, coping: must always be available (guide, element 7).
    er_basistilbud = models.BooleanField("basistilbud", default=False)
    er_aktiv = models.BooleanField("kan vælges", default=True)

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
            ),
        )

    def __str__(self) -> str:
        return self.navn

    @property
    def valgnavn(self) -> str:
        """The name in a list of choices: a basistilbud is marked, for it must always be there."""
        return f"{self.navn} (basistilbud)" if self.er_basistilbud else self.navn
