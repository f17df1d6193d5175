"""How far the forberedende del is: what the list beside the writing page says of each section."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils import timezone

from borgere.models import Sag
from rehabilitering import svarfrist
from rehabilitering.models import ForberedendeAfsnit, ForberedendeDel, Kvalitetssikring
from rehabilitering.services.forberedelse import Afsnitslinje
from rehabilitering.services.samtale import uberoerte
from ressource import dansk
from ressource.kalender import i_dag

# The section that waits for the GP.
AFSNIT_LAEGE = "laegens_vurdering"
# The progress bar: one field per section, in the units of the SVG's viewBox.
FELTBREDDE, MELLEMRUM = 24.0, 2.4
_IKONER = {"faerdig": "success", "i_gang": "edit", "venter": "hourglass", "ikke_begyndt": "minus"}
_FARVER = {
    "faerdig": "#005c69",
    "i_gang": "#9cc4c9",
    "venter": "#9cc4c9",
    "ikke_begyndt": "#dde2e2",
}


@dataclass(frozen=True)
class Punkt:
    """One section as the list shows it. `kode` is where its link leads."""

    nr: int
    kode: str
    titel: str
    status: str
    tekst: str
    er_her: bool
    har_bemaerkning: bool

    @property
    def ikon(self) -> str:
        """The status as a symbol; `tekst` says it in words."""
        return _IKONER[self.status]

    @property
    def farve(self) -> str:
        """The status in the progress bar."""
        return _FARVER[self.status]

    @property
    def x(self) -> str:
        """The field's place in the progress bar."""
        return f"{(self.nr - 1) * (FELTBREDDE + MELLEMRUM):.1f}"


@dataclass(frozen=True)
class Oversigt:
    """The list of sections with everything that belongs beside it."""

    punkter: list[Punkt]
    antal_emner: int
    manglende_emner: list[str]
    antal_samtaler: int
    antal_sidelagte: int
    bemaerkning: str
    begrundelse: str

    @property
    def antal_beroerte(self) -> int:
        """Talk topics that some talk was about."""
        return self.antal_emner - len(self.manglende_emner)

    @property
    def retur_tekst(self) -> str:
        """Why the part came back."""
        return f"Sendt retur fra kvalitetssikring: {self.begrundelse}"

    @property
    def antal_faerdige(self) -> int:
        """Sections that are done."""
        return sum(punkt.status == "faerdig" for punkt in self.punkter)

    @property
    def er_faerdig(self) -> bool:
        """Whether nothing is left but to go through it with the citizen."""
        return self.antal_faerdige == len(self.punkter)

    @property
    def bredde(self) -> str:
        """The progress bar's width."""
        return f"{len(self.punkter) * (FELTBREDDE + MELLEMRUM) - MELLEMRUM:.1f}"


@dataclass(frozen=True)
class _Baggrund:
    """What the case says of its sections."""

    navn: str
    her: Afsnitslinje
    venter_paa_laege: str
    indsatte: frozenset[str]
    bemaerkninger: dict[str, str]


def hent(
    sag: Sag, del_: ForberedendeDel, linjer: list[Afsnitslinje], her: Afsnitslinje
) -> Oversigt:
    """The overview with `her` as the section one stands in. Six statements; one without a part."""
    retur = _seneste_retur(del_)
    bemaerkninger = retur.bemaerkninger if retur else {}
    indsatte = del_.indsatte_svar.filter(fjernet_den=None) if del_.pk else ()
    baggrund = _Baggrund(
        navn=sag.borger.fornavn,
        her=her,
        venter_paa_laege=_venter_paa_laege(sag),
        indsatte=frozenset(svar.kode for svar in indsatte),
        bemaerkninger=bemaerkninger,
    )
    samtaler = list(del_.samtaler.gaeldende()) if del_.pk else []
    return Oversigt(
        punkter=[
            _punkt(list(gruppe), baggrund) for _, gruppe in groupby(linjer, lambda linje: linje.nr)
        ],
        antal_emner=len(sag.regelsaet.samtaleemner),
        manglende_emner=[emne["titel"] for emne in uberoerte(sag, samtaler)],
        antal_samtaler=sum(samtale.med_borger for samtale in samtaler),
        antal_sidelagte=del_.sidelagte.count() if del_.pk else 0,
        bemaerkning=bemaerkninger.get(her.kode) or bemaerkninger.get(her.afsnitskode, ""),
        begrundelse=retur.begrundelse if retur else "",
    )


def sidst_gemt(afsnit: ForberedendeAfsnit, del_: ForberedendeDel) -> str:
    """`Gemt kl. 10.41`, with the date when it was not today; empty for what never was written."""
    tider = [afsnit.rettet_den, del_.rettet_den if del_.laas else None]
    seneste: datetime | None = max((tid for tid in tider if tid), default=None)
    if seneste is None:
        return ""
    if timezone.localdate(seneste) == i_dag():
        return f"Gemt kl. {dansk.klokkeslaet(seneste)}"
    return f"Gemt {dansk.tidspunkt(seneste)}"


def _seneste_retur(del_: ForberedendeDel) -> Kvalitetssikring | None:
    """The judgement that sent this part back, while it is the last one."""
    seneste = del_.kvalitetssikringer.first() if del_.pk else None
    return seneste if seneste and seneste.resultat == Kvalitetssikring.Resultat.RETUR else None


def _venter_paa_laege(sag: Sag) -> str:
    """`Venter på læge, frist 28.11.` while a certificate is asked for and not there; else empty."""
    attest = sag.laegeattester.ubesvarede().first()
    if attest is None:
        return ""
    frist = svarfrist.for_attester([attest.pk]).get(attest.pk)
    return f"Venter på læge, frist {dansk.dag_maaned(frist.dato)}" if frist else "Venter på læge"


def _punkt(linjer: list[Afsnitslinje], baggrund: _Baggrund) -> Punkt:
    """One section of one or more parts; the link leads to the first part that is not done."""
    foerste = linjer[0]
    er_her = baggrund.her in linjer
    status, tekst = _status(linjer, baggrund, er_her=er_her)
    koder = {foerste.afsnitskode, *(linje.kode for linje in linjer)}
    return Punkt(
        nr=foerste.nr,
        kode=next((linje for linje in linjer if linje.status != "faerdig"), foerste).kode,
        titel=foerste.afsnitstitel,
        status=status,
        tekst=tekst,
        er_her=er_her,
        har_bemaerkning=any(baggrund.bemaerkninger.get(kode) for kode in koder),
    )


def _status(linjer: list[Afsnitslinje], baggrund: _Baggrund, *, er_her: bool) -> tuple[str, str]:
    """The section's status and what is said of it."""
    faerdige = [linje.afsnit.faerdig_den for linje in linjer if linje.afsnit.faerdig_den]
    if len(faerdige) == len(linjer):
        if baggrund.indsatte & {linje.kode for linje in linjer}:
            return "faerdig", "Færdig · sparring indsat"
        return "faerdig", f"Færdig · {dansk.dag_maaned(max(faerdige))}"
    if linjer[0].afsnitskode == AFSNIT_LAEGE and baggrund.venter_paa_laege:
        return "venter", baggrund.venter_paa_laege
    if not any(linje.er_udfyldt for linje in linjer):
        return "ikke_begyndt", "Ikke begyndt"
    if len(linjer) > 1:
        return "i_gang", ", ".join(_om_del(linje) for linje in linjer).capitalize()
    if linjer[0].mangler_egne_ord:
        return "i_gang", f"Mangler {dansk.ejefald(baggrund.navn)} egne ord"
    return "i_gang", "I gang nu" if er_her else "I gang"


def _om_del(linje: Afsnitslinje) -> str:
    ord_ = {"faerdig": "færdig", "i_gang": "i gang", "ikke_begyndt": "mangler"}
    return f"{linje.del_titel.lower()} {ord_[linje.status]}"
