"""The letters an installation starts with, in plain Danish; the municipality edits them after that.

Kind → heading and text. How the text is written is said in `models.Brevskabelon`.
"""

from rehabilitering.models import Brevskabelon

_K = Brevskabelon.Kode

_HVIS_UENIG = """## Hvis du er uenig

{klagevejledning}

Du kan senest klage {klagefrist}."""

_FORLOEBET = """Sagen er behandlet i {team} {moede_dato}. Du havde mulighed for selv at fortælle på mødet. Teamet kom med en indstilling, og {foelger}.

{afvigelse}

Sagen er afgjort uden et møde. {uden_moede_grund}

Denne afgørelse erstatter den, vi traf {erstatter_dato}.

## Det ved vi om din situation

{fakta}

## Derfor

{begrundelse}

Afgørelsen er truffet efter {hjemmel}.

## Det har vi spurgt dig om

{partshoering}"""

STANDARD: dict[str, tuple[str, str]] = {
    _K.INDKALDELSE_BORGER: (
        "Du er inviteret til møde",
        """Du er inviteret til et møde i {team} om job og uddannelse.

Denne invitation gælder i stedet for den, du fik til mødet {erstatter}.

- Hvornår: {moede_dato} kl. {moede_tid}. Mødet varer {varighed}
- Hvor: {sted}
- Her venter du: {venter_hvor}
- Der kan være ventetid: {ventetid}
- Du bliver hentet af {hentes_af}

Kan du ikke komme, så ring til {kontakt} senest {svar_senest}.

## Hvem er med

{deltagere}

## Sådan foregår mødet

Alle siger først, hvem de er. Så fortæller du, hvad du gerne vil, og hvad der er svært. Du bestemmer selv, hvor meget du siger. Bagefter taler vi om job, uddannelse og den hjælp, du har brug for. Til sidst samler lederen op, og du kan spørge.

Teamet lytter og kommer med forslag. Det afgør ikke din sag. Du får forslaget på skrift, og det kalder vi en indstilling. Derefter træffer {myndighed} en afgørelse, som du også får på skrift.

## Du må gerne tage nogen med

Det kan være en ven, en fra familien eller en anden. Du må også lade en anden tale for dig. Ring til os i god tid, hvis du tager nogen med eller har brug for tolk eller anden hjælp.

Vi har bestilt tolk: {tolk}.

Det har vi aftalt om dine behov: {saerlige_behov}

## Det læser teamet før mødet

{dokumenter}

Vi bruger kun dine oplysninger til at behandle din sag. Du kan få dem at se og få rettet fejl.""",
    ),
    _K.INDKALDELSE_NETVAERK: (
        "Invitation til møde",
        """Kære {modtagernavn}

{borger} skal til møde i {team} og vil gerne have dig med.

Denne invitation gælder i stedet for den, du fik til mødet {erstatter}.

- Hvornår: {moede_dato} kl. {moede_tid}
- Hvor: {sted}
- Mødet varer {varighed}
- Her venter du: {venter_hvor}

{borger} har givet os lov til at skrive til dig. Du er med som støtte, og du må gerne sige noget på mødet. Vi beder dig om ikke at fortælle videre, hvad du hører.

Kan du ikke komme, så ring til {kontakt}. Vi vil gerne vide det senest {svar_senest}.""",
    ),
    _K.INDSTILLING: (
        "Teamets indstilling",
        """Sagen er behandlet i {team} {moede_dato}. En indstilling er et forslag og ikke en afgørelse. Afgørelsen kommer i et særskilt brev.

Indstillingen er rettet {rettet}

## Teamet indstiller til

- {Indstiller_til}
- Mål: {maal}
- Målet er et andet end før, fordi: {maal_begrundelse}

## Begrundelse

{begrundelse}

## Muligheder for job og uddannelse

{muligheder}

## Sundhedskoordinatorens vurdering

{sundhedskoordinator}

## Svar fra sundhedskoordinatoren

{svar}

## Ikke alle i teamet var enige

{dissens}

## Indsatser

{indsatser}
- Mentors formål: {mentor_formaal}
- Mentors opgaver: {mentor_opgaver}""",
    ),
    _K.PARTSHOERING: (
        "Vi vil gerne høre, hvad du mener",
        """Vi skal snart træffe en afgørelse i din sag. Vi har fået oplysninger, som har betydning for afgørelsen. Dem skal du kende, og du har ret til at sige, hvad du mener om dem.

## Det drejer sig om

{oplysninger}

## Sådan svarer du

Skriv eller ring til os senest {frist_dato}. Du kan også få en anden til at svare for dig. Har du brug for mere tid, så sig det til os.

Du har ikke pligt til at svare. Hører vi ikke fra dig, afgør vi sagen med det, vi ved.

Du kan ringe til {sagsbehandler} på {telefon}.""",
    ),
    _K.AFGOERELSE_RESSOURCEFORLOEB: (
        "Du får et ressourceforløb",
        f"""{{kommune}} har besluttet, at du får et ressourceforløb fra {{virkning_fra}} til og med {{slut_dato}}.

{_FORLOEBET}

## Det går vi i gang med

Dit mål: {{maal}}

{{indsatser}}

## Din første samtale

Vi inviterer dig til en første samtale, hvor vi lægger en plan sammen. Du får tid og sted senere.

{{koordinerende}} er din koordinerende sagsbehandler.

Du er velkommen til at ringe på {{telefon}}.

{_HVIS_UENIG}""",
    ),
    _K.AFGOERELSE_FLEKSJOB: (
        "Du kan få et fleksjob",
        f"""{{kommune}} har besluttet, at du kan få et fleksjob. Det gælder fra {{virkning_fra}}.

{_FORLOEBET}

## Det sker nu

Vi hjælper dig med at finde et fleksjob. Du bliver inviteret til en samtale om, hvad du kan, og hvilke hensyn et job skal tage.

Du er velkommen til at ringe på {{telefon}}.

{_HVIS_UENIG}""",
    ),
    _K.AFGOERELSE_FOERTIDSPENSION: (
        "Du får førtidspension",
        f"""{{kommune}} har besluttet, at du får førtidspension. Det gælder fra {{virkning_fra}}.

{_FORLOEBET}

## Det sker nu

Du får et brev fra Udbetaling Danmark om, hvor meget du får, og hvornår pengene kommer.

Du er velkommen til at ringe på {{telefon}}.

{_HVIS_UENIG}""",
    ),
    _K.AFGOERELSE_HIDTIDIG_INDSATS: (
        "Du fortsætter med samme indsats som hidtil",
        f"""{{kommune}} har besluttet, at du fortsætter med samme indsats som hidtil. Det gælder fra {{virkning_fra}}.

{_FORLOEBET}

## Det sker nu

Du beholder den hjælp og den ydelse, du har nu. Vi inviterer dig til en samtale om det næste skridt.

Du er velkommen til at ringe på {{telefon}}.

{_HVIS_UENIG}""",
    ),
    _K.KLAGE_MODTAGET: (
        "Vi har fået din klage",
        """Vi fik din klage {modtaget_dato}. Du klager over afgørelsen fra {afgoerelse_dato}.

Klagen kom efter fristen, som var {overskredet_frist}. Vi sender den videre alligevel. Det er {klageinstans}, der bestemmer, om klagen kan blive behandlet.

## Det sker nu

Først ser vi selv på sagen igen. Du får svar fra os senest {genvurdering_frist}. Holder vi fast i afgørelsen, sender vi klagen til {klageinstans}.

Har du nye oplysninger, så send dem til os så hurtigt som muligt.

Du kan ringe til {sagsbehandler} på {telefon}.""",
    ),
    _K.GENVURDERING: (
        "Vi har set på din sag igen",
        """Vi fik din klage {modtaget_dato}. Nu har vi set på afgørelsen fra {afgoerelse_dato} igen, og {resultat}.

## Derfor

{begrundelse}

## Det sker nu

Vi sender klagen til {sendes_til} sammen med sagens papirer. De skriver til dig, når de har afgjort sagen.

Du får en {medhold} i et særskilt brev. Der står også, hvordan du kan klage over den.

Er du stadig uenig, når du har læst den? Så sig det til os, senest {opretholdes_inden} efter at du har fået den. Så sender vi din klage til {klageinstans}. Hører vi ikke fra dig, slutter klagen her.

Du kan ringe til {sagsbehandler} på {telefon}.""",
    ),
    _K.KLAGE_VIDERE: (
        "Din klage er sendt videre",
        """Vi sendte din klage til {klageinstans} {sendt_dato}. Du klager over afgørelsen fra {afgoerelse_dato}, og vi fik klagen {modtaget_dato}.

## Det sker nu

Vi har sendt sagens papirer med. Du får brev fra {klageinstans}, når sagen er afgjort. Du behøver ikke gøre noget, men du må gerne sende flere oplysninger.

Afgørelsen gælder, mens klagen bliver behandlet.

Du kan ringe til {sagsbehandler} på {telefon}.""",
    ),
    _K.BEVILLING_PRAKTIK: (
        "Aftale om praktik",
        """{borger} begynder i praktik hos {virksomhed} (CVR {cvr}). Praktikken går fra {periode}.

Formålet er {formaal}.

## Trin for trin

{trin}

Aftalen gælder alle trin. Vi taler sammen, før et nyt trin begynder. Går det for stærkt, venter vi eller går et trin ned.

## Hensyn på arbejdspladsen

{skaanehensyn}

## Hvem gør hvad

- Kontakt i virksomheden: {kontakt}
- Mentor på stedet: {virksomhedsmentor}
- Følger praktikken for kommunen: {ansvarlig}
- Sagsbehandler: {sagsbehandler}, telefon {telefon}

Ring samme dag, hvis {borger} bliver væk, kommer til skade, eller hvis noget ikke går som aftalt.

## Forsikring og tilsyn

Kommunen ser efter, at disse linjer passer, før aftalen bruges:

- Arbejdsskade: {kommune} sørger for, at {borger} er dækket under praktikken.
- Ansvar: {kommune} oplyser, hvem der dækker skader på ting og andre.
- Arbejdsmiljø: virksomheden giver samme instruktion og værn som til ansatte.
- Tilsyn: {kommune} besøger praktikken og taler med begge parter undervejs.""",
    ),
}
