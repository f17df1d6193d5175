"""The words synthetic cases are made of. Invented, and plain as in a real case file."""

KVINDENAVNE = [
    "Agnes", "Aisha", "Alma", "Amalie", "Andrea", "Anja", "Annika", "Asta", "Bente", "Bettina",
    "Birthe", "Camilla", "Cecilie", "Charlotte", "Clara", "Dagny", "Dorte", "Ella", "Elin", "Emma",
    "Fatima", "Freja", "Gitte", "Grethe", "Hanne", "Heidi", "Helle", "Ida", "Inger", "Isabella",
    "Jette", "Johanne", "Julie", "Karen", "Katrine", "Kirsten", "Laila", "Lea", "Leila", "Lisbeth",
    "Lotte", "Louise", "Maria", "Marianne", "Merete", "Mette", "Mona", "Nadia", "Nina", "Olga",
    "Pernille", "Pia", "Rikke", "Ruth", "Sanne", "Signe", "Sofie", "Susanne", "Trine", "Zainab",
]  # fmt: skip
MANDENAVNE = [
    "Adam", "Aksel", "Allan", "Anders", "Andreas", "Asger", "Benny", "Bjarne", "Brian", "Carsten",
    "Casper", "Christian", "Claus", "Dan", "David", "Emil", "Erik", "Finn", "Flemming", "Frank",
    "Frederik", "Gert", "Hans", "Hassan", "Henning", "Ivan", "Jakob", "Jan", "Jens", "Jesper",
    "Johnny", "Jonas", "Karl", "Kasper", "Kenneth", "Kent", "Lars", "Leif", "Mads", "Magnus",
    "Martin", "Mikkel", "Mogens", "Morten", "Niels", "Omar", "Palle", "Peter", "Poul", "Rasmus",
    "Robert", "Rune", "Simon", "Steen", "Svend", "Thomas", "Torben", "Ulrik", "Viggo", "Yusuf",
]  # fmt: skip
EFTERNAVNE = [
    "Abildgaard", "Agerskov", "Ahmadi", "Bagger", "Balle", "Bisgaard", "Bjerregaard", "Borup",
    "Brandt", "Brogaard", "Bundgaard", "Dalsgaard", "Degn", "Ebbesen", "Egholm", "Elkjær", "Enevold",
    "Fabricius", "Falkenberg", "Fjord", "Frost", "Gade", "Gammelgaard", "Hald", "Hedegaard",
    "Hjorth", "Holmgaard", "Hvidberg", "Hyldgaard", "Ibsen", "Iversen", "Juul", "Kaspersen", "Kjær",
    "Klit", "Kofoed", "Kragh", "Krogsgaard", "Kvist", "Landt", "Lindegaard", "Lodberg", "Lund",
    "Lyngby", "Mathiasen", "Meldgaard", "Mose", "Munkholm", "Møberg", "Nedergaard", "Nygaard",
    "Nørskov", "Odgaard", "Overgaard", "Pagh", "Pilgaard", "Ravn", "Riis", "Rosendal", "Salling",
    "Sand", "Skaarup", "Skovgaard", "Stampe", "Steffensen", "Stougaard", "Sylvest", "Søgaard",
    "Tang", "Thrane", "Toft", "Trabjerg", "Ulstrup", "Vang", "Vedel", "Vestergren", "Vinther",
    "Voss", "Winge", "Østergren", "Aabye", "Aagren",
]  # fmt: skip
ORD: dict[str, list[str]] = {
    "fornavne": KVINDENAVNE + MANDENAVNE,
    "kvindenavne": KVINDENAVNE,
    "mandenavne": MANDENAVNE,
    "efternavne": EFTERNAVNE,
    "veje": [
        "Bakkevej", "Birkealle", "Dalvænget", "Egelundsvej", "Fabriksvej", "Gartnervænget",
        "Havnegade", "Kirkestræde", "Lindealle", "Mejerivej", "Møllebakken", "Nørregade",
        "Engparken", "Skolegade", "Stationsvej", "Strandvænget", "Søndergade", "Toften", "Vestervang",
    ],
    "sprog": ["arabisk", "dari", "kurdisk", "polsk", "somali", "tamil", "tyrkisk", "ukrainsk"],
    "laeger": [
        "Lægehuset Egelund", "Lægerne Stationsvej", "Lægerne i Nørregade", "Vestbyens Lægehus",
        "Lægehuset Havnen", "Lægerne Møllebakken",
    ],
    "maal": [
        "Medhjælper i butik", "Lagermedarbejder", "Køkkenmedhjælper i kantine", "Pedelmedhjælper",
        "Chauffør med korte ture", "Medhjælper på bibliotek", "Gartnermedhjælper",
        "Kontormedhjælper", "Rengøring på skole", "Medhjælper i børnehave", "Værkstedsmedhjælper",
        "Hjælper i plejehjem", "Syerske på systue", "Dyrepasser", "Cykelreparatør",
        "Medhjælper i genbrugsbutik", "Serviceassistent på hospital", "Havne- og lagerhjælp",
    ],
    "delmaal": [
        "Have færre smerter i hverdagen", "Sove bedre om natten", "Få styr på økonomien",
        "Kunne tage bussen alene", "Få struktur på ugen", "Være mindre bange for nye mennesker",
        "Komme i gang med at bevæge sig", "Få ro på familien",
    ],
    "pladser": [
        "byggemarked", "supermarked", "kantine", "bibliotek", "plejehjem", "børnehave", "gartneri",
        "autoværksted", "genbrugsbutik", "skole", "lager", "cykelværksted", "kontor", "bageri",
        "idrætscenter", "museum", "dyreinternat",
    ],
    "sundhedsindsatser": [
        "angst_stress", "smertehaandtering", "psykolog", "traening", "traening", "kostvejledning",
        "psykoedukation", "behandling", "smertehaandtering",
    ],
    "andre_indsatser": [
        "bostoette", "gaeldsraadgivning", "familietilbud", "boligraadgivning",
        "stoette_kontaktperson", "ledsagelse", "kursus", "undervisning", "frivilligt_arbejde",
        "uddannelsesvejledning", "koerekort",
    ],
    # A reason as many times as it is common.
    "aarsager": (
        ["fleksjob_ansat"] * 19 + ["fleksjob_visiteret"] * 20 + ["ordinaert_job"] * 6
        + ["ordinaert_job_deltid"] * 4 + ["uddannelse"] * 6 + ["revalidering"] * 3
        + ["foertidspension"] * 19 + ["fraflyttet"] * 9 + ["kontanthjaelp"] * 4
        + ["udloebet_uden_afklaring"] * 4 + ["nyt_ressourceforloeb"] * 2 + ["jobafklaring"] * 2
        + ["doed", "seniorpension"]
    ),
    "hvorfor_nu": [
        "Sygemeldingen har varet længe, og kommunens tilbud er brugt op.",
        "Lægen vurderer, at borgeren ikke kommer tilbage til sit gamle job.",
        "Borgeren beder selv om en samlet plan.",
        "Tre forløb er stoppet på grund af fravær.",
    ],
    "hidtidig": [
        "Praktik i genbrugsbutik i otte uger, stoppet på grund af smerter.",
        "Mentor i et halvt år. Det hjalp med at komme ud ad døren.",
        "Vejledningsforløb på ti uger, gennemført.",
        "Virksomhedspraktik på lager, stoppet efter tre uger.",
    ],
    "helbred": [
        "Smerter i ryg og skuldre.", "Angst og dårlig søvn.", "Følger efter en ulykke.",
        "Tilbagevendende depression, i behandling.", "Træthed og hovedpine.",
    ],
    "egne_ord": [
        "Jeg vil gerne have noget at stå op til.",
        "Jeg bliver hurtigt træt, men jeg vil prøve.",
        "Det går bedst, når jeg ved, hvad jeg skal.",
        "Jeg kan godt lide at bruge hænderne.",
        "Jeg er bange for, at det går galt igen.",
        "Min søster hjælper mig med det meste.",
        "Jeg har altid passet mit arbejde, til jeg blev syg.",
    ],
    "beskrivelser": [
        "Borgeren har erfaring med praktisk arbejde og møder til tiden, når dagene er korte.",
        "Der er behov for faste rammer og en kontaktperson på arbejdspladsen.",
        "Borgeren har et lille netværk, som støtter op om planen.",
        "Borgeren har prøvet to praktikker. Den ene gik godt i starten.",
        "Helbredet svinger, og der skal være plads til pauser.",
    ],
    "begrundelser": [
        "Borgeren kan udvikle arbejdsevnen med korte dage og fast støtte.",
        "Der er et klart ønske og gode erfaringer at bygge på. Helbredet kræver en langsom start.",
        "Flere indsatser samtidig kan bringe borgeren tættere på et arbejde.",
    ],
    "notater": [
        "Samtale på telefon", "Besøg på arbejdspladsen", "Besked fra mentor", "Aftale flyttet",
        "Opkald til egen læge", "Svar fra borgeren",
    ],
    "notattekster": [
        "Ugen er gået som aftalt. Vi fortsætter.",
        "Borgeren har været væk to dage og kommer igen mandag.",
        "Arbejdspladsen er tilfreds og vil gerne tale om flere timer.",
        "Mødet er flyttet en uge efter ønske fra borgeren.",
        "Borgeren er bekymret for helbredet. Vi taler om det ved næste opfølgning.",
    ],
    "referater": [
        "Praktikken går godt. Vi prøver en time mere om ugen.",
        "Det har været en svær måned. Vi holder timerne, som de er.",
        "Mentor var med. Ugeplanen hjælper.",
        "Vi gennemgik planen, og alle aftaler er holdt.",
        "Borgeren vil gerne se en anden arbejdsplads. Virksomhedskonsulenten finder et forslag.",
    ],
}  # fmt: skip
