"""The logistikplan a municipality starts with (guide, element 8): who does what after the meeting.

Own words. The municipality edits the rows under Skabeloner; each has its words to the citizen.
"""

from typing import Any

from opfoelgning.models import Hvem, Logistiktrin
from rehabilitering.models import Udfald
from rehabilitering.models.katalog import UDFALD_TIL_AFGOERELSE
from rehabilitering.skabeloner import Skabelon
from ressource.datoer import Enhed

_ALLE = [str(udfald) for udfald in UDFALD_TIL_AFGOERELSE]
_FORLOEB = [str(Udfald.RESSOURCEFORLOEB)]
_IGEN = [str(Udfald.UDSAT), str(Udfald.TILBAGESENDT)]

# Code, who, what, to the citizen, how long after the meeting, on the eftermøde, at which outcomes.
LOGISTIKPLAN: list[tuple[str, Hvem, str, str, tuple[int, Enhed], bool, list[str]]] = [
    (
        "tal_om_moedet",
        Hvem.ANSVARLIG,
        "Tal mødet igennem, og svar på det, borgeren vil vide",
        "Vi taler om mødet. Du kan spørge om alt.",
        (0, Enhed.DAGE),
        True,
        _ALLE,
    ),
    (
        "indstilling_paa_skrift",
        Hvem.ANSVARLIG,
        "Giv borgeren indstillingen på skrift, og læs den sammen",
        "Du får det, teamet skrev, og vi læser det sammen.",
        (0, Enhed.DAGE),
        True,
        _ALLE,
    ),
    (
        "aftal_opfoelgning",
        Hvem.ANSVARLIG,
        "Aftal dag og sted for første opfølgning",
        "Vi aftaler, hvor og hvornår vi ses igen.",
        (0, Enhed.DAGE),
        True,
        _FORLOEB,
    ),
    (
        "plan_udleveret",
        Hvem.ANSVARLIG,
        "Giv borgeren «Hvem gør hvad hvornår», og gå den igennem",
        "Du får den her plan med hjem.",
        (0, Enhed.DAGE),
        True,
        _FORLOEB,
    ),
    (
        "kontakt_mentor",
        Hvem.ANSVARLIG,
        "Fortæl mentor, hvad mentor skal hjælpe med",
        "Vi taler med din mentor om, hvad du gerne vil have hjælp til.",
        (1, Enhed.ARBEJDSDAGE),
        False,
        _FORLOEB,
    ),
    (
        "indstilling_til_laegen",
        Hvem.ANSVARLIG,
        "Send indstillingen til egen læge, hvis borgeren har givet samtykke",
        "Har du sagt ja, så fortæller vi din læge, hvad teamet skrev.",
        (2, Enhed.ARBEJDSDAGE),
        False,
        _ALLE,
    ),
    (
        "mentor_ringer",
        Hvem.MENTOR,
        "Ring til borgeren, og aftal den første tid",
        "Din mentor ringer til dig, så I kan ses.",
        (2, Enhed.ARBEJDSDAGE),
        False,
        _FORLOEB,
    ),
    (
        "tag_en_med",
        Hvem.BORGER,
        "Finder ud af, om nogen skal med til næste møde",
        "Tænk over, om du vil have en med næste gang. Det må du gerne.",
        (1, Enhed.UGER),
        False,
        _FORLOEB,
    ),
    (
        "foerste_opfoelgning",
        Hvem.ANSVARLIG,
        "Hold første opfølgning, og begynd på indsatsplanen",
        "Vi ses igen og går i gang med din plan.",
        (1, Enhed.UGER),
        False,
        _FORLOEB,
    ),
    (
        "find_praktik",
        Hvem.VIRKSOMHEDSKONSULENT,
        "Find en arbejdsplads, der passer til målet",
        "Vi leder efter et sted, hvor du kan prøve at arbejde lidt.",
        (2, Enhed.UGER),
        False,
        _FORLOEB,
    ),
    (
        "afgoerelse",
        Hvem.ANSVARLIG,
        "Træf afgørelsen, og send brevet",
        "Du får et brev med svar fra kommunen.",
        (2, Enhed.UGER),
        False,
        _ALLE,
    ),
    (
        "indsatser_i_gang",
        Hvem.ANSVARLIG,
        "Få indsatsplanen på plads og indsatserne i gang",
        "Din plan er klar, og du er i gang med noget.",
        (3, Enhed.UGER),
        False,
        _FORLOEB,
    ),
    (
        "fortael_hvorfor",
        Hvem.ANSVARLIG,
        "Fortæl borgeren, hvad der mangler, og hvornår sagen kommer på et møde igen",
        "Vi fortæller dig, hvad vi mangler, og hvornår der er et nyt møde.",
        (2, Enhed.ARBEJDSDAGE),
        False,
        _IGEN,
    ),
]


def indlaes() -> None:
    """Add the lines that have never been there; one somebody changed or took out stays so."""
    kendte = set(Logistiktrin.objects.values_list("kode", flat=True))
    Logistiktrin.objects.bulk_create(
        Logistiktrin(
            kode=kode,
            raekkefoelge=nr,
            hvem=hvem,
            hvad=hvad,
            til_borgeren=til_borgeren,
            antal=antal,
            enhed=enhed,
            paa_eftermoedet=paa_eftermoedet,
            udfald=udfald,
        )
        for nr, (kode, hvem, hvad, til_borgeren, (antal, enhed), paa_eftermoedet, udfald) in (
            enumerate(LOGISTIKPLAN, start=1)
        )
        if kode not in kendte
    )


def hvornaar(trin: Logistiktrin) -> str:
    """`På mødedagen`, `1 uge efter mødet`, `2 arbejdsdage efter mødet`."""
    if not trin.antal:
        return "På mødedagen"
    enhed = str(trin.get_enhed_display())
    if trin.antal == 1:
        enhed = {"uger": "uge", "måneder": "måned"}.get(enhed, enhed.removesuffix("e"))
    return f"{trin.antal} {enhed} efter mødet"


def under(trin: Logistiktrin) -> str:
    """Below the line in the editor's list: who, when, at which outcomes, and the citizen's words."""
    dele = [str(trin.get_hvem_display()).capitalize(), hvornaar(trin).lower()]
    if trin.paa_eftermoedet:
        dele.append("klares på eftermødet")
    dele.append("ved " + ", ".join(str(Udfald(kode).label) for kode in trin.udfald))
    borgeren = f" Til borgeren: «{trin.til_borgeren}»" if trin.til_borgeren else ""
    return ", ".join(dele) + f".{borgeren}"


def skabelon(form: Any) -> Skabelon:
    """The template as the editor knows it."""
    return Skabelon(
        "logistikplan",
        Logistiktrin,
        form,
        "Logistikplan",
        "Hvem gør hvad hvornår efter teammødet. Linjerne bliver til opgaver med dato i sagen, når "
        "indstillingen er færdig.",
        "Ny linje",
        under,
    )
