"""Ready sentences for the indstilling and the decision, put into a text and changed there.

`TEKSTSTYKKER` is what a municipality starts with; in the browser it is the municipality's to change.
"""

from rehabilitering.models import Tekststykke
from ressource.kalender import i_dag

_INDSTILLING = Tekststykke.Sted.INDSTILLING
_AFGOERELSE = Tekststykke.Sted.AFGOERELSE
# Code, where, title, text. The team recommends, the municipality decides: no text says otherwise.
TEKSTSTYKKER = [
    (
        "kan_udvikles",
        _INDSTILLING,
        "Arbejdsevnen kan udvikles",
        (
            "Teamet vurderer, at arbejdsevnen kan udvikles med en samlet indsats over længere tid. "
            "Derfor indstiller teamet til et ressourceforløb."
        ),
    ),
    (
        "skaansom_start",
        _INDSTILLING,
        "Start med få timer",
        "Praktikken begynder med få timer om ugen. Timerne sættes op, når borgeren er klar til det.",
    ),
    (
        "praktik_venter",
        _INDSTILLING,
        "Praktikken venter",
        (
            "Hverdagen og helbredet skal være mere stabile, før en praktik kan begynde. Det vurderes "
            "igen ved hver opfølgning."
        ),
    ),
    (
        "mentor_fremmoede",
        _INDSTILLING,
        "Mentor hjælper med at møde",
        "Mentor hjælper med at komme op og af sted om morgenen og følger med de første gange.",
    ),
    (
        "muligheder_skaanehensyn",
        _INDSTILLING,
        "Muligheder med skånehensyn",
        (
            "Teamet vurderer, at der er mulighed for job på en mindre arbejdsplads, som kan tage hensyn "
            "til helbredet."
        ),
    ),
    (
        "fleksjob_faglig",
        _INDSTILLING,
        "Faglig begrundelse for fleksjob",
        (
            "Arbejdsevnen er varigt og væsentligt nedsat. Det viser den indsats, der er prøvet, og de "
            "helbredsmæssige oplysninger. Borgeren kan arbejde nogle timer om ugen med skånehensyn."
        ),
    ),
    (
        "pension_faglig",
        _INDSTILLING,
        "Faglig begrundelse for førtidspension",
        (
            "Arbejdsevnen er varigt nedsat i så høj grad, at borgeren ikke kan forsørge sig selv med et "
            "fleksjob. De relevante muligheder for at udvikle arbejdsevnen er prøvet."
        ),
    ),
    (
        "lagt_vaegt_moede",
        _AFGOERELSE,
        "Det har vi lagt vægt på",
        (
            "Vi har lagt vægt på det, du selv fortalte på mødet, på lægens vurdering og på teamets "
            "indstilling."
        ),
    ),
    (
        "foelger_teamet",
        _AFGOERELSE,
        "Vi følger teamets indstilling",
        "Vi er enige med teamet. Derfor følger vi indstillingen.",
    ),
]


def til(sted: str) -> list[Tekststykke]:
    """The sentences in force for `sted`, a value of `Tekststykke.Sted`, in their order."""
    return list(Tekststykke.objects.gaeldende(i_dag()).filter(sted=sted))
