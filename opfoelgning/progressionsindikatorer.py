"""The first version of the progression questions a municipality starts with.

The topics are those domain.md 6 lists; the words are our own. It is not the official BIP
instrument, and says so where it is used.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opfoelgning.models import Progressionsindikator, Progressionskatalog, Progressionstrin

START = date(2013, 1, 1)
NAVN = "Progression, kommunens eget skema"
VEJLEDNING = (
    "Tal om svarene sammen, og sæt tallet til sidst. Der er ingen rigtige svar. Tallene lægges ikke "
    "sammen, og ingen afgørelse bliver truffet ud fra dem. Skemaet er kommunens eget og ikke det "
    "officielle BIP."
)


@dataclass(frozen=True, slots=True)
class Emne:
    """One topic: what is asked of whom, and what each step from 1 to 5 means."""

    kode: str
    navn: str
    borger: str
    fagperson: str
    trin: Sequence[str]
    skjult: bool = False


EMNER = (
    Emne(
        "tro_paa_job",
        "Tro på at kunne klare et job",
        "Hvor meget tror du på det?",
        "Hvor meget tror borgeren selv på at kunne klare et job?",
        (
            "Jeg kan slet ikke se det for mig",
            "Jeg tror på det en sjælden gang",
            "Jeg tror på det nogle dage",
            "Jeg tror på det de fleste dage",
            "Jeg er sikker på, at jeg kan",
        ),
    ),
    Emne(
        "overskud",
        "Overskud i hverdagen",
        "Har du kræfter til det, du skal?",
        "Har borgeren kræfter til det, hverdagen kræver?",
        (
            "Jeg når næsten ingenting på en dag",
            "Jeg når det allervigtigste",
            "Jeg når det meste af det, jeg skal",
            "Jeg har lidt til overs",
            "Jeg har kræfter til mere end det, jeg skal",
        ),
    ),
    Emne(
        "helbred",
        "Mestring af helbred",
        "Ved du, hvad der hjælper dig?",
        "Ved borgeren, hvad der hjælper, og bruger det?",
        (
            "Jeg ved ikke, hvad der hjælper",
            "Jeg ved lidt om, hvad der hjælper",
            "Jeg ved det, og jeg gør det nogle gange",
            "Jeg gør det de fleste dage",
            "Jeg kan passe et job, også når det er svært",
        ),
    ),
    Emne(
        "bidrag",
        "Viden om, hvad jeg kan bidrage med",
        "Ved du, hvad en arbejdsplads kan bruge dig til?",
        "Kan borgeren sige, hvad en arbejdsplads kan få ud af det?",
        (
            "Jeg kan ikke komme på noget",
            "Jeg har en enkelt ting",
            "Jeg kender et par ting, jeg er god til",
            "Jeg kan fortælle andre om det",
            "Jeg ved, hvor der er brug for det, jeg kan",
        ),
    ),
    Emne(
        "samarbejde",
        "Samarbejde med andre",
        "Hvordan går det med at løse en opgave sammen med andre?",
        "Hvordan går det borgeren at løse en opgave sammen med andre?",
        (
            "Jeg holder mig for mig selv",
            "Det går med én, jeg kender godt",
            "Det går med nogle få",
            "Det går med de fleste",
            "Det går også, når vi er uenige",
        ),
    ),
    Emne(
        "vej_til_job",
        "Vejen til mit mål",
        "Ved du, hvad du skal gøre for at komme nærmere et job?",
        "Ved borgeren, hvad der skal til for at komme nærmere et job?",
        (
            "Jeg ved ikke, hvor jeg skal begynde",
            "Jeg har en idé om en retning",
            "Jeg kender det næste skridt",
            "Jeg kender de næste skridt og er i gang",
            "Jeg følger min egen plan",
        ),
    ),
    Emne(
        "soegning",
        "Finde et arbejdssted",
        "Hvad gør du for at finde et sted at arbejde?",
        "Hvad gør borgeren for at finde et sted at arbejde?",
        (
            "Ikke noget endnu",
            "Jeg taler med andre om det",
            "Jeg har set på steder, der kunne passe",
            "Jeg har selv taget kontakt til et sted",
            "Jeg tager kontakt igen og igen",
        ),
    ),
    Emne(
        "netvaerk",
        "Støtte fra andre",
        "Er der nogen omkring dig, der bakker dig op?",
        "Er der nogen, der bakker borgeren op?",
        (
            "Der er ingen",
            "Der er en enkelt, men ikke altid",
            "Der er en, jeg kan regne med",
            "Der er flere, jeg kan regne med",
            "De hjælper mig også med at komme i job",
        ),
    ),
    Emne(
        "socialt",
        "Være sammen med andre",
        "Hvordan har du det med at tale med folk, du ikke kender?",
        "Hvordan går det borgeren at tage kontakt til nye mennesker?",
        (
            "Jeg undgår det",
            "Jeg svarer, når de spørger",
            "Jeg kan, når jeg er forberedt",
            "Det går for det meste fint",
            "Jeg tager selv kontakt",
        ),
    ),
    Emne(
        "faglighed",
        "Faglige færdigheder",
        "",
        "Har borgeren de færdigheder, målet kræver?",
        (
            "De mangler næsten alle",
            "Nogle få er der",
            "Omkring halvdelen er der",
            "De fleste er der",
            "De er der alle",
        ),
    ),
    Emne(
        "fagpersonens_tro",
        "Fagpersonens tro på job",
        "",
        "Tror du på, at borgeren er i job om et år?",
        (
            "Det kan jeg ikke forestille mig nu",
            "Der skal meget til",
            "Det er muligt",
            "Det er sandsynligt",
            "Det regner jeg med",
        ),
        skjult=True,
    ),
)


def indlaes() -> None:
    """Add the first version when there is none; one the municipality has made is never touched."""
    if Progressionskatalog.objects.exists():
        return
    katalog = Progressionskatalog.objects.create(
        nr=1, navn=NAVN, vejledning=VEJLEDNING, gyldig_fra=START
    )
    indikatorer = Progressionsindikator.objects.bulk_create(
        Progressionsindikator(
            katalog=katalog,
            kode=emne.kode,
            rang=rang,
            navn=emne.navn,
            spoergsmaal_borger=emne.borger,
            spoergsmaal_fagperson=emne.fagperson,
            skjult_for_borger=emne.skjult,
        )
        for rang, emne in enumerate(EMNER, start=1)
    )
    Progressionstrin.objects.bulk_create(
        Progressionstrin(indikator=indikator, vaerdi=vaerdi, ankertekst=ankertekst)
        for indikator, emne in zip(indikatorer, EMNER, strict=True)
        for vaerdi, ankertekst in enumerate(emne.trin, start=1)
    )
