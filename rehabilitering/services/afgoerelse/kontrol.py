"""What stands in the way of a decision: every lack, on the field where it is mended."""

from datetime import date, timedelta

from rehabilitering import klagefrist, sparringskrav, varighed, varighedskontrol
from rehabilitering.models import Afgoerelse, Udfald
from rehabilitering.services.afgoerelse.grundlag import er_forloeb
from ressource.dansk import dato as dansk_dato
from ressource.datoer import Enhed, tilfoej

# Outside these a date is a slip of the pen: no letter is longer under way, and nothing is decided
# for a day farther from today. The time to appeal and the forløb itself are counted from them.
MODTAGET_SENEST_DAGE = 30
VIRKNING_MAANEDER = 12

_TEKSTER = (
    ("faktum", "Skriv kort de oplysninger, som afgørelsen bygger på."),
    ("begrundelse", "Skriv begrundelsen, også når afgørelsen følger indstillingen."),
    ("hjemmel", "Skriv, hvilken lov afgørelsen bygger på."),
    ("klagevejledning", "Skriv, hvordan borgeren kan klage."),
)


def mangler(afgoerelse: Afgoerelse, idag: date) -> dict[str, str]:
    """Field → sentence, for everything that stands in the way of a decision on `idag`."""
    fundet = {felt: besked for felt, besked in _TEKSTER if not getattr(afgoerelse, felt).strip()}
    if hoering := _partshoeringsfejl(afgoerelse):
        fundet["uden_partshoering_grund"] = hoering
    if modtaget := _modtagetfejl(afgoerelse, idag):
        fundet["modtaget_dato"] = modtaget
    if virkning := _virkningsfejl(afgoerelse, idag):
        fundet["virkning_fra"] = virkning
    if afgoerelse.udfald not in afgoerelse.sag.regelsaet.udfald:
        fundet["udfald"] = (
            f"Efter {afgoerelse.sag.regelsaet.kode} kan der ikke træffes afgørelse om "
            f"{afgoerelse.get_udfald_display()}. Vælg noget andet."
        )
    if er_forloeb(afgoerelse):
        fundet |= _forloebsfejl(afgoerelse)
    elif sparring := _sparringsfejl(afgoerelse):
        fundet["begrundelse"] = sparring
    return fundet


def ventet_modtaget(afgoerelse: Afgoerelse, sendt: date) -> date:
    """The day the citizen is reckoned to get a letter sent on `sendt`."""
    sag = afgoerelse.sag
    fritaget = sag.borger.er_fritaget_digital_post
    return klagefrist.modtaget(sendt, sag.regelsaet, fritaget_digital_post=fritaget)


def _partshoeringsfejl(afgoerelse: Afgoerelse) -> str:
    """FVL § 19: a hearing that is finished, or why there is none."""
    hoeringer = list(afgoerelse.partshoeringer.all())
    if any(hoering.afsluttet_den is None for hoering in hoeringer):
        return "Borgeren er ved at blive hørt. Afslut partshøringen, før afgørelsen træffes."
    if not hoeringer and not afgoerelse.uden_partshoering_grund.strip():
        return "Skriv, hvorfor borgeren ikke skal høres, eller begynd en partshøring."
    return ""


def _sparringsfejl(afgoerelse: Afgoerelse) -> str:
    """Where the set makes health advice a duty, fleksjob and førtidspension rest on it."""
    if afgoerelse.udfald not in {Udfald.FLEKSJOB, Udfald.FOERTIDSPENSION}:
        return ""
    return sparringskrav.mangler(afgoerelse.sag)


def _modtagetfejl(afgoerelse: Afgoerelse, idag: date) -> str:
    senest = idag + timedelta(days=MODTAGET_SENEST_DAGE)
    if afgoerelse.modtaget_dato and afgoerelse.modtaget_dato < idag:
        return "Borgeren kan ikke have fået afgørelsen, før den er truffet."
    if afgoerelse.modtaget_dato and afgoerelse.modtaget_dato > senest:
        return (
            f"Borgeren skal have afgørelsen senest {dansk_dato(senest)}, {MODTAGET_SENEST_DAGE} "
            "dage efter at den er truffet. Ret datoen, eller lad feltet være tomt."
        )
    return ""


def _virkningsfejl(afgoerelse: Afgoerelse, idag: date) -> str:
    virkning = afgoerelse.virkning_fra
    tidligst = tilfoej(idag, -VIRKNING_MAANEDER, Enhed.MAANEDER)
    senest = tilfoej(idag, VIRKNING_MAANEDER, Enhed.MAANEDER)
    if virkning is None:
        return "Skriv, hvornår afgørelsen får virkning."
    indstilling = afgoerelse.indstilling
    if indstilling and virkning < indstilling.moede_dato:
        moede_dato = dansk_dato(indstilling.moede_dato)
        return f"Afgørelsen kan ikke have virkning før teammødet {moede_dato}."
    if afgoerelse.er_uden_moede and er_forloeb(afgoerelse) and virkning < idag:
        # Else a day before the cut-off could be chosen long after it.
        return "Et forløb, der bevilges uden et møde, kan tidligst begynde i dag."
    tidligere = afgoerelse.erstatter
    while tidligere:
        # A change can take effect as early as what it changes, however long that took.
        tidligst = min(tidligst, tidligere.virkning_fra or tidligst)
        tidligere = tidligere.erstatter
    if not tidligst <= virkning <= senest:
        return (
            f"Afgørelsen skal have virkning mellem {dansk_dato(tidligst)} og "
            f"{dansk_dato(senest)}, højst et år fra i dag. Ret datoen."
        )
    return ""


def _forloebsfejl(afgoerelse: Afgoerelse) -> dict[str, str]:
    """What the rules of the case, and of the forløb's first day, have against it."""
    sag, fundet = afgoerelse.sag, {}
    betingelser = {betingelse["kode"] for betingelse in sag.regelsaet.maalgruppebetingelser}
    if betingelser and afgoerelse.maalgruppebetingelse not in betingelser:
        fundet["maalgruppebetingelse"] = "Vælg, hvorfor borgeren er i målgruppen."
    aendrer = aendret_forloeb(afgoerelse)
    if sag.er_afsluttet and not (aendrer and hasattr(aendrer, "forloeb")):
        fundet["udfald"] = "Sagen er afsluttet. Et nyt ressourceforløb kræver en ny sag."
    if afgoerelse.virkning_fra is None:
        return fundet
    if afgoerelse.slut_dato is None:
        return fundet | {"slut_dato": "Skriv, hvornår forløbet slutter."}
    return fundet | _periodefejl(afgoerelse, afgoerelse.virkning_fra, afgoerelse.slut_dato)


def _periodefejl(afgoerelse: Afgoerelse, start: date, slut: date) -> dict[str, str]:
    """The limits of the period; what forbids beginning that day stands on the first day."""
    sag, aendrer = afgoerelse.sag, aendret_forloeb(afgoerelse)
    tidligere = varighedskontrol.tidligere_forloeb(sag, undtagen=aendrer, foer=start)
    skaering = varighedskontrol.skaeringsbrud(
        sag, start=start, slut=slut, tidligere=tidligere, undtagen=aendrer
    )
    alle = varighedskontrol.brud(
        sag,
        start=start,
        slut=slut,
        oensker_mere=afgoerelse.borger_oensker_mere,
        undtagen=aendrer,
    )
    fundet = {"virkning_fra": skaering} if skaering else {}
    if andre := [saetning for saetning in alle if saetning != skaering]:
        fundet["slut_dato"] = " ".join(andre)
    return fundet


def aendret_forloeb(afgoerelse: Afgoerelse) -> Afgoerelse | None:
    """The earlier decision whose forløb this one changes; None for a decision of its own."""
    tidligere = afgoerelse.erstatter
    while tidligere and not hasattr(tidligere, "forloeb") and tidligere.erstatter:
        tidligere = tidligere.erstatter
    return tidligere


def forloebets_art(afgoerelse: Afgoerelse) -> str:
    """What a decision on a ressourceforløb does, in words: first, new, or more of the running one.

    Empty for other outcomes and until both days are written. Derived from the citizen's forløb.
    """
    start, slut = afgoerelse.virkning_fra, afgoerelse.slut_dato
    if not er_forloeb(afgoerelse) or start is None or slut is None:
        return ""
    if afgoerelse.erstatter_id:
        return "Ændring af en afgørelse"
    sag = afgoerelse.sag
    tidligere = varighedskontrol.tidligere_forloeb(sag, undtagen=afgoerelse, foer=start)
    if not tidligere:
        return "Borgerens første ressourceforløb"
    er_mere = varighed.er_forlaengelse(
        sag.regelsaet,
        foedt=sag.borger.foedselsdato,
        start=start,
        slut=slut,
        tidligere=tidligere,
    )
    if er_mere:
        return f"Forlængelse af forløbet, der sluttede {dansk_dato(max(t for _, t in tidligere))}"
    return "Nyt ressourceforløb efter et tidligere"
