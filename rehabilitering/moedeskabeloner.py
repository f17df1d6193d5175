"""The texts a municipality starts with: drejebog, the team's questions, the citizen's packet.

True to the guide's elements 1-3 and to domain.md 2.5, told in our own words. What the packet must
hold is `KRAEVEDE`; the words are the municipality's to change in the browser.
"""

# Code, point, guidance. Elements 1, 2 and 3 of the guide, in the order of the work.
DREJEBOG = [
    (
        "hvad_er_et_forloeb",
        "Vi har talt om, hvad et ressourceforløb er, og hvad det er godt for",
        "Begynd tidligt, og tag det op flere gange. Mange kender kun fleksjob og førtidspension.",
    ),
    (
        "materiale",
        "Borgeren har fået materiale, der er let at forstå",
        "Brug gerne historier om mennesker, der har været i et ressourceforløb.",
    ),
    (
        "skrevet_sammen",
        "Den forberedende del er skrevet sammen med borgeren",
        "Sæt tid af til flere samtaler. Spørg, om nogen fra netværket skal være med.",
    ),
    (
        "oensker_er_med",
        "Borgerens ønsker til job eller uddannelse står i den forberedende del",
        "Er der intet klart ønske, så spørg til opgaver, interesser og gamle drømme.",
    ),
    (
        "pakken",
        "Borgeren har fået sin pakke om mødet, og vi har læst den sammen",
        "Pakken laves på denne side. Læs den højt, hvis borgeren har svært ved at læse.",
    ),
    (
        "praktisk",
        "Vi har gennemgået det praktiske: tid, sted, ventetid, og hvem der henter",
        "",
    ),
    (
        "hvem_og_hvordan",
        "Vi har talt om, hvem der er med, og hvordan mødet begynder og forløber",
        "",
    ),
    (
        "forventninger",
        "Vi har talt om, hvad teamet forventer, og hvad borgeren kan forvente af teamet",
        "",
    ),
    (
        "vigtigt_at_sige",
        "Vi har talt om, hvad der er vigtigt for borgeren at få sagt",
        "Hjælp borgeren med selv at kunne fortælle om sin situation lige nu.",
    ),
    (
        "spoergsmaal",
        "Vi har øvet de spørgsmål, teamet plejer at stille",
        "Spørgsmålene står på denne side.",
    ),
    (
        "fordeling",
        "Vi har aftalt, hvad borgeren selv fortæller, og hvad jeg hjælper med",
        "Skriv det under «Aftalen om mødet». Så står det i borgerens pakke.",
    ),
    (
        "job_og_uddannelse",
        "Borgeren ved, at vi altid taler om job og uddannelse",
        "Også når det ligger et stykke ude i fremtiden.",
    ),
    (
        "virksomhed",
        "Borgeren ved, at et forløb på en virksomhed er en del af et ressourceforløb",
        "Det kan være få timer om ugen, og en mentor kan hjælpe.",
    ),
    (
        "efter_moedet",
        "Vi har talt om, hvad der sker efter mødet, og hvad det kan ende med",
        "",
    ),
    (
        "tage_en_med",
        "Vi har talt om at tage en pårørende eller bisidder med",
        "En, der kan støtte og huske, hvad der bliver sagt.",
    ),
    (
        "netvaerk",
        "Vi har talt om, hvem der kan støtte borgeren, og hvem der er skeptisk",
        "Find ud af, hvad der skal til, for at de skeptiske kan blive medspillere.",
    ),
    (
        "samtykker",
        "Samtykker til pårørende og netværk er underskrevet",
        "Aftal også, hvad de må få at vide, for eksempel tid og sted for mødet.",
    ),
]

SPOERGSMAAL = [
    ("lige_nu", "Hvordan har du det lige nu?"),
    ("hverdag", "Hvordan ser en almindelig dag ud for dig?"),
    ("god_til", "Hvad er du god til, og hvad kan du lide at lave?"),
    ("arbejdet_med", "Hvad har du arbejdet med, og hvad gik godt?"),
    ("vil_gerne", "Hvilket job eller hvilken uddannelse kunne du tænke dig en gang?"),
    ("svaert", "Hvad gør det svært for dig at arbejde?"),
    ("hensyn", "Hvad skal en arbejdsplads tage hensyn til?"),
    ("behandling", "Er du i gang med undersøgelser eller behandling?"),
    ("hjaelper", "Hvem hjælper dig i hverdagen?"),
    ("foerste_skridt", "Hvad kunne være et godt første skridt for dig?"),
]

# Code, heading, text. «{team}», «{myndighed}» and «{kommune}» become the names in use.
PAKKE = [
    (
        "indledning",
        "Din pakke om mødet",
        (
            "Du skal snart til et møde, hvor et team taler med dig om job, uddannelse og støtte. Vi "
            "kalder det {team}. Her kan du læse, hvad der skal ske, og hvordan du kan forberede "
            "dig. Læs det gerne sammen med din sagsbehandler."
        ),
    ),
    (
        "hvor_hvornaar",
        "Hvor og hvornår er mødet?",
        (
            "Vær der gerne fem minutter før. Kan du ikke komme, så ring til din sagsbehandler så "
            "hurtigt som muligt. Så finder vi ud af det sammen."
        ),
    ),
    (
        "ventetid",
        "Skal jeg vente?",
        "Teamet taler med flere borgere samme dag. Derfor kan det ske, at du må vente lidt.",
    ),
    (
        "hentes",
        "Hvem henter mig?",
        "Du skal ikke selv finde mødelokalet. Sæt dig, hvor du skal vente, så bliver du hentet.",
    ),
    (
        "til_stede",
        "Hvem er med til mødet?",
        (
            "De, der er med, ved noget om forskellige ting. Sammen kan de se på hele din situation. "
            "Alle har tavshedspligt."
        ),
    ),
    (
        "start",
        "Hvordan begynder mødet?",
        (
            "Mødelederen siger velkommen. Alle fortæller, hvad de hedder, og hvad de arbejder med. "
            "Derefter er det dig, der får ordet."
        ),
    ),
    (
        "forloeb",
        "Hvordan går mødet?",
        (
            "Mødet går som regel sådan:\n"
            "- Du fortæller om dig selv og din situation, sådan som du har lyst til.\n"
            "- Vi ser på det, du og din sagsbehandler har skrevet.\n"
            "- Vi taler om, hvad du har brug for, og hvilken støtte der kan hjælpe.\n"
            "- Vi taler om job og uddannelse.\n"
            "- Vi taler om, hvad du kan gå i gang med.\n"
            "- Mødelederen samler op og siger, hvad teamet vil foreslå.\n"
            "- Du kan spørge om det, du er i tvivl om.\n"
            "Du må altid bede om en pause."
        ),
    ),
    (
        "forventes_af_dig",
        "Hvad forventer vi af dig?",
        (
            "Vi forventer, at du kommer, og at du fortæller det, du kan. Du skal ikke holde en tale. "
            "Du må gerne have et stykke papir med. Er der noget, du ikke vil tale om, så sig det. Din "
            "sagsbehandler hjælper dig undervejs."
        ),
    ),
    (
        "du_kan_forvente",
        "Hvad kan du forvente af teamet?",
        (
            "Teamet har læst om dig, før du kommer. De lytter til dig, taler til dig og ikke om dig, "
            "og de forklarer, hvis noget er svært at forstå. De tager udgangspunkt i det, du gerne vil."
        ),
    ),
    (
        "spoergsmaal",
        "Hvad plejer teamet at spørge om?",
        (
            "Du behøver ikke have et svar på det hele. Tal om spørgsmålene med din sagsbehandler "
            "inden mødet."
        ),
    ),
    (
        "job_uddannelse",
        "Vi taler altid om job og uddannelse",
        (
            "Vi taler om, hvad du kunne tænke dig, også selv om det ligger langt ude i fremtiden. Et "
            "forløb på en virksomhed er en del af et ressourceforløb. Det kan være få timer om ugen, "
            "og du kan få en mentor, der hjælper dig."
        ),
    ),
    (
        "udfald",
        "Hvad kan mødet ende med?",
        (
            "Teamet siger, hvad de mener, der skal ske. Det hedder en indstilling. Bagefter er det "
            "{myndighed}, der bestemmer. Det her kan teamet sige:"
        ),
    ),
    (
        "udfald_ressourceforloeb",
        "Et ressourceforløb",
        (
            "Du får tid og hjælp til at komme tættere på et job eller en uddannelse. Det er for dig, "
            "der kan komme til at arbejde mere, end du kan nu."
        ),
    ),
    (
        "udfald_fleksjob",
        "Et fleksjob",
        "Et job på dine vilkår, når din arbejdsevne er nedsat for altid, men du kan arbejde noget.",
    ),
    (
        "udfald_foertidspension",
        "Førtidspension",
        "Når din arbejdsevne er nedsat for altid, og du heller ikke kan have et fleksjob.",
    ),
    (
        "udfald_hidtidig_indsats",
        "Samme hjælp som nu",
        "Du fortsætter med den hjælp, du allerede får, eller noget, der ligner.",
    ),
    (
        "efter",
        "Hvad sker der efter mødet?",
        (
            "Lige efter mødet taler du med din sagsbehandler om det, der blev sagt. Du får teamets "
            "indstilling på skrift. Lidt senere får du et brev med {myndighed}s afgørelse. Der står "
            "også, hvordan du klager, hvis du er uenig. Får du et ressourceforløb, mødes du højst en "
            "uge efter mødet med den sagsbehandler, der skal følge dig i forløbet."
        ),
    ),
    (
        "bisidder",
        "Du har ret til at have en bisidder med",
        (
            "En bisidder er en, du selv vælger, og som støtter dig på mødet. Du kan også lade en anden "
            "tale og få breve for dig. Det hedder en partsrepræsentant, og så skal vi have en fuldmagt. "
            "Sig det til din sagsbehandler, hvis du vil have en med."
        ),
    ),
    (
        "paaroerende",
        "Du må gerne tage en pårørende med",
        (
            "Det kan være en ven eller en fra familien. To hører mere end én, og bagefter kan I tale "
            "om det. Det er dig, der bestemmer, hvad de må få at vide."
        ),
    ),
    (
        "tolk",
        "Har du brug for tolk?",
        "Har du brug for tolk eller tegnsprogstolk, så sig det til din sagsbehandler i god tid.",
    ),
    (
        "saerlige_behov",
        "Har du brug for noget særligt?",
        (
            "Sig til, hvis du for eksempel bruger kørestol, har svært ved at høre eller sidde længe, "
            "eller har brug for pauser. Så indretter vi os efter det."
        ),
    ),
    (
        "kontakt",
        "Hvem kan jeg ringe til?",
        "Ring, hvis du er i tvivl om noget, eller hvis noget ændrer sig.",
    ),
    (
        "dokumenter",
        "Hvilke papirer får teamet?",
        (
            "Du kan få at se, hvad der står i dem. Er noget forkert, så sig det. Får teamet flere "
            "papirer, fortæller vi dig det."
        ),
    ),
    (
        "persondata",
        "Sådan bruger vi dine oplysninger",
        (
            "{kommune} har ansvaret for dine oplysninger. Vi bruger dem til at vurdere, hvilken hjælp "
            "du har ret til. Det må vi efter loven om en aktiv beskæftigelsesindsats og artikel 6 og 9 i "
            "databeskyttelsesforordningen. Oplysningerne kommer fra dig, fra {myndighed} og, når du har "
            "sagt ja, fra blandt andre din læge.\n"
            "Kun de, der er med til dit møde, får papirerne. En af dem er regionens "
            "sundhedskoordinator. Vi sletter oplysningerne, når vi ikke længere skal gemme dem.\n"
            "Du har ret til at:\n"
            "- få at vide, hvad vi ved om dig\n"
            "- få rettet det, der er forkert\n"
            "- få at vide, hvem der har set din sag\n"
            "- gøre indsigelse og i nogle tilfælde få noget slettet.\n"
            "{kommune}s databeskyttelsesrådgiver kan hjælpe dig. Du kan klage til Datatilsynet."
        ),
    ),
]

# The packet's required slots (guide, element 2; domain.md 2.5): these sections cannot be taken out.
KRAEVEDE = frozenset(kode for kode, _, _ in PAKKE)
# Sections under the heading «udfald», one for each outcome of the rule set.
UDFALD_FORAN = "udfald_"
