"""May this go to that recipient now? The one rule (domain.md 2.7, 2.8), and who gets the letters.

Every letter, package, checklist and list asks here, and is told what it rests on or what is
missing. The database says the same once more when something is sent (`Forsendelse`).
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.http import urlencode

from borgere.models import Borger, Forsendelse, Fuldmagt, Informationstype, Sag, Samtykke
from borgere.models.samtykke import SamtykkeQuerySet
from ressource import dansk, haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger

PART = Forsendelse.Modtager.PART
REPRAESENTANTER = (Forsendelse.Modtager.PARTSREPRAESENTANT, Forsendelse.Modtager.VAERGE)
# What the course shares with each: the health coordinator reads the preparation, and the GP is kept
# informed of the indstilling and the plan (guide, elements 3 and 4).
SKAL_DELES: dict[str, tuple[Informationstype, ...]] = {
    Samtykke.Modtager.EGEN_LAEGE: (Informationstype.INDSTILLING, Informationstype.PLAN),
    Samtykke.Modtager.REGION: (Informationstype.FORBEREDENDE_DEL, Informationstype.HELBRED),
}


@dataclass(frozen=True, slots=True)
class Modtager:
    """One recipient: the kind, the name where the kind does not say it, the person in the network."""

    art: str
    navn: str = ""
    netvaerksperson_id: int | None = None

    def __str__(self) -> str:
        return self.navn or str(Forsendelse.Modtager(self.art).label)

    @property
    def er_repraesentant(self) -> bool:
        """Whether the recipient acts for the citizen, by a fuldmagt or as a guardian."""
        return self.art in REPRAESENTANTER


@dataclass(frozen=True, slots=True)
class Svar:
    """The answer. With `maa`: the consent or fuldmagt relied on (None for the citizen).

    Without: `kode` (aldrig, udloebet, trukket, kommende, andre_oplysninger), `aarsag` as a sentence,
    and `link` to where it is mended.
    """

    maa: bool
    informationstype: str = ""
    grundlag: Samtykke | Fuldmagt | None = None
    kode: str = ""
    aarsag: str = ""
    link: str = ""

    @property
    def slutter(self) -> date:
        """The last day of what a yes rests on; never for the citizen and an open fuldmagt."""
        til_dato: date | None = getattr(self.grundlag, "til_dato", None)
        return til_dato or date.max


class DelingAfvist(ValidationError):  # noqa: N818 -- Danish names its own errors
    """It must not go. `svar` says why and where it is mended."""

    def __init__(self, svar: Svar, modtager: Modtager) -> None:
        super().__init__(svar.aarsag, code="mangler_samtykke")
        self.svar = svar
        self.modtager = modtager


@dataclass(frozen=True, slots=True)
class Aftaler:
    """Everything a citizen has agreed to, read once; answers for any recipient and day."""

    samtykker: tuple[Samtykke, ...]
    fuldmagter: tuple[Fuldmagt, ...]
    sag_id: int

    def svar(self, modtager: Modtager, informationstype: str, dato: date | None = None) -> Svar:
        """Whether `informationstype` may go to `modtager` on `dato` (default today)."""
        dato = dato or i_dag()
        if modtager.art == PART:
            return Svar(True, informationstype)
        til_modtager = self._til(modtager)
        daekker = [aftale for aftale in til_modtager if _daekker(aftale, informationstype)]
        for aftale in daekker:
            if aftale.status(dato) == "gaelder":
                return Svar(True, informationstype, aftale)
        gaelder = [a for a in til_modtager if a.status(dato) == "gaelder"]
        hvad = Informationstype(informationstype).label
        kode, aarsag = _mangel(modtager, hvad, daekker, gaelder, dato)
        link = self._link(modtager, informationstype)
        return Svar(False, informationstype, None, kode, aarsag, link)

    def svar_alle(
        self, modtager: Modtager, informationstyper: Collection[str], dato: date | None = None
    ) -> Svar:
        """The first refusal among `informationstyper`; else yes, by what ends first."""
        svarene = [self.svar(modtager, i, dato) for i in informationstyper]
        nej = next((svar for svar in svarene if not svar.maa), None)
        return nej or min(svarene, key=lambda svar: svar.slutter)

    def _til(self, modtager: Modtager) -> list[Samtykke | Fuldmagt]:
        """What the citizen has ever agreed to for that recipient."""
        if modtager.er_repraesentant:
            return [
                f
                for f in self.fuldmagter
                if f.art == modtager.art and modtager.navn in ("", f.navn)
            ]
        return [s for s in self.samtykker if _er_til(s, modtager)]

    def _link(self, modtager: Modtager, informationstype: str) -> str:
        """Where a consent or fuldmagt is registered, with what is known filled in; no names."""
        if modtager.er_repraesentant:
            return reverse("borgere:fuldmagt_ny", args=[self.sag_id])
        valgt = {"modtager": modtager.art, "informationstyper": informationstype}
        if modtager.netvaerksperson_id:
            valgt["netvaerksperson"] = str(modtager.netvaerksperson_id)
        return f"{reverse('borgere:samtykke_ny', args=[self.sag_id])}?{urlencode(valgt)}"


def _er_til(samtykke: Samtykke, modtager: Modtager) -> bool:
    """Whether the consent names the recipient; a voluntary one (GDPR) lets nothing be disclosed."""
    return (
        samtykke.art == Samtykke.Art.FORVALTNING
        and samtykke.modtager == modtager.art
        and samtykke.netvaerksperson_id == modtager.netvaerksperson_id
        and (
            modtager.art not in (Samtykke.Modtager.VIRKSOMHED, Samtykke.Modtager.ANDEN)
            or samtykke.modtager_navn == modtager.navn
        )
    )


def _daekker(aftale: Samtykke | Fuldmagt, informationstype: str) -> bool:
    if isinstance(aftale, Fuldmagt):
        return aftale.omfang == Fuldmagt.Omfang.HELE or informationstype in aftale.emner
    return informationstype in aftale.informationstyper


def _mangel(
    modtager: Modtager,
    hvad: str,
    daekker: list[Samtykke | Fuldmagt],
    gaelder: list[Samtykke | Fuldmagt],
    dato: date,
) -> tuple[str, str]:
    """Code and sentence for a refusal; the latest agreement that covered it tells most."""
    ting = "fuldmagt" if modtager.er_repraesentant else "samtykke"
    kort = f"Borgerens {ting} til, at {modtager} får {hvad},"
    if daekker:
        seneste = max(daekker, key=lambda a: (a.fra_dato, a.pk))
        status = seneste.status(dato)
        if status == "trukket" and seneste.trukket_dato:
            return status, f"{kort} er trukket tilbage {dansk.dato(seneste.trukket_dato)}."
        if status == "udloebet" and seneste.til_dato:
            tid = "udløb" if seneste.til_dato < i_dag() else "udløber"
            return status, f"{kort} {tid} {dansk.dato(seneste.til_dato)}."
        return status, f"{kort} gælder først fra {dansk.dato(seneste.fra_dato)}."
    if gaelder:
        return (
            "andre_oplysninger",
            f"Borgerens {ting} til {modtager} gælder andre oplysninger, ikke {hvad}.",
        )
    return "aldrig", f"Borgeren har ikke givet {ting} til, at {modtager} får {hvad}."


def aftaler(borger_id: int, *, sag_id: int) -> Aftaler:
    """The citizen's consents and fuldmagter, with `sag_id` as the case where lacks are mended.

    Two statements.
    """
    return Aftaler(
        tuple(Samtykke.objects.filter(borger=borger_id).order_by("-til_dato", "-pk")),
        tuple(Fuldmagt.objects.filter(borger=borger_id).order_by("-fra_dato", "-pk")),
        sag_id,
    )


def maa_dele(
    borger: Borger,
    modtager: Modtager,
    informationstype: str,
    dato: date | None = None,
    *,
    sag_id: int,
) -> Svar:
    """Whether `informationstype` may go to `modtager` on `dato` (default today). Two statements."""
    return aftaler(borger.pk, sag_id=sag_id).svar(modtager, informationstype, dato)


def kraev_deling(
    sag: Sag, modtager: Modtager, *informationstyper: str, dato: date | None = None
) -> Svar:
    """The answer when every one of `informationstyper` may go to `modtager` on `dato`.

    Raises `DelingAfvist`, a `ValidationError` with the reason and the link, for the first that may
    not.
    """
    svar = aftaler(sag.borger_id, sag_id=sag.pk).svar_alle(modtager, informationstyper, dato)
    if not svar.maa:
        raise DelingAfvist(svar, modtager)
    return svar


def samtykker_til(modtager: str, informationstype: str, dato: date) -> SamtykkeQuerySet:
    """The consents by which a recipient without a name of its own gets that on `dato`, all citizens."""
    fundne: SamtykkeQuerySet = Samtykke.objects.gaeldende(dato)
    return fundne.om(Informationstype(informationstype)).filter(
        art=Samtykke.Art.FORVALTNING, modtager=modtager
    )


def maa_faa(
    modtager: str, informationstyper: Collection[str], dato: date, *, borger: str = "borger"
) -> Q:
    """The rule as a condition over rows with a citizen in `borger`: `modtager` may have all of it.

    For lists; `modtager` is the GP, the region or the mentor.
    """
    betingelse = Q()
    for informationstype in informationstyper:
        fundne = samtykker_til(modtager, informationstype, dato).filter(borger=OuterRef(borger))
        betingelse &= Q(Exists(fundne))
    return betingelse


# Who gets the letters


@dataclass(frozen=True, slots=True)
class Postmodtager:
    """Who a letter is addressed to, how, and for whom it is when that is not the citizen."""

    modtager: Modtager
    fuldmagt: Fuldmagt | None
    linjer: tuple[str, ...]
    vedroerer: str = ""


def postmodtagere(
    borger: Borger, informationstype: str, dato: date | None = None
) -> list[Postmodtager]:
    """Who gets a letter about `informationstype` on `dato` (default today) instead of the citizen.

    Those who act for the citizen within a scope that covers it (FVL § 8), a party representative
    before a guardian; else the citizen alone. The citizen may still be sent a copy. A protected
    address stands in no letter, for the same document may go to others: it is written on the
    envelope. So is that of a representative who lives there. One statement.
    """
    dato = dato or i_dag()
    skjult = (borger.adresse, borger.postnummer) if borger.er_beskyttet(dato) else None
    gaeldende = borger.fuldmagter.gaeldende(dato).om(Informationstype(informationstype))
    return [
        Postmodtager(
            Modtager(fuldmagt.art, fuldmagt.navn),
            fuldmagt,
            _linjer(
                fuldmagt.navn,
                fuldmagt.organisation,
                *_adresse(fuldmagt, skjult),
            ),
            vedroerer=borger.navn,
        )
        for fuldmagt in gaeldende.order_by("art", "-fra_dato", "-pk")
    ] or [
        Postmodtager(
            Modtager(PART, borger.navn),
            None,
            _linjer(borger.navn, *_adresse(borger, skjult)),
        )
    ]


def _adresse(hvem: Borger | Fuldmagt, skjult: tuple[str, str] | None) -> tuple[str, str]:
    """The two lines of an address; empty when it is `skjult` (street and postcode)."""
    gade, postnummer = hvem.adresse, hvem.postnummer
    if skjult and postnummer == skjult[1] and _ens(gade) == _ens(skjult[0]):
        return "", ""
    return gade, f"{postnummer} {hvem.by}"


def _ens(gade: str) -> str:
    """A street and number as it is compared: «Vej 1, 2. tv» and «vej 1 2.tv» are one."""
    return "".join(tegn for tegn in gade.casefold() if tegn.isalnum())


def _linjer(*linjer: str) -> tuple[str, ...]:
    return tuple(linje.strip() for linje in linjer if linje.strip())


def brevhoved(borger: Borger, informationstype: str, dato: date | None = None) -> dict[str, Any]:
    """`modtager` and `vedroerer` of `pdf/brev.html`: the first of `postmodtagere`."""
    foerste = postmodtagere(borger, informationstype, dato)[0]
    return {"modtager": list(foerste.linjer), "vedroerer": foerste.vedroerer}


# Refusals


@contextmanager
def afvisning_logges(sag_id: int, *, af: Bruger | None) -> Iterator[None]:
    """All or nothing; a `DelingAfvist` undoes it all and leaves one event per refusal, without names."""
    try:
        with transaction.atomic():
            yield
    except ValidationError as fejl:
        for afvist in _afvisninger(fejl):
            haendelser.log(
                Sag(pk=sag_id),
                "deling.afvist",
                af=af,
                sag_id=sag_id,
                modtager=str(afvist.modtager.art),
                informationstype=str(afvist.svar.informationstype),
                grund=afvist.svar.kode,
            )
        raise


def _afvisninger(fejl: ValidationError) -> Iterable[DelingAfvist]:
    """The refusals inside an error, also when it is put on a field or is one of several."""
    if hasattr(fejl, "error_dict"):
        indre = [enkelt for liste in fejl.error_dict.values() for enkelt in liste]
    else:
        indre = fejl.error_list
    return [enkelt for enkelt in indre if isinstance(enkelt, DelingAfvist)]
