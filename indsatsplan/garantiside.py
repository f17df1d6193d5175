"""The guarantee as the plan page tells it: when it ends and why, what counts and what does not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import TruncDate

from indsatsplan import garanti
from indsatsplan.billede import Indsatsbillede
from indsatsplan.garanti import Begyndt, Garanti, Tilstand
from indsatsplan.models import Fritagelse, Genforelaeggelse, Ressourceforloeb
from rehabilitering.models import Indstilling
from ressource import dansk


@dataclass(frozen=True, slots=True)
class Garantiside:
    """What the section shows. `ur` is None when the rule set has no guarantee."""

    ur: Garanti | None
    fritagelser: tuple[Fritagelse, ...]
    # Whether a draft to the team lies open.
    har_udkast: bool
    dato: date

    @property
    def maerke(self) -> tuple[str, str]:
        """The badge: its kind and its words."""
        if self.ur is None:
            return "ren", "Ingen garanti"
        match self.ur.tilstand:
            case Tilstand.BEGYNDT | Tilstand.FORELAGT:
                return "ok", "Opfyldt"
            case Tilstand.ORDINAERE_TIMER:
                return "ok", "Ordinære timer"
            case Tilstand.BEGYNDT_FOR_SENT:
                slags = "overskredet" if self.ur.skal_forelaegges else "ok"
                return slags, "Begyndt for sent"
            case Tilstand.FORELAEG:
                return "overskredet", dansk.om_dage(self.ur.sidste_dag, self.dato)
            case Tilstand.STAAR_STILLE:
                return "varslet", "Står stille"
            case Tilstand.SLUT:
                return "ren", "Forløbet er slut"
            case _:
                return "ren", dansk.om_dage(self.ur.sidste_dag, self.dato)

    @property
    def saetning(self) -> str:
        """Where it stands, in one or two sentences."""
        return _saetning(self.ur) if self.ur else ""

    @property
    def udregning(self) -> str:
        """`15.01.2026 + 6 måneder = 15.07.2026, + 10 dage på pause = 25.07.2026`."""
        if self.ur is None:
            return ""
        enhed = "måned" if self.ur.maaneder == 1 else "måneder"
        sum_ = (
            f"{dansk.dato(self.ur.start)} + {self.ur.maaneder} {enhed}"
            f" = {dansk.dato(self.ur.uden_pauser)}"
        )
        if not self.ur.pause_dage:
            return sum_
        pause = dansk.dage(self.ur.pause_dage)
        return f"{sum_}, + {pause} på pause = {dansk.dato(self.ur.sidste_dag)}"

    @property
    def kan_forelaegges(self) -> bool:
        """Whether a draft to the team has a purpose now."""
        return self.ur is not None and (
            self.ur.skal_forelaegges
            or self.har_udkast
            or self.ur.tilstand in {Tilstand.LOEBER, Tilstand.STAAR_STILLE}
        )

    @property
    def hjemmel(self) -> str:
        """The law."""
        return garanti.HJEMMEL


def _saetning(ur: Garanti) -> str:
    sidste = dansk.dato(ur.sidste_dag)
    match ur.tilstand:
        case Tilstand.LOEBER:
            return f"En indsats, der tæller, skal være begyndt senest {sidste}."
        case Tilstand.STAAR_STILLE:
            return (
                f"Uret står stille. Lige nu er sidste dag {sidste}. "
                "Den rykker en dag for hver dag, pausen bliver længere."
            )
        case Tilstand.BEGYNDT:
            return f"{_begyndte_den(ur.begyndt)}. Fristen var {sidste}."
        case Tilstand.BEGYNDT_FOR_SENT:
            foerst = f"{_begyndte_den(ur.begyndt)}, men fristen var {sidste}."
            return f"{foerst} {_SKAL_FORELAEGGES}" if ur.skal_forelaegges else foerst
        case Tilstand.ORDINAERE_TIMER:
            hvad = _begyndte_den(ur.ordinaer)
            return f"{hvad} og er ordinære timer. Derfor skal sagen ikke forelægges teamet igen."
        case Tilstand.FORELAEG:
            return f"Ingen indsats, der tæller, er begyndt senest {sidste}. {_SKAL_FORELAEGGES}"
        case Tilstand.FORELAGT:
            dag = dansk.dato(ur.forelagt_dato) if ur.forelagt_dato else ""
            return f"Sagen går til teamet igen, eller der er særlige grunde. Afgjort {dag}."
        case Tilstand.SLUT:
            return "Forløbet er slut, og garantien med det."


_SKAL_FORELAEGGES = (
    "Sagen skal forelægges teamet igen, medmindre der er særlige grunde til at lade være."
)


def _begyndte_den(indsats: Begyndt | None) -> str:
    return f"«{indsats.navn}» begyndte {dansk.dato(indsats.fra)}" if indsats else ""


def hent(
    forloeb: Ressourceforloeb,
    dato: date,
    *,
    fritagelser: tuple[Fritagelse, ...] | None = None,
    indsatser: Iterable[Indsatsbillede] | None = None,
) -> Garantiside:
    """The guarantee of `forloeb` on `dato`. Three statements; one for whom has the rest at hand.

    `indsatser` are all efforts of the plan, with their types' words about the guarantee.
    """
    if fritagelser is None:
        fritagelser = tuple(forloeb.fritagelser.gaeldende())
    egne = Genforelaeggelse.objects.filter(forloeb=OuterRef("pk"))
    afgjort = egne.exclude(afgjort_den=None).order_by("afgjort_den")
    igen = Indstilling.objects.filter(
        sag=OuterRef("sag"), moede_dato__gt=OuterRef("start_dato"), afsluttet_den__isnull=False
    ).order_by("moede_dato")
    if (egen := forloeb.afgoerelse.indstilling_id) is not None:
        igen = igen.exclude(pk=egen)
    fakta = (
        Ressourceforloeb.objects.filter(pk=forloeb.pk)
        .values_list(
            "afgoerelse__regelsaet__indsatsgaranti_maaneder",
            Subquery(afgjort.values(dag=TruncDate("afgjort_den"))[:1]),
            Subquery(igen.values("moede_dato")[:1]),
            Subquery(egne.aabne().values("pk")[:1]),
        )
        .get()
    )
    maaneder, afgjort_dato, igen_dato, udkast = fakta
    ur = garanti.status(
        start=forloeb.start_dato,
        maaneder=maaneder,
        fritagelser=[(f.fra_dato, f.til_dato) for f in fritagelser],
        indsatser=_begyndte(forloeb) if indsatser is None else _af_billeder(indsatser),
        forelagt_dato=min((d for d in (afgjort_dato, igen_dato) if d), default=None),
        sluttet=_sluttet(forloeb, dato),
        dato=dato,
    )
    return Garantiside(ur, fritagelser, har_udkast=udkast is not None, dato=dato)


def _sluttet(forloeb: Ressourceforloeb, dato: date) -> date | None:
    if forloeb.afsluttet_dato:
        return forloeb.afsluttet_dato
    return forloeb.slut_dato if forloeb.slut_dato < dato else None


def _af_billeder(indsatser: Iterable[Indsatsbillede]) -> list[Begyndt]:
    begyndte = [
        Begyndt(i.navn, i.garanti, i.faktisk_start, i.faktisk_slut)
        for i in sorted(indsatser, key=lambda indsats: indsats.id)
        if i.faktisk_start
    ]
    return sorted(begyndte, key=lambda begyndt: begyndt.fra)


def _begyndte(forloeb: Ressourceforloeb) -> list[Begyndt]:
    begyndte = forloeb.indsatser.filter(~Q(faktisk_start=None)).order_by("faktisk_start", "pk")
    return [
        Begyndt(navn, slags, fra, til)
        for navn, slags, fra, til in begyndte.values_list(
            "beskrivelse", "indsatstype__garanti", "faktisk_start", "faktisk_slut"
        )
        if fra is not None
    ]
