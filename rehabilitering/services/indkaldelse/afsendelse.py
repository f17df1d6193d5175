"""Calling one person to the case's turn: what it takes, the letter or notice, the record."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from borgere import deling
from borgere.models import Dokument, Forsendelse, Informationstype, Sag
from borgere.services import gem_dokument, send_dokument
from rehabilitering import brev, dagsorden, klagefrist
from rehabilitering.brev import indkaldelse as brevet
from rehabilitering.brev.tekst import Blok
from rehabilitering.models import Dagsordenspunkt, Indkaldelse, Punktdeltager
from rehabilitering.models.indkaldelse import IndkaldelseQuerySet
from rehabilitering.services.indkaldelse.faelles import er_i_kredsen, laas_deltager
from rehabilitering.services.sparring.tider import indeholder_personnummer
from ressource import beskeder, haendelser
from ressource.adgang import maa
from ressource.dansk import dage, dato_lang, klokkeslaet
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.pdf import PdfUtilgaengelig

Art, Kanal = Punktdeltager.Art, Indkaldelse.Kanal
SVAR_DAGE = 7
KOLLEGER = frozenset({Art.SAGSBEHANDLER, Art.FAGPERSON})
# They are called on paper, and their notice is to be reasonable.
SKRIFTLIGE = frozenset({*brevet.PARTENS, Art.NETVAERK})
_PAPIR = (Kanal.DIGITAL_POST, Kanal.BREV, Kanal.UDLEVERET)


def kanaler(deltager: Punktdeltager) -> list[Indkaldelse.Kanal]:
    """How the person can be called, the usual way first; empty for one who is not (domain.md 2.8)."""
    if deltager.art in KOLLEGER:
        return [Kanal.BESKED] if deltager.bruger_id else [Kanal.TELEFON]
    if deltager.art == Art.BORGER:
        fritaget = deltager.punkt.sag.borger.er_fritaget_digital_post
        return [*(_PAPIR[1:] if fritaget else _PAPIR), Kanal.TELEFON]
    if deltager.art in SKRIFTLIGE:
        return [Kanal.BREV, Kanal.DIGITAL_POST, Kanal.UDLEVERET, Kanal.TELEFON]
    return [Kanal.TELEFON] if deltager.art == Art.TOLK else []


@dataclass(frozen=True)
class Plan:
    """When and where the case's turn is, and how a call by one channel stands to it."""

    dato: date
    kl: time
    minutter: int
    sted: str
    # The day the call is there, and how long before the meeting that is.
    fremme: date
    varsel_dage: int
    kraevet_varsel: int
    # What the person was told before, when it was not this; it no longer holds.
    erstatter: str = ""

    @property
    def er_kort(self) -> bool:
        """Whether a reason is needed."""
        return self.varsel_dage < self.kraevet_varsel

    @property
    def svar_senest(self) -> date:
        """A week before the meeting, or, when that is too soon, the day before it or the day itself."""
        uge_foer = self.dato - timedelta(days=SVAR_DAGE)
        return uge_foer if uge_foer > self.fremme else max(self.fremme, self.dato - timedelta(1))

    @property
    def aftale(self) -> brevet.Aftale:
        """What a letter says of it."""
        return brevet.Aftale(
            self.dato, self.kl, self.minutter, self.sted, self.svar_senest, self.erstatter
        )


def planlaeg(deltager: Punktdeltager, kanal: str) -> Plan:
    """The plan for calling `deltager` today by `kanal`. Three statements."""
    punkt = deltager.punkt
    tid = dagsorden.tur_for(punkt).plads
    regelsaet = punkt.sag.regelsaet
    fremme = klagefrist.modtaget(i_dag(), regelsaet, fritaget_digital_post=kanal == Kanal.BREV)
    return Plan(
        dato=punkt.moede.dato,
        kl=tid.start,
        minutter=tid.minutter,
        sted=punkt.moede.sted,
        fremme=fremme,
        varsel_dage=(punkt.moede.dato - fremme).days,
        kraevet_varsel=regelsaet.indkaldelse_varsel_dage if deltager.art in SKRIFTLIGE else 0,
        erstatter=_erstatter(deltager, (punkt.moede.dato, tid.start, punkt.moede.sted)),
    )


def _erstatter(deltager: Punktdeltager, tid: tuple[date, time, str]) -> str:
    """The turn of the latest call to the person, when it is not `tid`; else empty. One statement."""
    forrige = _kald_til(deltager).nyeste_foerst().first()
    if forrige is None or (forrige.dato, forrige.kl, forrige.sted) == tid:
        return ""
    return f"{dato_lang(forrige.dato)} kl. {klokkeslaet(forrige.kl)}"


@dataclass(frozen=True)
class Brev:
    """A letter before it is sent: its words, and who and where it is for."""

    overskrift: str
    blokke: list[Blok]
    linjer: tuple[str, ...]
    indhold: Informationstype


def vis_brev(deltager: Punktdeltager, plan: Plan, *, af: Bruger) -> Brev:
    """The letter's words as `plan` says. Raises `ValidationError` as `brev.blokke`."""
    sag = deltager.punkt.sag
    felter, indhold = brevet.felter(deltager, plan.aftale, i_kredsen=er_i_kredsen(sag, af), af=af)
    overskrift, blokke = brev.vis(brevet.kode(deltager), sag, felter, af=af)
    return Brev(overskrift, blokke, modtagerlinjer(deltager), indhold)


def dan_brev(deltager: Punktdeltager, plan: Plan, *, af: Bruger, tidspunkt: datetime) -> bytes:
    """The letter as a PDF. Raises as `brev.dan`."""
    sag = deltager.punkt.sag
    felter, _indhold = brevet.felter(deltager, plan.aftale, i_kredsen=er_i_kredsen(sag, af), af=af)
    linjer = modtagerlinjer(deltager)
    er_foerste = linjer == deling.postmodtagere(sag.borger, Informationstype.MOEDER)[0].linjer
    return brev.dan(
        brevet.kode(deltager),
        sag,
        felter,
        af=af,
        tidspunkt=tidspunkt,
        # The one who gets the case's letters has the usual head, with whom it is about.
        modtager=None if er_foerste else linjer,
    )


def modtagerlinjer(deltager: Punktdeltager) -> tuple[str, ...]:
    """Whom the letter is addressed to; never a protected address."""
    if deltager.art == Art.NETVAERK:
        return (deltager.navn,)
    borger = deltager.punkt.sag.borger
    for post in deling.postmodtagere(borger, Informationstype.MOEDER):
        if post.fuldmagt == deltager.fuldmagt and post.modtager.art != deling.PART:
            return post.linjer
    if deltager.art != Art.BORGER or borger.er_beskyttet(i_dag()):
        return (deltager.navn,)
    linjer = (borger.navn, borger.adresse, f"{borger.postnummer} {borger.by}")
    return tuple(linje.strip() for linje in linjer if linje.strip())


def modtager(deltager: Punktdeltager) -> deling.Modtager | None:
    """Who is told, as the rule of sharing knows them; None for colleagues and interpreters."""
    if deltager.art == Art.BORGER:
        return deling.Modtager(deling.PART, deltager.navn)
    if deltager.art == Art.NETVAERK:
        return deling.Modtager(
            Forsendelse.Modtager.NETVAERK, deltager.navn, deltager.netvaerksperson_id
        )
    if deltager.art in SKRIFTLIGE:
        return deling.Modtager(deltager.art, deltager.navn)
    return None


def indkald(
    deltager: Punktdeltager, *, kanal: str, nr: int, kort_varsel_grund: str = "", af: Bruger
) -> Indkaldelse:
    """Call somebody to the case's turn as it stands now, and record that it was done today.

    `nr` is the number the page showed, so that a form sent twice calls once. A letter becomes a
    document of the case and a dispatch; a colleague gets a notice without personal data. Raises
    `DelingAfvist` (logged) when the recipient may not be told, and `ValidationError` for another
    number, a channel the person has not, short notice without a reason, a call that arrives after
    the meeting, a letter that cannot be made, and as `laas_deltager`.
    """
    with deling.afvisning_logges(deltager.punkt.sag_id, af=af):
        deltager = laas_deltager(deltager, af)
        if kanal not in kanaler(deltager):
            raise ValidationError({"kanal": "Personen kan ikke indkaldes på den måde."})
        if nr != naeste_nr(deltager):
            raise ValidationError("Personen er indkaldt imens. Se listen, og prøv igen.")
        plan = planlaeg(deltager, kanal)
        grund = _kraev_varsel(plan, kort_varsel_grund)
        sendt = _send(deltager, kanal, plan, af)
        indkaldelse = Indkaldelse(
            deltager=deltager,
            nr=nr,
            dato=plan.dato,
            kl=plan.kl,
            sted=plan.sted,
            kanal=kanal,
            afsendt_af=af,
            varsel_dage=plan.varsel_dage,
            kort_varsel_grund=grund,
            **sendt,
        )
        indkaldelse.full_clean()
        indkaldelse.save()
        if kanal == Kanal.BESKED and deltager.bruger:
            _fortael(indkaldelse, deltager.bruger)
        haendelser.log(
            indkaldelse,
            "indkaldelse.sendt",
            af=af,
            sag_id=deltager.punkt.sag_id,
            art=deltager.art,
            kanal=kanal,
            nr=nr,
        )
    return indkaldelse


def naeste_nr(deltager: Punktdeltager) -> int:
    """The number the next call gets: counted over every meeting of the case, by person."""
    sidste = _kald_til(deltager).aggregate(nr=Max("nr"))["nr"]
    return (sidste or 0) + 1


def _kald_til(deltager: Punktdeltager) -> IndkaldelseQuerySet:
    """Every call to the person, to this meeting of the case or another."""
    samme = Punktdeltager.objects.filter(
        punkt__sag=deltager.punkt.sag_id,
        art=deltager.art,
        bruger=deltager.bruger_id,
        netvaerksperson=deltager.netvaerksperson_id,
        fuldmagt=deltager.fuldmagt_id,
    )
    if deltager.art != Art.BORGER:
        samme = samme.filter(navn=deltager.navn)
    return Indkaldelse.objects.filter(deltager__in=samme)


def _kraev_varsel(plan: Plan, grund: str) -> str:
    """The reason for short notice, empty when it is long enough."""
    if plan.varsel_dage < 0:
        raise ValidationError(
            {"kanal": "Brevet når først frem efter mødet. Ring, eller aflever det i hånden."}
        )
    if not plan.er_kort:
        return ""
    if not grund.strip():
        raise ValidationError(
            {
                "kort_varsel_grund": (
                    f"Varslet er {dage(plan.varsel_dage)}. Det skal være mindst "
                    f"{dage(plan.kraevet_varsel)}. Skriv, hvorfor det er kortere."
                )
            }
        )
    if indeholder_personnummer(grund):
        raise ValidationError({"kort_varsel_grund": "Skriv ikke personnumre i begrundelsen."})
    return grund.strip()


def _send(deltager: Punktdeltager, kanal: str, plan: Plan, af: Bruger) -> dict[str, Any]:
    """Send what the channel takes; the fields of the record that tell of it."""
    hvem = modtager(deltager)
    if hvem is None:
        return {}
    sag: Sag = deltager.punkt.sag
    if kanal == Kanal.TELEFON:
        deling.kraev_deling(sag, hvem, Informationstype.MOEDER)
        return {}
    indhold = vis_brev(deltager, plan, af=af).indhold
    try:
        pdf = dan_brev(deltager, plan, af=af, tidspunkt=timezone.now())
    except PdfUtilgaengelig as fejl:
        raise ValidationError(str(fejl)) from fejl
    dokument = gem_dokument(
        sag,
        art=Dokument.Art.ANDET,
        titel=f"Indkaldelse til mødet {dato_lang(deltager.punkt.moede.dato)}",
        indhold=pdf,
        indholdstype="application/pdf",
        dato=i_dag(),
        af=af,
        er_dannet=True,
    )
    forsendelse = send_dokument(dokument, modtager=hvem, kanal=kanal, indhold=indhold, af=af)
    return {"dokument": dokument, "forsendelse": forsendelse}


def beskedtekst(punkt: Dagsordenspunkt, kl: time) -> str:
    """What a colleague is told: when and where, and never whose case it is."""
    hvornaar = f"{dato_lang(punkt.moede.dato)} kl. {klokkeslaet(kl)}"
    return f"Du er indkaldt til en sag på teammødet {hvornaar} ({punkt.moede.sted})."


def _fortael(indkaldelse: Indkaldelse, bruger: Bruger) -> None:
    beskeder.opret(
        bruger,
        noegle=f"indkaldelse-{indkaldelse.pk}",
        emne="Indkaldelse til teammøde",
        tekst=beskedtekst(indkaldelse.deltager.punkt, indkaldelse.kl),
        # The list: the meeting itself opens when the case's package is published.
        sti=reverse("rehabilitering:moede_liste") if maa(bruger, "moede.liste") else "",
    )
