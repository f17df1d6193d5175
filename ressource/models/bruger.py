"""Staff: who they are, which roles they hold, and who stands in for them."""

from datetime import date
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ressource.kalender import i_dag
from ressource.perioder import ingen_overlap


class Rolle(models.TextChoices):
    """The roles of domain.md section 3; rights per role stand in `ressource.adgang`."""

    SAGSBEHANDLER = "sagsbehandler", "sagsbehandler"
    KOORDINERENDE = "koordinerende", "koordinerende sagsbehandler"
    FAGLIG_KONSULENT = "faglig_konsulent", "faglig konsulent"
    MOEDEKOORDINATOR = "moedekoordinator", "mødekoordinator"
    TEAMLEDER = "teamleder", "teamleder"
    TEAMMEDLEM = "teammedlem", "medlem af rehabiliteringsteamet"
    MOEDELEDER = "moedeleder", "mødeleder"
    SUNDHEDSKOORDINATOR = "sundhedskoordinator", "sundhedskoordinator"
    VIRKSOMHEDSKONSULENT = "virksomhedskonsulent", "virksomhedskonsulent"
    FAMILIEAFDELING = "familieafdeling", "familieafdeling"
    UDDANNELSESVEJLEDER = "uddannelsesvejleder", "uddannelsesvejleder"
    MENTOR = "mentor", "mentor"
    LEDER = "leder", "ledelse"
    ADMINISTRATOR = "administrator", "administrator"
    REVISOR = "revisor", "revisor"


class Organisation(models.TextChoices):
    """Whose employee a user is: outside the municipality nobody searches."""

    KOMMUNE = "kommune", "kommunen"
    REGION = "region", "regionen"
    EKSTERN = "ekstern", "ekstern leverandør"


class Team(models.Model):
    """A group of caseworkers with one team leader; key figures are broken down by it."""

    navn = models.CharField("navn", max_length=100, unique=True)
    aktiv = models.BooleanField("aktiv", default=True)

    class Meta:
        verbose_name = "team"
        verbose_name_plural = "teams"
        ordering = ("navn",)

    def __str__(self) -> str:
        return self.navn


class BrugerManager(BaseUserManager["Bruger"]):
    """Creates users; the names Django's own commands expect are kept."""

    def create_user(self, brugernavn: str, password: str | None = None, **felter: Any) -> "Bruger":
        """Save a user with a hashed password (`None`: cannot sign in with one)."""
        bruger = self.model(brugernavn=brugernavn, **felter)
        bruger.set_password(password)
        bruger.save(using=self._db)
        return bruger


class Bruger(AbstractBaseUser):
    """A member of staff, or an external professional, who signs in."""

    brugernavn = models.CharField("brugernavn", max_length=60, unique=True)
    navn = models.CharField("navn", max_length=120)
    titel = models.CharField("titel", max_length=120, blank=True)
    email = models.EmailField("e-mail", blank=True)
    telefon = models.CharField("telefon", max_length=20, blank=True)
    roller = ArrayField(
        models.CharField(max_length=30, choices=Rolle), verbose_name="roller", default=list
    )
    team = models.ForeignKey(
        Team,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="medarbejdere",
        verbose_name="team",
    )
    organisation = models.CharField(
        "organisation", max_length=10, choices=Organisation, default=Organisation.KOMMUNE
    )
    is_active = models.BooleanField("aktiv", default=True)
    er_demo = models.BooleanField("demobruger", default=False)
    oprettet_den = models.DateTimeField("oprettet den", auto_now_add=True)

    objects = BrugerManager()

    USERNAME_FIELD = "brugernavn"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["navn"]

    class Meta:
        verbose_name = "bruger"
        verbose_name_plural = "brugere"
        ordering = ("navn",)
        constraints = (
            models.CheckConstraint(
                condition=Q(roller__contained_by=Rolle.values),
                name="bruger_roller_kendte",
                violation_error_message="En af rollerne findes ikke.",
            ),
            models.CheckConstraint(
                condition=Q(organisation__in=Organisation.values), name="bruger_organisation_kendt"
            ),
            # The region's and the suppliers' people take part in meetings and tasks; the rest of
            # the house is not theirs (domain.md 3).
            models.CheckConstraint(
                condition=~Q(organisation__in=[Organisation.REGION, Organisation.EKSTERN])
                | Q(organisation=Organisation.REGION, roller__contained_by=["sundhedskoordinator"])
                | Q(organisation=Organisation.EKSTERN, roller__contained_by=["mentor"]),
                name="bruger_ekstern_har_faa_roller",
                violation_error_message=(
                    "Regionens brugere kan kun være sundhedskoordinator, eksterne kun mentor."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.navn

    def get_short_name(self) -> str:
        """First name, for greetings."""
        return self.navn.split(" ")[0]

    def har_rolle(self, *roller: Rolle | str) -> bool:
        """Whether the user holds at least one of `roller`."""
        return any(str(rolle) in self.roller for rolle in roller)


class StedfortraederQuerySet(models.QuerySet["Stedfortraeder"]):
    def gaeldende(self, dato: date) -> Self:
        """Deputies in force on `dato` (both ends included)."""
        return self.filter(Q(til_dato=None) | Q(til_dato__gte=dato), fra_dato__lte=dato)


class Stedfortraeder(models.Model):
    """`vikar` sees and does what `for_bruger` may, in the period, without taking over."""

    for_bruger = models.ForeignKey(
        Bruger, models.PROTECT, related_name="stedfortraedere", verbose_name="for"
    )
    vikar = models.ForeignKey(Bruger, models.PROTECT, related_name="vikariater")
    fra_dato = models.DateField("fra", default=i_dag)
    til_dato = models.DateField("til", null=True, blank=True)

    objects = StedfortraederQuerySet.as_manager()

    class Meta:
        verbose_name = "stedfortræder"
        verbose_name_plural = "stedfortrædere"
        constraints = (
            models.CheckConstraint(
                condition=~Q(for_bruger=F("vikar")),
                name="stedfortraeder_ikke_sig_selv",
                violation_error_message="En bruger kan ikke være sin egen stedfortræder.",
            ),
            models.CheckConstraint(
                condition=Q(til_dato=None) | Q(til_dato__gte=F("fra_dato")),
                name="stedfortraeder_slut_efter_start",
                violation_error_message="Slutdatoen ligger før startdatoen.",
            ),
            ingen_overlap(
                "stedfortraeder_ingen_dobbelt",
                lige=("for_bruger", "vikar"),
                fra="fra_dato",
                til="til_dato",
                besked="Kollegaen er allerede vikar i en del af perioden.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.vikar_id} for {self.for_bruger_id}"
