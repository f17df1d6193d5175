"""The meeting form: what it holds, the efforts it is built from, and what closing it takes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from indsatsplan.models import Indsats
from indsatsplan.roed_traad import Planmaal
from opfoelgning.maaling import Maaling, gemte_maalinger, gemte_skridt
from opfoelgning.models import Opfoelgningsmoede, Opfoelgningspunkt
from rehabilitering import maalforskel
from ressource import dansk
from ressource.datoer import Enhed, tilfoej

# Begun and not ended: each of these must be talked about at every meeting (domain.md 2.9).
I_GANG = (Indsats.Status.I_GANG, Indsats.Status.PAUSE)
KOMMENDE = (Indsats.Status.PLANLAGT, Indsats.Status.FORESLAAET)
PUNKTFELTER = ("hvad_skete", "naeste_tre_maaneder", "status_nu", "status_dato", "status_grund")


@dataclass(frozen=True)
class Punkt:
    """What was said of one effort."""

    hvad_skete: str = ""
    naeste_tre_maaneder: str = ""
    # What becomes of the effort when the talk is closed; empty: it goes on as it was. From which
    # day (None: the day of the talk), and why.
    status_nu: str = ""
    status_dato: date | None = None
    status_grund: str = ""

    @property
    def slutter(self) -> bool:
        """Whether the effort ends with this talk, so that nothing more is agreed about it."""
        return self.status_nu in {
            Opfoelgningspunkt.StatusNu.AFSLUTTET,
            Opfoelgningspunkt.StatusNu.AFBRUDT,
        }

    @property
    def er_gennemgaaet(self) -> bool:
        """Whether all that closing takes is said of the effort."""
        return bool(self.hvad_skete and (self.naeste_tre_maaneder or self.slutter))


@dataclass(frozen=True)
class Skema:
    """Everything written in the form. `punkter` is by the effort's id.

    `naeste_tidspunkt` is the next meeting, aware. `mentor_var_med` is None until somebody has said.
    """

    sted: str
    form: str = Opfoelgningsmoede.Form.PERSONLIGT
    andre_til_stede: str = ""
    referat: str = ""
    # Empty: as in the plan.
    maal: str = ""
    maal_begrundelse: str = ""
    mentor_var_med: bool | None = None
    uden_mentor_begrundelse: str = ""
    skitse: str = ""
    naeste_tidspunkt: datetime | None = None
    naeste_sted: str = ""
    uden_naeste_begrundelse: str = ""
    punkter: Mapping[int, Punkt] = field(default_factory=dict)
    # By indicator, and one small step on each line.
    maalinger: Mapping[int, Maaling] = field(default_factory=dict)
    smaa_skridt: str = ""


@dataclass(frozen=True)
class Krav:
    """One thing closing takes: where it is on the page, whether it is met, and what to say if not.

    `fejl` is by the name of the field, as `ValidationError` and the form want it. `kan_vente` is
    said of what is missing and stops nobody.
    """

    anker: str
    tekst: str
    fejl: Mapping[str, str]
    kan_vente: bool = False

    @property
    def opfyldt(self) -> bool:
        """Whether it lets the meeting be closed."""
        return not self.fejl

    @property
    def tilstand(self) -> str:
        """What the page shows it as: `ja`, `nej` or `obs-punkt`."""
        if self.fejl:
            return "nej"
        return "obs-punkt" if self.kan_vente else "ja"


def moedets_indsatser(moede: Opfoelgningsmoede) -> QuerySet[Indsats]:
    """The efforts the form asks about: running, planned, and those ended since the last talk.

    Efforts already written about in this form stay, whatever became of them. Each carries `sidst`:
    `{"dato", "tekst"}` of what was agreed at the latest meeting held, or None.
    """
    sidst = (
        Opfoelgningspunkt.objects.filter(
            indsats=OuterRef("pk"), moede__status=Opfoelgningsmoede.Status.AFHOLDT
        )
        .exclude(moede=moede.pk)
        .exclude(naeste_tre_maaneder="")
        .order_by("-moede__afholdt_dato", "-pk")
        .values(indhold=JSONObject(dato="moede__afholdt_dato", tekst="naeste_tre_maaneder"))
    )
    seneste_moede = (
        Opfoelgningsmoede.objects.afholdte()
        .filter(sag=moede.sag_id)
        .exclude(pk=moede.pk)
        .order_by()
        .values("sag")
        .annotate(dato=Max("afholdt_dato"))
        .values("dato")
    )
    siden_sidst = Q(faktisk_slut__gte=Subquery(seneste_moede))
    skrevet_om = Q(pk__in=Opfoelgningspunkt.objects.filter(moede=moede.pk).values("indsats"))
    return (
        Indsats.objects.filter(forloeb__sag=moede.sag_id)
        .filter(
            Q(status__in=[*I_GANG, *KOMMENDE], forloeb__afsluttet_dato=None)
            | siden_sidst
            | skrevet_om
        )
        .select_related("indsatstype")
        .annotate(sidst=Subquery(sidst[:1]))
        .order_by("planlagt_start", "pk")
    )


def gemt_skema(moede: Opfoelgningsmoede) -> Skema:
    """The form as it is stored. Three statements: of the efforts, the progression, the steps."""
    punkter = {
        punkt.indsats_id: Punkt(**{felt: getattr(punkt, felt) for felt in PUNKTFELTER})
        for punkt in moede.punkter.all()
    }
    return Skema(
        sted=moede.sted,
        form=moede.form,
        andre_til_stede=moede.andre_til_stede,
        referat=moede.referat,
        maal=moede.maal,
        maal_begrundelse=moede.maal_begrundelse,
        mentor_var_med=moede.mentor_var_med,
        uden_mentor_begrundelse=moede.uden_mentor_begrundelse,
        skitse=moede.skitse,
        naeste_tidspunkt=moede.naeste_tidspunkt,
        naeste_sted=moede.naeste_sted,
        uden_naeste_begrundelse=moede.uden_naeste_begrundelse,
        punkter=punkter,
        maalinger=gemte_maalinger(moede),
        smaa_skridt=gemte_skridt(moede),
    )


def lukkekrav(
    skema: Skema, indsatser: Iterable[Indsats], plan: Planmaal, *, ubesvarede: int = 0
) -> list[Krav]:
    """What closing takes (domain.md 2.9): mentor, every running effort, sketch, next meeting.

    And the red thread: another goal than the plan's asks why. Before there is a plan there are no
    efforts, and the first follow-up needs no sketch. `ubesvarede` answers about progression are
    named, and can wait.
    """
    indsatser = list(indsatser)
    krav = [_mentor(skema)]
    if plan.afviger(skema.maal):
        krav.append(_maal(skema, plan))
    if indsatser:
        krav += [_indsatser(skema, indsatser), _skitse(skema)]
    if ubesvarede:
        tekst = f"Progression: {dansk.tal(ubesvarede)} svar mangler, kan vente"
        krav.append(Krav("progression", tekst, {}, kan_vente=True))
    return [*krav, _naeste(skema)]


def _mentor(skema: Skema) -> Krav:
    if skema.mentor_var_med:
        return Krav("moedet", "Mentor er til stede", {})
    if skema.uden_mentor_begrundelse:
        return Krav("moedet", "Der står, hvorfor mentor ikke er med", {})
    fejl = {
        "uden_mentor_begrundelse": "Sæt hak ved mentor, eller skriv, hvorfor mentor ikke er med."
    }
    return Krav("moedet", "Er mentor med?", fejl)


def _maal(skema: Skema, plan: Planmaal) -> Krav:
    fejl = {}
    if not skema.maal_begrundelse:
        andet = maalforskel.er_et_andet("planen", plan.nu or plan.godkendt)
        fejl["maal_begrundelse"] = f"{andet} Skriv hvorfor."
    tekst = "Det mangler, hvorfor målet er et andet" if fejl else "Det nye mål er begrundet"
    return Krav("moedet", tekst, fejl)


def _indsatser(skema: Skema, indsatser: list[Indsats]) -> Krav:
    fejl: dict[str, str] = {}
    mangler = 0
    for indsats in (i for i in indsatser if i.status in I_GANG):
        punkt = skema.punkter.get(indsats.pk, Punkt())
        mangler += not punkt.er_gennemgaaet
        if not punkt.hvad_skete:
            fejl[f"hvad_skete_{indsats.pk}"] = (
                f"Skriv, hvad der er sket siden sidst ({indsats.beskrivelse})."
            )
        if not punkt.naeste_tre_maaneder and not punkt.slutter:
            fejl[f"naeste_tre_maaneder_{indsats.pk}"] = (
                f"Skriv, hvad I har aftalt ({indsats.beskrivelse})."
            )
    if not mangler:
        return Krav("siden-sidst", "Alle indsatser, der er i gang, er gennemgået", fejl)
    antal = "1 indsats" if mangler == 1 else f"{dansk.tal(mangler)} indsatser"
    return Krav("siden-sidst", f"{antal} mangler svar eller de næste 3 måneder", fejl)


def _skitse(skema: Skema) -> Krav:
    fejl = {} if skema.skitse else {"skitse": "Skitsér, hvor I vil være om seks måneder."}
    tekst = "6 måneder er ikke skitseret" if fejl else "6 måneder er skitseret"
    return Krav("om-seks-maaneder", tekst, fejl)


def _naeste(skema: Skema) -> Krav:
    fejl = {}
    if skema.naeste_tidspunkt is None and not skema.uden_naeste_begrundelse:
        fejl["naeste_dato"] = "Aftal dato og sted for næste møde, eller skriv hvorfor ikke."
    elif skema.naeste_tidspunkt is not None and skema.uden_naeste_begrundelse:
        fejl["uden_naeste_begrundelse"] = (
            "Her står både en ny tid og hvorfor der ikke er en. Slet det ene."
        )
    tekst = "Næste dato og sted" if fejl else "Næste aftale er på plads"
    return Krav("naeste", tekst, fejl)


def om_seks_maaneder(dato: date) -> str:
    """`maj 2026`: the month the sketch is about."""
    return dansk.maaned(tilfoej(dato, 6, Enhed.MAANEDER))
