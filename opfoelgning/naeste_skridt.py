"""The next right step of a case: a pure function of where it stands."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from borgere.models import Fase
from opfoelgning.sagsfakta import Sagsfakta
from rehabilitering.models import ForberedendeDel, Kvalitetssikring, Screeningsnotat, Udfald

# As long as the guide gives the first follow-up: then that one is more urgent than the eftermøde.
_FOERSTE_INDEN = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Skridt:
    """One button: what it says, where it leads, and a sentence on why it is next."""

    label: str
    url_navn: str
    pk: int
    hvorfor: str

    @property
    def i_saetning(self) -> str:
        """The label as it reads after a colon."""
        return self.label[0].lower() + self.label[1:]

    @property
    def url(self) -> str:
        """The address."""
        return reverse(self.url_navn, args=[self.pk])


def naeste_skridt(fakta: Sagsfakta, dato: date) -> Skridt | None:
    """The one thing to do next on `dato`; None when the case has ended. Makes no query."""
    match fakta.fase:
        case Fase.SCREENING:
            valg = _screening(fakta)
        case Fase.FORBEREDELSE:
            valg = _forberedelse(fakta)
        case Fase.KVALITETSSIKRING:
            valg = (
                "Se kvalitetssikring",
                "rehabilitering:kvalitetssikring",
                "Sagen venter på faglig konsulent.",
            )
        case Fase.MOEDE:
            valg = _moede(fakta)
        case Fase.INDSTILLING:
            valg = (
                "Se indstillingen",
                "rehabilitering:sag_moede",
                "Teamet er ved at skrive indstillingen.",
            )
        case Fase.AFGOERELSE | Fase.PLAN | Fase.OPFOELGNING:
            return _efter_teammoedet(fakta, dato)
        case _:
            return None
    return Skridt(valg[0], valg[1], fakta.sag_id, valg[2])


def _screening(fakta: Sagsfakta) -> tuple[str, str, str]:
    resultat = Screeningsnotat.Resultat
    if fakta.screening_resultat == resultat.IKKE_RELEVANT and fakta.screening_fravigelse != "":
        return (
            "Afslut sagen",
            "borgere:sag_afslut",
            "Faglig konsulent har vurderet, at forløbet ikke er relevant.",
        )
    side = "rehabilitering:screening"
    if fakta.screening_fravigelse == "":
        return ("Se screeningsnotatet", side, "Teamleder er bedt om at åbne sagen uden screening.")
    if fakta.screening_resultat == resultat.MANGLER_OPLYSNINGER:
        return ("Ret screeningsnotatet", side, "Faglig konsulent mangler oplysninger.")
    if fakta.screening_indsendt and not fakta.screening_resultat:
        return ("Se screeningsnotatet", side, "Notatet venter på faglig konsulent.")
    return ("Skriv screeningsnotat", side, "Notatet skal afgøres, før sagen kan begyndes.")


def _forberedelse(fakta: Sagsfakta) -> tuple[str, str, str]:
    del_side = "rehabilitering:forberedende_del"
    status = ForberedendeDel.Status
    if fakta.del_status is None:
        return ("Begynd forberedende del", del_side, "Den skrives sammen med borgeren.")
    if not fakta.attest_aktuel and fakta.attest_anmodet is None:
        return (
            "Bestil lægeattest",
            "rehabilitering:laegeattest",
            "Uden en aktuel LÆ 265 kan sagen ikke komme på et møde.",
        )
    if not fakta.attest_aktuel and fakta.attest_rykker:
        return (
            "Send rykker til lægen",
            "rehabilitering:laegeattest",
            "Lægen har ikke svaret på LÆ 265 til tiden.",
        )
    if fakta.ks_resultat == Kvalitetssikring.Resultat.RETUR and fakta.attest_aktuel:
        # What is to be mended stands on both pages; a part gone through again is sent from the last.
        er_kladde = fakta.del_status == status.KLADDE
        side = del_side if er_kladde else "rehabilitering:kvalitetssikring"
        return ("Ret og send igen", side, "Sagen kom retur fra kvalitetssikring.")
    if fakta.del_status == status.KLADDE:
        return ("Fortsæt forberedende del", del_side, "Den er ikke gennemgået med borgeren endnu.")
    if not fakta.attest_aktuel:
        return (
            "Følg op på lægeattest",
            "rehabilitering:laegeattest",
            "Attesten er bestilt, men ikke kommet.",
        )
    return (
        "Send til kvalitetssikring",
        "rehabilitering:kvalitetssikring",
        "Den forberedende del er gennemgået, og attesten er aktuel.",
    )


def _moede(fakta: Sagsfakta) -> tuple[str, str, str]:
    side = "rehabilitering:sag_moede"
    if fakta.teammoede_dato is None:
        return ("Find et teammøde", side, "Sagen er kvalitetssikret og mangler en plads.")
    haster = "SAGSPAKKE" in fakta.varslede
    er_klar = not fakta.drejebog_mangler and fakta.har_pakke
    if not fakta.har_sagspakke and (haster or er_klar):
        return (
            "Send sagspakke",
            "rehabilitering:sagspakke_sag",
            "Teamet skal kunne nå at læse sagen før mødet.",
        )
    if not er_klar:
        return (
            "Gør borgeren klar til mødet",
            "rehabilitering:drejebog" if fakta.drejebog_mangler else "rehabilitering:borgerpakke",
            "Sagen er på dagsordenen, og borgeren skal vide, hvad der skal ske.",
        )
    return ("Se teammødet", side, "Sagen er på dagsordenen, og borgeren er klar.")


def _efter_teammoedet(fakta: Sagsfakta, dato: date) -> Skridt:
    """Follow-up first: the guide gives it a week, and the decision may come later."""
    if (
        _er_afgjort(fakta)
        and fakta.afgoerelse_udfald != Udfald.RESSOURCEFORLOEB
        and not _fortsaetter(fakta, dato)
    ):
        return Skridt(
            "Afslut sagen",
            "borgere:sag_afslut",
            fakta.sag_id,
            "Afgørelsen er truffet og blev ikke et ressourceforløb.",
        )
    if _skal_holde_eftermoede(fakta, dato) and not _er_moedets_dag(fakta, dato):
        return Skridt(
            "Hold eftermøde",
            "opfoelgning:eftermoede",
            fakta.sag_id,
            "Gå teamets indstilling igennem med borgeren, før I går hver til sit.",
        )
    # Before the decision the team's latest word counts, not a forløb of an earlier round.
    i_forloeb = bool(fakta.forloeb_start) and fakta.fase != Fase.AFGOERELSE
    faar_forloeb = fakta.indstilling_udfald == Udfald.RESSOURCEFORLOEB or i_forloeb
    skridt = _opfoelgning(fakta, dato) if faar_forloeb else None
    if i_forloeb and fakta.garanti_overskredet and not _er_moedets_dag(fakta, dato):
        return Skridt(
            "Forelæg sagen igen",
            "indsatsplan:plan",
            fakta.sag_id,
            "Ingen indsats, der tæller i indsatsgarantien, er begyndt til tiden.",
        )
    if (
        fakta.fase == Fase.OPFOELGNING
        and _er_slut(fakta, dato)
        and not _er_moedets_dag(fakta, dato)
    ):
        return Skridt(
            "Afslut sagen", "borgere:sag_afslut", fakta.sag_id, "Forløbets periode er udløbet."
        )
    if skridt is not None:
        return skridt
    if fakta.fase == Fase.AFGOERELSE:
        return Skridt(
            "Skriv afgørelsen",
            "rehabilitering:afgoerelse",
            fakta.sag_id,
            "Teamets indstilling er afsluttet.",
        )
    if fakta.fase == Fase.PLAN:
        label = "Fortsæt planen" if fakta.antal_indsatser else "Begynd indsatsplanen"
        hvorfor = "Planen skal godkendes sammen med borgeren."
        return Skridt(label, "indsatsplan:plan", fakta.sag_id, hvorfor)
    return _i_forloebet(fakta)


def _i_forloebet(fakta: Sagsfakta) -> Skridt:
    """With an approved plan: what is soon to be in place, then the next talk."""
    if "INDSATSGARANTI" in fakta.varslede:
        return Skridt(
            "Sæt en indsats i gang",
            "indsatsplan:plan",
            fakta.sag_id,
            "En indsats, der tæller i indsatsgarantien, skal snart være begyndt.",
        )
    if "FORLOEB_SLUT" in fakta.varslede:
        return Skridt(
            "Forbered afslutning",
            "rehabilitering:ny_runde",
            fakta.sag_id,
            "Forløbet slutter snart. Skal der mere til, skal teamet se sagen først.",
        )
    if fakta.moede_id:
        return Skridt(
            "Forbered møde", "opfoelgning:moede", fakta.moede_id, "Næste opfølgning er aftalt."
        )
    return Skridt("Se planen", "indsatsplan:plan", fakta.sag_id, "Planen er godkendt.")


def _er_afgjort(fakta: Sagsfakta) -> bool:
    """Whether the decision is that of the team's latest round, and has been made."""
    if fakta.afgoerelse_dato is None:
        return False
    teammoede = fakta.indstilling_moede_dato
    return teammoede is None or fakta.afgoerelse_dato >= teammoede


def _fortsaetter(fakta: Sagsfakta, dato: date) -> bool:
    """Whether «samme indsats» in a later round lets a forløb go on, and the case with it."""
    return bool(
        fakta.afgoerelse_udfald == Udfald.HIDTIDIG_INDSATS
        and fakta.fase == Fase.OPFOELGNING
        and fakta.forloeb_slut
        and fakta.forloeb_slut >= dato
    )


def _skal_holde_eftermoede(fakta: Sagsfakta, dato: date) -> bool:
    """Whether the eftermøde is what comes first: with a forløb in view, only until the week is out."""
    moede = fakta.indstilling_moede_dato
    er_sent = moede is not None and dato - moede > _FOERSTE_INDEN
    if er_sent and fakta.indstilling_udfald == Udfald.RESSOURCEFORLOEB:
        return False
    return fakta.venter_paa_eftermoede(dato)


def _er_slut(fakta: Sagsfakta, dato: date) -> bool:
    """Whether the last day of the forløb is past: then no more talks are to be agreed."""
    return fakta.forloeb_slut is not None and fakta.forloeb_slut < dato


def _er_fulgt_op(fakta: Sagsfakta) -> bool:
    """Whether a talk has been held since the team last met on the case, as the deadline asks."""
    if fakta.sidst_holdt is None:
        return False
    teammoede = fakta.indstilling_moede_dato
    return teammoede is None or fakta.sidst_holdt >= teammoede


def _er_moedets_dag(fakta: Sagsfakta, dato: date) -> bool:
    """Whether an agreed talk is today, or has been and is not closed."""
    tidspunkt = fakta.moede_tidspunkt if fakta.moede_id else None
    return tidspunkt is not None and timezone.localdate(tidspunkt) <= dato


def _opfoelgning(fakta: Sagsfakta, dato: date) -> Skridt | None:
    """The talk to hold now or to agree; None when the next one is agreed for later."""
    if fakta.moede_id and fakta.moede_tidspunkt:
        if not _er_moedets_dag(fakta, dato):
            return None
        return Skridt(
            "Åbn mødeskema",
            "opfoelgning:moede",
            fakta.moede_id,
            "Mødets dag er kommet, og skemaet er ikke lukket.",
        )
    if not _er_fulgt_op(fakta):
        return Skridt(
            "Aftal første opfølgning",
            "opfoelgning:moede_ny",
            fakta.sag_id,
            "Den skal holdes senest en uge efter teammødet.",
        )
    if fakta.fase == Fase.OPFOELGNING:
        mangler_samtale = "SAMTALER_MIN" in fakta.varslede
        return Skridt(
            "Aftal samtale" if mangler_samtale else "Aftal opfølgning",
            "opfoelgning:moede_ny",
            fakta.sag_id,
            "Der skal flere samtaler til for at nå dem, loven kræver på et år."
            if mangler_samtale
            else "Borgeren har ingen næste aftale.",
        )
    return None
