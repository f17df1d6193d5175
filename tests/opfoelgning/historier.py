"""Random histories of many cases, put in the database a table at a time.

Nothing here knows a deadline. Days lie close together and near the turns of the calendar, so that
events coincide; ids come in another order than dates; what services would never allow together does
not matter, as long as the database takes it.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import count, pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Model

from borgere.models import Borger, Dokument, Netvaerksperson, Sag, Samtykke, Tildeling
from indsatsplan.models import (
    Fritagelse,
    Genforelaeggelse,
    Indsats,
    Indsatspause,
    Indsatsplan,
    Maal,
    Ressourceforloeb,
)
from opfoelgning.models import Fristregel, Opfoelgningsmoede, Opfoelgningspunkt, Opgave
from opfoelgning.models.logistik import Hvem
from rehabilitering.models import (
    Afgoerelse,
    Dagsordenspunkt,
    ForberedendeDel,
    Indsatstype,
    Indstilling,
    Klage,
    Kvalitetssikring,
    Laegeattest,
    Sagspakke,
    Teammoede,
)
from ressource.datoer import Enhed
from ressource.models import Bruger, Lukkedag, Regelsaet, Team

FOERSTE, SIDSTE = date(2023, 1, 1), date(2027, 6, 30)
# Leap days, ends of months, turns of the year, days just before a holiday.
SAERLIGE = [
    date(2023, 5, 4),
    date(2023, 8, 31),
    date(2023, 12, 24),
    date(2024, 2, 29),
    date(2024, 4, 26),
    date(2024, 12, 31),
    date(2025, 5, 30),
    date(2026, 1, 1),
    date(2026, 6, 5),
    date(2026, 12, 17),
    date(2027, 2, 28),
    date(2027, 3, 24),
]
_DANMARK = ZoneInfo("Europe/Copenhagen")
_RAEKKEFOELGE = (
    Borger,
    Netvaerksperson,
    Sag,
    Tildeling,
    Samtykke,
    ForberedendeDel,
    Kvalitetssikring,
    Dokument,
    Laegeattest,
    Teammoede,
    Dagsordenspunkt,
    Sagspakke,
    Indstilling,
    Opgave,
    Afgoerelse,
    Klage,
    Ressourceforloeb,
    Maal,
    Indsatsplan,
    Indsats,
    Indsatspause,
    Fritagelse,
    Genforelaeggelse,
    Opfoelgningsmoede,
    Opfoelgningspunkt,
)
# The ids begin where no factory of the same test has come.
_numre = count(5_000_000, 1000)


def en_dag(r: random.Random) -> date:
    """A day of the years the histories play in; every fourth is one of the special ones."""
    if r.random() < 0.25:
        return r.choice(SAERLIGE)
    return FOERSTE + timedelta(days=r.randrange((SIDSTE - FOERSTE).days))


def _kl(r: random.Random, dag: date) -> datetime:
    """Some time that day in Denmark: just after midnight it is still yesterday in UTC."""
    return datetime.combine(dag, r.choice([time(0, 20), time(10, 0), time(23, 40)]), _DANMARK)


def lav(
    r: random.Random, antal: int, begynder: Callable[[random.Random], date] = en_dag
) -> list[int]:
    """Make so many citizens' cases with all that happens in them; gives the cases' ids.

    `begynder` draws the day that a citizen's first case begins.
    """
    bygger = _Bygger(r, begynder)
    for _ in range(antal):
        bygger.borger()
    bygger.gem()
    return [sag.pk for sag in bygger.raekker[Sag]]


def lav_regler(r: random.Random) -> None:
    """New versions of every rule: other lengths, units, rolling, directions, pauses, and gaps.

    And numbers of their own in each rule set.
    """
    for regelsaet in Regelsaet.objects.all():
        regelsaet.genvurdering_uger = r.choice([3, 4, 5])
        regelsaet.sagspakke_varsel_dage = r.choice([5, 8])
        regelsaet.save(update_fields=["genvurdering_uger", "sagspakke_varsel_dage"])
    kendte = {regel.kode: regel for regel in Fristregel.objects.order_by("-gyldig_fra")}
    Fristregel.objects.all().delete()
    nye = []
    for kode, regel in kendte.items():
        skel = sorted({en_dag(r) for _ in range(r.randrange(3))})
        for fra, til in pairwise([date(2013, 1, 1), *skel, None]):
            nye.append(_version(r, regel, kode, fra, til))
    Fristregel.objects.bulk_create(nye)


def _version(
    r: random.Random, regel: Fristregel, kode: str, fra: date | None, til: date | None
) -> Fristregel:
    plan = kode.startswith("INDSATSPLAN")
    hul = til is not None and r.random() < 0.1
    felter = {
        "kode": kode,
        "navn": regel.navn,
        "hjemmel": regel.hjemmel,
        "udloeses_af": regel.udloeses_af,
        "opfyldes_af": regel.opfyldes_af,
        "udloeber": regel.udloeber,
        "gyldig_fra": fra,
        "gyldig_til": til and til - timedelta(days=10 if hul else 1),
        "anker": r.choice(["FOERSTE_OPFOELGNING", "TEAMMOEDE"]) if plan else "",
        "laengde": regel.laengde,
        "enhed": regel.enhed,
        "retning": regel.retning,
        "rulning": regel.rulning,
        "alvor": regel.alvor,
        "varsel_dage": regel.varsel_dage,
        "antal": regel.antal,
        "pause_ved_fritagelse": r.random() < 0.5,
        "eskalering_dage": r.choice([None, 7]),
    }
    if r.random() < 0.6:
        felter |= {
            "laengde": r.choice([0, 1, 2, 3, 6, 14]),
            "enhed": r.choice(Enhed.values),
            "retning": r.choice(["efter", "efter", "efter", "foer"]),
            "rulning": r.choice(["ingen", "frem", "tilbage"]),
            "alvor": r.choice(["lov", "vejledende"]),
            "varsel_dage": r.choice([0, 2, 30, 90]),
            "antal": r.choice([1, 2, 3, 6]) if kode == "SAMTALER_MIN" else 1,
        }
    til_ = felter["gyldig_til"]
    if til_ is not None and fra is not None and til_ < fra:
        felter["gyldig_til"] = fra
    return Fristregel(**felter)


def luk_dage(r: random.Random) -> None:
    """The municipality's own closing days: a week at Christmas, 1 May, the day after Ascension."""
    dage = {date(aar, 12, dag) for aar in range(2022, 2032) for dag in range(27, 31)}
    dage |= {date(aar, 5, 1) for aar in range(2022, 2032)} | {date(2027, 5, 7), date(2026, 5, 15)}
    dage |= {en_dag(r) for _ in range(40)}
    Lukkedag.objects.bulk_create(
        [Lukkedag(dato=dag, aarsag="Lukket") for dag in dage], ignore_conflicts=True
    )


class _Bygger:
    """Draws the rows of one citizen after the other, and keeps them until `gem`."""

    def __init__(self, r: random.Random, begynder: Callable[[random.Random], date]) -> None:
        self.r, self.begynder = r, begynder
        self.raekker: dict[type[Model], list[Any]] = defaultdict(list)
        self.brugte: dict[type[Model], set[int]] = defaultdict(set)
        self.bund = next(_numre) * 100
        self.loebenr = count(1)
        self.regelsaet = list(Regelsaet.objects.all())
        self.typer = [
            Indsatstype.objects.filter(garanti=garanti).first()
            for garanti in ("taeller", "ordinaere_timer", "taeller_ikke")
        ]
        self.team = Team.objects.create(navn=f"Historiehold {self.bund}")
        roller = ["sagsbehandler", "mentor", "virksomhedskonsulent"]
        self.brugere = Bruger.objects.bulk_create(
            [
                Bruger(
                    brugernavn=f"h{self.bund}-{nr}",
                    navn=f"Person {nr}",
                    roller=[roller[nr % 3]],
                    team=self.team,
                    is_active=nr != 7,
                )
                for nr in range(10)
            ]
        )

    def ny(self, model: type[Model], **felter: Any) -> Any:
        """One row with an id that says nothing of when."""
        while True:
            pk = self.bund + self.r.randrange(90_000)
            if pk not in self.brugte[model]:
                break
        self.brugte[model].add(pk)
        raekke = model(pk=pk, **felter)
        self.raekker[model].append(raekke)
        return raekke

    def gem(self) -> None:
        """Write everything, a statement or a few per table."""
        with _uden_triggere(), _egne_tidspunkter():
            for model in _RAEKKEFOELGE:
                model._default_manager.bulk_create(self.raekker[model], batch_size=2000)
        # Nobody else sees these rows, so nobody else counts them for the planner.
        with connection.cursor() as markoer:
            tabeller = ", ".join(model._meta.db_table for model in _RAEKKEFOELGE)
            markoer.execute(f"ANALYZE {tabeller}")

    def en(self) -> Bruger:
        return self.r.choice(self.brugere)

    def efter(self, dag: date, dage: int) -> date:
        return dag + timedelta(days=self.r.randrange(dage))

    def borger(self) -> None:
        r = self.r
        borger = self.ny(Borger, fornavn="Bo", efternavn="Skovsen", foedselsdato=date(1987, 3, 14))
        person = self.ny(Netvaerksperson, borger=borger, navn="Gerda Skovsen", relation="mor")
        start = self.begynder(r)
        # The citizen's forløb never overlap, whichever case they are in.
        ledig = start - timedelta(days=400)
        antal = r.choice([1, 1, 1, 1, 2])
        for nr in range(antal):
            # One open case a citizen: the latest, or none.
            lukkes = nr < antal - 1 or r.random() < 0.3
            ledig = self.sag(borger, start, ledig, lukkes)
            start = self.efter(start, 500)
        self.samtykker(borger, person, start)

    def sag(self, borger: Borger, start: date, ledig: date, lukkes: bool) -> date:
        """One case; gives the first day on which another forløb may begin."""
        r = self.r
        lukket = self.efter(start, 900) if lukkes else None
        sag = self.ny(
            Sag,
            sagsnummer=f"H-{self.bund}-{next(self.loebenr)}",
            borger=borger,
            regelsaet=r.choice(self.regelsaet),
            team=self.team,
            oprettet_dato=start,
            oprettet_af=self.en(),
            fase="afslutning" if lukket else "opfoelgning",
            afsluttet_dato=lukket,
            afsluttet_af=self.en() if lukket else None,
            afslutningsaarsag="andet" if lukket else "",
        )
        self.tildelinger(sag)
        self.kvalitetssikringer(sag)
        self.attester(sag)
        indstillinger = self.runder(sag)
        foer = len(self.raekker[Indsats])
        ledig = self.afgoerelser(sag, indstillinger, ledig)
        self.moeder(sag, self.raekker[Indsats][foer:])
        return ledig

    def tildelinger(self, sag: Sag) -> None:
        dag = sag.oprettet_dato
        for _ in range(self.r.randrange(3)):
            til = self.r.choice([None, self.efter(dag, 400)])
            self.ny(
                Tildeling, sag=sag, bruger=self.en(), art="ansvarlig", fra_dato=dag, til_dato=til
            )
            if til is None:
                break
            dag = til + timedelta(days=self.r.choice([1, 1, 40]))
        for _ in range(self.r.randrange(3)):
            fra = self.efter(sag.oprettet_dato, 300)
            self.ny(
                Tildeling,
                sag=sag,
                bruger=self.en(),
                art=self.r.choice(["mentor", "mentor", "medvirkende"]),
                fra_dato=fra,
                til_dato=self.r.choice([None, self.efter(fra, 600)]),
            )

    def kvalitetssikringer(self, sag: Sag) -> None:
        r = self.r
        dag = self.efter(sag.oprettet_dato, 60)
        antal = r.choice([0, 0, 1, 2, 3])
        if not antal:
            return
        del_ = self.ny(ForberedendeDel, sag=sag, oprettet_af=self.brugere[0])
        # A later one has the higher id.
        for pk in sorted(r.sample(range(self.bund, self.bund + 90_000), antal)):
            if pk in self.brugte[Kvalitetssikring]:
                continue
            self.brugte[Kvalitetssikring].add(pk)
            afgjort = self.efter(dag, 10)
            retur = r.random() < 0.7
            self.raekker[Kvalitetssikring].append(
                Kvalitetssikring(
                    pk=pk,
                    sag=sag,
                    forberedende_del=del_,
                    indsendt_den=_kl(r, dag),
                    indsendt_af=self.brugere[0],
                    resultat="retur" if retur else "godkendt",
                    begrundelse="Mål mangler",
                    afgjort_af=self.brugere[1],
                    afgjort_den=_kl(r, afgjort),
                )
            )
            dag = self.efter(afgjort, 12)

    def attester(self, sag: Sag) -> None:
        r = self.r
        for _ in range(r.randrange(3)):
            anmodet = self.efter(sag.oprettet_dato, 90)
            felter: dict[str, Any] = {}
            hvad = r.choice(["svar", "intet", "annulleret"])
            if hvad == "svar":
                dag = self.efter(anmodet, 50)
                dokument = self.ny(
                    Dokument,
                    sag=sag,
                    art="laegeattest",
                    titel="LÆ 265",
                    dato=dag,
                    indholdstype="application/pdf",
                    indhold=b"%PDF",
                    antal_byte=4,
                    sha256="0" * 64,
                )
                felter = {
                    "modtaget_dato": dag,
                    "gyldig_til": dag + timedelta(days=180),
                    "dokument": dokument,
                }
            elif hvad == "annulleret":
                felter = {
                    "annulleret_dato": self.efter(anmodet, 40),
                    "annulleret_begrundelse": "Sendt til forkert læge",
                }
            self.ny(Laegeattest, sag=sag, anmodet_dato=anmodet, anmodet_af=self.en(), **felter)

    def runder(self, sag: Sag) -> list[Indstilling]:
        """Times at the team: items put on, taken off, dealt with; recommendations and tasks."""
        r = self.r
        fundne = []
        paa = self.efter(sag.oprettet_dato, 120)
        antal = r.choice([0, 1, 1, 1, 2])
        for nr in range(antal):
            moededag = paa + timedelta(days=r.choice([3, 8, 14, 30]))
            aflyst = _kl(r, self.efter(paa, 14)) if r.random() < 0.1 else None
            moede = self.ny(
                Teammoede,
                dato=moededag,
                start=time(9),
                slut=time(12),
                sted="Rådhuset",
                moedeleder=self.brugere[0],
                oprettet_af=self.brugere[1],
                aflyst_den=aflyst,
                aflyst_grund="Sygdom" if aflyst else "",
            )
            skaebne = r.choice(["behandlet", "behandlet", "taget_af", "aaben"])
            if nr < antal - 1 and skaebne == "aaben":
                skaebne = "behandlet"
            punkt = self.ny(
                Dagsordenspunkt,
                moede=moede,
                sag=sag,
                raekkefoelge=1,
                sat_paa_af=self.en(),
                sat_paa_den=_kl(r, paa),
                taget_af_den=_kl(r, self.efter(paa, 20)) if skaebne == "taget_af" else None,
                behandlet_den=_kl(r, moededag) if skaebne == "behandlet" else None,
            )
            for pakke in range(r.randrange(3)):
                self.ny(
                    Sagspakke,
                    punkt=punkt,
                    nr=pakke + 1,
                    udgivet_af=self.en(),
                    udgivet_den=_kl(r, self.efter(paa, 25)),
                    trukket_den=_kl(r, moededag) if pakke or r.random() < 0.5 else None,
                )
            if skaebne == "behandlet":
                fundne.append(self.indstilling(sag, punkt, moededag))
            paa = moededag + timedelta(days=r.choice([0, 1, 20, 200]))
        return fundne

    def indstilling(self, sag: Sag, punkt: Dagsordenspunkt, moededag: date) -> Indstilling:
        r = self.r
        felter: dict[str, Any] = {}
        if r.random() < 0.9:
            felter = {
                "udfald": r.choice(["ressourceforloeb"] * 5 + ["fleksjob", "udsat"]),
                "begrundelse": "Kan udvikles",
                "varighed_maaneder": 24,
                "maal": "Medhjælper",
                "maal_art": "job",
                "afsluttet_den": _kl(r, moededag),
                "afsluttet_af": self.brugere[0],
            }
        # A case stands on one agenda at a time: the later round has the higher id.
        indstilling = Indstilling(
            pk=self.bund + next(self.loebenr),
            punkt=punkt,
            sag=sag,
            moede_dato=moededag,
            **felter,
        )
        self.raekker[Indstilling].append(indstilling)
        for _ in range(r.choice([0, 0, 1, 3])):
            self.opgave(indstilling)
        return indstilling

    def opgave(self, indstilling: Indstilling) -> None:
        r = self.r
        dag = indstilling.moede_dato + timedelta(days=r.randrange(30))
        felter: dict[str, Any] = {}
        hvad = r.choice(["gjort", "bortfaldet", "aaben", "aaben"])
        if hvad == "gjort":
            felter = {"udfoert_dato": self.efter(dag - timedelta(days=10), 20)}
            felter["udfoert_af"] = self.en()
        elif hvad == "bortfaldet":
            felter = {"bortfaldet_dato": self.efter(dag - timedelta(days=10), 20)}
            felter["bortfaldet_grund"] = r.choice(["Ikke nødvendig", "x" * 190])
        self.ny(
            Opgave,
            sag=indstilling.sag,
            indstilling=indstilling,
            hvem=r.choice(Hvem.values),
            bruger=r.choice([None, None, self.en(), self.brugere[7]]),
            hvad="Ring til praktikstedet",
            frist_dato=dag,
            **felter,
        )

    def afgoerelser(self, sag: Sag, indstillinger: list[Indstilling], ledig: date) -> date:
        """Decisions with complaints and changes, and the forløb they grant."""
        r = self.r
        for indstilling in indstillinger:
            if not indstilling.afsluttet_den or r.random() < 0.1:
                continue
            truffet = self.efter(indstilling.moede_dato, 20)
            afgoerelse = self.afgoerelse(sag, truffet, indstilling=indstilling)
            while r.random() < 0.25 and afgoerelse.afgoerelse_dato:
                truffet = self.efter(truffet, 60)
                afgoerelse = self.afgoerelse(sag, truffet, erstatter=afgoerelse)
            if afgoerelse.udfald == "ressourceforloeb" and afgoerelse.afgoerelse_dato:
                start = max(self.efter(truffet, 15), ledig)
                ledig = self.forloeb(sag, afgoerelse, start)
        return ledig

    def afgoerelse(self, sag: Sag, dag: date, **grundlag: Any) -> Afgoerelse:
        r = self.r
        udfald = r.choice(["ressourceforloeb"] * 5 + ["fleksjob"])
        felter: dict[str, Any] = {}
        if r.random() < 0.92:
            felter = {
                "virkning_fra": dag,
                "slut_dato": dag + timedelta(days=729),
                "faktum": "Du er 43 år.",
                "begrundelse": "Kommunen følger teamet.",
                "regelsaet": r.choice(self.regelsaet),
                "klagefrist_uger": r.choice([4, 4, 6]),
                "hjemmel": "LAB § 112",
                "klagevejledning": "Du kan klage.",
                "afsluttet_den": _kl(r, dag),
                "afsluttet_af": self.en(),
                "afgoerelse_dato": dag,
                "modtaget_dato": r.choice([None, dag, dag + timedelta(days=4)]),
            }
        afgoerelse = self.ny(
            Afgoerelse, sag=sag, udfald=udfald, skrevet_af=self.en(), **grundlag, **felter
        )
        if felter and r.random() < 0.3:
            self.klage(afgoerelse, dag)
        return afgoerelse

    def klage(self, afgoerelse: Afgoerelse, dag: date) -> None:
        r = self.r
        modtaget = self.efter(dag, 40)
        felter: dict[str, Any] = {}
        if r.random() < 0.6:
            felter = {
                "genvurdering": "fastholdt",
                "genvurdering_begrundelse": "Intet nyt",
                "genvurdering_dato": self.efter(modtaget, 40),
                "genvurdering_af": self.en(),
            }
        if r.random() < 0.2:
            felter |= {"resultat": "trukket", "resultat_dato": self.efter(modtaget, 40)}
        self.ny(
            Klage,
            sag=afgoerelse.sag,
            afgoerelse=afgoerelse,
            modtaget_dato=modtaget,
            maade="skriftligt",
            indhold="Fleksjob",
            klager="Bo",
            klagefrist=modtaget,
            genvurdering_frist=modtaget,
            registreret_af=self.en(),
            registreret_den=_kl(r, modtaget),
            **felter,
        )

    def forloeb(self, sag: Sag, afgoerelse: Afgoerelse, start: date) -> date:
        r = self.r
        slut = start + timedelta(days=r.choice([150, 364, 729, 1094]))
        afsluttet = self.efter(start, 800) if r.random() < 0.35 else None
        sidste = afsluttet or slut
        forloeb = self.ny(
            Ressourceforloeb,
            sag=sag,
            borger=sag.borger,
            afgoerelse=afgoerelse,
            start_dato=start,
            slut_dato=slut,
            afsluttet_dato=afsluttet,
        )
        for nr in range(r.randrange(3)):
            dag = self.efter(start, 60)
            felter: dict[str, Any] = {}
            if r.random() < 0.7 or nr == 0:
                felter = {
                    "borger_enig": "enig",
                    "godkendt_dato": dag,
                    "godkendt_den": _kl(r, dag),
                    "godkendt_af": self.en(),
                }
            self.ny(Indsatsplan, forloeb=forloeb, nr=nr + 1, oprettet_af=self.en(), **felter)
        self.fritagelser(forloeb, sidste)
        maal = self.ny(Maal, forloeb=forloeb, rang=1, tekst="Medhjælper", art="job")
        for _ in range(r.choice([0, 1, 2, 3])):
            self.indsats(forloeb, maal, start)
        if r.random() < 0.1:
            self.ny(
                Genforelaeggelse,
                forloeb=forloeb,
                tekst="Intet er begyndt",
                saerlige_grunde="Behandling",
                oprettet_af=self.en(),
                afgjort_den=_kl(r, self.efter(start, 300)),
                afgjort_af=self.en(),
            )
        return sidste + timedelta(days=r.choice([1, 30]))

    def fritagelser(self, forloeb: Ressourceforloeb, sidste: date) -> None:
        """Now and then two that touch, one of a single day, one that goes on."""
        r = self.r
        dag = self.efter(forloeb.start_dato, 200)
        for _ in range(r.choice([0, 0, 1, 2, 4])):
            til = r.choice([dag, self.efter(dag, 12), self.efter(dag, 120), None])
            if dag > sidste:
                break
            fjernet = r.random() < 0.15
            self.ny(
                Fritagelse,
                forloeb=forloeb,
                art="fritaget",
                fra_dato=dag,
                til_dato=til,
                begrundelse="Indlagt",
                fjernet_den=_kl(r, dag) if fjernet else None,
            )
            if til is None and not fjernet:
                break
            dag = (til or dag) + timedelta(days=r.choice([1, 1, 5, 90]))

    def indsats(self, forloeb: Ressourceforloeb, maal: Maal, start: date) -> None:
        r = self.r
        begyndt = self.efter(start - timedelta(days=10), 300)
        sluttet = r.choice([None, self.efter(begyndt, 200)])
        status = "afsluttet" if sluttet else "i_gang"
        if r.random() < 0.15:
            status, sluttet = "planlagt", None
        er_begyndt = status != "planlagt"
        indsats = self.ny(
            Indsats,
            forloeb=forloeb,
            maal=maal,
            indsatstype=r.choice(self.typer),
            beskrivelse="Praktik",
            formaal="Prøve",
            tilfoejet_begrundelse="Eget ønske",
            planlagt_start=begyndt,
            ansvarlig="Tina",
            status=status,
            faktisk_start=begyndt if er_begyndt else None,
            faktisk_slut=sluttet,
        )
        dag = self.efter(begyndt, 60)
        for _ in range(r.choice([0, 0, 1, 2]) if er_begyndt else 0):
            til = r.choice([self.efter(dag, 8), self.efter(dag, 40), None])
            self.ny(
                Indsatspause,
                indsats=indsats,
                fra_dato=dag,
                til_dato=til,
                begrundelse="Lukket",
                fjernet_den=_kl(r, dag) if r.random() < 0.1 else None,
            )
            if til is None:
                break
            dag = til + timedelta(days=r.choice([1, 30]))

    def moeder(self, sag: Sag, indsatser: list[Indsats]) -> None:
        """Follow-ups of every status; now and then two of one day, and closed days later."""
        r = self.r
        dag = self.efter(sag.oprettet_dato, 200)
        aftalte = []
        for nr in range(r.choice([0, 1, 2, 5, 9])):
            status = r.choice(["afholdt"] * 4 + ["udeblevet", "aflyst", "planlagt"])
            felter: dict[str, Any] = {}
            if status == "afholdt":
                holdt = dag + timedelta(days=r.choice([0, 0, 0, -1, 2]))
                felter = {
                    "afholdt_dato": holdt,
                    "lukket_den": _kl(r, holdt + timedelta(days=r.choice([0, 0, 1, 9]))),
                    "lukket_af": self.en(),
                    "mentor_var_med": True,
                    "skitse": r.choice(["", "Job i marken"]),
                }
            elif status != "planlagt":
                felter = {"afgjort_dato": dag - timedelta(days=r.choice([0, 0, 3, 20]))}
            moede = self.ny(
                Opfoelgningsmoede,
                sag=sag,
                nr=nr + 1,
                tidspunkt=_kl(r, dag),
                sted="Rådhuset",
                status=status,
                aftalt_af=self.en(),
                aftalt_dato=dag - timedelta(days=r.choice([0, 1, 14, 60])),
                **felter,
            )
            aftalte.append(moede)
            if status == "afholdt" and indsatser and r.random() < 0.6:
                for indsats in r.sample(indsatser, min(2, len(indsatser))):
                    self.ny(
                        Opfoelgningspunkt,
                        moede=moede,
                        indsats=indsats,
                        naeste_tre_maaneder=r.choice(["", "To dage om ugen"]),
                    )
            dag += timedelta(days=r.choice([0, 1, 7, 30, 56, 100]))
        self.kaed(aftalte)

    def kaed(self, moeder: list[Opfoelgningsmoede]) -> None:
        """Half of the held meetings named the next; the others say why not."""
        for moede, naeste in pairwise(moeder):
            if self.r.random() < 0.7:
                moede.naeste_id = naeste.pk
        for moede in moeder:
            if moede.status == "afholdt" and not moede.naeste_id:
                moede.uden_naeste_begrundelse = "Aftales på telefon"

    def samtykker(self, borger: Borger, person: Netvaerksperson, dag: date) -> None:
        """Few recipients, so that one consent often renews another."""
        r = self.r
        sete = set()
        for _ in range(r.choice([0, 1, 3])):
            modtager = r.choice(["egen_laege", "netvaerk", "virksomhed"])
            fra = self.efter(dag - timedelta(days=700), 900)
            felter = {
                "art": r.choice(["forvaltning", "forvaltning", "gdpr"]),
                "modtager": modtager,
                "netvaerksperson": person if modtager == "netvaerk" else None,
                "modtager_navn": r.choice(["Ato", "Beto"]) if modtager == "virksomhed" else "",
                "fra_dato": fra,
                "til_dato": fra + timedelta(days=r.choice([0, 90, 365])),
            }
            if tuple(felter.values()) in sete:
                continue
            sete.add(tuple(felter.values()))
            self.ny(
                Samtykke,
                borger=borger,
                informationstyper=["helbred"],
                registreret_af=self.en(),
                trukket_dato=self.efter(fra, 200) if r.random() < 0.25 else None,
                **felter,
            )


@contextmanager
def _uden_triggere() -> Iterator[None]:
    """Not asked: whether a case is ready for an agenda. Constraints are, as ever."""
    with connection.cursor() as markoer:
        markoer.execute("SET LOCAL session_replication_role = replica")
        yield
        markoer.execute("SET LOCAL session_replication_role = origin")


@contextmanager
def _egne_tidspunkter() -> Iterator[None]:
    """Rows keep the times that were drawn for them."""
    felter = [
        felt
        for model in (Dagsordenspunkt, Sagspakke, Klage)
        for felt in model._meta.fields
        if getattr(felt, "auto_now_add", False)
    ]
    for felt in felter:
        felt.auto_now_add = False
    try:
        yield
    finally:
        for felt in felter:
            felt.auto_now_add = True
