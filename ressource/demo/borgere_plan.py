"""Bo and Ibrahim: decided, and the plan is being made."""

from borgere.models import Fase
from ressource.demo.bygger import Person, Ramme, Scene
from ressource.demo.bygger_forberedelse import Afsnit
from ressource.demo.bygger_forloeb import Forloebsbygger, Indsatsdata, Moedereferat
from ressource.demo.bygger_moede import Linje

BOS_AFSNIT: Afsnit = {
    "erfaring_ressourcer": (
        "Jeg har kørt truck og stået i byggemarked. Jeg kunne lageret udenad.",
        "Ti år med lager og kunder. Bo er grundig og vellidt.",
    ),
    "personlige_ressourcer": (
        "Min ven Kurt tager med mig. Jeg hjælper i klubhuset, når jeg kan.",
        "Få, men trofaste venner. Fodboldklubben betyder meget.",
    ),
    "udfordringer_beskaeftigelse": (
        "Hovedpinen kommer efter en time. Så kan jeg ikke læse eller høre efter.",
        "Træthed og hovedpine siden trafikulykken. Bo kan holde fokus i en time ad gangen.",
    ),
    "udfordringer_social": (
        "Jeg er bange for brevene fra jer. Jeg lader dem ligge.",
        "Bo føler sig presset og trækker sig. Aftaler skal gerne laves i telefonen først.",
    ),
    "oensker_job_uddannelse": (
        "Et fleksjob på et lager, hvis jeg kan. Men først vil jeg prøve i klubben, hvor de kender mig.",
        "Bo ønsker en blød start som frivillig og derefter praktik.",
    ),
    "helbred": (
        "Det er hovedet og nakken. Jeg sover dårligt.",
        "Følger efter hjernerystelse og nakkeskade. Går til fysioterapi.",
    ),
    "helbred_betydning": (
        "Ikke for meget lys og ikke for mange, der snakker.",
        "Korte vagter, pause hver halve time, opgaver uden tidspres.",
    ),
    "laegens_vurdering": ("", "Varige følger, men funktionen kan bedres med gradvis træning."),
    "forsoergelseshistorik": (
        "Sygedagpenge og kontanthjælp i syv år.",
        "Uden arbejde siden ulykken for syv år siden.",
    ),
    "hidtidig_indsats": (
        "Jeg blev sendt i et værksted med larm. Det holdt to dage.",
        "To praktikker afbrudt. Fysioterapi med nogen virkning.",
    ),
}


def bo(scene: Scene) -> None:
    """Decided; the first follow-up should have been held days ago and the plan is empty."""
    sag = Forloebsbygger(
        scene,
        Person("Bo", "Skovsen", 39, "mand", (9, 11), {"har_uddannelse": True}),
        Ramme(
            Fase.PLAN, oprettet=196, ansvarlig="koordinerende", foerste="sagsbehandler", overtaget=6
        ),
    )
    sag.screening(
        indsendt=190,
        afgjort=184,
        henvist_af="Jobcentret, kontanthjælp",
        hvorfor_nu="Syv år efter ulykken er der ikke lagt en samlet plan.",
        betingelse=1,
        betingelse_tekst="Offentlig forsørgelse i syv år.",
        har_udviklingsperspektiv=True,
        udviklingsperspektiv_tekst="Fysioterapeuten ser fremgang, når belastningen er lille.",
        anbefaling="Fortsæt. Mød Bo, hvor han er tryg.",
    )
    sag.forberedende_del(
        BOS_AFSNIT,
        begyndt=180,
        rettet=46,
        gennemgaaet=45,
        status="forelagt",
        spoergetragt_niveau=2,
        tragt_job="Det kommer an på hovedet.",
        tragt_opgaver="At sætte ting på plads, så andre kan finde dem.",
        maal="Lagermedarbejder",
        maal_art="job",
        naeste_skridt="Hjælpe i klubhuset to timer",
    )
    sag.laegeattest(
        anmodet=160,
        modtaget=133,
        spoergsmaal="Hvad kan bedre funktionen? Hvad skal undgås?",
        svar="Varige følger efter hovedtraume. Gradvis træning anbefales. Undgå larm og skarpt lys.",
    )
    sag.kvalitetssikring(indsendt=40, afgjort=34)
    sag.samtykker("egen_laege", "region", dage=179)
    sag.netvaerk("Kurt Mølgaard", "ven", samtykke="besked om møder", dage=60)
    sag.paa_dagsorden(scene.tid.foer(11))
    sag.indstilling(
        maal="Lagermedarbejder",
        maaneder=36,
        begrundelse="Bo kan udvikle sin arbejdsevne, når starten er forsigtig og på et kendt sted. Flere "
        "små indsatser skal følges ad.",
        linjer=(
            Linje("frivilligt_arbejde", "Få troen på egne kræfter tilbage", "Første skridt mod praktik"),
            Linje("traening", "Mere energi og færre hovedpiner", "Kunne klare længere vagter",
                  "Ali Demir"),
            Linje("psykolog", "Finde mod til at prøve igen", "Mindre frygt for nederlag", "Ali Demir"),
            Linje("virksomhedspraktik", "Prøve lageropgaver få timer om ugen",
                  "Viser, hvad et fleksjob kan være", "Tina Vestergaard"),
        ),
        uden_mentor_begrundelse="Bo vil vente med en mentor og bruge sin ven. Spørg igen om tre måneder.",
        noter="Bo havde Kurt med. Han var lettet over, at det må gå langsomt.",
    )  # fmt: skip
    sag.afgoerelse(truffet=6, begynder=5)
    sag.forloeb()
    sag.plan(begyndt=6)
    sag.notater(
        (11, "Efter teammødet", "Bo sagde, at han for første gang kunne høre, hvad der blev sagt.", True,
         "sagsbehandler"),
        (5, "Overdraget til Lene Krog", ("Bo er ringet op og har fået mit nummer. Opfølgning er ikke "
         "aftalt endnu."), False),
    )  # fmt: skip


IBRAHIMS_AFSNIT: Afsnit = {
    "erfaring_ressourcer": (
        "Jeg havde min egen forretning med lastbiler. Her i landet har jeg kørt varer.",
        "Selvstændig i hjemlandet, chauffør i Danmark. Stor viden om biler og mange kontakter.",
    ),
    "personlige_ressourcer": (
        "Min kone Laila og vores to børn. Jeg kender mange i branchen.",
        "Familien er i centrum. Netværket i bilbranchen kan bruges aktivt.",
    ),
    "udfordringer_beskaeftigelse": (
        "Jeg kan ikke sidde ret længe, og jeg kan ikke løfte.",
        "Smerter og uro. Ibrahim kan ikke rejse langt til tilbud.",
    ),
    "udfordringer_social": (
        "Jeg kan ikke lege med mine børn. Det gør mere ondt end nakken.",
        "Familien klarer det meste selv. Ibrahim føler, at han svigter som far.",
    ),
    "oensker_job_uddannelse": (
        "Jeg bad om pension. Får jeg den ikke, så vil jeg tilbage til bilerne.",
        "Ønsket om branchen er klart. Han vil helst arbejde hos nogen, han kender.",
    ),
    "helbred": (
        "Nakken, skulderen og søvnen. Jeg drømmer om ulykken.",
        "Piskesmæld og psykiske følger efter et trafikuheld for fem år siden.",
    ),
    "helbred_betydning": (
        "Jeg skal kunne gå hjem, når det bliver for slemt.",
        "Skiftende arbejdsstillinger, ingen tunge løft, aftale om at kunne gå tidligt.",
    ),
    "laegens_vurdering": (
        "",
        "Behandlingsmuligheder er ikke udtømt. Træning i varmt vand foreslås.",
    ),
    "forsoergelseshistorik": (
        "Løn, sygedagpenge og kontanthjælp.",
        "Sygedagpenge efter ulykken, derefter kontanthjælp.",
    ),
    "hidtidig_indsats": (
        "Tilbuddene lå for langt væk.",
        "Smertehold i nabobyen afbrudt på grund af transporten.",
    ),
}


def ibrahim(scene: Scene) -> None:
    """The plan is half written and due soon; protected address, interpreter, children at home."""
    tid = scene.tid
    sag = Forloebsbygger(
        scene,
        Person(
            "Ibrahim",
            "Rahmani",
            38,
            "mand",
            (12, 5),
            {
                "har_uddannelse": False,
                "er_adressebeskyttet": True,
                "adressebeskyttet_til": tid.om(205),
                "tolkesprog": "kurdisk",
                "antal_hjemmeboende_boern": 2,
                "boern_har_vanskeligheder": True,
                "har_boernesag": True,
                "boernesag_fulgt_op_dato": tid.foer(32),
                "boernesag_fulgt_op_af": scene.hold["sagsbehandler"],
            },
            tidligere_id="IQ A-83051",
        ),
        Ramme(
            Fase.PLAN,
            oprettet=210,
            ansvarlig="koordinerende",
            foerste="sagsbehandler",
            overtaget=14,
        ),
    )
    sag.screening(
        indsendt=203,
        afgjort=198,
        henvist_af="Jobcentret, kontanthjælp",
        hvorfor_nu="Ibrahim har søgt om førtidspension. Der er ikke prøvet et samlet forløb.",
        betingelse=1,
        betingelse_tekst="Offentlig forsørgelse i fire år.",
        har_udviklingsperspektiv=True,
        udviklingsperspektiv_tekst="Behandlingen er ikke brugt op, og han har et stærkt netværk.",
        anbefaling="Fortsæt. Bestil tolk til alle samtaler.",
    )
    sag.forberedende_del(
        IBRAHIMS_AFSNIT,
        begyndt=195,
        rettet=56,
        gennemgaaet=54,
        status="forelagt",
        uenig="Ibrahim mener selv, at han burde have pension.",
        spoergetragt_niveau=1,
        tragt_job="Noget med biler.",
        maal="Bilklargøring eller salg af reservedele",
        maal_art="job",
        naeste_skridt="Ringe til en gammel kollega",
    )
    sag.laegeattest(
        anmodet=170,
        modtaget=146,
        spoergsmaal="Er der behandling, der kan bedre smerterne?",
        svar="Følger efter piskesmæld. Træning i varmt vand og kurs i smertehåndtering anbefales. "
        "Patienten bør ikke køre langt for det.",
    )
    sag.kvalitetssikring(indsendt=48, afgjort=43)
    sag.samtykker("region", dage=190)
    sag.netvaerk("Laila Rahmani", "ægtefælle", samtykke="mødebreve og planen", dage=40)
    sag.netvaerk("Farid Rahmani", "bror", "modspiller", "Mener ikke, at Ibrahim kan arbejde")
    sag.paa_dagsorden(tid.foer(18))
    sag.indstilling(
        maal="Bilklargøring eller salg af reservedele",
        maaneder=36,
        begrundelse="Ibrahim kan udvikle sin arbejdsevne i en branche, han kender, når træning og "
        "smertehåndtering ligger tæt på hjemmet. Førtidspension er ikke mulig nu.",
        linjer=(
            Linje("virksomhedspraktik", "Prøve korte vagter i bilbranchen",
                  "Bygger på erfaring og netværk", "Tina Vestergaard"),
            Linje("traening", "Bevæge sig med færre smerter", "Kunne stå og gå i længere tid",
                  "Ali Demir"),
            Linje("smertehaandtering", "Lære at styre kræfterne", "Kunne planlægge en arbejdsdag",
                  "Ali Demir"),
            Linje("mentor", "Struktur og én fast kontakt", "Holde fast, når en uge er svær"),
        ),
        mentor_formaal="Struktur i hverdagen",
        mentor_opgaver="Følge med de første gange",
        noter="Tolk var til stede. Ibrahim var skuffet, men sagde ja til at prøve.",
    )  # fmt: skip
    sag.afgoerelse(truffet=14, begynder=13)
    sag.forloeb("Have færre smerter og være mere sammen med børnene")
    sag.indsats(
        Indsatsdata("traening", "Træning i varmt vand, Egelund Svømmehal", "Bevæge sig med færre smerter",
                    fra=4, til=-120, maal=2, linje=2, timer="2", ansvarlig="Ali Demir"),
        Indsatsdata("virksomhedspraktik", "Praktik, bilklargøring", "Prøve korte vagter i bilbranchen",
                    fra=-12, til=-100, linje=1, timer="8", ansvarlig="Tina Vestergaard"),
        Indsatsdata("smertehaandtering", "Smertehåndtering, enkeltvis", "Lære at styre kræfterne",
                    fra=-24, til=-110, maal=2, linje=3, ansvarlig="Ali Demir"),
    )  # fmt: skip
    sag.plan(begyndt=14)
    sag.knyt("virksomhedskonsulent", dage=12)
    sag.opfoelgninger(
        Moedereferat(
            12,
            "Ibrahim fortalte om en gammel kollega, der har et klargøringsfirma. Vi ringede til ham "
            "sammen. Svømmehallen ligger fem minutter fra hjemmet.",
            mentor="Mentor er ikke fundet endnu",
            sted="Rådhuset, lokale 1",
            skitse="Otte timer om ugen i firmaet, hvis nakken kan holde til det.",
        ),
        naeste=(tid.om(3), "11.00", "Rådhuset, lokale 1"),
    )
    sag.notater(
        (12, "Første opfølgning", "Holdt med tolk. Næste aftale er lagt, og tolk er bestilt.", True),
        (4, "Besøg hos firmaet", "Ejeren kender Ibrahim og vil gerne begynde med to dage om ugen.",
         False, "virksomhedskonsulent"),
        (2, "Skånehensyn aftalt", "Ibrahim må gå hjem, når han har brug for det. Firmaet er med på det.",
         True, "virksomhedskonsulent"),
    )  # fmt: skip
