"""Who may do what: the one permission matrix (domain.md 3), default deny.

Two questions decide every page. *May this role do this at all?* is answered here, by `HANDLINGER`.
*Does this person have to do with this case, today?* is answered by `Sag.objects.synlige_for`.
An action nobody is listed for is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Handling:
    """One row of the matrix: what it lets one do, in the words people read, and who may."""

    hvad: str
    roller: frozenset[Rolle]


# One row per action. Case content needs `synlige_for` as well.
HANDLINGER: dict[str, Handling] = {
    "overblik.se": Handling("Se sit eget Overblik", _ALLE),
    # borgere
    "sag.opret": Handling("Registrere en borger og oprette en sag", _SAGSBEHANDLERE),
    "sag.se": Handling("Åbne en sag og se, hvor i forløbet den er", _LAESERE | _TEAM | {R.MENTOR}),
    # A mentor sees whose case it is and who answers for it, and no more of its header.
    "sag.se_hoved": Handling("Se sagens fakta øverst på dens sider", _LAESERE | _TEAM),
    "sag.soeg": Handling(
        "Søge efter borgere og sager, man har adgang til",
        _LAESERE | {R.FAGLIG_KONSULENT, R.MOEDELEDER, R.TEAMMEDLEM},
    ),
    "sag.tildel": Handling("Knytte en kollega til sagen og fjerne igen", _SAGSBEHANDLERE),
    "sag.afslut": Handling("Afslutte en sag", _SAGSBEHANDLERE),
    "sag.overdrag": Handling(
        "Flytte sager fra én sagsbehandler til en anden", frozenset({R.TEAMLEDER})
    ),
    "sag.bevar": Handling("Bestemme, at en sag bevares ud over slettefristen", _SAGSBEHANDLERE),
    "borger.se": Handling(
        "Se borgerens stamoplysninger og netværk", _LAESERE | {R.FAGLIG_KONSULENT}
    ),
    "borger.skriv": Handling("Rette borgerens oplysninger, netværk og samtykker", _SAGSBEHANDLERE),
    "borger.vis_personnummer": Handling(
        "Få vist hele personnummeret", _LAESERE | {R.FAGLIG_KONSULENT}
    ),
    "borger.vis_adresse": Handling("Få vist en beskyttet adresse", _LAESERE | {R.FAGLIG_KONSULENT}),
    "borger.indlaes": Handling("Indlæse borgere fra en fil", frozenset({R.TEAMLEDER})),
    "laegepraksis.ret": Handling(
        "Vedligeholde listen over lægepraksis", frozenset({R.ADMINISTRATOR})
    ),
    "dokument.se": Handling("Læse sagens dokumenter", _LAESERE | {R.FAGLIG_KONSULENT}),
    "dokument.skriv": Handling("Lægge dokumenter på sagen", _SAGSBEHANDLERE),
    "forsendelse.send": Handling("Sende breve og sagspakker", _SAGSBEHANDLERE),
    "journal.se": Handling("Læse journalen", _LAESERE),
    "journal.skriv": Handling("Skrive i journalen", _SAGSBEHANDLERE),
    "huskeseddel.skriv": Handling(
        "Skrive huskesedler til sig selv", _SAGSBEHANDLERE | {R.FAGLIG_KONSULENT}
    ),
    "uddrag.bestil": Handling("Bestille den samlede sag eller borgerens indsigt", _SAGSBEHANDLERE),
    "bevaring.se": Handling("Se, hvor længe ting bevares", frozenset({R.ADMINISTRATOR})),
    "bevaring.ret": Handling("Ændre, hvor længe ting bevares", frozenset({R.ADMINISTRATOR})),
    "sletning.se": Handling(
        "Se, hvilke sager der står for at blive slettet", frozenset({R.TEAMLEDER, R.ADMINISTRATOR})
    ),
    "sletning.stands": Handling(
        "Standse sletningen af en sag", frozenset({R.TEAMLEDER, R.ADMINISTRATOR})
    ),
    # access itself
    "adgang.noedadgang": Handling(
        "Åbne en andens sag med nødadgang og begrundelse", _LAESERE | {R.FAGLIG_KONSULENT}
    ),
    # The further gate of a protected citizen, for deputies and those who come by role.
    "adgang.beskyttet": Handling("Åbne en beskyttet borgers sag med begrundelse", _LAESERE | _TEAM),
    "adgang.kreds": Handling("Se sagens kreds", _LAESERE | {R.FAGLIG_KONSULENT}),
    "adgang.inhabil": Handling("Melde sig inhabil i en sag", _LAESERE | _TEAM | {R.MENTOR}),
    "adgang.inhabil_ret": Handling(
        "Registrere en kollega som inhabil og ophæve det igen", frozenset({R.TEAMLEDER})
    ),
    "adgang.stedfortraeder": Handling(
        "Vælge, hvem der er vikar for én",
        _LAESERE | (_TEAM - {R.SUNDHEDSKOORDINATOR}) | {R.MOEDEKOORDINATOR},
    ),
    "adgang.forklar": Handling(
        "Se, hvem der har adgang til en sag, og hvorfor", frozenset({R.ADMINISTRATOR})
    ),
    "adgang.tilsyn": Handling(
        "Gennemse nødadgang og tage stikprøver af opslag", frozenset({R.TEAMLEDER})
    ),
    "opslag.udskriv": Handling("Udskrive «Opslag i din sag» til borgeren", _SAGSBEHANDLERE),
    # rehabilitering
    "screening.se": Handling("Læse screeningsnotatet", _LAESERE | {R.FAGLIG_KONSULENT}),
    "screening.skriv": Handling("Skrive screeningsnotatet", _SAGSBEHANDLERE),
    "screening.afgoer": Handling("Afgøre screeningen", frozenset({R.FAGLIG_KONSULENT})),
    "screening.fravig": Handling(
        "Lade en sag gå videre uden godkendt screening", frozenset({R.TEAMLEDER})
    ),
    "regel.fravig": Handling(
        "Godkende et ressourceforløb efter reglernes sidste dag", frozenset({R.TEAMLEDER})
    ),
    "forberedende_del.se": Handling(
        "Læse rehabiliteringsplanens forberedende del",
        _LAESERE | (_TEAM - {R.VIRKSOMHEDSKONSULENT, R.UDDANNELSESVEJLEDER}),
    ),
    # The citizen's words about health, on the day of a meeting one sits in.
    "forberedende_del.hoer_paa_moedet": Handling(
        "Læse helbredsafsnittet på mødedagen", frozenset({R.VIRKSOMHEDSKONSULENT})
    ),
    "forberedende_del.skriv": Handling(
        "Skrive rehabiliteringsplanens forberedende del", _SAGSBEHANDLERE
    ),
    "forberedende_del.udskriv": Handling(
        "Udskrive den forberedende del til borgeren", _SAGSBEHANDLERE
    ),
    "laegeattest.se": Handling("Læse lægeattesten LÆ 265", _LAESERE | {R.FAGLIG_KONSULENT}),
    "laegeattest.skriv": Handling(
        "Anmode om lægeattesten LÆ 265 og registrere den", _SAGSBEHANDLERE
    ),
    "sparring.se": Handling(
        "Se kalenderen med sparring", _SAGSBEHANDLERE | {R.MOEDEKOORDINATOR, R.SUNDHEDSKOORDINATOR}
    ),
    "sparring.se_booking": Handling(
        "Læse spørgsmål og svar i en sparring", _SAGSBEHANDLERE | {R.SUNDHEDSKOORDINATOR}
    ),
    "sparring.udgiv": Handling("Udgive tider til sparring", frozenset({R.MOEDEKOORDINATOR})),
    "lukkedag.ret": Handling(
        "Registrere dage, hvor kommunen holder lukket",
        frozenset({R.MOEDEKOORDINATOR, R.ADMINISTRATOR}),
    ),
    "sparring.book": Handling("Booke en tid til sparring", _SAGSBEHANDLERE),
    "sparring.book_for_kollega": Handling(
        "Booke en tid til sparring for en kollega", frozenset({R.MOEDEKOORDINATOR})
    ),
    "sparring.tilbyd": Handling(
        "Tilbyde en tid til en sag på ventelisten", frozenset({R.MOEDEKOORDINATOR})
    ),
    "sparring.udeblevet": Handling(
        "Notere, at nogen ikke kom til sparring", _SAGSBEHANDLERE | {R.SUNDHEDSKOORDINATOR}
    ),
    "sparring.aflys": Handling(
        "Aflyse en tid til sparring", _SAGSBEHANDLERE | {R.MOEDEKOORDINATOR}
    ),
    "sparring.svar": Handling(
        "Svare på spørgsmål i en sparring", frozenset({R.SUNDHEDSKOORDINATOR})
    ),
    "drejebog.se": Handling(
        "Se, hvordan borgeren er forberedt på mødet", _LAESERE | {R.FAGLIG_KONSULENT}
    ),
    "drejebog.skriv": Handling(
        "Sætte flueben i drejebogen og give borgeren pakken om mødet", _SAGSBEHANDLERE
    ),
    "skabelon.ret": Handling(
        "Rette drejebogen, logistikplanen, teamets spørgsmål, borgerens pakke og tekststykker",
        frozenset({R.ADMINISTRATOR, R.FAGLIG_KONSULENT}),
    ),
    "kvalitetssikring.se": Handling(
        "Se kvalitetssikringen af en sag", _LAESERE | {R.FAGLIG_KONSULENT}
    ),
    "kvalitetssikring.indsend": Handling("Sende en sag til kvalitetssikring", _SAGSBEHANDLERE),
    "kvalitetssikring.afgoer": Handling(
        "Godkende en sag eller sende den retur", frozenset({R.FAGLIG_KONSULENT})
    ),
    "moede.liste": Handling(
        "Se listen over teammøder", _SAGSBEHANDLERE | _TEAM | {R.MOEDEKOORDINATOR}
    ),
    "moede.planlaeg": Handling("Planlægge teammøder og dagsorden", frozenset({R.MOEDEKOORDINATOR})),
    "moede.indkald": Handling(
        "Se, hvem der er med i en sags behandling på mødet, indkalde dem og skrive deres svar",
        _SAGSBEHANDLERE | {R.MOEDEKOORDINATOR},
    ),
    "sagspakke.liste": Handling(
        "Se, hvilke sagspakker der er udgivet til et teammøde, og hvem der har læst dem",
        _SAGSBEHANDLERE | _TEAM | {R.MOEDEKOORDINATOR},
    ),
    "sagspakke.vaelg": Handling("Se og vælge, hvad der er i en sagspakke", _SAGSBEHANDLERE),
    "sagspakke.udgiv": Handling(
        "Udgive en sagspakke til teamet og trække den tilbage",
        _SAGSBEHANDLERE | {R.MOEDEKOORDINATOR},
    ),
    "sagspakke.laes": Handling("Læse en udgivet sagspakke", _SAGSBEHANDLERE | _TEAM),
    "moede.live": Handling("Deltage i et teammøde og se dets sager", _TEAM | _SAGSBEHANDLERE),
    "indstilling.se": Handling("Læse indstillingen", _LAESERE | _TEAM),
    "indstilling.tilbagemelding": Handling(
        "Se i tal, hvad der blev af de indstillinger, man har været med til",
        _TEAM | _SAGSBEHANDLERE,
    ),
    "indstilling.skriv": Handling("Skrive på indstillingen", _TEAM),
    "indstilling.afslut": Handling(
        "Gøre indstillingen færdig og rette den bagefter", frozenset({R.MOEDELEDER})
    ),
    "indstilling.udlever": Handling(
        "Registrere, at borgeren har fået indstillingen i skrift", _SAGSBEHANDLERE
    ),
    "afgoerelse.se": Handling("Læse afgørelsen", _LAESERE),
    "afgoerelse.skriv": Handling("Skrive og træffe afgørelsen", _SAGSBEHANDLERE),
    "klage.se": Handling("Se klager og deres frister", _LAESERE),
    "klage.skriv": Handling("Registrere og behandle en klage", _SAGSBEHANDLERE),
    "brev.se": Handling(
        "Se kommunens breve", frozenset({R.ADMINISTRATOR, R.FAGLIG_KONSULENT, R.TEAMLEDER})
    ),
    "brev.skriv": Handling("Rette kommunens breve", frozenset({R.ADMINISTRATOR})),
    "brev.godkend": Handling(
        "Godkende breve, som en anden har rettet", frozenset({R.FAGLIG_KONSULENT, R.TEAMLEDER})
    ),
    # indsatsplan
    "plan.se": Handling("Læse indsatsplanen", _LAESERE | {R.VIRKSOMHEDSKONSULENT}),
    # Purposes of efforts in Sundhed, the indstilling's lines and what the citizen disagrees in.
    "plan.se_helbred": Handling("Læse det i indsatsplanen, der handler om helbred", _LAESERE),
    "plan.se_mentor": Handling(
        "Se sine egne opgaver som mentor og det næste møde", frozenset({R.MENTOR})
    ),
    "plan.skriv": Handling("Skrive indsatsplanen", frozenset({R.KOORDINERENDE})),
    "praktik.skriv": Handling(
        "Foreslå en praktik, vælge virksomhed og skrive trin",
        frozenset({R.KOORDINERENDE, R.VIRKSOMHEDSKONSULENT}),
    ),
    "virksomhed.se": Handling(
        "Se registret over virksomheder", _SAGSBEHANDLERE | {R.VIRKSOMHEDSKONSULENT}
    ),
    "virksomhed.skriv": Handling(
        "Vedligeholde registret over virksomheder",
        frozenset({R.KOORDINERENDE, R.VIRKSOMHEDSKONSULENT}),
    ),
    # opfoelgning
    # Of what was said, a mentor reads what is about the mentor effort alone.
    "opfoelgning.se": Handling("Se opfølgninger, og hvad der blev aftalt", _LAESERE | {R.MENTOR}),
    "opfoelgning.svar_mentor": Handling(
        "Svare som mentor før en opfølgning", frozenset({R.MENTOR})
    ),
    "opfoelgning.skriv": Handling("Aftale og holde opfølgninger", _SAGSBEHANDLERE),
    # Of the tasks, those without `se_alle` see and do their own.
    "opgave.se": Handling(
        "Se sagens opgaver efter teammødet", _LAESERE | {R.MENTOR, R.VIRKSOMHEDSKONSULENT}
    ),
    "opgave.se_alle": Handling("Se alle sagens opgaver, også andres", _LAESERE),
    "opgave.goer": Handling(
        "Sætte en opgave som gjort", _SAGSBEHANDLERE | {R.MENTOR, R.VIRKSOMHEDSKONSULENT}
    ),
    "opgave.skriv": Handling(
        "Holde eftermøde og skrive, fordele og fjerne opgaver", _SAGSBEHANDLERE
    ),
    "frist.se": Handling("Se sagens frister", _LAESERE | {R.FAGLIG_KONSULENT}),
    "progression.se": Handling("Se progressionen og de små skridt", _LAESERE),
    # Belief in a job is the professional's own, and kept from the citizen (domain.md 6).
    "progression.se_skjult": Handling(
        "Se fagpersonens svar, som borgeren ikke får vist", _SAGSBEHANDLERE
    ),
    "progression.skriv": Handling(
        "Skrive små skridt op og udskrive borgerens progression", _SAGSBEHANDLERE
    ),
    "paamindelse.se": Handling("Se sine egne påmindelser", _ALLE),
    # noegletal
    "noegletal.se": Handling(
        "Se nøgletal uden personoplysninger",
        _SAGSBEHANDLERE
        | {R.FAGLIG_KONSULENT, R.TEAMLEDER, R.LEDER, R.TEAMMEDLEM, R.SUNDHEDSKOORDINATOR},
    ),
    "noegletal.tilsyn": Handling(
        "Se frister og sagstal for hver sagsbehandler", frozenset({R.TEAMLEDER})
    ),
    # one's own
    "besked.se": Handling("Se de beskeder, man selv har fået", _ALLE),
    "kalender.abonner": Handling("Hente sine egne tider i en kalender", _ALLE),
    # operations and oversight
    "regelsaet.se": Handling("Se regelsæt og kataloger", frozenset({R.ADMINISTRATOR})),
    "katalog.ret": Handling(
        "Vedligeholde katalogerne over indsatstyper og progression", frozenset({R.ADMINISTRATOR})
    ),
    "regelsaet.ret": Handling("Rette regelsæt og sætte dem i kraft", frozenset({R.ADMINISTRATOR})),
    "fristregel.ret": Handling("Se og rette reglerne for frister", frozenset({R.ADMINISTRATOR})),
    "log.se": Handling("Læse loggen over opslag", frozenset({R.REVISOR})),
}


def maa(bruger: Bruger, handling: str) -> bool:
    """Whether one of the user's roles may do `handling`. Raises `KeyError` for an unknown action."""
    return bruger.is_active and any(rolle in HANDLINGER[handling].roller for rolle in bruger.roller)


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
