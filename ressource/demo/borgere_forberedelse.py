"""Kim, Rie and Per: before the team has seen them."""

from borgere.models import Fase
from rehabilitering.services.forberedelse import AFSNIT_OENSKER
from ressource.demo.bygger import Person, Ramme, Scene
from ressource.demo.bygger_forberedelse import Afsnit
from ressource.demo.bygger_forloeb import Forloebsbygger


def kim(scene: Scene) -> None:
    """Screening: the note lies with the faglig konsulent."""
    sag = Forloebsbygger(
        scene,
        Person(
            "Kim",
            "Østerby",
            36,
            "mand",
            (14, 2),
            {
                "har_uddannelse": True,
                "uddannelse": "elektriker",
                "email": "kim.oesterby@eksempel.dk",
            },
        ),
        Ramme(Fase.SCREENING, oprettet=12, ansvarlig="sagsbehandler"),
    )
    sag.screening(
        indsendt=4,
        henvist_af="Jobcentret, kontanthjælp",
        hvorfor_nu="Kims fjerde praktik på to år er lige sluttet. Hver gang er han nået at falde til, "
        "og så er tiden udløbet. Han beder selv om noget, der varer længere.",
        betingelse=2,
        betingelse_tekst="Kim har været i fire korte praktikker og to vejledningsforløb, uden at "
        "han er kommet nærmere et job.",
        hidtidig_indsats="Praktik som pedel på en efterskole, tre måneder. Fremmøde 9 ud af 10 dage. "
        "En social mentor hjalp ham op og af sted om morgenen.",
        har_udviklingsperspektiv=True,
        udviklingsperspektiv_tekst="Skolen vil gerne have ham igen. Han klarede nye opgaver uden "
        "hjælp de sidste uger, når der var ro omkring ham.",
        helbredsstatus="Social angst. Nedsat hørelse på begge ører, som gør larm og grupper svære.",
        manglende_oplysninger="Ny høreprøve. Tid er bestilt.",
        anbefaling="Sagen bør gå videre. Et længere forløb på ét lille sted, med mentor fra første dag.",
    )
    sag.samtykker("egen_laege", dage=11)
    sag.netvaerk("Bodil Østerby", "mor", samtykke="besked om møder", dage=11)
    sag.notater(
        (12, "Første samtale", ("Kim kom sammen med sin mor. Vi sad i et lille lokale, så han kunne "
         "høre. Han fortalte om årene som elektriker og om, hvor svært telefonen blev."), True),
        (8, "Opkald til efterskolen", ("Pedellen fortæller, at Kim er den første, der ser, når noget "
         "er i stykker. De tager ham gerne tilbage."), False),
    )  # fmt: skip


RIES_AFSNIT: Afsnit = {
    "erfaring_ressourcer": (
        (
            "Jeg er udlært frisør, og jeg er stolt af mit svendebrev. Min mester gav mig lov til at "
            "holde pause, når det var slemt."
        ),
        (
            "Rie gennemførte uddannelsen med meget fravær og med stor hjælp fra lærepladsen. Hun er "
            "dygtig med hænderne og god til at se, hvad andre har brug for."
        ),
    ),
    "personlige_ressourcer": (
        "Min mor ringer hver morgen. Jeg har en veninde med heste, og dér får jeg ro.",
        "Moren er den vigtigste støtte. Den gamle mester vil gerne hjælpe igen.",
    ),
    "udfordringer_beskaeftigelse": (
        (
            "Jeg når det ikke om morgenen. Når jeg har aflyst én gang, skammer jeg mig, og så aflyser "
            "jeg igen."
        ),
        (
            "Hverdagen hænger ikke sammen: søvn, mad og regninger glider. Rie har brug for støtte "
            "derhjemme, før en arbejdsplads kan lykkes."
        ),
    ),
    "forsoergelseshistorik": (
        "Elevløn, så sygedagpenge, og nu kontanthjælp.",
        "Sygedagpenge i 22 måneder. Derefter uddannelseshjælp og kontanthjælp.",
    ),
    "oensker_job_uddannelse": (
        "Ikke frisør igen lige nu. Noget udenfor, gerne med dyr. De dømmer ikke én.",
        (
            "Spørgsmålet om job var svært. Svaret kom, da vi talte om, hvad hun laver, når hun har det "
            "godt."
        ),
    ),
}


def rie(scene: Scene) -> None:
    """Preparation: four of nine sections and half of one are written, the doctor's answer is due."""
    sag = Forloebsbygger(
        scene,
        Person(
            "Rie",
            "Thorup",
            25,
            "kvinde",
            (8, 9),
            {"har_uddannelse": True, "uddannelse": "frisør"},
        ),
        Ramme(Fase.FORBEREDELSE, oprettet=75, ansvarlig="sagsbehandler"),
    )
    sag.screening(
        indsendt=70,
        afgjort=66,
        henvist_af="Sygedagpenge",
        hvorfor_nu="Rie blev syg lige efter svendeprøven og har ikke kunnet arbejde siden.",
        betingelse=3,
        betingelse_tekst="Der skal ske meget i hverdagen, før der kan sættes et konkret jobmål.",
        hidtidig_indsats="Samtaler med jobrådgiver. To praktikker er aflyst på dagen.",
        har_udviklingsperspektiv=True,
        udviklingsperspektiv_tekst="Rie har vist, at hun kan gennemføre, når støtten er tæt på.",
        helbredsstatus="Svær psykisk lidelse og spiseforstyrrelse. Står til behandling i psykiatrien.",
        anbefaling="Fortsæt. Bostøtte og behandling skal i gang samtidig med planen.",
    )
    sag.forberedende_del(
        RIES_AFSNIT,
        begyndt=64,
        rettet=5,
        spoergetragt_niveau=3,
        tragt_job="Det ved jeg ikke. Ikke frisør.",
        tragt_opgaver="Ikke noget lige nu.",
        tragt_fritid="Jeg tager med i stalden om lørdagen. Jeg kan godt lide at fodre og gøre rent.",
        maal="Medhjælper i landbrug, gerne med køer eller heste",
        maal_art="job",
        naeste_skridt="Besøge en gård sammen med min mor",
    )
    sag.laegeattest(
        anmodet=27,
        spoergsmaal="Hvornår kan Rie begynde på få timer? Hvad skal en arbejdsplads tage hensyn til?",
    )
    sag.samtykker("egen_laege", "region", dage=63)
    sag.netvaerk("Jonna Thorup", "mor", samtykke="mødebreve og planen", dage=63)
    sag.netvaerk("Karsten Dahl", "tidligere mester", "medspiller")
    sag.netvaerk("Emil Sand", "tidligere kæreste", "modspiller", "Synes, at hun skal blive hjemme")
    sag.notater(
        (64, "Vi begyndte på den forberedende del", ("Rie skrev selv om sin læretid. Resten tog vi på "
         "papir, mens vi talte."), True),
        (33, "Aflyst samtale", ("Rie sendte en besked kl. 8. Vi talte i telefon om eftermiddagen i "
         "stedet og fik lavet afsnittet om forsørgelse."), True),
        (18, "Opkald fra moren", "Moren er bange for, at mødet bliver for meget. Hun vil gerne med.",
         False),
        (5, "Femte samtale", ("Spørgsmålet om interesser gav svaret. Rie lyste op, da vi kom til dyrene. "
         "Målet er skrevet med hendes ord."), True),
    )  # fmt: skip


PERS_AFSNIT: Afsnit = {
    "erfaring_ressourcer": (
        "Jeg har gået på STU. Jeg var god til at fylde op og feje.",
        "Per har gennemført en særligt tilrettelagt uddannelse. Han husker bedst det, han gør hver dag.",
    ),
    "personlige_ressourcer": (
        "Mor og far hjælper mig. Jeg spiller bowling om torsdagen.",
        "Forældrene er med i alt og kender hans grænser. Per er glad og venlig mod alle.",
    ),
    "udfordringer_beskaeftigelse": (
        "Jeg glemmer det, når der er mange ting på en gang.",
        "Nye opgaver skal læres én ad gangen, og det tager tid.",
    ),
    "udfordringer_social": (
        "Jeg kan ikke så godt tage bussen selv.",
        "Per kan endnu ikke rejse alene. Forældrene kører ham.",
    ),
    "oensker_job_uddannelse": (
        "Jeg vil arbejde i en butik. Jeg vil have en skjorte med navn på.",
        "Både Per og forældrene ønsker et job. De er enige om, at det må tage den tid, det tager.",
    ),
    "helbred": (
        "Jeg er ikke syg.",
        "Per er rask. Han har et lavt kognitivt niveau, som er beskrevet i en udredning.",
    ),
    "helbred_betydning": (
        "Én skal vise mig det først.",
        "Faste opgaver, billeder frem for tekst, og den samme kollega hver dag.",
    ),
    "laegens_vurdering": (
        "",
        "Lægen ser ingen hindringer for arbejde, når oplæringen er langsom og fast.",
    ),
    "forsoergelseshistorik": (
        "Jeg får penge fra kommunen.",
        "Uddannelseshjælp siden STU.",
    ),
    "hidtidig_indsats": (
        "Jeg var i en genbrugsbutik. Det var sjovt.",
        "Én praktik på otte uger, hvor han lærte tre opgaver. Den stoppede, da kontaktpersonen rejste.",
    ),
}


def per(scene: Scene) -> None:
    """Quality assurance: returned once, mended, and handed in again."""
    sag = Forloebsbygger(
        scene,
        Person(
            "Per",
            "Aagaard",
            21,
            "mand",
            (30, 5),
            {"har_uddannelse": False, "uddannelse": "STU", "har_laesevanskeligheder": True},
        ),
        Ramme(Fase.KVALITETSSIKRING, oprettet=130, ansvarlig="sagsbehandler"),
    )
    sag.screening(
        indsendt=124,
        afgjort=118,
        henvist_af="Ungeindsatsen",
        hvorfor_nu="Per er færdig med STU, og der er ikke fundet et sted, hvor han kan blive.",
        betingelse=3,
        betingelse_tekst="Per skal oplæres over lang tid, før det er klart, hvad han kan.",
        hidtidig_indsats="STU og én praktik.",
        har_udviklingsperspektiv=True,
        udviklingsperspektiv_tekst="Han lærte tre nye opgaver på otte uger med en fast kollega.",
        anbefaling="Fortsæt. Familien er enig og vil gerne deltage.",
    )
    sag.forberedende_del(
        PERS_AFSNIT,
        begyndt=116,
        rettet=6,
        gennemgaaet=6,
        status="gennemgaaet",
        spoergetragt_niveau=1,
        tragt_job="En butik. Den med de røde skilte.",
        maal="Medarbejder i dagligvarebutik",
        maal_art="job",
        naeste_skridt="Tage bussen sammen med far",
    )
    sag.laegeattest(
        anmodet=105,
        modtaget=82,
        spoergsmaal="Er der noget i helbredet, der taler imod en arbejdsplads?",
        svar="Patienten er fysisk rask. Han kan arbejde, når oplæringen er langsom, opgaverne er faste, "
        "og der er en bestemt person at spørge.",
    )
    sag.samtykker("egen_laege", "region", dage=112)
    sag.netvaerk("Inger Aagaard", "mor", samtykke="indkaldelser og planen", dage=116)
    sag.netvaerk("Poul Aagaard", "far", samtykke="indkaldelser og planen", dage=116)
    sag.kvalitetssikring(
        indsendt=17,
        afgjort=13,
        retur="Pers egne ord mangler i afsnittet om ønsker. Skriv også, om forældrene tager med til mødet.",
        bemaerkninger={
            AFSNIT_OENSKER: "Hvad siger Per selv? Beskrivelsen står alene.",
            "personlige_ressourcer": "Tager forældrene med til mødet?",
        },
    )
    sag.kvalitetssikring(indsendt=3)
    sag.notater(
        (100, "Møde med Per og forældrene", ("Vi talte om, hvem der sidder med til teamets møde, og "
         "hvad der kan komme ud af det. Per fik tegnet lokalet."), True),
        (13, "Retur fra kvalitetssikring", "To ting skal rettes. Jeg har aftalt en samtale med Per.", False),
        (6, "Samtale med Per", ("Vi læste det hele højt. Per sagde selv det om skjorten, og nu står det "
         "der. Begge forældre tager med."), True),
    )  # fmt: skip
