"""Anne and Tove: on the agenda, and between recommendation and decision."""

from borgere.models import Fase, Tildeling
from ressource.demo.bygger import Person, Ramme, Scene
from ressource.demo.bygger_forberedelse import Afsnit
from ressource.demo.bygger_forloeb import Forloebsbygger
from ressource.demo.bygger_moede import Linje
from ressource.demo.tid import klok

ANNES_AFSNIT: Afsnit = {
    "erfaring_ressourcer": (
        "Jeg har ikke haft et rigtigt job. Jeg har passet min kusines børn, og de kan lide mig.",
        "Anne har hverken uddannelse eller joberfaring. Hun er omsorgsfuld og husker alt om børnene.",
    ),
    "personlige_ressourcer": (
        "Min bostøtte Gerd og min mentor. Jeg har to katte.",
        "Bostøtte tre gange om ugen. Netværket er lille, men fast.",
    ),
    "udfordringer_beskaeftigelse": (
        "Når folk bestemmer for mig, siger jeg nej. Også selv om jeg måske godt vil.",
        "Anne afviser de fleste forslag, men går i gang, når idéen er hendes egen.",
    ),
    "udfordringer_social": (
        "Jeg går kun ud, når der ikke er andre på trappen.",
        "Anne er meget alene. Nye mennesker skal hun lære at kende ét ad gangen.",
    ),
    "oensker_job_uddannelse": (
        (
            "Jeg vil hjælpe nogen. Børn eller gamle. Jeg turde ikke sige det før, for jeg troede, man "
            "skulle have studenterhue."
        ),
        "Ønsket om omsorgsarbejde er nyt for os. Det skal følges, så længe det er hendes.",
    ),
    "helbred": (
        "Jeg bliver bange, når der er mange mennesker. Medicinen hjælper.",
        "Angst og nedtrykthed, i behandling hos egen læge. Ingen indlæggelser det sidste år.",
    ),
    "helbred_betydning": (
        "Jeg vil helst vide dagen før, hvad der skal ske.",
        "Korte dage, et lille hold, og én at gå til. Ændringer skal siges i forvejen.",
    ),
    "laegens_vurdering": (
        "",
        "Lægen støtter en langsom start og fortsat medicin. Ny vurdering om et halvt år.",
    ),
    "forsoergelseshistorik": (
        "Hjælp fra kommunen, siden jeg blev 18.",
        "Uddannelseshjælp i fem år.",
    ),
    "hidtidig_indsats": (
        "De fandt på noget, og så skulle jeg derhen. Det blev aldrig til noget.",
        "Fire forløb er afbrudt inden for en måned. Ingen af dem var hendes eget valg.",
    ),
}


def anne(scene: Scene) -> None:
    """Quality assured, and on the agenda of the next meeting."""
    sag = Forloebsbygger(
        scene,
        Person(
            "Anne",
            "Winther",
            23,
            "kvinde",
            (2, 12),
            {"har_uddannelse": False, "uddannelse": "9. klasse"},
        ),
        Ramme(Fase.MOEDE, oprettet=165, ansvarlig="sagsbehandler"),
    )
    sag.screening(
        indsendt=160,
        afgjort=154,
        henvist_af="Ungeindsatsen",
        hvorfor_nu="Anne har fået hjælp fra kommunen i fem år, og ingen forløb er gennemført.",
        betingelse=2,
        betingelse_tekst="Fire tilbud uden virkning.",
        hidtidig_indsats="Vejledning, to praktikker og et kreativt værksted, alle afbrudt.",
        har_udviklingsperspektiv=True,
        udviklingsperspektiv_tekst="Hun passer sin kusines børn fast hver onsdag og svigter aldrig.",
        anbefaling="Fortsæt. Giv god tid til forberedelsen.",
    )
    sag.forberedende_del(
        ANNES_AFSNIT,
        begyndt=150,
        rettet=24,
        gennemgaaet=23,
        status="kvalitetssikret",
        spoergetragt_niveau=4,
        tragt_job="Det skal I ikke bestemme.",
        tragt_opgaver="Ingen. Jeg er ikke god til noget.",
        tragt_fritid="Jeg ser serier. Det kan man ikke leve af.",
        tragt_droemme="Da jeg var lille, ville jeg være skolelærer.",
        maal="Hjælper i plejehjem eller børnehave",
        maal_art="job",
        naeste_skridt="Se en daghøjskole sammen med mentor",
    )
    sag.laegeattest(
        anmodet=140,
        modtaget=112,
        spoergsmaal="Er det forsvarligt at begynde på en arbejdsplads nu?",
        svar="Tilstanden er stabil med medicin. Patienten kan begynde med korte dage i et lille team. "
        "Hun bør kende dagens plan i forvejen.",
    )
    sag.kvalitetssikring(indsendt=14, afgjort=9)
    sag.samtykker("egen_laege", "region", "mentor", dage=149)
    sag.netvaerk("Gerd Nymand", "bostøtte", samtykke="indkaldelsen til teamets møde", dage=149)
    sag.netvaerk("Sara Winther", "kusine")
    sag.knyt("mentor", art=Tildeling.Art.MENTOR, dage=120)
    sag.paa_dagsorden(scene.tid.om(0), sat_paa=7)
    sag.notater(
        (120, "Mentor er begyndt", "Anne ville selv vælge. Hun mødte Lars to gange, før hun sagde ja.",
         True),
        (23, "Vi læste det hele igennem", "Anne rettede to sætninger. Hun er enig i resten.", True),
        (6, "Opkald fra Lars Bach", ("Anne er nervøs for mødet. Lars går med ind og sidder ved siden af "
         "hende."), False),
    )  # fmt: skip


TOVES_AFSNIT: Afsnit = {
    "erfaring_ressourcer": (
        "Jeg var i hjemmeplejen i fire år. Jeg kunne godt lide de gamle, men ikke at køre stærkt.",
        "Deltid i hjemmeplejen, 30 timer. God i kontakten, presset af ruten.",
    ),
    "personlige_ressourcer": (
        "Heste. Jeg har redet, siden jeg var syv. Min faster har en stald.",
        "Stort netværk omkring stalden. Fasteren er en fast støtte.",
    ),
    "udfordringer_beskaeftigelse": (
        "Jeg begynder på ti ting og bliver ikke færdig med nogen af dem.",
        "Svært ved at planlægge og holde pauser. Overanstrenger sig, når noget er sjovt.",
    ),
    "udfordringer_social": (
        "Regningerne ligger i en skuffe. Jeg åbner den ikke.",
        "Tove har gæld og mangler overblik. Hun vil gerne have hjælp til et budget.",
    ),
    "oensker_job_uddannelse": (
        "Jeg vil arbejde med heste. Og jeg vil i gang nu. Jeg har ventet længe nok.",
        "Tove er afklaret om branchen. Hun har selv talt med et stutteri.",
    ),
    "helbred": (
        "Min lænd gør ondt efter ulykken. Mit hoved kører hele tiden.",
        "Lændeskade efter en bilulykke. ADHD, i medicinsk behandling med god virkning.",
    ),
    "helbred_betydning": (
        "Nogen skal sige til mig, at jeg skal holde fri.",
        "Tydelige aftaler om timer, ingen tunge løft, pauser på faste tider.",
    ),
    "laegens_vurdering": (
        "",
        "Lægen vurderer, at arbejdsevnen kan udvikles. Ryggen tåler ikke løft over 10 kg.",
    ),
    "forsoergelseshistorik": (
        "Løn, sygedagpenge og så kontanthjælp. Jeg søgte pension og fik nej.",
        "Sygedagpenge i 18 måneder, kontanthjælp siden. Afslag på førtidspension for to år siden.",
    ),
    "hidtidig_indsats": (
        "Kurser. Mange kurser.",
        "Tre vejledningsforløb og et rygtræningshold. Ingen praktik endnu.",
    ),
}


def tove(scene: Scene) -> None:
    """The team has recommended; the decision has not been written."""
    sag = Forloebsbygger(
        scene,
        Person(
            "Tove",
            "Bjerre",
            30,
            "kvinde",
            (19, 7),
            {"har_uddannelse": True, "er_fritaget_digital_post": True},
        ),
        Ramme(Fase.AFGOERELSE, oprettet=182, ansvarlig="sagsbehandler"),
    )
    sag.screening(
        indsendt=176,
        afgjort=171,
        henvist_af="Jobcentret, kontanthjælp",
        hvorfor_nu="Tove har selv bedt om at komme på en arbejdsplads.",
        betingelse=1,
        betingelse_tekst="Offentlig forsørgelse i mere end tre år.",
        hidtidig_indsats="Vejledning og rygtræning.",
        har_udviklingsperspektiv=True,
        udviklingsperspektiv_tekst="Hun passer to heste hver morgen uden at blive væk.",
        anbefaling="Fortsæt hurtigt. Motivationen er høj nu.",
    )
    sag.forberedende_del(
        TOVES_AFSNIT,
        begyndt=168,
        rettet=38,
        gennemgaaet=37,
        status="forelagt",
        spoergetragt_niveau=1,
        tragt_job="Heste!",
        maal="Medhjælper på stutteri",
        maal_art="job",
        naeste_skridt="Vise stutteriet til virksomhedskonsulenten",
    )
    sag.laegeattest(
        anmodet=150,
        modtaget=121,
        spoergsmaal="Hvor meget kan ryggen tåle? Er medicinen på plads?",
        svar="Kronisk lændesmerte uden behov for operation. Løft højst 10 kg. Medicin mod ADHD virker.",
    )
    sag.kvalitetssikring(indsendt=30, afgjort=25)
    sag.samtykker("egen_laege", "region", dage=167)
    sag.netvaerk("Ruth Bjerre", "faster", samtykke="besked om møder", dage=160)
    sag.paa_dagsorden(scene.tid.foer(5))
    sag.indstilling(
        maal="Medhjælper på stutteri",
        maaneder=36,
        begrundelse="Tove har et klart mål og et sted, der vil tage imod hende. Ryggen og uroen gør, at "
        "timerne skal bygges langsomt op med en fast voksen ved siden af.",
        linjer=(
            Linje("virksomhedspraktik", "Finde ud af, hvor mange timer Tove kan holde til",
                  "Stutteriet kan blive arbejdspladsen", "Tina Vestergaard"),
            Linje("mentor", "Holde øje med, at Tove holder pause og fri", "Forebygger nederlag"),
            Linje("bostoette", "Få styr på post og regninger", "Ro til at møde udhvilet",
                  "Dorte Lyng"),
            Linje("behandling", "Holde medicinen ved lige hos egen læge", "Bedre koncentration",
                  "Egen læge"),
        ),
        mentor_formaal="Sætte grænser for timer og opgaver",
        mentor_opgaver="Tale med Tove efter hver arbejdsdag den første måned",
        noter="Tove havde billeder med fra stutteriet. Alle var enige.",
    )  # fmt: skip
    sag.udleveret(5, bemaerkning="Tove fik den med hjem og ringede til sin faster.")
    sag.indstilling_.muligheder = (
        "Job med dyr på få timer om ugen. Stutteriet vil gerne ansætte, hvis praktikken går godt."
    )
    sag.version("Stutteriets tilsagn om job manglede", klok(scene.tid.foer(4), "9.20"))
    sag.notater(
        (60, "Tove ringede fra stutteriet", "Ejeren vil gerne have hende en dag om ugen.", True),
        (5, "Efter teammødet", ("Tove er lettet. Hun spørger, hvornår hun må begynde. Jeg skriver "
         "afgørelsen i denne uge."), True),
    )  # fmt: skip
