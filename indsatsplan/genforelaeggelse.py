"""The first words of a draft that lays the case before the team again.

What the team recommended, what became of it and why is reckoned here; what only people know stands
as places to fill in, and a draft with such a place left is not used.
"""

import re
from datetime import date

from django.db import connection

from indsatsplan import garantiside, regnskab
from indsatsplan.garanti import Garanti
from indsatsplan.models import Fritagelse, Ressourceforloeb
from rehabilitering.models import Indstillingslinje
from ressource import dansk

_HVORFOR = "(Skriv, hvorfor ingen indsats er begyndt, og hvad der er prøvet.)"
_BORGEREN = "(Skriv, hvad borgeren selv siger om det og om målet.)"
_TEAMET = "(Skriv, hvad teamet bedes om at tage stilling til.)"
_PLADS = re.compile(r"\(Skriv, [^)]*\)")


def mangler(tekst: str) -> list[str]:
    """The places that still wait to be written."""
    return _PLADS.findall(tekst)


def foerste_udkast(forloeb: Ressourceforloeb, dato: date) -> str:
    """The draft's text as the case stands on `dato`. Plain lines; headings stand alone.

    `forloeb` is from `til_plan`, with its case. Seven statements.
    """
    side = garantiside.hent(forloeb, dato)
    uenig = forloeb.planer.godkendte().values_list("uenig_tekst", flat=True).first()
    dele = [
        ("Hvorfor teamet ser sagen igen", _anledning(side.saetning, side.ur, side.hjemmel)),
        ("Det indstillede teamet, og det blev det til", _linjer(forloeb, dato)),
        ("Det er begyndt, men tæller ikke", _taeller_ikke(side.ur)),
        ("Dage, der ikke tæller med", [_fritagelse(f) for f in side.fritagelser]),
        ("Hvorfor er det gået sådan?", [_HVORFOR]),
        (
            "Det siger borgeren",
            [*([f"Da planen blev godkendt: {uenig}"] if uenig else []), _BORGEREN],
        ),
        ("Det beder vi teamet om", [_TEAMET]),
    ]
    return "\n\n".join("\n".join([titel, *linjer]) for titel, linjer in dele if linjer)


def _anledning(saetning: str, ur: Garanti | None, hjemmel: str) -> list[str]:
    if ur is None:
        return [saetning] if saetning else []
    return [f"Forløbet begyndte {dansk.dato(ur.start)}. {saetning} ({hjemmel})"]


def _linjer(forloeb: Ressourceforloeb, dato: date) -> list[str]:
    """One line for each of the indstilling's, with how it went and the explanation in force."""
    with connection.cursor() as markoer:
        markoer.execute(
            "SELECT linje_id, tilstand, dato, dage FROM ("  # noqa: S608 -- a statement of ours
            + regnskab.sql("SELECT %(forloeb)s::bigint AS forloeb_id, %(til)s::date AS til")
            + ") r",
            {"forloeb": forloeb.pk, "til": dato},
        )
        poster = {linje: (tilstand, dag, dage) for linje, tilstand, dag, dage in markoer}
    if not poster:
        return []
    grunde = dict(forloeb.linjeforklaringer.gaeldende().values_list("linje", "begrundelse"))
    linjer = Indstillingslinje.objects.filter(pk__in=poster).select_related("indsatstype")
    fundne = [
        _linje(linje, *poster[linje.pk], grunde.get(linje.pk, ""))
        for linje in linjer.order_by("nr")
    ]
    i_ord = regnskab.i_ord(tilstand for tilstand, _, _ in poster.values())
    return [*fundne, f"{i_ord}."]


def _linje(
    linje: Indstillingslinje, tilstand: str, dato: date | None, dage: int | None, grund: str
) -> str:
    navn = linje.beskrivelse or linje.indsatstype.navn
    hvad = regnskab.Tilstand(tilstand).label.lower()
    if tilstand in {regnskab.Tilstand.BEGYNDT, regnskab.Tilstand.PLANLAGT} and dato:
        hvad += f" {dansk.dato(dato)}"
    elif tilstand == regnskab.Tilstand.IKKE_BEGYNDT and dage is not None:
        hvad += f" efter {dansk.dage(dage)}"
    return f"{linje.nr}. {navn}: {hvad}." + (f" {grund}" if grund else "")


def _taeller_ikke(ur: Garanti | None) -> list[str]:
    return [f"- {i.navn}, fra {dansk.dato(i.fra)}" for i in (ur.taeller_ikke if ur else ())]


def _fritagelse(fritagelse: Fritagelse) -> str:
    til = f"til {dansk.dato(fritagelse.til_dato)}" if fritagelse.til_dato else "og frem"
    return (
        f"- {dansk.dato(fritagelse.fra_dato)} {til}: {fritagelse.get_art_display()}. "
        f"{fritagelse.begrundelse}"
    )
