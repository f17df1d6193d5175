"""The ledger of the indstilling as the plan page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from indsatsplan import billede, regnskab
from indsatsplan.billede import Maalbillede
from indsatsplan.models import Indsats, Ressourceforloeb
from indsatsplan.regnskab import Forklaring, Indsatsgang, Post, Tilstand
from rehabilitering.models import Indstillingslinje

IKONER = {
    Tilstand.BEGYNDT: ("ok", "check"),
    Tilstand.PLANLAGT: ("ren", "calendar-month"),
    Tilstand.ERSTATTET: ("info", "info"),
    Tilstand.OPGIVET: ("ren", "close"),
    Tilstand.IKKE_BEGYNDT: ("fejl", "error"),
}


@dataclass(frozen=True, slots=True)
class Regnskabslinje:
    """One line of the indstilling with its entry in the ledger."""

    linje: Indstillingslinje
    post: Post

    @property
    def noegle(self) -> str:
        """The key that opens its form in the plan page, and its place there."""
        return f"linje-{self.linje.pk}"

    @property
    def navn(self) -> str:
        """What the team called the effort, else its type."""
        return self.linje.beskrivelse or self.linje.indsatstype.navn

    @property
    def tone(self) -> str:
        """The tone of the state's mark."""
        return IKONER[self.post.tilstand][0]

    @property
    def ikon(self) -> str:
        """The icon of the state's mark."""
        return IKONER[self.post.tilstand][1]

    @property
    def mangler(self) -> bool:
        """Whether it is still to be planned or explained."""
        return self.post.tilstand == Tilstand.IKKE_BEGYNDT

    @property
    def kan_fortrydes(self) -> bool:
        """Whether an explanation stands that may be taken back: not when the line is carried out."""
        return self.post.forklaring is not None and self.post.tilstand not in {
            Tilstand.BEGYNDT,
            Tilstand.PLANLAGT,
        }


@dataclass(frozen=True, slots=True)
class Linjeregnskab:
    """What became of the indstilling that a forløb rests on."""

    moede_dato: date
    linjer: tuple[Regnskabslinje, ...]

    @property
    def kan_planlaegges(self) -> int:
        """How many lines have neither an effort nor an explanation."""
        return sum(linje.mangler and linje.post.forklaring is None for linje in self.linjer)

    @property
    def i_ord(self) -> str:
        """`3 af 5 linjer er begyndt, 1 er erstattet, 1 er ikke begyndt`."""
        return regnskab.i_ord(linje.post.tilstand for linje in self.linjer)


def af_forloeb(
    forloeb: Ressourceforloeb, maal: Iterable[Maalbillede], *, i_dag: date
) -> Linjeregnskab | None:
    """The ledger of the forløb's indstilling on `i_dag`; None without one or without lines.

    `maal` is the whole plan, also what it says of health. Two statements.
    """
    grundlag = forloeb.afgoerelse.grundlag
    if grundlag is None:
        return None
    linjer = list(
        Indstillingslinje.objects.gaeldende()
        .filter(indstilling=grundlag)
        .select_related("indsatstype")
    )
    if not linjer:
        return None
    poster = regnskab.regnskab(
        [linje.pk for linje in linjer],
        _indsatsgange(maal, {linje.nr: linje.pk for linje in linjer}),
        _forklaringer(forloeb),
        moede_dato=grundlag.moede_dato,
        til=min(i_dag, forloeb.gaelder_til),
    )
    return Linjeregnskab(grundlag.moede_dato, tuple(map(Regnskabslinje, linjer, poster)))


def _indsatsgange(maal: Iterable[Maalbillede], linjer: dict[int, int]) -> list[Indsatsgang]:
    return [
        Indsatsgang(
            id=i.id,
            navn=i.navn,
            linje=linjer.get(i.linje) if i.linje is not None else None,
            planlagt_start=i.planlagt_start,
            faktisk_start=i.faktisk_start,
            er_bortfaldet=i.status == Indsats.Status.BORTFALDET,
        )
        for i in billede.indsatser(maal)
    ]


def _forklaringer(forloeb: Ressourceforloeb) -> list[Forklaring]:
    return [
        Forklaring(
            id=f.pk,
            linje=f.linje_id,
            erstattet_af=f.erstattet_af_id,
            begrundelse=f.begrundelse,
            dato=timezone.localtime(f.noteret_den).date(),
        )
        for f in forloeb.linjeforklaringer.gaeldende()
    ]
