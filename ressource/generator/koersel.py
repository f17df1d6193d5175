"""Running the generator: parameters in, rows and figures out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from opfoelgning.udledning import Udfald, udled
from ressource import tidsgraense
from ressource.generator.ordlister import ORD
from ressource.kalender import i_dag
from ressource.models import Bruger, Regelsaet, Rolle

_SQL = Path(__file__).parent / "sql"
_EGET_PERSONALE = "02_personale"
_FORLOEB = "03_forloeb"
_ETAGER = ("10_borgere", "20_rehabilitering", "30_indsatsplan", "40_opfoelgning", "50_haendelser")
# Longer than the longest grant, so that the first year of the town has cases of every age.
HISTORIK_DAGE = 1826
# Three in ten of the cases made are open; the norm is 20 to 25 to a caseworker (domain.md 4.3).
SAGER_PR_SAGSBEHANDLER = 77
# Shares 13 months ago and now. What the law asks for rises in a town that works on it.
ANDELE = {
    "virksomhed_fra": 0.24,
    "virksomhed_til": 0.335,
    "mentor_fra": 0.60,
    "mentor_til": 0.80,
    "opfoelgning_fra": 0.71,
    "opfoelgning_til": 0.84,
    "plan_fra": 0.66,
    "plan_til": 0.80,
}
_TABELLER = (
    "borgere_borger",
    "borgere_personnummer",
    "borgere_sag",
    "borgere_tildeling",
    "borgere_samtykke",
    "borgere_dokument",
    "borgere_journalnotat",
    "rehabilitering_screeningsnotat",
    "rehabilitering_forberedendedel",
    "rehabilitering_forberedendeafsnit",
    "rehabilitering_laegeattest",
    "rehabilitering_kvalitetssikring",
    "rehabilitering_teammoede",
    "rehabilitering_moededeltager",
    "rehabilitering_dagsordenspunkt",
    "rehabilitering_indstilling",
    "rehabilitering_indstillingslinje",
    "rehabilitering_afgoerelse",
    "indsatsplan_ressourceforloeb",
    "indsatsplan_indsatsplan",
    "indsatsplan_maal",
    "indsatsplan_indsats",
    "opfoelgning_opfoelgningsmoede",
    "opfoelgning_frist",
    "ressource_haendelse",
    "ressource_bruger",
)
_MIDLERTIDIGE = (
    "gen_personale",
    "gen_sag",
    "gen_attest",
    "gen_punkt",
    "gen_moede",
    "gen_linje",
    "gen_maal",
    "gen_opfoelgning",
)
# The smallest file that PDF readers open: one empty A4 page.
TOM_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"xref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \n"
    b"trailer<</Root 1 0 R/Size 4>>\nstartxref\n164\n%%EOF\n"
)
Personale = Mapping[Rolle, Sequence[Bruger]]
Trin = Callable[[str], None]


@dataclass
class Resultat:
    """Rows made, by table, and what deriving the deadlines changed."""

    raekker: dict[str, int] = field(default_factory=dict)
    frister: Udfald | None = None

    @property
    def sager(self) -> int:
        """Cases made."""
        return self.raekker["borgere_sag"]


def serie(seed: int) -> str:
    """The prefix of the case numbers of one seed: never given to a real case."""
    return f"GEN-{seed}"


@transaction.atomic
def generer(
    antal: int,
    *,
    seed: int,
    personale: Personale | None = None,
    nummerer: Callable[[], None] | None = None,
    glem_foer: date | None = None,
    fortael: Trin | None = None,
) -> Resultat:
    """Make `antal` cases with their whole course, and derive their deadlines.

    The same seed on the same day gives the same cases. `personale` are those who get the cases
    (each role of the team at least once); without it the generator makes its own. `nummerer` may
    change the numbers in `gen_sag` before they are used. Cases that ended before `glem_foer` are
    left out. A fixed number of statements whatever `antal`; one transaction: all or nothing.
    Raises `IntegrityError` when the seed has been used before.
    """
    fortael = fortael or (lambda trin: None)
    parametre = _parametre(antal, seed, glem_foer)
    with connection.cursor() as markoer:
        # Minutes of work at 100,000 cases, and foreign keys are judged statement by statement so
        # that millions of them do not wait in memory for the commit.
        tidsgraense.ophaev()
        markoer.execute("SET LOCAL work_mem = '128MB'")
        markoer.execute("SET CONSTRAINTS ALL IMMEDIATE")
        foer = _taellinger(markoer)
        _koer(markoer, "01_vaerktoej", parametre)
        if personale is None:
            _koer(markoer, _EGET_PERSONALE, parametre)
        else:
            _indsaet_personale(markoer, personale)
        fortael("forløb")
        _koer(markoer, _FORLOEB, parametre)
        if nummerer:
            nummerer()
        for etage in _ETAGER:
            fortael(etage[3:])
            _koer(markoer, etage, parametre)
        fortael("frister")
        markoer.execute(f"ANALYZE {', '.join(_TABELLER)}")
        resultat = Resultat(frister=udled())
        efter = _taellinger(markoer)
        resultat.raekker = {tabel: efter[tabel] - foer[tabel] for tabel in _TABELLER}
        markoer.execute(f"DROP TABLE {', '.join(_MIDLERTIDIGE)}")
        markoer.execute("SET CONSTRAINTS ALL DEFERRED")
    return resultat


def _parametre(antal: int, seed: int, glem_foer: date | None) -> dict[str, Any]:
    dato = i_dag()
    return {
        **ORD,
        **ANDELE,
        "antal": antal,
        "seed": seed,
        "serie": serie(seed),
        "dato": dato,
        "til": dato - timedelta(days=1),
        "historik": HISTORIK_DAGE,
        "glem_foer": glem_foer or date(1900, 1, 1),
        "sagsbehandlere": max(1, antal // SAGER_PR_SAGSBEHANDLER),
        "regelsaet": Regelsaet.objects.for_dato(dato).pk,
        "pdf": TOM_PDF,
    }


def _koer(markoer: Any, navn: str, parametre: dict[str, Any]) -> None:
    markoer.execute((_SQL / f"{navn}.sql").read_text(encoding="utf-8"), parametre)


def _indsaet_personale(markoer: Any, personale: Personale) -> None:
    markoer.execute(
        "CREATE TEMP TABLE gen_personale (rolle text, nr integer, bruger_id bigint, team_id bigint,"
        " navn text, PRIMARY KEY (rolle, nr)) ON COMMIT DROP"
    )
    markoer.executemany(
        "INSERT INTO gen_personale VALUES (%s, %s, %s, %s, %s)",
        [
            (str(rolle), nr, bruger.pk, bruger.team_id, bruger.navn)
            for rolle, brugere in personale.items()
            for nr, bruger in enumerate(brugere)
        ],
    )


def _taellinger(markoer: Any) -> dict[str, int]:
    antal = ", ".join(f"(SELECT count(*) FROM {tabel})" for tabel in _TABELLER)  # noqa: S608
    markoer.execute(f"SELECT {antal}")
    return dict(zip(_TABELLER, markoer.fetchone(), strict=True))
