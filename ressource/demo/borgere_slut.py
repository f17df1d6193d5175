"""Esben: the case is closed, and he studies."""

from borgere.models import Fase
from ressource.demo.bygger import Person, Ramme, Scene
from ressource.demo.bygger_forberedelse import Afsnit
from ressource.demo.bygger_forloeb import Forloebsbygger, Indsatsdata, Moedereferat
from ressource.demo.bygger_moede import Linje

ESBENS_AFSNIT: Afsnit = {
    "erfaring_ressourcer": (
        "Jeg passede servere, til jeg ikke kunne mere.",
        "Tidligere systemadministrator. Har begyndt på datalogi uden at kunne gennemføre.",
    ),
    "personlige_ressourcer": ("Jeg skruer i motorer om natten.", "Stor teknisk nysgerrighed."),
    "udfordringer_beskaeftigelse": (
        "Jeg kan ikke tåle at blive skyndet på.",
        "Reagerer voldsomt på pres, støj og uklare beskeder.",
    ),
    "udfordringer_social": (
        "Jeg er bedst alene.",
        "Esben har få at tale med og siger sjældent til, før det er for meget.",
    ),
    "oensker_job_uddannelse": (
        "Noget, man kan røre ved. Ikke skærme.",
        "Praktisk arbejde med teknik, gerne fysisk.",
    ),
    "helbred": ("Jeg ser dobbelt, når jeg er træt.", "Personlighedsforstyrrelse og dobbeltsyn."),
    "helbred_betydning": ("Én ting ad gangen.", "Ro, ingen tidspres, én opgave ad gangen."),
    "laegens_vurdering": ("", "Arbejdsevnen kan udvikles gennem en tæt og samlet indsats."),
    "forsoergelseshistorik": ("Kontanthjælp i mange år.", "Uden job siden opsigelsen."),
    "hidtidig_indsats": ("Ikke noget, der passede.", "Vejledningsforløb uden virkning."),
}


def esben(scene: Scene) -> None:
    """From two hours a week in a workshop to an education."""
    sag = Forloebsbygger(
        scene,
        Person("Esben", "Juhl Dam", 39, "mand", (6, 10), {"har_uddannelse": False}),
        Ramme(
            Fase.AFSLUTNING,
            oprettet=1050,
            ansvarlig="koordinerende",
            foerste="sagsbehandler",
            overtaget=915,
            afsluttet=16,
            aarsag="uddannelse",
            bemaerkning="Esben er begyndt på en uddannelse og får SU. Han vil undervise i teknik.",
        ),
    )
    sag.screening(
        indsendt=1043,
        afgjort=1037,
        henvist_af="Jobcentret, kontanthjælp",
        hvorfor_nu="Esben har været uden job i mange år, og intet tilbud har passet til ham.",
        betingelse=2,
        betingelse_tekst="Flere tilbud uden virkning.",
        har_udviklingsperspektiv=True,
        udviklingsperspektiv_tekst="Han arbejder længe og stabilt med det, der interesserer ham.",
        anbefaling="Fortsæt. Brug interessen for teknik.",
    )
    sag.forberedende_del(
        ESBENS_AFSNIT,
        begyndt=1030,
        rettet=968,
        gennemgaaet=966,
        status="forelagt",
        spoergetragt_niveau=3,
        tragt_job="Ikke noget med en chef.",
        tragt_opgaver="Det ved jeg ikke.",
        tragt_fritid="Jeg reparerer alt, der kan skilles ad.",
        maal="Medhjælper på værksted",
        maal_art="job",
        naeste_skridt="Se et lille værksted en stille dag",
    )
    sag.laegeattest(
        anmodet=1020,
        modtaget=994,
        spoergsmaal="Hvilke hensyn er nødvendige?",
        svar="Betydelig psykisk sårbarhed og dobbeltsyn. Rolige omgivelser og korte dage er nødvendige.",
    )
    sag.kvalitetssikring(indsendt=958, afgjort=953)
    sag.samtykker("egen_laege", "region", dage=600)
    sag.paa_dagsorden(scene.tid.foer(930))
    sag.indstilling(
        maal="Medhjælper på værksted",
        maaneder=36,
        begrundelse="Med ro, tid og et sted med motorer kan Esben udvikle sin arbejdsevne.",
        linjer=(
            Linje("virksomhedspraktik", "Skånsom start med teknik", "Bygger på hans interesse",
                  "Tina Vestergaard"),
            Linje("mentor", "En rolig voksen på værkstedet", "Ingen pres, tydelige aftaler",
                  "Lars Bach"),
            Linje("behandling", "Faste samtaler hos egen læge", "Holde helbredet stabilt", "Egen læge"),
        ),
        mentor_formaal="Skærme mod pres",
        mentor_opgaver="Give én opgave ad gangen",
    )  # fmt: skip
    sag.afgoerelse(truffet=915, begynder=905)
    sag.forloeb()
    sag.indsats(
        Indsatsdata("mentor", "Mentor, Lars Bach", "En rolig voksen på værkstedet", fra=900, til=60,
                    linje=2, timer="2", ansvarlig="Lars Bach"),
        Indsatsdata("virksomhedspraktik", "Praktik på værksted", "Skånsom start med teknik", fra=895,
                    til=420, linje=1, timer="2", ansvarlig="Tina Vestergaard"),
        Indsatsdata("behandling", "Samtaler hos egen læge", "Holde helbredet stabilt", fra=890, til=16,
                    linje=3, ansvarlig="Egen læge"),
        Indsatsdata("uddannelsesvejledning", "Vejledning om teknisk skole", "Finde en vej fra værksted til "
                    "uddannelse", fra=460, til=400, tilfoejet="Esben vil lære faget rigtigt"),
        Indsatsdata("undervisning", "Grundforløb på teknisk skole", "Afprøve 30 timer om ugen", fra=380,
                    til=50, timer="30", tilfoejet="Bevilget som en del af forløbet"),
    )  # fmt: skip
    sag.plan(begyndt=915, godkendt=(902, 450, 375), med_pdf=True)
    sag.opfoelgninger(
        Moedereferat(924, "Esben gik rundt på værkstedet og sagde ingenting. Så spurgte han om lov til at "
                          "komme igen."),
        Moedereferat(790, "To timer hver torsdag uden fravær."),
        Moedereferat(640, "Han møder nu to dage og lærer fra sig."),
        Moedereferat(465, "Han vil på teknisk skole. Vi taler med vejlederen."),
        Moedereferat(300, "Højeste karakter i motorlære. Støtte på skolen virker."),
        Moedereferat(170, "Synet gør tempoet for lavt til værkstedet. Han vil hellere undervise."),
        Moedereferat(45, "Optaget på uddannelsen. SU fra næste måned.",
                     mentor="Mentor er stoppet som aftalt"),
    )  # fmt: skip
    sag.notater(
        (
            170,
            "Nyt mål",
            "Esben vil lære andre om motorer. Det mål passer til både syn og kræfter.",
            True,
        ),
        (16, "Sagen er slut", "Vi sagde tillykke med kage. Esben har mit nummer.", True),
    )
