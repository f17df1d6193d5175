"""Every deadline reckoned a second time, day by day in plain Python, from the rows of the cases.

Written from the text of the rules (domain.md 1.4 and 8) and from nothing else: it shares neither the
calendar, nor the arithmetic, nor a query with what it is held against. `Orakel(...).frister(dato)` is
what `Frist` shall hold on that day; `fundne` is what it holds, in the same form.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Model

from borgere.models import Sag, Samtykke, Tildeling
from indsatsplan.models import (
    Fritagelse,
    Genforelaeggelse,
    Indsats,
    Indsatspause,
    Indsatsplan,
    Ressourceforloeb,
)
from opfoelgning.models import Frist, Fristregel, Opfoelgningsmoede, Opfoelgningspunkt, Opgave
from rehabilitering.models import (
    Afgoerelse,
    Dagsordenspunkt,
    Indstilling,
    Klage,
    Kvalitetssikring,
    Laegeattest,
    Sagspakke,
)
from ressource.models import Lukkedag, Regelsaet

EN_DAG = timedelta(days=1)
DANMARK = ZoneInfo("Europe/Copenhagen")
# A deadline that no fact asks for any more keeps its row, and this says why it is over.
GRUNDLAGET = "Grundlaget for fristen er ændret"
SAGEN_SLUT = "Sagen er afsluttet"
FORLOEBET_SLUT = "Forløbet er slut"

# What the house has a calendar for; nothing is due outside it.
KALENDEREN = date(2012, 1, 1), date(2034, 12, 31)

Slut = tuple[date, str]


class Noegle(NamedTuple):
    """What makes a deadline one and the same."""

    sag: int
    kode: str
    anker_type: str
    anker_id: int


class Ventet(NamedTuple):
    """Everything else that a deadline's row says."""

    regel: int
    navn: str
    start: date
    laengde: int | None
    pause: int
    forfald: date
    maal: date
    varsel: date
    ejer: int | None
    opfyldt: date | None
    bortfaldet: date | None
    grund: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Faktum:
    """What started a deadline, and what ended it. `pauser` of its own replace the rule's."""

    kode: str
    anker: tuple[str, int]
    start: date
    lov: date | None = None
    fra: date | None = None
    laengde: int | None = None
    pause: int | None = None
    opfyldt: date | None = None
    # In the order in which they speak when two fall on one day.
    bortfald: list[Slut] = field(default_factory=list)
    navn: str = ""
    navn_som_aaben: str = ""
    ejer: int | None = None


# The calendar


@cache
def paaskedag(aar: int) -> date:
    """Easter Sunday, by the Gregorian computus."""
    a, (b, c) = aar % 19, divmod(aar, 100)
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    maaned, dag = divmod(h + m - 7 * n + 114, 31)
    return date(aar, maaned, dag + 1)


@cache
def helligdage(aar: int) -> frozenset[date]:
    """Public holidays, and the three days that are treated like them (domain.md 8.1)."""
    faste = [(1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31)]
    fra_paaske = [-3, -2, 0, 1, 39, 49, 50]
    if aar < 2024:
        fra_paaske.append(26)
    return frozenset(
        [date(aar, maaned, dag) for maaned, dag in faste]
        + [paaskedag(aar) + timedelta(days=dage) for dage in fra_paaske]
    )


def er_arbejdsdag(dag: date) -> bool:
    """Monday to Friday, and no holiday."""
    return dag.weekday() < 5 and dag not in helligdage(dag.year)


def maaneder_fra(dag: date, antal: int) -> date:
    """The same day number so many months on (or back), or the last day of that month."""
    aar, maaned = dag.year, dag.month
    for _ in range(abs(antal)):
        maaned += 1 if antal > 0 else -1
        if maaned == 13:
            aar, maaned = aar + 1, 1
        elif maaned == 0:
            aar, maaned = aar - 1, 12
    return date(aar, maaned, min(dag.day, monthrange(aar, maaned)[1]))


def dagen(tid: datetime | None) -> date | None:
    """The date in Denmark at that instant."""
    return tid.astimezone(DANMARK).date() if tid else None


def foerste(*dage: date | None) -> date | None:
    """The earliest of those that are known."""
    return min((dag for dag in dage if dag), default=None)


@dataclass(slots=True)
class Sagsbillede:
    """The rows of one case, in no order."""

    sag: Any
    raekker: dict[type[Model], list[Any]]

    def __getitem__(self, model: type[Model]) -> list[Any]:
        return self.raekker.get(model, [])


# What is read of each model; the first name leads to the case (the citizen, of a consent).
_FELTER: dict[type[Model], tuple[str, ...]] = {
    Tildeling: ("sag", "pk", "bruger", "bruger__roller", "art", "fra_dato", "til_dato"),
    Indstilling: ("sag", "pk", "moede_dato", "udfald", "afsluttet_den"),
    Afgoerelse: (
        "sag",
        "pk",
        "indstilling",
        "erstatter",
        "regelsaet",
        "udfald",
        "afgoerelse_dato",
        "modtaget_dato",
        "klagefrist_uger",
    ),
    Ressourceforloeb: ("sag", "pk", "afgoerelse", "start_dato", "slut_dato", "afsluttet_dato"),
    Indsatsplan: ("forloeb__sag", "forloeb", "godkendt_dato"),
    Indsats: (
        "forloeb__sag",
        "pk",
        "forloeb",
        "indsatstype__garanti",
        "faktisk_start",
        "faktisk_slut",
    ),
    Indsatspause: ("indsats__forloeb__sag", "indsats", "fra_dato", "til_dato", "fjernet_den"),
    Fritagelse: ("forloeb__sag", "forloeb", "fra_dato", "til_dato", "fjernet_den"),
    Genforelaeggelse: ("forloeb__sag", "forloeb", "afgjort_den"),
    Opfoelgningsmoede: (
        "sag",
        "pk",
        "status",
        "tidspunkt",
        "aftalt_dato",
        "afholdt_dato",
        "afgjort_dato",
        "lukket_den",
        "skitse",
        "uden_naeste_begrundelse",
    ),
    Opfoelgningspunkt: ("moede__sag", "moede", "naeste_tre_maaneder"),
    Laegeattest: ("sag", "pk", "anmodet_dato", "modtaget_dato", "annulleret_dato"),
    Klage: (
        "sag",
        "pk",
        "afgoerelse",
        "modtaget_dato",
        "genvurdering_dato",
        "resultat",
        "resultat_dato",
    ),
    Kvalitetssikring: ("sag", "pk", "resultat", "indsendt_den", "afgjort_den"),
    Dagsordenspunkt: (
        "sag",
        "pk",
        "moede__dato",
        "moede__aflyst_den",
        "sat_paa_den",
        "taget_af_den",
        "behandlet_den",
    ),
    Sagspakke: ("punkt__sag", "punkt", "udgivet_den"),
    Opgave: (
        "sag",
        "pk",
        "indstilling__moede_dato",
        "hvem",
        "bruger",
        "bruger__is_active",
        "hvad",
        "frist_dato",
        "udfoert_dato",
        "bortfaldet_dato",
        "bortfaldet_grund",
    ),
    Samtykke: (
        "borger",
        "pk",
        "art",
        "modtager",
        "netvaerksperson",
        "modtager_navn",
        "fra_dato",
        "til_dato",
        "trukket_dato",
    ),
}


class Orakel:
    """Reads the cases (default all) once; reckons them on any day."""

    def __init__(self, sager: Collection[int] | None = None) -> None:
        self.lukkedage = set(Lukkedag.objects.values_list("dato", flat=True))
        self.regler = defaultdict(list)
        for regel in Fristregel.objects.all():
            self.regler[regel.kode].append(regel)
        self.regelsaet = {r.pk: r for r in Regelsaet.objects.all()}
        alle = Sag.objects.all() if sager is None else Sag.objects.filter(pk__in=sager)
        self.sager = [
            Sagsbillede(sag, {})
            for sag in alle.values_list(
                "pk", "borger", "regelsaet", "oprettet_dato", "afsluttet_dato", named=True
            )
        ]
        self._laes()

    def _laes(self) -> None:
        efter_sag = {s.sag.pk: [s] for s in self.sager}
        efter_borger = defaultdict(list)
        for s in self.sager:
            efter_borger[s.sag.borger].append(s)
        for model, felter in _FELTER.items():
            hvor = efter_borger if model is Samtykke else efter_sag
            raekker = model._default_manager.filter(**{f"{felter[0]}__in": list(hvor)})
            for raekke in raekker.values_list(*felter, named=True):
                for s in hvor.get(raekke[0], ()):
                    s.raekker.setdefault(model, []).append(raekke)

    def frister(self, dato: date) -> dict[Noegle, Ventet]:
        """The deadlines there shall be on `dato`."""
        ventede = {}
        for s in self.sager:
            sagen = EnSag(self, s, dato)
            for faktum in sagen.fakta():
                frist = sagen.frist(faktum)
                if frist is not None:
                    noegle = Noegle(s.sag.pk, faktum.kode, *faktum.anker)
                    assert noegle not in ventede, noegle
                    ventede[noegle] = frist
        return ventede

    def regel(self, kode: str, lov: date) -> Fristregel | None:
        """The version in force on the day."""
        for regel in self.regler[kode]:
            if regel.gyldig_fra <= lov and (regel.gyldig_til is None or lov <= regel.gyldig_til):
                return regel
        return None

    def er_aaben(self, dag: date) -> bool:
        """A working day on which the municipality is not closed by its own choice."""
        return er_arbejdsdag(dag) and dag not in self.lukkedage

    def taeller(self, regel: Fristregel, dag: date) -> bool:
        """Whether the rule counts the day, and may end on it: the law knows no local closing."""
        return er_arbejdsdag(dag) if regel.alvor == "lov" else self.er_aaben(dag)

    def regn(self, regel: Fristregel, fra: date, laengde: int) -> date:
        """The raw end, before pauses and rolling."""
        fortegn = -1 if regel.retning == "foer" else 1
        match regel.enhed:
            case "DAGE":
                return fra + fortegn * timedelta(days=laengde)
            case "UGER":
                return fra + fortegn * timedelta(days=7 * laengde)
            case "MAANEDER":
                return maaneder_fra(fra, fortegn * laengde)
        while laengde:
            fra += fortegn * EN_DAG
            laengde -= self.taeller(regel, fra)
        return fra

    def rul(self, regel: Fristregel, dag: date) -> date:
        """Where the deadline ends, when the raw end is a day that it may not end on."""
        if regel.rulning != "ingen":
            while not self.taeller(regel, dag):
                dag += EN_DAG if regel.rulning == "frem" else -EN_DAG
        return dag

    def sidste_aabne(self, dag: date) -> date:
        """The last open day up to and including `dag`: what to plan for."""
        while not self.er_aaben(dag):
            dag -= EN_DAG
        return dag


def pausedage(pauser: Iterable[tuple[date, date]], foerste_dag: date, raa: date) -> int:
    """Days the clock stood still: all of each pause that begins no later than the end so far."""
    ende = raa
    for fra, til in sorted(pauser):
        dag = max(fra, foerste_dag)
        if dag > ende:
            continue
        while dag <= til:
            ende += EN_DAG
            dag += EN_DAG
    return (ende - raa).days


class EnSag:
    """One case as it looks on one day."""

    def __init__(self, hus: Orakel, s: Sagsbillede, dato: date) -> None:
        self.hus, self.s, self.dato = hus, s, dato
        self.holdt = sorted(
            (m for m in s[Opfoelgningsmoede] if m.status == "afholdt"),
            key=lambda m: (m.afholdt_dato, m.pk),
        )
        self.slut: list[Slut] = [(s.sag.afsluttet_dato, SAGEN_SLUT)] if s.sag.afsluttet_dato else []
        self.afgoerelser = {a.pk: a for a in s[Afgoerelse]}

    def fakta(self) -> Iterator[Faktum]:
        """What the case asks for, rule by rule."""
        yield from self._efter_teamet()
        yield from self._attester()
        yield from self._klager()
        yield from self._horisonter()
        yield from self._naeste_moede()
        for f in self.s[Ressourceforloeb]:
            yield from self._garanti(f)
            yield from self._samtaler(f)
            yield self._forloeb_max(f)
            yield self._forloeb_slut(f)
            yield from self._passiv(f)
        yield from self._samtykker()
        yield from self._sagspakker()
        yield from self._retur()
        yield from self._opgaver()

    def frist(self, f: Faktum) -> Ventet | None:
        """The row of one fact; None when no rule was in force, or it ends outside the calendar."""
        regel = self.hus.regel(f.kode, f.lov or f.start)
        if regel is None:
            return None
        fra = f.fra or f.start
        raa = self.hus.regn(regel, fra, regel.laengde if f.laengde is None else f.laengde)
        pause = self._pause(regel, f, fra, raa)
        forfald = self.hus.rul(regel, raa + timedelta(days=pause))
        if not (KALENDEREN[0] <= min(raa, forfald) and max(raa, forfald) <= KALENDEREN[1]):
            return None
        varsel = forfald - timedelta(days=regel.varsel_dage)
        if f.start <= forfald:
            varsel = max(varsel, f.start)
        opfyldt, bortfaldet, grund = self._ende(regel, f, forfald)
        aaben = opfyldt is None and bortfaldet is None
        return Ventet(
            regel=regel.pk,
            navn=f.navn or (f.navn_som_aaben if aaben else ""),
            start=f.start,
            laengde=f.laengde,
            pause=pause,
            forfald=forfald,
            maal=self.hus.sidste_aabne(forfald),
            varsel=varsel,
            ejer=f.ejer or self._ansvarlig(),
            opfyldt=opfyldt,
            bortfaldet=bortfaldet,
            grund=grund,
        )

    def _pause(self, regel: Fristregel, f: Faktum, fra: date, raa: date) -> int:
        if not regel.pause_ved_fritagelse or regel.retning == "foer":
            return 0
        if f.pause is not None:
            return f.pause
        pauser = [
            pause for forloeb in self.s[Ressourceforloeb] for pause in self._fritaget(forloeb)
        ]
        return pausedage(pauser, fra + EN_DAG, raa)

    def _fritaget(self, forloeb: Any) -> Iterator[tuple[date, date]]:
        """First and last day of each exemption; one that goes on is counted to this day."""
        til_nu = min(self.dato, forloeb.afsluttet_dato or forloeb.slut_dato)
        for t in self.s[Fritagelse]:
            if t.forloeb == forloeb.pk and t.fjernet_den is None:
                yield t.fra_dato, t.til_dato or til_nu

    def _ende(
        self, regel: Fristregel, f: Faktum, forfald: date
    ) -> tuple[date | None, date | None, str]:
        """The first of what has happened by this day; on one day, what fulfils."""
        opfyldt = f.opfyldt if f.opfyldt and f.opfyldt <= self.dato else None
        # `min` keeps the first of equals.
        bortfald = min(
            (b for b in f.bortfald if b[0] <= self.dato), key=lambda b: b[0], default=None
        )
        if opfyldt and (bortfald is None or opfyldt <= bortfald[0]):
            return opfyldt, None, ""
        if bortfald:
            return None, *bortfald
        if regel.udloeber and forfald < self.dato:
            return forfald, None, ""
        return None, None, ""

    def _tildelt(self, art: str = "", rolle: str = "") -> int | None:
        """Whose assignment is in force; the oldest row when there are several."""
        gaeldende = [
            t
            for t in self.s[Tildeling]
            if t.fra_dato <= self.dato
            and (t.til_dato is None or t.til_dato >= self.dato)
            and (not art or t.art == art)
            and (not rolle or rolle in t.bruger__roller)
        ]
        return min(gaeldende, key=lambda t: t.pk).bruger if gaeldende else None

    def _ansvarlig(self) -> int | None:
        return self._tildelt("ansvarlig")

    # After the team meeting

    def _efter_teamet(self) -> Iterator[Faktum]:
        afsluttede = sorted(
            (i for i in self.s[Indstilling] if i.afsluttet_den),
            key=lambda i: (i.moede_dato, i.pk),
        )
        for nr, i in enumerate(afsluttede):
            if i.udfald != "ressourceforloeb":
                continue
            bortfald = []
            afgoerelse = self._gaeldende_afgoerelse(i)
            if afgoerelse and afgoerelse.udfald != "ressourceforloeb":
                bortfald.append((afgoerelse.afgoerelse_dato, "Afgørelsen blev en anden"))
            bortfald += [
                (n.moede_dato, "Teamet har behandlet sagen igen") for n in afsluttede[nr + 1 :]
            ]
            bortfald += self.slut
            holdt = foerste(*(m.afholdt_dato for m in self.holdt if m.afholdt_dato >= i.moede_dato))
            opfoelgning = Faktum(
                kode="FOERSTE_OPFOELGNING",
                anker=("indstilling", i.pk),
                start=i.moede_dato,
                opfyldt=holdt,
                bortfald=bortfald,
            )
            yield opfoelgning
            yield from self._planen(i, opfoelgning, holdt, bortfald)

    def _planen(
        self, i: Any, opfoelgning: Faktum, holdt: date | None, bortfald: list[Slut]
    ) -> Iterator[Faktum]:
        grundlag = {f.pk for f in self.s[Ressourceforloeb] if self._grundlag(f) == i.pk}
        godkendt = foerste(*(p.godkendt_dato for p in self.s[Indsatsplan] if p.forloeb in grundlag))
        for kode in ("INDSATSPLAN_VARSEL", "INDSATSPLAN_FRIST"):
            regel = self.hus.regel(kode, i.moede_dato)
            fra = i.moede_dato
            if regel and regel.anker != "TEAMMOEDE":
                foerste_frist = self.frist(opfoelgning)
                fra = holdt or (foerste_frist and foerste_frist.forfald)
            if fra is None:
                continue
            yield Faktum(
                kode=kode,
                anker=("indstilling", i.pk),
                lov=i.moede_dato,
                start=fra,
                opfyldt=godkendt,
                bortfald=bortfald,
            )

    def _gaeldende_afgoerelse(self, i: Any) -> Any:
        """The decision on the indstilling as it was last changed."""
        sidste = None
        naeste = [a for a in self.afgoerelser.values() if a.indstilling == i.pk]
        while naeste and naeste[0].afgoerelse_dato:
            sidste = naeste[0]
            naeste = [a for a in self.afgoerelser.values() if a.erstatter == sidste.pk]
        return sidste

    def _grundlag(self, forloeb: Any) -> int | None:
        """The indstilling the forløb rests on, also through a changed decision."""
        a = self.afgoerelser[forloeb.afgoerelse]
        while a.indstilling is None and a.erstatter:
            a = self.afgoerelser[a.erstatter]
        return a.indstilling

    # Letters and certificates

    def _attester(self) -> Iterator[Faktum]:
        for a in self.s[Laegeattest]:
            annulleret = [(a.annulleret_dato, "Bestillingen er annulleret")]
            yield Faktum(
                kode="LAE265_SVAR",
                anker=("laegeattest", a.pk),
                start=a.anmodet_dato,
                opfyldt=a.modtaget_dato,
                bortfald=[*(annulleret if a.annulleret_dato else []), *self.slut],
            )

    def _klager(self) -> Iterator[Faktum]:
        for a in self.s[Afgoerelse]:
            if a.afgoerelse_dato and a.modtaget_dato:
                yield Faktum(
                    kode="KLAGEFRIST",
                    anker=("afgoerelse", a.pk),
                    start=a.modtaget_dato,
                    laengde=a.klagefrist_uger,
                )
        for k in self.s[Klage]:
            trukket = [(k.resultat_dato, "Klagen er trukket tilbage")]
            regelsaet = self.afgoerelser[k.afgoerelse].regelsaet or self.s.sag.regelsaet
            yield Faktum(
                kode="GENVURDERING",
                anker=("klage", k.pk),
                start=k.modtaget_dato,
                laengde=self.hus.regelsaet[regelsaet].genvurdering_uger,
                opfyldt=k.genvurdering_dato,
                bortfald=trukket if k.resultat == "trukket" else [],
            )

    # Follow-up meetings

    def _case_forloeb_slut(self) -> list[Slut]:
        """When the case has forløb and none of them runs: the latest of their ends."""
        alle = self.s[Ressourceforloeb]
        if not alle or any(
            f.start_dato <= self.dato <= (f.afsluttet_dato or f.slut_dato) for f in alle
        ):
            return []
        return [(max(f.afsluttet_dato or f.slut_dato for f in alle), FORLOEBET_SLUT)]

    def _horisonter(self) -> Iterator[Faktum]:
        med_linjer = {p.moede for p in self.s[Opfoelgningspunkt] if p.naeste_tre_maaneder}
        for nr, m in enumerate(self.holdt):
            naeste = self.holdt[nr + 1].afholdt_dato if nr + 1 < len(self.holdt) else None
            for kode, skrevet in (
                ("HORISONT_KONKRET", m.pk in med_linjer),
                ("HORISONT_SKITSE", m.skitse != ""),
            ):
                if skrevet:
                    yield Faktum(
                        kode=kode,
                        anker=("moede", m.pk),
                        start=m.afholdt_dato,
                        opfyldt=naeste,
                        bortfald=self.slut + self._case_forloeb_slut(),
                    )

    def _naeste_moede(self) -> Iterator[Faktum]:
        for m in self.s[Opfoelgningsmoede]:
            if m.status == "planlagt":
                continue
            d = dagen(m.lukket_den) if m.status == "afholdt" else m.afgjort_dato
            aftalte = [
                max(n.aftalt_dato, d)
                for n in self.s[Opfoelgningsmoede]
                if n.pk != m.pk
                and (dagen(n.tidspunkt) > dagen(m.tidspunkt) or n.aftalt_dato >= d)
                and not (n.afgjort_dato and n.afgjort_dato < d)
            ]
            begrundet = m.status == "afholdt" and m.uden_naeste_begrundelse != ""
            yield Faktum(
                kode="NAESTE_MOEDE_AFTALT",
                anker=("moede", m.pk),
                start=d,
                opfyldt=foerste(*aftalte),
                bortfald=[
                    *([(d, "Begrundet ved mødet")] if begrundet else []),
                    *self.slut,
                    *self._case_forloeb_slut(),
                ],
            )

    # The forløb

    def _forloebet_slut(self, f: Any) -> list[Slut]:
        sidste = f.afsluttet_dato or (f.slut_dato if f.slut_dato < self.dato else None)
        return [(sidste, FORLOEBET_SLUT)] if sidste else []

    def _garanti(self, f: Any) -> Iterator[Faktum]:
        """LAB § 113 stk. 2: something that counts has begun, or the team sees the case again."""
        afgoerelse = self.afgoerelser[f.afgoerelse]
        maaneder = self.hus.regelsaet[afgoerelse.regelsaet].indsatsgaranti_maaneder
        if maaneder is None:
            return
        raa = maaneder_fra(f.start_dato, maaneder)
        pause = pausedage(self._fritaget(f), f.start_dato, raa)
        sidste = raa + timedelta(days=pause)
        egne = [i for i in self.s[Indsats] if i.forloeb == f.pk and i.faktisk_start]
        begyndt = [
            i.faktisk_start
            for i in egne
            if i.indsatstype__garanti == "taeller" and i.faktisk_start >= f.start_dato
        ]
        ordinaere = [
            max(i.faktisk_start, f.start_dato)
            for i in egne
            if i.indsatstype__garanti == "ordinaere_timer"
            and i.faktisk_start <= sidste
            and (i.faktisk_slut is None or i.faktisk_slut >= f.start_dato)
        ]
        afgjort = [dagen(g.afgjort_den) for g in self.s[Genforelaeggelse] if g.forloeb == f.pk]
        igen = [
            i.moede_dato
            for i in self.s[Indstilling]
            if i.afsluttet_den and i.moede_dato > f.start_dato and i.pk != afgoerelse.indstilling
        ]
        timer = [(dag, "Borgeren har fået ordinære timer") for dag in ordinaere]
        yield Faktum(
            kode="INDSATSGARANTI",
            anker=("forloeb", f.pk),
            start=f.start_dato,
            laengde=maaneder,
            pause=pause,
            opfyldt=foerste(*begyndt, *afgjort, *igen),
            bortfald=[*timer, *self._forloebet_slut(f)],
        )

    def _samtaler(self, f: Any) -> Iterator[Faktum]:
        """So many talks in twelve months: from the first day, and again from each talk."""
        sidste_dag = f.afsluttet_dato or f.slut_dato
        talte = [m for m in self.holdt if f.start_dato <= m.afholdt_dato <= sidste_dag]
        for k in range(len(talte) + 1):
            start = talte[k - 1].afholdt_dato if k else f.start_dato
            regel = self.hus.regel("SAMTALER_MIN", start)
            if regel is None or (k and k > len(talte) - regel.antal + 1):
                continue
            ramt = talte[k + regel.antal - 1] if k + regel.antal <= len(talte) else None
            siden = sum(m.afholdt_dato <= self.dato for m in talte[k:])
            yield Faktum(
                kode="SAMTALER_MIN",
                anker=("moede", talte[k - 1].pk) if k else ("forloeb", f.pk),
                start=start,
                opfyldt=ramt.afholdt_dato if ramt else None,
                bortfald=self._forloebet_slut(f),
                navn_som_aaben=f"Samtale {siden + 1} af {regel.antal}",
            )

    def _forloeb_max(self, f: Any) -> Faktum:
        regelsaet = self.hus.regelsaet[self.afgoerelser[f.afgoerelse].regelsaet]
        return Faktum(
            kode="FORLOEB_MAX",
            anker=("forloeb", f.pk),
            start=f.start_dato,
            laengde=regelsaet.varighed_max_maaneder,
            opfyldt=f.afsluttet_dato,
        )

    def _forloeb_slut(self, f: Any) -> Faktum:
        return Faktum(
            kode="FORLOEB_SLUT",
            anker=("forloeb", f.pk),
            start=f.start_dato,
            fra=f.slut_dato,
            opfyldt=f.afsluttet_dato,
            bortfald=self.slut,
        )

    def _passiv(self, f: Any) -> Iterator[Faktum]:
        """Each stretch of more than seven days in which nothing went on, walked through."""
        sidste_dag = f.afsluttet_dato or f.slut_dato
        til = min(self.dato, sidste_dag)
        if til < f.start_dato:
            return
        i_gang = self._dage_i_gang(f, til)
        fritaget = _dage(
            ((t.fra_dato, t.til_dato) for t in self._fritagelser(f)), f.start_dato, til
        )
        begyndt = None
        dag = f.start_dato
        while dag <= til + EN_DAG:
            er_passiv = dag <= til and dag not in i_gang and dag not in fritaget
            if er_passiv and begyndt is None:
                begyndt = dag
            elif not er_passiv and begyndt is not None:
                if (dag - begyndt).days > 7:
                    yield self._straekning(f, begyndt, dag, i_gang, fritaget)
                begyndt = None
            dag += EN_DAG

    def _straekning(
        self, f: Any, fra: date, efter: date, i_gang: set[date], fritaget: set[date]
    ) -> Faktum:
        """The stretch that begins `fra`; `efter` is the first day after it, or tomorrow."""
        if efter in i_gang:
            opfyldt, bortfald = efter, []
        elif efter in fritaget:
            opfyldt, bortfald = None, [(efter, "Borgeren er fritaget")]
        else:
            opfyldt, bortfald = None, self._forloebet_slut(f)
        return Faktum(
            kode="PASSIV_TID",
            anker=("passiv_fra", int(fra.strftime("%Y%m%d"))),
            start=fra,
            opfyldt=opfyldt,
            bortfald=bortfald,
        )

    def _fritagelser(self, f: Any) -> list[Any]:
        return [t for t in self.s[Fritagelse] if t.forloeb == f.pk and t.fjernet_den is None]

    def _dage_i_gang(self, f: Any, til: date) -> set[date]:
        i_gang: set[date] = set()
        for i in self.s[Indsats]:
            if i.forloeb == f.pk and i.faktisk_start:
                pauser = [
                    (p.fra_dato, p.til_dato)
                    for p in self.s[Indsatspause]
                    if p.indsats == i.pk and p.fjernet_den is None
                ]
                dage = _dage([(i.faktisk_start, i.faktisk_slut)], f.start_dato, til)
                i_gang |= dage - _dage(pauser, f.start_dato, til)
        return i_gang

    # Consents, the team's package, what was sent back, and tasks

    def _samtykker(self) -> Iterator[Faktum]:
        sag = self.s.sag
        for samtykke in self.s[Samtykke]:
            til = samtykke.til_dato
            if sag.oprettet_dato > til:
                continue
            # Closed before the consent was given, the case has nothing to do with it.
            if sag.afsluttet_dato and sag.afsluttet_dato < samtykke.fra_dato:
                continue
            fornyet = [
                max(n.fra_dato, samtykke.fra_dato)
                for n in self.s[Samtykke]
                if _til_hvem(n) == _til_hvem(samtykke) and n.til_dato > til
            ]
            trukket = [(samtykke.trukket_dato, "Samtykket er trukket tilbage")]
            yield Faktum(
                kode="SAMTYKKE_UDLOEBER",
                anker=("samtykke", samtykke.pk),
                start=samtykke.fra_dato,
                fra=til,
                opfyldt=foerste(*fornyet),
                bortfald=[*(trukket if samtykke.trukket_dato else []), *self.slut],
                navn=f"Samtykke udløber: {Samtykke.Modtager(samtykke.modtager).label}",
            )

    def _sagspakker(self) -> Iterator[Faktum]:
        for p in self.s[Dagsordenspunkt]:
            taget_af = foerste(dagen(p.taget_af_den), dagen(p.moede__aflyst_den))
            behandlet = dagen(p.behandlet_den)
            yield Faktum(
                kode="SAGSPAKKE",
                anker=("dagsordenspunkt", p.pk),
                start=dagen(p.sat_paa_den),
                fra=p.moede__dato,
                laengde=self.hus.regelsaet[self.s.sag.regelsaet].sagspakke_varsel_dage,
                opfyldt=foerste(
                    *(dagen(n.udgivet_den) for n in self.s[Sagspakke] if n.punkt == p.pk)
                ),
                bortfald=[
                    *([(taget_af, "Sagen er taget af dagsordenen")] if taget_af else []),
                    *([(behandlet, "Teamet har behandlet sagen")] if behandlet else []),
                    *self.slut,
                ],
            )

    def _retur(self) -> Iterator[Faktum]:
        for k in self.s[Kvalitetssikring]:
            if k.resultat == "retur":
                igen = [dagen(n.indsendt_den) for n in self.s[Kvalitetssikring] if n.pk > k.pk]
                yield Faktum(
                    kode="RETUR_SVAR",
                    anker=("kvalitetssikring", k.pk),
                    start=dagen(k.afgjort_den),
                    opfyldt=foerste(*igen),
                    bortfald=self.slut,
                )

    def _opgaver(self) -> Iterator[Faktum]:
        for o in self.s[Opgave]:
            bortfald = [(o.bortfaldet_dato, o.bortfaldet_grund[:150])]
            yield Faktum(
                kode="OPGAVE",
                anker=("opgave", o.pk),
                start=o.indstilling__moede_dato,
                fra=o.frist_dato,
                opfyldt=o.udfoert_dato,
                bortfald=[*(bortfald if o.bortfaldet_dato else []), *self.slut],
                navn=o.hvad,
                ejer=self._opgavens(o),
            )

    def _opgavens(self, o: Any) -> int | None:
        if o.bruger and o.bruger__is_active:
            return o.bruger
        if o.hvem == "mentor":
            return self._tildelt("mentor")
        if o.hvem == "virksomhedskonsulent":
            return self._tildelt(rolle="virksomhedskonsulent")
        return None


def _til_hvem(samtykke: Any) -> tuple[Any, ...]:
    """What two consents share when the later renews the earlier."""
    s = samtykke
    return s.art, s.modtager, s.netvaerksperson, s.modtager_navn


def _dage(perioder: Iterable[tuple[date, date | None]], fra: date, til: date) -> set[date]:
    """Every day of the periods from `fra` to `til`; one without an end goes on."""
    dage = set()
    for foerste_dag, sidste_dag in perioder:
        dag = max(foerste_dag, fra)
        while dag <= min(sidste_dag or til, til):
            dage.add(dag)
            dag += EN_DAG
    return dage


def fundne(sager: Collection[int] | None = None) -> dict[Noegle, Ventet]:
    """The rows there are, but those whose ground is gone."""
    raekker = Frist.objects.exclude(bortfaldet_begrundelse=GRUNDLAGET)
    if sager is not None:
        raekker = raekker.filter(sag__in=sager)
    return {
        Noegle(*r[:4]): Ventet(*r[4:])
        for r in raekker.values_list(
            "sag",
            "kode",
            "anker_type",
            "anker_id",
            "regel",
            "navn",
            "start_dato",
            "laengde",
            "pause_dage",
            "forfald_dato",
            "maal_dato",
            "varsel_dato",
            "ejer",
            "opfyldt_dato",
            "bortfaldet_dato",
            "bortfaldet_begrundelse",
        )
    }


def forskelle(ventede: dict[Noegle, Ventet], fundne: dict[Noegle, Ventet]) -> list[str]:
    """What differs, a line each; the first of each rule, so that one fault is read once."""
    linjer = {}
    for noegle in sorted({*ventede, *fundne}):
        a, b = ventede.get(noegle), fundne.get(noegle)
        if a == b or noegle.kode in linjer:
            continue
        if a is None or b is None:
            linjer[noegle.kode] = f"{noegle}: ventet {a}, fundet {b}"
        else:
            felter = [
                f"{navn} ventet {x}, fundet {y}"
                for navn, x, y in zip(Ventet._fields, a, b, strict=True)
                if x != y
            ]
            linjer[noegle.kode] = f"{noegle}: {'; '.join(felter)}"
    return list(linjer.values())
