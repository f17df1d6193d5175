"""The staff of the demo municipality. User names of the logins are the codes of their roles."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.hashers import make_password

from ressource.kalender import i_dag
from ressource.models import Bruger, Organisation, Rolle, Stedfortraeder, Team

# No secret: it is printed at every start, and opens nothing where RESSOURCE_DEMO is off.
ADGANGSKODE = "egelund-demo"
NORD, SYD = "Ressourceteam Nord", "Ressourceteam Syd"
STAB = "Rehabilitering og stab"
TEAMS = (NORD, SYD, STAB)


@dataclass(frozen=True)
class Ansat:
    """One member of staff."""

    brugernavn: str
    navn: str
    titel: str
    rolle: Rolle
    team: str = ""
    organisation: Organisation = Organisation.KOMMUNE


LOGINS = (
    Ansat("sagsbehandler", "Maja Kirkegaard", "Sagsbehandler", Rolle.SAGSBEHANDLER, NORD),
    Ansat("koordinerende", "Lene Krog", "Koordinerende sagsbehandler", Rolle.KOORDINERENDE, NORD),
    Ansat("faglig_konsulent", "Kamilla Dahl", "Faglig konsulent", Rolle.FAGLIG_KONSULENT, STAB),
    Ansat("moedekoordinator", "Nanna Friis", "Mødekoordinator", Rolle.MOEDEKOORDINATOR, STAB),
    Ansat("teamleder", "Lone Skov", "Teamleder", Rolle.TEAMLEDER, NORD),
    Ansat("teammedlem", "Dorte Lyng", "Socialfaglig konsulent", Rolle.TEAMMEDLEM, STAB),
    Ansat("moedeleder", "Henrik Bang", "Mødeleder", Rolle.MOEDELEDER, STAB),
    Ansat(
        "sundhedskoordinator",
        "Birgit Falk",
        "Overlæge, klinisk funktion",
        Rolle.SUNDHEDSKOORDINATOR,
        organisation=Organisation.REGION,
    ),
    Ansat(
        "virksomhedskonsulent",
        "Tina Vestergaard",
        "Virksomhedskonsulent",
        Rolle.VIRKSOMHEDSKONSULENT,
        STAB,
    ),
    Ansat("mentor", "Lars Bach", "Mentor", Rolle.MENTOR, organisation=Organisation.EKSTERN),
    Ansat("administrator", "Ulla Mark", "Systemadministrator", Rolle.ADMINISTRATOR),
    Ansat("revisor", "Jens Toft", "Revisor", Rolle.REVISOR),
)
# They cannot sign in; the town's other cases lie with them.
SAGSBEHANDLERE = tuple(
    Ansat(brugernavn, navn, "Koordinerende sagsbehandler", Rolle.KOORDINERENDE, team)
    for brugernavn, navn, team in (
        ("jonas.holt", "Jonas Holt", NORD),
        ("pia.munk", "Pia Munk", NORD),
        ("susanne.aaby", "Susanne Aaby", NORD),
        ("peter.lykke", "Peter Lykke", NORD),
        ("ahmed.saleh", "Ahmed Saleh", NORD),
        ("kirsten.riis", "Kirsten Riis", SYD),
        ("line.bro", "Line Bro", SYD),
        ("thomas.ege", "Thomas Ege", SYD),
        ("rikke.holm", "Rikke Holm", SYD),
        ("gitte.frost", "Gitte Frost", SYD),
        ("morten.vang", "Morten Vang", SYD),
    )
)
KOLLEGER = (
    Ansat("ali.demir", "Ali Demir", "Sundhedskonsulent", Rolle.TEAMMEDLEM, STAB),
    Ansat("mikkel.storm", "Mikkel Storm", "Uddannelsesvejleder", Rolle.UDDANNELSESVEJLEDER, STAB),
    Ansat("anette.juul", "Anette Juul", "Familierådgiver", Rolle.FAMILIEAFDELING, STAB),
    Ansat("charlotte.beck", "Charlotte Beck", "Chef for beskæftigelse", Rolle.LEDER, STAB),
)
# The second team, which sees the town's other cases.
ANDET_HOLD = (
    Ansat("signe.bak", "Signe Bak", "Faglig konsulent", Rolle.FAGLIG_KONSULENT, STAB),
    Ansat("bodil.hede", "Bodil Hede", "Mødekoordinator", Rolle.MOEDEKOORDINATOR, STAB),
    Ansat("steen.ravn", "Steen Ravn", "Mødeleder", Rolle.MOEDELEDER, STAB),
    Ansat("inge.mose", "Inge Mose", "Socialfaglig konsulent", Rolle.TEAMMEDLEM, STAB),
    Ansat("bent.kjaer", "Bent Kjær", "Sundhedskonsulent", Rolle.TEAMMEDLEM, STAB),
    Ansat(
        "henrik.sander",
        "Henrik Sander",
        "Speciallæge, klinisk funktion",
        Rolle.SUNDHEDSKOORDINATOR,
        organisation=Organisation.REGION,
    ),
    Ansat(
        "carsten.munch", "Carsten Munch", "Virksomhedskonsulent", Rolle.VIRKSOMHEDSKONSULENT, STAB
    ),
    *(
        Ansat(brugernavn, navn, "Mentor", Rolle.MENTOR, organisation=Organisation.EKSTERN)
        for brugernavn, navn in (
            ("hanne.dal", "Hanne Dal"),
            ("ismail.kaya", "Ismail Kaya"),
            ("jytte.lind", "Jytte Lind"),
            ("tom.ager", "Tom Ager"),
        )
    ),
)
# A caseworker of the background also does what comes before the decision.
_BEGGE_DELE = [Rolle.SAGSBEHANDLER, Rolle.KOORDINERENDE]


def opret() -> dict[str, Bruger]:
    """Make teams and staff; gives the users by user name."""
    teams = {navn: Team.objects.create(navn=navn) for navn in TEAMS}
    # One hash for all: the deliberate slowness of hashing is for real passwords.
    adgang = make_password(ADGANGSKODE)
    brugere = Bruger.objects.bulk_create(
        Bruger(
            brugernavn=ansat.brugernavn,
            navn=ansat.navn,
            titel=ansat.titel,
            telefon=f"70 00 10 {nr:02d}",
            email=f"{ansat.brugernavn}@egelund.example",
            roller=_BEGGE_DELE if ansat in SAGSBEHANDLERE else [ansat.rolle],
            team=teams.get(ansat.team),
            organisation=ansat.organisation,
            er_demo=True,
            password=adgang if ansat in LOGINS else make_password(None),
        )
        for nr, ansat in enumerate((*LOGINS, *SAGSBEHANDLERE, *KOLLEGER, *ANDET_HOLD))
    )
    hold = {bruger.brugernavn: bruger for bruger in brugere}
    Stedfortraeder.objects.create(
        for_bruger=hold["koordinerende"],
        vikar=hold["jonas.holt"],
        fra_dato=i_dag(),
        til_dato=i_dag() + timedelta(days=14),
    )
    return hold


def logins() -> Iterator[str]:
    """What a visitor needs to sign in, as lines."""
    yield f"Adgangskode for alle demobrugere: {ADGANGSKODE}"
    bredde = max(len(ansat.brugernavn) for ansat in LOGINS)
    for ansat in LOGINS:
        yield f"  {ansat.brugernavn:<{bredde}}  {ansat.navn}, {ansat.titel.lower()}"
