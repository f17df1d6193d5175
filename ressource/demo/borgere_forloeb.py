"""Eva and Ole: in the middle of a forløb, and near the end of one."""

from borgere.models import Fase, Tildeling
from ressource.demo.bygger import Person, Ramme, Scene
from ressource.demo.bygger_forberedelse import Afsnit
from ressource.demo.bygger_forloeb import Forloebsbygger, Indsatsdata, Moedereferat
from ressource.demo.bygger_moede import Linje

EVAS_AFSNIT: Afsnit = {
    "erfaring_ressourcer": (
        "Jeg ledede tredive mennesker. Nu kan jeg ikke læse en avis til ende.",
        "Mange års erfaring som leder. Pligtopfyldende og vellidt.",
    ),
    "personlige_ressourcer": (
        "Min datter kommer om søndagen. Min mentor ringer, når jeg bliver væk.",
        "Tæt på sin datter. Har haft samme mentor i et år.",
    ),
    "udfordringer_beskaeftigelse": (
        "Hvad nu, hvis jeg bryder sammen en gang til? Jeg tør ikke love noget.",
        "Ingen selvtillid. Hukommelse og koncentration svigter under pres.",
    ),
    "udfordringer_social": (
        "Jeg har ikke kræfter til at se nogen efter klokken tre.",
        "Eva trækker sig fra venner, når hun er træt. Hjemmet klarer hun selv.",
    ),
    "oensker_job_uddannelse": (
        "Noget enkelt med hænderne, hvor jeg kan se, at jeg er færdig.",
        "Overskuelige opgaver uden ansvar for andre.",
    ),
    "helbred": (
        "Angst, og perioder hvor alt er sort.",
        "Depressioner og angst siden ungdommen. Indlagt efter et sammenbrud på arbejdet.",
    ),
    "helbred_betydning": (
        "Jeg skal have lov at gå ud i ti minutter.",
        "Få timer i starten, rolige omgivelser, ekstra pauser.",
    ),
    "laegens_vurdering": ("", "Stabil på medicin. Lægen støtter en meget langsom start."),
    "forsoergelseshistorik": (
        "Løn, sygedagpenge og kontanthjælp.",
        "Uden job siden sammenbruddet.",
    ),
    "hidtidig_indsats": (
        "Kurser, hvor jeg sad og var bange.",
        "Mentor har virket. Holdforløb har ikke.",
    ),
}


def eva(scene: Scene) -> None:
    """Follow-ups, several efforts at once, and a talk today."""
    tid = scene.tid
    sag = Forloebsbygger(
        scene,
        Person(
            "Eva",
            "Lindholt",
            52,
            "kvinde",
            (17, 3),
            {"har_uddannelse": True, "uddannelse": "kontorassistent"},
        ),
        Ramme(
            Fase.OPFOELGNING,
            oprettet=640,
            ansvarlig="koordinerende",
            foerste="sagsbehandler",
            overtaget=510,
        ),
    )
    sag.screening(
        indsendt=633,
        afgjort=628,
        henvist_af="Jobcentret, kontanthjælp",
        hvorfor_nu="Eva kan ikke tilbage til lederjob, og der er ikke prøvet andet.",
        betingelse=3,
        betingelse_tekst="Der skal en lang, rolig indsats til, før et jobmål kan sættes.",
        har_udviklingsperspektiv=True,
        udviklingsperspektiv_tekst="Hun passer sine aftaler med mentor.",
        anbefaling="Fortsæt. Tag mentor med i forberedelsen.",
    )
    sag.forberedende_del(
        EVAS_AFSNIT,
        begyndt=624,
        rettet=560,
        gennemgaaet=558,
        status="forelagt",
        spoergetragt_niveau=2,
        tragt_job="Det ved jeg ikke. Jeg tør ikke sige noget.",
        tragt_opgaver="Vaske op, dække bord, gøre pænt.",
        maal="Køkkenassistent i kantine",
        maal_art="job",
        naeste_skridt="Drikke kaffe i kantinen sammen med mentor",
    )
    sag.laegeattest(
        anmodet=610,
        modtaget=585,
        spoergsmaal="Er en praktik på få timer forsvarlig?",
        svar="Tilbagevendende depression, nu stabil. Praktik på en til to timer om ugen er forsvarlig.",
    )
    sag.kvalitetssikring(indsendt=552, afgjort=546)
    sag.samtykker("egen_laege", "region", "mentor", dage=620)
    sag.netvaerk("Louise Lindholt", "datter", samtykke="besked om opfølgninger og planen", dage=500)
    sag.knyt("mentor", art=Tildeling.Art.MENTOR, dage=600)
    sag.paa_dagsorden(tid.foer(520))
    sag.indstilling(
        maal="Køkkenassistent i kantine",
        maaneder=24,
        begrundelse="Eva kan komme videre, når starten er meget lille, og mentor er med hele vejen.",
        linjer=(
            Linje("virksomhedspraktik", "Være sammen med andre og få tillid til egne kræfter",
                  "Viser, om køkkenarbejde passer", "Tina Vestergaard"),
            Linje("mentor", "Få styr på ugen og komme ud ad døren", "Holder aftalerne fast",
                  "Lars Bach"),
            Linje("angst_stress", "Dæmpe angsten og finde ro", "Færre dage væk", "Ali Demir"),
        ),
        mentor_formaal="Struktur i hverdagen",
        mentor_opgaver="Ugeplan hver søndag. Følges ad til kantinen den første måned",
    )  # fmt: skip
    sag.afgoerelse(truffet=510, begynder=505)
    sag.forloeb("Sove bedre og have færre dårlige dage")
    sag.indsats(
        Indsatsdata("mentor", "Mentor, Lars Bach", "Få styr på ugen og komme ud ad døren",
                    fra=503, til=-200, linje=2, timer="2", ansvarlig="Lars Bach"),
        Indsatsdata("virksomhedspraktik", "Praktik i kantine, trin 1: én dag", "Vaske op og lære stedet "
                    "at kende", fra=470, til=337, linje=1, timer="1.5", ansvarlig="Tina Vestergaard"),
        Indsatsdata("virksomhedspraktik", "Praktik i kantine, trin 2: to dage", "Være med ved anretning",
                    fra=330, til=115, linje=1, timer="3", ansvarlig="Tina Vestergaard"),
        Indsatsdata("angst_stress", "Mindfulness på hold", "Dæmpe angsten og finde ro", fra=450, til=-35,
                    maal=2, linje=3, timer="2", ansvarlig="Ali Demir"),
        Indsatsdata("virksomhedspraktik", "Praktik i kantine, trin 3: tre dage", "Prøve en hel formiddag",
                    fra=109, til=-99, linje=1, timer="4.5", ansvarlig="Tina Vestergaard",
                    skaanehensyn="En pause hver time. Ingen tunge gryder."),
        Indsatsdata("traening", "Gåhold om onsdagen", "Mere søvn og energi", fra=84, til=-60, maal=2,
                    timer="1", ansvarlig="Ali Demir", tilfoejet="Evas eget ønske ved opfølgningen"),
        Indsatsdata("ordinaere_timer", "Ordinære timer i kantinen", "Få løn for de timer, der sidder fast",
                    fra=-100, til=-180, timer="4", ansvarlig="Tina Vestergaard", er_skitse=True,
                    tilfoejet="Kantinen har spurgt efter Eva"),
    )  # fmt: skip
    sag.plan(begyndt=510, godkendt=(497, 325, 105), med_pdf=True)
    sag.knyt("virksomhedskonsulent", dage=480)
    sag.opfoelgninger(
        Moedereferat(515, "Vi besøgte kantinen sammen. Eva holdt mentors arm og blev en halv time."),
        Moedereferat(452, "Halvanden time hver tirsdag. Hun kender alle ved navn."),
        Moedereferat(392, "En svær måned med to sygedage. Vi lod timerne stå."),
        Moedereferat(334, "Eva bad selv om en dag mere.", skitse="Tre dage om ugen til sommer"),
        Moedereferat(266, "To dage går godt. Mindfulness hjælper hende med at falde i søvn."),
        Moedereferat(203, "Hun har vist en ny kollega til rette."),
        Moedereferat(140, "Eva dækkede bord til et møde med fyrre personer."),
        Moedereferat(84, "Tre dage siden sidst. Træt, men glad. Gåholdet er hendes egen idé."),
        Moedereferat(
            28,
            "Tre dage om ugen holder. Eva vil gerne prøve kassen en stille dag.",
            punkter=(
                ("virksomhedspraktik", "Tre dage om ugen i to måneder. Én sygedag.",
                 "Fortsætte med tre dage. Prøve kassen en fredag."),
                ("angst_stress", "Med tre ud af fire gange. Sover bedre.", "Gøre holdet færdigt."),
                ("mentor", "Ugeplanen er hængt op på køleskabet.", "Mentor ringer kun én gang om ugen."),
            ),
            skitse="Seks timer om ugen og samtale om lønnede timer.",
        ),
        naeste=(tid.i_dag, "13.00", "Rådhuset, mødelokale 2"),
    )  # fmt: skip
    sag.notater(
        (84, "Besøg i kantinen", "Lederen siger, at Eva ser, hvad der mangler, før andre gør.", True,
         "virksomhedskonsulent"),
        (40, "Opkald fra datteren", "Datteren er glad for, hvor langt hendes mor er kommet.", False),
        (3, "Besked fra mentor", "Mandage er svære. Eva øver sig i at sige fra, når der er travlt.", True),
    )  # fmt: skip


OLES_AFSNIT: Afsnit = {
    "erfaring_ressourcer": (
        "Jeg er snedker. Jeg kan bygge et hus, hvis ryggen ville.",
        "Udlært snedker med tyve års erfaring. Praktisk og løsningsorienteret.",
    ),
    "personlige_ressourcer": ("Jeg har min hund og min bror.", "Broren hjælper med breve."),
    "udfordringer_beskaeftigelse": (
        "Jeg er slidt op. Og jeg gider ikke flere kurser.",
        "Ole er svært ordblind og møder ustabilt, når han ikke kan se en mening med det.",
    ),
    "udfordringer_social": (
        "Jeg bor, hvor bussen ikke kører. Og kørekortet er væk.",
        "Ole er afhængig af andre for at komme hjemmefra. Post fra kommunen kan han ikke læse selv.",
    ),
    "oensker_job_uddannelse": (
        "Pension. Ellers noget med at køre. Så har jeg min egen tid.",
        "Ønsket om at køre er ægte. Kørekortet er mistet og skal tages igen.",
    ),
    "helbred": ("Ryggen og skuldrene. Jeg er også blevet tung i hovedet.",
                "Flere diskusprolapser. Depression, i bedring."),
    "helbred_betydning": ("Jeg kan ikke stå stille.", "Skiftende stillinger, ingen tunge løft."),
    "laegens_vurdering": ("", "Kan ikke vende tilbage som snedker. Lettere arbejde er muligt."),
    "forsoergelseshistorik": ("Løn i tyve år, så dagpenge.", "Kontanthjælp i tre år."),
    "hidtidig_indsats": ("Praktik uden mening.", "Tre praktikker, alle med stort fravær."),
}  # fmt: skip


def ole(scene: Scene) -> None:
    """The grant ends within weeks, and a fleksjob is near."""
    tid = scene.tid
    sag = Forloebsbygger(
        scene,
        Person(
            "Ole",
            "Ravnkilde",
            54,
            "mand",
            (23, 2),
            {
                "har_uddannelse": True,
                "har_laesevanskeligheder": True,
                "er_fritaget_digital_post": True,
            },
        ),
        Ramme(
            Fase.OPFOELGNING,
            oprettet=480,
            ansvarlig="koordinerende",
            foerste="sagsbehandler",
            overtaget=345,
        ),
    )
    sag.screening(
        indsendt=474,
        afgjort=468,
        henvist_af="Jobcentret, kontanthjælp",
        hvorfor_nu="Ole beder om pension. Ingen har bygget videre på det, han kan.",
        betingelse=2,
        betingelse_tekst="Tre praktikker uden virkning.",
        har_udviklingsperspektiv=True,
        udviklingsperspektiv_tekst="Han arbejder stabilt, når opgaven giver mening.",
        anbefaling="Fortsæt. Find en erfaren mand, han kan respektere.",
    )
    sag.forberedende_del(
        OLES_AFSNIT,
        begyndt=464,
        rettet=396,
        gennemgaaet=394,
        status="forelagt",
        uenig="Ole vil hellere have pension.",
        spoergetragt_niveau=1,
        tragt_job="Køre. Bare køre.",
        maal="Noget med at køre, eller i et snedkerværksted",
        maal_art="job",
        naeste_skridt="Se byggecentret",
    )
    sag.laegeattest(
        anmodet=450,
        modtaget=424,
        spoergsmaal="Hvad kan ryggen holde til?",
        svar="Følger efter flere diskusprolapser. Lettere arbejde med skiftende stillinger er muligt.",
    )
    sag.kvalitetssikring(indsendt=386, afgjort=381)
    sag.samtykker("egen_laege", "region", dage=463)
    sag.netvaerk("Knud Ravnkilde", "bror", samtykke="breve fra kommunen", dage=463)
    sag.knyt("mentor", art=Tildeling.Art.MENTOR, dage=330)
    sag.knyt("virksomhedskonsulent", dage=330)
    sag.paa_dagsorden(tid.foer(356))
    sag.indstilling(
        maal="Chauffør eller lagermedarbejder",
        maal_begrundelse="Værksted valgt fra på grund af ryggen",
        maaneder=12,
        begrundelse="Ole kan genfinde arbejdslysten i et miljø, han kender, med en erfaren kollega.",
        linjer=(
            Linje("virksomhedspraktik", "Få arbejdslyst og faste vaner igen",
                  "Første skridt mod et job med kørsel", "Tina Vestergaard"),
            Linje("mentor", "En erfaren mand at støtte sig til", "Stabilt fremmøde", "Lars Bach"),
            Linje("smertehaandtering", "Lære at passe på ryggen", "Kan holde til flere timer",
                  "Ali Demir"),
            Linje("psykolog", "Tale om det, der er sket", "Mod på noget nyt", "Ali Demir"),
            Linje("traening", "Få en stærkere ryg", "Kan løfte varer"),
        ),
        mentor_formaal="Fremmøde og mod",
        mentor_opgaver="Mødes i byggecentret hver mandag",
    )  # fmt: skip
    sag.afgoerelse(truffet=345, begynder=335)
    sag.forloeb(
        "Have færre smerter i ryggen",
        foerste="Chauffør i byggemarked",
        begrundelse="Efter praktik i byggecentret",
    )
    sag.indsats(
        Indsatsdata("mentor", "Mentor, Lars Bach", "En erfaren mand at støtte sig til", fra=330, til=-28,
                    linje=2, timer="2", ansvarlig="Lars Bach"),
        Indsatsdata("virksomhedspraktik", "Praktik i byggecenter", "Få arbejdslyst og faste vaner igen",
                    fra=325, til=126, linje=1, timer="4", ansvarlig="Tina Vestergaard"),
        Indsatsdata("smertehaandtering", "Smertehåndtering på hold", "Lære at passe på ryggen", fra=290,
                    til=215, maal=2, linje=3, ansvarlig="Ali Demir"),
        Indsatsdata("koerekort", "Kørekort til varebil", "Nødvendigt for at køre varer ud", fra=230,
                    til=140, tilfoejet="Ole fik lyst til at køre i byggecentret"),
        Indsatsdata("undervisning", "Læsehjælp på telefonen", "Kunne læse køresedler", fra=200, til=60,
                    tilfoejet="Ole bad om det"),
        Indsatsdata("virksomhedspraktik", "Praktik som chauffør i butik", "Køre varer ud to timer hver dag",
                    fra=120, til=-28, timer="10", ansvarlig="Tina Vestergaard",
                    tilfoejet="Butikken søger en chauffør i fleksjob"),
    )  # fmt: skip
    sag.erstattet(4, "smertehaandtering", "Ole ønskede hold", dage=290)
    sag.plan(begyndt=345, godkendt=(334, 205, 112), kladde=40, med_pdf=True)
    sag.opfoelgninger(
        Moedereferat(351, "Ole var vred og sagde ikke ret meget. Vi kørte forbi byggecentret."),
        Moedereferat(290, "Han har fået arbejdstøj og sin egen reol at passe."),
        Moedereferat(228, "Ole sagde selv ordet fleksjob. Han vil køre."),
        Moedereferat(165, "Teoriprøven er bestået med oplæsning."),
        Moedereferat(112, "Kørekortet er i hus. Ny plads hos en butik, der kører varer ud."),
        Moedereferat(
            47,
            "To timer hver dag uden en eneste fraværsdag. Butikken vil ansætte ham.",
            punkter=(
                ("virksomhedspraktik", "Kører fast rute.", "Ansøgning om fleksjob sendes ind."),
                ("mentor", "De mødes kun hver anden uge nu.", "Slutter, når Ole er ansat."),
            ),
            skitse="Ansat i fleksjob som chauffør, ti timer om ugen.",
            maal="Chauffør, vareudbringning fra butik",
            maal_begrundelse="Butikken vil ansætte ham",
        ),
        naeste=(tid.om(9), "9.00", "Butikken, personalerummet"),
    )  # fmt: skip
    sag.notater(
        (112, "Ole bestod", "Han ringede fra parkeringspladsen. Første gang, jeg har hørt ham grine.", True),
        (20, "Møde med butikken", "De vil gerne ansætte Ole, når forløbet slutter.", False,
         "virksomhedskonsulent"),
    )  # fmt: skip
