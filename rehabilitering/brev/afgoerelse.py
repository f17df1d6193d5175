"""What the decision's letter says of one decision."""

from rehabilitering.brev.ramme import svarer_for
from rehabilitering.brev.tekst import Vaerdi
from rehabilitering.models import Afgoerelse, Brevskabelon, Indstilling, Partshoering, Udfald
from ressource.dansk import dato, dato_lang, dato_skrevet
from ressource.models import Rolle

_KODER: dict[str, Brevskabelon.Kode] = {
    Udfald.RESSOURCEFORLOEB: Brevskabelon.Kode.AFGOERELSE_RESSOURCEFORLOEB,
    Udfald.FLEKSJOB: Brevskabelon.Kode.AFGOERELSE_FLEKSJOB,
    Udfald.FOERTIDSPENSION: Brevskabelon.Kode.AFGOERELSE_FOERTIDSPENSION,
    Udfald.HIDTIDIG_INDSATS: Brevskabelon.Kode.AFGOERELSE_HIDTIDIG_INDSATS,
}


def kode(afgoerelse: Afgoerelse) -> Brevskabelon.Kode:
    """Which letter the decision gets, by its outcome."""
    return _KODER[afgoerelse.udfald]


def felter(afgoerelse: Afgoerelse) -> dict[str, Vaerdi]:
    """The letter's fields; dates are written out, as a letter writes them."""
    fundne: dict[str, Vaerdi] = {
        "udfald": afgoerelse.get_udfald_display(),
        "virkning_fra": dato_skrevet(afgoerelse.virkning_fra) if afgoerelse.virkning_fra else "",
        "slut_dato": dato_skrevet(afgoerelse.slut_dato) if afgoerelse.slut_dato else "",
        "uden_moede_grund": "" if afgoerelse.erstatter else afgoerelse.uden_moede_grund.strip(),
        "fakta": afgoerelse.faktum.strip(),
        "begrundelse": afgoerelse.begrundelse.strip(),
        "partshoering": _partshoeringer(afgoerelse),
        "hjemmel": sidst_i_saetning(afgoerelse.hjemmel),
        "klagevejledning": afgoerelse.klagevejledning.strip(),
        "klagefrist": dato_lang(afgoerelse.klagefrist) if afgoerelse.klagefrist else "",
    } | _moedet(afgoerelse)
    if afgoerelse.udfald == Udfald.RESSOURCEFORLOEB:
        fundne |= _forloebet(afgoerelse)
    return fundne


def indsatslinjer(indstilling: Indstilling) -> list[str]:
    """One line for each effort of the indstilling, as a letter says it."""
    return [
        f"{linje.beskrivelse or linje.indsatstype.navn}"
        f"{f' fra {dato(linje.start_dato)}' if linje.start_dato else ''}"
        f"{f': {linje.formaal}' if linje.formaal else ''}"
        for linje in indstilling.linjer.filter(fjernet_den=None).select_related("indsatstype")
    ]


def _moedet(afgoerelse: Afgoerelse) -> dict[str, Vaerdi]:
    """The meeting, or the decision that is changed: one that is changed rests on no new meeting."""
    if afgoerelse.erstatter:
        gammel = afgoerelse.erstatter.afgoerelse_dato
        return {"erstatter_dato": dato_skrevet(gammel) if gammel else ""}
    if afgoerelse.indstilling is None:
        return {}
    return {
        "moede_dato": dato_skrevet(afgoerelse.indstilling.moede_dato),
        "foelger": "den følger vi" if afgoerelse.foelger_indstilling else "den følger vi ikke",
        "afvigelse": afgoerelse.afvigelse_begrundelse.strip(),
    }


def sidst_i_saetning(hjemmel: str) -> str:
    """The legal basis as the letter's sentence ends with it; an abbreviation keeps its capitals."""
    ord_ = hjemmel.strip().rstrip(".")
    return ord_[:1].lower() + ord_[1:] if ord_[1:2].islower() else ord_


def _forloebet(afgoerelse: Afgoerelse) -> dict[str, Vaerdi]:
    grundlag = afgoerelse.grundlag
    sagsbehandler = svarer_for(afgoerelse.sag, afgoerelse.skrevet_af)
    er_koordinerende = sagsbehandler.har_rolle(Rolle.KOORDINERENDE)
    return {
        "maal": grundlag.maal.strip() if grundlag else "",
        "indsatser": indsatslinjer(grundlag) if grundlag else (),
        "koordinerende": sagsbehandler.navn if er_koordinerende else "",
    }


def _partshoeringer(afgoerelse: Afgoerelse) -> str:
    """The hearings that are closed; empty for a decision that is not stored yet, and without any."""
    if afgoerelse.pk is None:
        return ""
    lukkede = afgoerelse.partshoeringer.filter(afsluttet_den__isnull=False)
    return "\n".join(_partshoering(hoering) for hoering in lukkede)


def _partshoering(hoering: Partshoering) -> str:
    sendt = f" {dato_skrevet(hoering.sendt_dato)}" if hoering.sendt_dato else ""
    svar = f"Du svarede: {hoering.svar.strip()}" if hoering.svar.strip() else "Du svarede ikke."
    return f"Vi spurgte dig{sendt}, hvad du mener om nye oplysninger. {svar}\n{hoering.vurdering}"
