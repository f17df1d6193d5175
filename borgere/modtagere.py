"""Whom a document of a case could go to, and for each whether it may, and how it would travel."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.urls import reverse

from borgere import deling
from borgere.deling import Modtager, Svar
from borgere.models import Forsendelse, Fuldmagt, Sag, Samtykke
from ressource.kalender import i_dag

_KANALER: dict[str, Forsendelse.Kanal] = {
    Forsendelse.Modtager.EGEN_LAEGE: Forsendelse.Kanal.SIKKER_MAIL,
    Forsendelse.Modtager.REGION: Forsendelse.Kanal.SIKKER_MAIL,
    Forsendelse.Modtager.MENTOR: Forsendelse.Kanal.SIKKER_MAIL,
    Forsendelse.Modtager.ANDEN: Forsendelse.Kanal.SIKKER_MAIL,
}


@dataclass(frozen=True, slots=True)
class Mulighed:
    """One possible recipient. `noegle` is what a form sends; `er_foerst` is who the letter is for."""

    noegle: str
    modtager: Modtager
    svar: Svar
    kanal: str
    er_foerst: bool
    bemaerkning: str = ""

    @property
    def titel(self) -> str:
        """Who it is, in words."""
        art = str(Forsendelse.Modtager(self.modtager.art).label)
        navn = self.modtager.navn
        return f"{navn} ({art})" if navn else art.capitalize()


def _alle(
    sag: Sag, aftaler: deling.Aftaler, fuldmagter: list[Fuldmagt]
) -> Iterator[tuple[str, Modtager]]:
    """Every recipient a case can have, with the key of its choice."""
    yield "part", Modtager(deling.PART, sag.borger.navn)
    for fuldmagt in fuldmagter:
        yield f"fuldmagt-{fuldmagt.pk}", Modtager(fuldmagt.art, fuldmagt.navn)
    for art in (Samtykke.Modtager.EGEN_LAEGE, Samtykke.Modtager.REGION, Samtykke.Modtager.MENTOR):
        yield str(art), Modtager(art)
    for person in sag.borger.netvaerk.nuvaerende():
        yield f"person-{person.pk}", Modtager(Samtykke.Modtager.NETVAERK, person.navn, person.pk)
    naevnte: set[tuple[str, str]] = set()
    for samtykke in aftaler.samtykker:
        hvem = (samtykke.modtager, samtykke.modtager_navn)
        if samtykke.modtager_navn and hvem not in naevnte:
            naevnte.add(hvem)
            yield f"samtykke-{samtykke.pk}", Modtager(*hvem)


def muligheder(sag: Sag, indhold: str) -> list[Mulighed]:
    """Everybody who could get `indhold` of the case today, the letter's own recipient first.

    Three statements, whatever the rows.
    """
    aftaler = deling.aftaler(sag.borger_id, sag_id=sag.pk)
    dato = i_dag()
    fuldmagter = [f for f in aftaler.fuldmagter if f.status(dato) == "gaelder"]
    fundne = []
    for noegle, modtager in _alle(sag, aftaler, fuldmagter):
        svar = aftaler.svar(modtager, indhold)
        fundne.append((noegle, modtager, svar))
    i_stedet = [str(m) for _, m, svar in fundne if m.er_repraesentant and svar.maa]
    return [_mulighed(sag, noegle, modtager, svar, i_stedet) for noegle, modtager, svar in fundne]


def _mulighed(
    sag: Sag, noegle: str, modtager: Modtager, svar: Svar, i_stedet: list[str]
) -> Mulighed:
    er_part = modtager.art == deling.PART
    bemaerkning = ""
    if er_part and i_stedet:
        bemaerkning = f"Som kopi. Brevet går til {' og '.join(i_stedet)}."
    if modtager.art == Samtykke.Modtager.EGEN_LAEGE:
        praksis = sag.borger.laegepraksis
        bemaerkning = str(praksis) if praksis else ""
        if svar.maa and praksis is None:
            aarsag = "Borgeren har ingen praktiserende læge registreret."
            link = reverse("borgere:borger_ret", args=[sag.pk])
            svar = replace(svar, maa=False, kode="ingen_laege", aarsag=aarsag, link=link)
    return Mulighed(
        noegle=noegle,
        modtager=modtager,
        svar=svar,
        kanal=_kanal(sag, modtager),
        er_foerst=svar.maa and (modtager.er_repraesentant or (er_part and not i_stedet)),
        bemaerkning=bemaerkning,
    )


def _kanal(sag: Sag, modtager: Modtager) -> str:
    """How it would travel: Digital Post to a citizen who is not exempt, paper to private people."""
    if modtager.art == deling.PART and not sag.borger.er_fritaget_digital_post:
        return Forsendelse.Kanal.DIGITAL_POST
    return _KANALER.get(modtager.art, Forsendelse.Kanal.BREV)
