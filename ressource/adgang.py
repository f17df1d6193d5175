"""Who may do what: the one permission matrix (domain.md 3), default deny.

Two questions decide every page. *May this role do this at all?* is answered here, by `HANDLINGER`.
*Does this person have to do with this case, today?* is answered by `Sag.objects.synlige_for`.
An action nobody is listed for is refused.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from ressource.anmodning import Anmodning
from ressource.models import Bruger, Rolle

R = Rolle
_SAGSBEHANDLERE = frozenset({R.SAGSBEHANDLER, R.KOORDINERENDE})
_TEAM = frozenset(
    {
        R.TEAMMEDLEM,
        R.MOEDELEDER,
        R.SUNDHEDSKOORDINATOR,
        R.VIRKSOMHEDSKONSULENT,
        R.FAMILIEAFDELING,
        R.UDDANNELSESVEJLEDER,
        R.FAGLIG_KONSULENT,
    }
)
# Who reads whole cases. The teamleder reads one after opening it with a reason, never by the role.
_LAESERE = _SAGSBEHANDLERE | {R.TEAMLEDER}
_ALLE = frozenset(Rolle)

# One row per action: what it is, and the roles that may. Case content needs `synlige_for` as well.
HANDLINGER: dict[str, frozenset[Rolle]] = {
    "overblik.se": _ALLE,
    # borgere
    "sag.opret": _SAGSBEHANDLERE,
    "sag.se": _LAESERE | _TEAM | {R.MENTOR},
    "sag.soeg": _LAESERE | {R.FAGLIG_KONSULENT, R.MOEDELEDER, R.TEAMMEDLEM},
    "sag.tildel": _SAGSBEHANDLERE,
    "sag.afslut": _SAGSBEHANDLERE,
    "sag.overdrag": frozenset({R.TEAMLEDER}),
    "sag.bevar": _LAESERE,
    "borger.se": _LAESERE | {R.FAGLIG_KONSULENT},
    "borger.skriv": _SAGSBEHANDLERE,
    "borger.vis_personnummer": _LAESERE | {R.FAGLIG_KONSULENT},
    "borger.vis_adresse": _LAESERE | {R.FAGLIG_KONSULENT},
    "borger.indlaes": frozenset({R.TEAMLEDER}),
    "laegepraksis.ret": frozenset({R.ADMINISTRATOR}),
    "dokument.se": _LAESERE | {R.FAGLIG_KONSULENT},
    "dokument.skriv": _SAGSBEHANDLERE,
    "forsendelse.send": _SAGSBEHANDLERE,
    "journal.se": _LAESERE,
    "journal.skriv": _SAGSBEHANDLERE,
    "huskeseddel.skriv": _SAGSBEHANDLERE | {R.FAGLIG_KONSULENT},
    "uddrag.bestil": _SAGSBEHANDLERE,
    "bevaring.se": frozenset({R.ADMINISTRATOR}),
    # access itself
    "adgang.noedadgang": _LAESERE | {R.FAGLIG_KONSULENT},
    # The further gate of a protected citizen, for deputies and those who come by role.
    "adgang.beskyttet": _LAESERE | _TEAM,
    "adgang.inhabil": _LAESERE | _TEAM | {R.MENTOR},
    "adgang.stedfortraeder": _LAESERE | (_TEAM - {R.SUNDHEDSKOORDINATOR}) | {R.MOEDEKOORDINATOR},
    "adgang.forklar": frozenset({R.ADMINISTRATOR}),
    "adgang.tilsyn": frozenset({R.TEAMLEDER}),
    "opslag.udskriv": _SAGSBEHANDLERE,
    # rehabilitering
    "screening.se": _LAESERE | {R.FAGLIG_KONSULENT},
    "screening.skriv": _SAGSBEHANDLERE,
    "screening.afgoer": frozenset({R.FAGLIG_KONSULENT}),
    "forberedende_del.se": _LAESERE | (_TEAM - {R.VIRKSOMHEDSKONSULENT, R.UDDANNELSESVEJLEDER}),
    # The citizen's words about health, on the day of a meeting one sits in.
    "forberedende_del.hoer_paa_moedet": frozenset({R.VIRKSOMHEDSKONSULENT}),
    "forberedende_del.skriv": _SAGSBEHANDLERE,
    "laegeattest.se": _LAESERE | {R.FAGLIG_KONSULENT},
    "laegeattest.skriv": _SAGSBEHANDLERE,
    "sparring.se": _SAGSBEHANDLERE | {R.MOEDEKOORDINATOR, R.SUNDHEDSKOORDINATOR},
    "sparring.se_booking": _SAGSBEHANDLERE | {R.SUNDHEDSKOORDINATOR},
    "sparring.udgiv": frozenset({R.MOEDEKOORDINATOR}),
    "sparring.book": _SAGSBEHANDLERE,
    "sparring.aflys": _SAGSBEHANDLERE | {R.MOEDEKOORDINATOR},
    "sparring.svar": frozenset({R.SUNDHEDSKOORDINATOR}),
    "kvalitetssikring.se": _LAESERE | {R.FAGLIG_KONSULENT},
    "kvalitetssikring.indsend": _SAGSBEHANDLERE,
    "kvalitetssikring.afgoer": frozenset({R.FAGLIG_KONSULENT}),
    "moede.liste": _SAGSBEHANDLERE | _TEAM | {R.MOEDEKOORDINATOR},
    "moede.planlaeg": frozenset({R.MOEDEKOORDINATOR}),
    "moede.live": _TEAM | _SAGSBEHANDLERE,
    "indstilling.se": _LAESERE | _TEAM,
    "indstilling.skriv": _TEAM,
    "indstilling.afslut": frozenset({R.MOEDELEDER}),
    "afgoerelse.se": _LAESERE,
    "afgoerelse.skriv": _SAGSBEHANDLERE,
    # indsatsplan
    "plan.se": _LAESERE | {R.VIRKSOMHEDSKONSULENT, R.MENTOR},
    # Purposes of efforts in Sundhed, the indstilling's lines and what the citizen disagrees in.
    "plan.se_helbred": _LAESERE,
    "plan.skriv": frozenset({R.KOORDINERENDE}),
    # opfoelgning
    "opfoelgning.se": _LAESERE | {R.MENTOR},
    "opfoelgning.skriv": _SAGSBEHANDLERE,
    "frist.se": _LAESERE | {R.FAGLIG_KONSULENT},
    "paamindelse.se": _ALLE,
    # noegletal
    "noegletal.se": _SAGSBEHANDLERE
    | {R.FAGLIG_KONSULENT, R.TEAMLEDER, R.LEDER, R.TEAMMEDLEM, R.SUNDHEDSKOORDINATOR},
    "noegletal.tilsyn": frozenset({R.TEAMLEDER}),
    # operations and oversight
    "regelsaet.se": frozenset({R.ADMINISTRATOR}),
    "log.se": frozenset({R.REVISOR}),
}


def maa(bruger: Bruger, handling: str) -> bool:
    """Whether one of the user's roles may do `handling`. Raises `KeyError` for an unknown action."""
    return bruger.is_active and any(rolle in HANDLINGER[handling] for rolle in bruger.roller)


def kraev(bruger: Bruger, handling: str) -> None:
    """Raise `PermissionDenied` with a Danish sentence unless the user may do `handling`."""
    if not maa(bruger, handling):
        raise PermissionDenied("Din rolle giver ikke adgang til dette.")


def kraever(handling: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Decorate a view: refused (403) unless one of the user's roles may do `handling`.

    The view carries the action as `.handling`, which the walk of every URL × role reads.
    """
    if handling not in HANDLINGER:
        raise KeyError(handling)

    def pynt(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def indpakket(request: Anmodning, *args: Any, **kwargs: Any) -> HttpResponse:
            kraev(request.user, handling)
            return view(request, *args, **kwargs)

        indpakket.handling = handling  # type: ignore[attr-defined]
        return indpakket

    return pynt
