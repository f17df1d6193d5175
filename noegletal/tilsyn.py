"""What a team leader watches day by day: caseload, and cases without a caseworker.

Counts and case numbers only: a team leader has no business with case content (domain.md 3).
"""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Q, Window

from borgere.models import Sag
from borgere.sagsmaengde import NORM

_SAGSTAL = """
    SELECT b.id, b.navn, t.navn, coalesce(bool_or(s.team_id = %(team)s), false),
           count(DISTINCT s.id)
      FROM borgere_tildeling ti
      JOIN ressource_bruger b ON b.id = ti.bruger_id
      LEFT JOIN ressource_team t ON t.id = b.team_id
      JOIN borgere_sag s ON s.id = ti.sag_id AND s.fase <> 'afslutning'
     WHERE ti.art = 'ansvarlig' AND ti.fra_dato <= %(dato)s
       AND (ti.til_dato IS NULL OR ti.til_dato >= %(dato)s)
     GROUP BY b.id, b.navn, t.navn
     ORDER BY 5 DESC, b.navn
     LIMIT 100
"""


@dataclass(frozen=True)
class Sagstal:
    """One caseworker's open cases."""

    bruger_id: int
    navn: str
    team: str | None
    # Whether some of the cases are the asking team's, and can be handed over by its leader.
    har_teamets: bool
    antal_sager: int

    @property
    def er_over_normen(self) -> bool:
        """Whether the caseload is above 20–25 (seed 002)."""
        return self.antal_sager > NORM[1]


@dataclass(frozen=True)
class UdenSagsbehandler:
    """An open case nobody answers for; how many there are in all, and in the asking team."""

    sagsnummer: str
    oprettet_dato: date
    team: str
    antal: int
    antal_i_teamet: int


def _raekker(sql: str, dato: date, team_id: int | None = None) -> list[tuple[object, ...]]:
    with connection.cursor() as markoer:
        markoer.execute(sql, {"dato": dato, "team": team_id})
        return list(markoer.fetchall())


def sagstal(dato: date, team_id: int | None) -> list[Sagstal]:
    """Caseload per caseworker, most cases first, 100 at most."""
    return [Sagstal(*raekke) for raekke in _raekker(_SAGSTAL, dato, team_id)]  # type: ignore[arg-type]


def uden_sagsbehandler(dato: date, team_id: int | None) -> list[UdenSagsbehandler]:
    """The 25 oldest open cases that nobody answers for (`SagQuerySet.uden_ansvarlig`)."""
    raekker = (
        Sag.objects.uden_ansvarlig(dato)
        .annotate(
            antal=Window(Count("pk")), antal_i_teamet=Window(Count("pk", filter=Q(team=team_id)))
        )
        .order_by("oprettet_dato", "pk")
        .values_list("sagsnummer", "oprettet_dato", "team__navn", "antal", "antal_i_teamet")
    )
    return [UdenSagsbehandler(*raekke) for raekke in raekker[:25]]
