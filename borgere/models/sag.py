"""The case, its course, and the case circle: who works on it, from when to when."""

from datetime import date
from typing import Any, ClassVar, Self

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When

from borgere.models import soegning
from borgere.models.adgang import Inhabilitet, Saerligadgang, SaerligadgangQuerySet
from borgere.models.borger import Borger
from borgere.models.synlighed import Blandt, Spoerger
from ressource.kalender import i_dag
from ressource.models import Bruger, Organisation, Regelsaet, Stedfortraeder, Team
from ressource.perioder import ingen_overlap


class Fase(models.TextChoices):
    """The steps of product.md 3, in order."""

    SCREENING = "screening", "Screening"
    FORBEREDELSE = "forberedelse", "Forberedelse"
    KVALITETSSIKRING = "kvalitetssikring", "Kvalitetssikring"
    MOEDE = "moede", "Møde"
    INDSTILLING = "indstilling", "Indstilling"
    AFGOERELSE = "afgoerelse", "Afgørelse"
    PLAN = "plan", "Plan"
    OPFOELGNING = "opfoelgning", "Opfølgning"
    AFSLUTNING = "afslutning", "Afslutning"


class Afslutningsaarsag(models.TextChoices):
    """Why a case ended (domain.md 4.4); groupings into success and so on are configuration."""

    ORDINAERT_JOB = "ordinaert_job", "ordinært job"
    ORDINAERT_JOB_DELTID = "ordinaert_job_deltid", "ordinært job på deltid"
    FLEKSJOB_ANSAT = "fleksjob_ansat", "ansat i fleksjob"
    FLEKSJOB_VISITERET = "fleksjob_visiteret", "visiteret til fleksjob"
    UDDANNELSE = "uddannelse", "uddannelse (SU)"
    REVALIDERING = "revalidering", "revalidering"
    JOBAFKLARING = "jobafklaring", "jobafklaringsforløb"
    KONTANTHJAELP = "kontanthjaelp", "kontanthjælp"
    LEDIGHEDSYDELSE = "ledighedsydelse", "ledighedsydelse"
    SYGEDAGPENGE = "sygedagpenge", "sygedagpenge"
    FOERTIDSPENSION = "foertidspension", "førtidspension"
    SENIORPENSION = "seniorpension", "seniorpension"
    FOLKEPENSION = "folkepension", "folkepension"
    NYT_RESSOURCEFORLOEB = "nyt_ressourceforloeb", "nyt ressourceforløb"
    FRAFLYTTET = "fraflyttet", "fraflyttet kommunen"
    DOED = "doed", "død"
    EGET_OENSKE = "eget_oenske", "eget ønske"
    UDLOEBET_UDEN_AFKLARING = "udloebet_uden_afklaring", "udløbet uden afklaring"
    ANDET = "andet", "andet"


# Faglig konsulent decides screening and kvalitetssikring, so those cases are open to the role.
FASER_FOR_FAGLIG_KONSULENT = (Fase.SCREENING, Fase.KVALITETSSIKRING)


class SagQuerySet(models.QuerySet["Sag"]):
    def synlige_for(self, bruger: Bruger, dato: date | None = None) -> Self:
        """The cases `bruger` has to do with on `dato` (default today). THE access rule.

        In by a dated assignment of one's own, by one of somebody one stands in for, by role (the
        faglig konsulent in screening and kvalitetssikring) or by a `Saerligadgang` that is open now.
        A protected citizen is not reached as a deputy or by role alone: that takes an opening with a
        reason. Somebody from outside the municipality has their own assignments with an end date,
        and nothing else. Out, whatever brought one in: an `Inhabilitet` that holds today. What may
        be read or done in a visible case is the role matrix' business (`ressource.adgang`).
        """
        spoerger = Spoerger.for_bruger(bruger, dato)
        return self.filter(Blandt("pk", _ind, spoerger)).exclude(
            Blandt("borger", _inhabil, spoerger)
        )

    def uden_noedadgang(self, bruger: Bruger) -> Self:
        """Those of `synlige_for` that `bruger` sees today by something else than break-glass.

        An opening for some hours is to see what is urgent: it gives no say in who has the case,
        when it ends or that all of it leaves the house, which would outlive the hours.
        """
        spoerger = Spoerger.for_bruger(bruger)
        return self.synlige_for(bruger).filter(Blandt("pk", _ind_uden_noedadgang, spoerger))

    def som_vikar(self, bruger: Bruger | int, dato: date, idag: date | None = None) -> Self:
        """Cases of those `bruger` stands in for on `dato`, which they may deal with themselves.

        Colleagues of the municipality only, and not what somebody is shut out of: a deputy gets
        no more than the other one has.
        """
        vikar_for = Stedfortraeder.objects.gaeldende(dato).filter(
            vikar=bruger, for_bruger__organisation=Organisation.KOMMUNE
        )
        andres = (
            Tildeling.objects.gaeldende(dato)
            .filter(bruger__in=vikar_for.values("for_bruger"))
            .habile(idag)
        )
        return self.filter(pk__in=andres.values("sag"))

    def ubeskyttede(self, dato: date) -> Self:
        """Cases of citizens whose name and address are not protected on `dato`."""
        return self.filter(
            Q(borger__er_adressebeskyttet=False) | Q(borger__adressebeskyttet_til__lt=dato)
        )

    def bag_beskyttelse(self, bruger: Bruger, dato: date | None = None) -> Self:
        """Cases of protected citizens that `bruger` could see after giving a reason."""
        spoerger = Spoerger.for_bruger(bruger, dato)
        if not spoerger.er_kommunens:
            return self.none()
        return self.filter(Blandt("pk", _bag_beskyttelse, spoerger))

    def uden_ansvarlig(self, dato: date | None = None) -> Self:
        """Open cases that nobody answers for on `dato` (default today).

        Somebody who has become inhabil answers for nothing: the case waits for another.
        """
        ansvarlige = Tildeling.objects.gaeldende(dato or i_dag()).ansvarlige().habile()
        return self.aabne().exclude(pk__in=ansvarlige.values("sag"))

    def aabne(self) -> Self:
        """Cases that have not ended."""
        return self.exclude(fase=Fase.AFSLUTNING)

    def soeg(self, tekst: str) -> Self:
        """The cases that `tekst` finds: by name, case number, or any number the citizen has had.

        THE search rule. Every word counts: one with a digit is looked for in the case number, the
        others in the name, where typing errors are tolerated. The text as a whole may be a
        personnummer, however it is written apart. Nothing to look for narrows nothing.
        """
        soegt = soegning.laes(tekst)
        if soegt.er_tom:
            return self
        fundet = Q()
        for nummer in soegt.numre:
            fundet &= Q(sagsnummer__contains=nummer.upper())
        if soegt.navne:
            fundet &= Q(borger__in=Borger.objects.navngivet(soegt.navne).values("pk"))
        if not soegt.tegn:
            return self.filter(fundet)
        # Two ways in, each by its own index; «or» between them would read every case.
        med_nummer = Borger.objects.med_nummer(soegt.tegn).values("pk")
        veje = Sag.objects.filter(fundet), Sag.objects.filter(borger__in=med_nummer)
        return self.filter(pk__in=veje[0].values("pk").union(veje[1].values("pk")))

    def bedste_foerst(self, tekst: str) -> Self:
        """What `soeg(tekst)` found, ready to be shown: by how well it fits, then by name.

        `er_praecis` says that the whole text is the case's number or a number of its citizen.
        """
        soegt = soegning.laes(tekst)
        praecis = Q(sagsnummer=soegt.tekst.upper())
        if soegt.tegn:
            praecis |= Q(borger__in=Borger.objects.med_nummer(soegt.tegn).values("pk"))
        lighed = soegning.Lighed(
            soegning.lyd(" ".join(soegt.navne)),
            soegning.Lyd("borger__soegenavn"),
            output_field=models.FloatField(),
        )
        return (
            self.select_related("borger", "team")
            .annotate(er_praecis=Case(When(praecis, then=True), default=False))
            .order_by("-er_praecis", lighed.desc(), "borger__fornavn", "borger__efternavn", "pk")
        )

    def til_liste(self, q: str = "", fase: str = "", sorter: str = "") -> Self:
        """Ready for the list: those `q` finds (`soeg`), in a step, sorted.

        Without `fase` the open ones; `alle` also the ended. One statement, whatever the rows.
        """
        sager = self.select_related("borger", "team").annotate(
            ansvarlig_navn=Subquery(
                Tildeling.objects.gaeldende(i_dag())
                .ansvarlige()
                .filter(sag=OuterRef("pk"))
                .values("bruger__navn")[:1]
            )
        )
        sager = sager.soeg(q)
        if fase == "":
            sager = sager.aabne()
        elif fase != "alle":
            sager = sager.filter(fase=fase)
        return sager.order_by(*self._ORDEN[sorter or "navn"])

    _ORDEN: ClassVar[dict[str, tuple[Any, ...]]] = {
        "navn": ("borger__fornavn", "borger__efternavn", "pk"),
        "nyeste": ("-oprettet_dato", "-pk"),
        "sagsnummer": ("sagsnummer",),
        "fase": (
            Case(*(When(fase=f, then=Value(nr)) for nr, f in enumerate(Fase.values))),
            "borger__fornavn",
            "pk",
        ),
    }


def _ind(spoerger: Spoerger) -> "models.QuerySet[Any, Any]":
    """The ids of the cases that some ground lets the user into (`SagQuerySet.synlige_for`)."""
    return _grunde(spoerger, Saerligadgang.objects.all())


def _ind_uden_noedadgang(spoerger: Spoerger) -> "models.QuerySet[Any, Any]":
    """As `_ind`, but of openings only the one to a protected citizen."""
    return _grunde(spoerger, Saerligadgang.objects.filter(art=Saerligadgang.Art.BESKYTTET))


def _grunde(spoerger: Spoerger, aabninger: SaerligadgangQuerySet) -> "models.QuerySet[Any, Any]":
    bruger, dato = spoerger.bruger_id, spoerger.dato
    egne = Tildeling.objects.gaeldende(dato).filter(bruger=bruger)
    if not spoerger.er_kommunens:
        return egne.filter(til_dato__isnull=False).values("sag_id")
    som_vikar = Sag.objects.som_vikar(bruger, dato, spoerger.i_dag).ubeskyttede(dato)
    aabnede = aabninger.gaeldende(spoerger.nu).filter(bruger=bruger)
    grunde = [som_vikar.values("pk"), aabnede.values("sag_id")]
    if spoerger.er_faglig_konsulent:
        efter_rolle = Sag.objects.filter(fase__in=FASER_FOR_FAGLIG_KONSULENT)
        grunde.append(efter_rolle.ubeskyttede(dato).values("pk"))
    return egne.values("sag_id").union(*grunde)


def _bag_beskyttelse(spoerger: Spoerger) -> "models.QuerySet[Any, Any]":
    """The ids of the cases that a reason opens (`SagQuerySet.bag_beskyttelse`)."""
    bruger, dato = spoerger.bruger_id, spoerger.dato
    ved_gaten = Sag.objects.som_vikar(bruger, dato, spoerger.i_dag).values("pk")
    if spoerger.er_faglig_konsulent:
        efter_rolle = Sag.objects.filter(fase__in=FASER_FOR_FAGLIG_KONSULENT)
        ved_gaten = ved_gaten.union(efter_rolle.values("pk"))
    # What else lets one see a protected citizen's case: an assignment, or the gate opened.
    egne = Tildeling.objects.gaeldende(dato).filter(bruger=bruger)
    aabnede = Saerligadgang.objects.gaeldende(spoerger.nu).filter(bruger=bruger)
    return (
        Sag.objects.filter(pk__in=ved_gaten)
        .filter(
            Q(borger__adressebeskyttet_til=None) | Q(borger__adressebeskyttet_til__gte=dato),
            borger__er_adressebeskyttet=True,
        )
        .exclude(pk__in=egne.values("sag"))
        .exclude(pk__in=aabnede.values("sag"))
        .exclude(borger__in=_inhabil(spoerger))
        .values("pk")
    )


def _inhabil(spoerger: Spoerger) -> "models.QuerySet[Any, Any]":
    """The ids of the citizens the user is inhabil towards."""
    egne = Inhabilitet.objects.gaeldende(spoerger.i_dag).filter(bruger=spoerger.bruger_id)
    return egne.values("borger_id")


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Sag(models.Model):
    """A rehabilitation case: the whole course from screening to closing."""

    # Any step leads to closing; returns go back to preparation or to a new meeting.
    OVERGANGE: dict[str, set[str]] = {
        Fase.SCREENING: {Fase.FORBEREDELSE, Fase.AFSLUTNING},
        Fase.FORBEREDELSE: {Fase.KVALITETSSIKRING, Fase.AFSLUTNING},
        Fase.KVALITETSSIKRING: {Fase.FORBEREDELSE, Fase.MOEDE, Fase.AFSLUTNING},
        Fase.MOEDE: {Fase.INDSTILLING, Fase.AFGOERELSE, Fase.FORBEREDELSE, Fase.AFSLUTNING},
        Fase.INDSTILLING: {Fase.AFGOERELSE, Fase.MOEDE, Fase.FORBEREDELSE, Fase.AFSLUTNING},
        Fase.AFGOERELSE: {
            Fase.PLAN,
            Fase.OPFOELGNING,
            Fase.MOEDE,
            Fase.FORBEREDELSE,
            Fase.AFSLUTNING,
        },
        Fase.PLAN: {Fase.OPFOELGNING, Fase.FORBEREDELSE, Fase.AFSLUTNING},
        Fase.OPFOELGNING: {Fase.PLAN, Fase.FORBEREDELSE, Fase.AFSLUTNING},
        Fase.AFSLUTNING: set(),
    }

    # Set by `bedste_foerst`, for the search page.
    er_praecis: bool

    sagsnummer = models.CharField("sagsnummer", max_length=20, unique=True)
    borger = models.ForeignKey(Borger, models.PROTECT, related_name="sager")
    fase = models.CharField("fase", max_length=20, choices=Fase, default=Fase.SCREENING)
    regelsaet = models.ForeignKey(Regelsaet, models.PROTECT, verbose_name="regelsæt")
    team = models.ForeignKey(Team, models.PROTECT, related_name="sager", verbose_name="team")
    oprettet_dato = models.DateField("oprettet", default=i_dag)
    oprettet_af = models.ForeignKey(
        Bruger, models.PROTECT, related_name="+", verbose_name="oprettet af"
    )
    afsluttet_dato = models.DateField("afsluttet", null=True, blank=True)
    afslutningsaarsag = models.CharField(
        "afslutningsårsag", max_length=30, choices=Afslutningsaarsag, blank=True
    )
    afsluttet_af = models.ForeignKey(
        Bruger,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="afsluttet af",
    )
    afslutningsbemaerkning = models.TextField("bemærkning", blank=True)
    # Kept although a retention rule says it may go: an appeal runs, or the archive wants it.
    bevares = models.BooleanField("bevares", default=False, db_default=False)
    bevares_grund = models.CharField(
        "hvorfor bevares", max_length=200, blank=True, default="", db_default=""
    )

    objects = SagQuerySet.as_manager()

    class Meta:
        verbose_name = "sag"
        verbose_name_plural = "sager"
        constraints = (
            models.CheckConstraint(condition=Q(fase__in=Fase.values), name="sag_fase_kendt"),
            models.CheckConstraint(
                condition=Q(
                    fase=Fase.AFSLUTNING,
                    afsluttet_dato__isnull=False,
                    afsluttet_af__isnull=False,
                    afslutningsaarsag__in=Afslutningsaarsag.values,
                )
                | (
                    ~Q(fase=Fase.AFSLUTNING)
                    & Q(afsluttet_dato=None, afsluttet_af=None, afslutningsaarsag="")
                ),
                name="sag_afslutning_hel",
            ),
            models.CheckConstraint(
                condition=Q(afsluttet_dato=None) | Q(afsluttet_dato__gte=F("oprettet_dato")),
                name="sag_slut_efter_start",
                violation_error_message="Sagen kan ikke slutte, før den er oprettet.",
            ),
            models.CheckConstraint(
                condition=Q(bevares=False, bevares_grund="")
                | (Q(bevares=True) & ~Q(bevares_grund="")),
                name="sag_bevares_har_grund",
                violation_error_message="Skriv, hvorfor sagen skal bevares.",
            ),
            models.UniqueConstraint(
                fields=["borger"],
                condition=~Q(fase=Fase.AFSLUTNING),
                name="sag_en_aaben_pr_borger",
                violation_error_message="Borgeren har allerede en åben sag.",
            ),
        )
        indexes = (
            models.Index(fields=["team", "fase"], name="sag_team_fase"),
            # Finds a case by any part of its number.
            GinIndex(OpClass("sagsnummer", name="gin_trgm_ops"), name="sag_sagsnummer_del"),
        )

    def __str__(self) -> str:
        return self.sagsnummer

    @property
    def er_afsluttet(self) -> bool:
        """Whether the case has ended."""
        return self.fase == Fase.AFSLUTNING


class TildelingQuerySet(models.QuerySet["Tildeling"]):
    def gaeldende(self, dato: date) -> Self:
        """Assignments in force on `dato` (both ends included)."""
        return self.filter(Q(til_dato=None) | Q(til_dato__gte=dato), fra_dato__lte=dato)

    def ansvarlige(self) -> Self:
        """Only those of the person who answers for the case."""
        return self.filter(art=Tildeling.Art.ANSVARLIG)

    def habile(self, idag: date | None = None) -> Self:
        """Without those whose holder is inhabil towards the citizen on `idag` (default today)."""
        inhabile = Inhabilitet.objects.gaeldende(idag).filter(
            bruger=OuterRef("bruger"), borger=OuterRef("sag__borger")
        )
        return self.exclude(Exists(inhabile))


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Tildeling(models.Model):
    """Somebody's place in the case circle in a period. All access to case content rests on these.

    Team members get one when a case's package is published to their meeting, ending a number of days
    after the meeting; so one table answers «who may see this case, and why».
    """

    class Art(models.TextChoices):
        ANSVARLIG = "ansvarlig", "ansvarlig sagsbehandler"
        MEDVIRKENDE = "medvirkende", "medvirkende"
        MENTOR = "mentor", "mentor"
        TEAMMOEDE = "teammoede", "deltager i teammødet"
        SPARRING = "sparring", "sundhedskoordinator i sparring"

    sag = models.ForeignKey(Sag, models.PROTECT, related_name="tildelinger")
    bruger = models.ForeignKey(Bruger, models.PROTECT, related_name="tildelinger")
    art = models.CharField("art", max_length=20, choices=Art)
    fra_dato = models.DateField("fra", default=i_dag)
    til_dato = models.DateField("til", null=True, blank=True)

    objects = TildelingQuerySet.as_manager()

    class Meta:
        verbose_name = "tildeling"
        verbose_name_plural = "tildelinger"
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    art__in=["ansvarlig", "medvirkende", "mentor", "teammoede", "sparring"]
                ),
                name="tildeling_art_kendt",
            ),
            models.CheckConstraint(
                condition=Q(til_dato=None) | Q(til_dato__gte=F("fra_dato")),
                name="tildeling_slut_efter_start",
                violation_error_message="Slutdatoen ligger før startdatoen.",
            ),
            ingen_overlap(
                "tildeling_en_ansvarlig",
                lige="sag",
                fra="fra_dato",
                til="til_dato",
                hvis=Q(art="ansvarlig"),
                besked="Sagen har allerede en ansvarlig i perioden.",
            ),
        )
        indexes = (
            # «My cases»: the worklist starts here.
            models.Index(fields=["bruger", "sag"], name="tildeling_bruger_sag"),
            models.Index(fields=["sag", "art"], name="tildeling_sag_art"),
        )

    def __str__(self) -> str:
        return f"{self.get_art_display()} fra {self.fra_dato.isoformat()}"


class Sagsnummerserie(models.Model):
    """The last running number given out in one year; the row's lock makes numbers unique."""

    aar = models.PositiveSmallIntegerField("år", primary_key=True)
    sidste = models.PositiveIntegerField("sidste løbenummer")

    class Meta:
        verbose_name = "sagsnummerserie"
        verbose_name_plural = "sagsnummerserier"

    def __str__(self) -> str:
        return f"{self.aar}: {self.sidste}"
