"""Notices about a meeting: to its members and to those who have a case on it; never who a case is."""

from collections.abc import Iterable

from django.urls import reverse

from borgere.models import Tildeling
from rehabilitering.models import Moedeserie, Teammoede
from ressource import beskeder
from ressource.adgang import maa
from ressource.dansk import dato_lang, klokkeslaet
from ressource.kalender import i_dag
from ressource.models import Bruger


def beroerte(moede: Teammoede) -> list[Bruger]:
    """The members who come, and the caseworkers of the open cases. Two statements."""
    medlemmer = [d.bruger for d in moede.deltagere.kommer().select_related("bruger")]
    ansvarlige = (
        Tildeling.objects.gaeldende(i_dag())
        .ansvarlige()
        .habile()
        .filter(sag__in=moede.punkter.aabne().values("sag"))
        .select_related("bruger")
    )
    return list(dict.fromkeys([*medlemmer, *(t.bruger for t in ansvarlige)]))


def fortael_flyttet(moede: Teammoede, foer: str, *, af: Bruger) -> None:
    """Tell that the meeting is now when and where the row says; `foer` is `hvornaar` before."""
    fortael(
        moede,
        beroerte(moede),
        "Et teammøde er flyttet",
        f"Teammødet {foer} er flyttet. Det holdes nu {hvornaar(moede)} ({moede.sted}).",
        f"flyttet-{moede.sekvens}",
        af=af,
    )


def fortael(
    moede: Teammoede, modtagere: Iterable[Bruger], emne: str, tekst: str, kode: str, *, af: Bruger
) -> None:
    """Write the notice to each, but not to `af`. In the caller's transaction; `kode` names the fact."""
    sti = reverse("rehabilitering:moede", args=[moede.pk])
    for modtager in modtagere:
        if modtager != af:
            beskeder.opret(
                modtager,
                noegle=f"teammoede-{moede.pk}-{kode}-{modtager.pk}",
                emne=emne,
                tekst=tekst,
                sti=sti if maa(modtager, "moede.liste") else "",
            )


def fortael_stoppet(
    serie: Moedeserie, modtagere: Iterable[Bruger], fra: str, *, af: Bruger
) -> None:
    """Tell that a series has no more meetings from `fra` but those with cases."""
    for modtager in modtagere:
        if modtager != af:
            beskeder.opret(
                modtager,
                noegle=f"moedeserie-{serie.pk}-stoppet-{modtager.pk}",
                emne="En række teammøder er stoppet",
                tekst=(
                    f"Rækken af teammøder er stoppet fra {fra}. Møder med sager på dagsordenen "
                    "holdes som aftalt."
                ),
                sti=reverse("rehabilitering:moede_liste") if maa(modtager, "moede.liste") else "",
            )


def hvornaar(moede: Teammoede) -> str:
    """«torsdag 4. december 2025 kl. 9.00»."""
    return f"{dato_lang(moede.dato)} kl. {klokkeslaet(moede.start)}"
