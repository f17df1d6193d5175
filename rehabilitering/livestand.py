"""What is stored of one case at the meeting, as its live page shows it to one reader."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import Max, Model

from rehabilitering import maalforskel
from rehabilitering.models import (
    Dagsordenspunkt,
    Indstilling,
    Indstillingslinje,
    Moededeltager,
    Moedenote,
    Punktdeltager,
    Sidelagtindstilling,
)
from rehabilitering.services.fremmoede import BORGEREN
from rehabilitering.services.indstilling import kan_afslutte
from ressource.haendelser import SAMME_SKRIVESTUND
from ressource.models import Bruger, Haendelse

# Fields the database fills in: an unsaved row has no value in them.
_TOMME = dict.fromkeys(
    (
        "aarsag",
        "muligheder",
        "sundhedskoordinators_vurdering",
        "maalgruppebetingelse",
        "maal_begrundelse",
    ),
    "",
)


@dataclass(frozen=True)
class Person:
    """Somebody at the case's turn, in the presentation round."""

    # `medlem` of the meeting or `deltager` in this case, with the key the page sends.
    art: str
    noegle: int
    navn: str
    # What the person is there as, with the mandate.
    som: str
    mandat: str = ""
    bemaerkning: str = ""
    var_til_stede: bool | None = None
    fravaer_grund: str = ""
    er_borger: bool = False


@dataclass
class Sidelagt:
    """What one person typed in one place in one sitting: the last text, and those before it."""

    sted: str
    seneste: Sidelagtindstilling
    tidligere: list[Sidelagtindstilling] = field(default_factory=list)


class Livestand:
    """The stored state. Each part is asked for once, when it is needed."""

    def __init__(self, punkt: Dagsordenspunkt, bruger: Bruger) -> None:
        """`punkt` needs `moede` and `sag` with citizen and rule set."""
        self.punkt, self.bruger = punkt, bruger

    @cached_property
    def indstilling(self) -> Indstilling | None:
        """The indstilling, when somebody has begun it."""
        fundet = Indstilling.objects.filter(punkt=self.punkt).select_related("afsluttet_af").first()
        if fundet:
            fundet.punkt, fundet.sag = self.punkt, self.punkt.sag
        return fundet

    @property
    def indstilling_eller_tom(self) -> Indstilling:
        """The indstilling, or one with nothing in it."""
        return self.indstilling or Indstilling(
            punkt=self.punkt, sag=self.punkt.sag, moede_dato=self.punkt.moede.dato, **_TOMME
        )

    @cached_property
    def alle_linjer(self) -> list[Indstillingslinje]:
        """The lines in order, those taken out last."""
        if not self.indstilling:
            return []
        return list(self.indstilling.linjer.select_related("indsatstype").order_by("nr"))

    @property
    def linjer(self) -> list[Indstillingslinje]:
        """The lines in force."""
        return [linje for linje in self.alle_linjer if not linje.fjernet_den]

    @property
    def fjernede_linjer(self) -> list[Indstillingslinje]:
        """The lines taken out, which can be put back."""
        return [linje for linje in self.alle_linjer if linje.fjernet_den]

    @cached_property
    def maal_foer(self) -> str:
        """The forberedende del's goal, which the team's is held against."""
        return maalforskel.maal_foer(self.indstilling_eller_tom)

    @cached_property
    def er_leder(self) -> bool:
        """Whether the reader chairs the meeting."""
        return kan_afslutte(self.punkt, self.bruger)

    @cached_property
    def personer(self) -> list[Person]:
        """The citizen first, then those with the citizen, then the team. Two statements."""
        med = list(
            Punktdeltager.objects.aktuelle().filter(punkt=self.punkt).select_related("bruger")
        )
        borger = next((d for d in med if d.art == Punktdeltager.Art.BORGER), None)
        andre = [_deltager(d) for d in med if d is not borger]
        medlemmer = self.punkt.moede.deltagere.select_related(
            "bruger", "stedfortraeder", "traeder_ind_for__bruger"
        )
        return [self._borgeren(borger), *andre, *(self._medlem(m) for m in medlemmer)]

    def _borgeren(self, deltager: Punktdeltager | None) -> Person:
        return Person(
            art="deltager",
            noegle=BORGEREN,
            navn=self.punkt.sag.borger.navn,
            som="borgeren",
            var_til_stede=deltager.var_til_stede if deltager else None,
            fravaer_grund=deltager.fravaer_grund if deltager else "",
            er_borger=True,
        )

    def _medlem(self, medlem: Moededeltager) -> Person:
        bemaerkning = ""
        if medlem.afbud_den:
            vikar = medlem.stedfortraeder
            bemaerkning = f"Afbud, {vikar.navn} kommer" if vikar else "Afbud"
        elif medlem.traeder_ind_for:
            bemaerkning = f"I stedet for {medlem.traeder_ind_for.bruger.navn}"
        er_leder = medlem.bruger_id == self.punkt.moede.moedeleder_id
        return Person(
            art="medlem",
            noegle=medlem.pk,
            navn=medlem.bruger.navn,
            som=f"{medlem.get_fagomraade_display()}{', mødeleder' if er_leder else ''}",
            mandat=medlem.mandat,
            bemaerkning=bemaerkning,
            var_til_stede=medlem.var_til_stede,
        )

    @cached_property
    def noter(self) -> list[Moedenote]:
        """The sheets the reader may read. One statement."""
        noter = self.punkt.noter.laesbare_for(self.bruger)
        return list(noter.select_related("forfatter").order_by("pk"))

    @property
    def skrevne_noter(self) -> list[Moedenote]:
        """Those with something in them."""
        return [note for note in self.noter if note.tekst]

    @property
    def egne_noter(self) -> list[Moedenote]:
        """The reader's own two."""
        return [note for note in self.noter if note.forfatter_id == self.bruger.pk]

    @property
    def andres_noter(self) -> list[Moedenote]:
        """What the others have shared."""
        return [n for n in self.skrevne_noter if n.forfatter_id != self.bruger.pk]

    @cached_property
    def sidelagte(self) -> list[Sidelagt]:
        """Texts laid aside, newest first, in bunches: a page saves itself every other second."""
        if not self.indstilling:
            return []
        bunker: list[Sidelagt] = []
        aabne: dict[tuple[int | None, str, int], Sidelagt] = {}
        for tekst in self.indstilling.sidelagte.select_related("skrevet_af", "linje__indsatstype"):
            noegle = (tekst.linje_id, tekst.felt, tekst.skrevet_af_id)
            bunke = aabne.get(noegle)
            foer = (bunke.tidligere or [bunke.seneste])[-1] if bunke else None
            if bunke and foer and foer.lagt_den - tekst.lagt_den < SAMME_SKRIVESTUND:
                bunke.tidligere.append(tekst)
                continue
            aabne[noegle] = Sidelagt(_sted(tekst), tekst)
            bunker.append(aabne[noegle])
        return bunker

    @cached_property
    def sidst_gemt(self) -> tuple[datetime, str] | None:
        """When the draft was last saved, and by whom. Two statements."""
        if not self.indstilling:
            return None
        historik = Indstilling.pgh_event_model.objects  # type: ignore[attr-defined]
        hvornaar = historik.filter(pgh_obj_id=self.indstilling.pk).aggregate(
            seneste=Max("pgh_created_at")
        )["seneste"]
        gemt = Haendelse.objects.filter(
            sag_id=self.punkt.sag_id, kode="indstilling.gemt", objekt_id=self.indstilling.pk
        )
        seneste = gemt.select_related("af").order_by("-id").first()
        if not hvornaar or not seneste or not seneste.af:
            return None
        return hvornaar, seneste.af.navn


def _deltager(deltager: Punktdeltager) -> Person:
    som = deltager.get_art_display()
    if deltager.fagomraade:
        som = f"{som}, {deltager.get_fagomraade_display()}"
    return Person(
        art="deltager",
        noegle=deltager.pk,
        navn=deltager.bruger.navn if deltager.bruger else deltager.navn,
        som=som,
        var_til_stede=deltager.var_til_stede,
    )


def _sted(tekst: Sidelagtindstilling) -> str:
    model: type[Model] = Indstillingslinje if tekst.linje else Indstilling
    navn = str(getattr(model, tekst.felt).field.verbose_name)
    return f"{tekst.linje.indsatstype.navn}: {navn}" if tekst.linje else navn.capitalize()
