"""What the citizen has agreed may be obtained or shared: given, by sheet, and withdrawn."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from borgere.models import Dokument, Netvaerksperson, Sag, Samtykke
from borgere.services.dokument import gem_dokument
from borgere.services.netvaerk import i_orden, laas_borger
from borgere.services.sag import laas_sag
from ressource import dansk, haendelser
from ressource.datoer import Enhed, tilfoej
from ressource.kalender import i_dag
from ressource.models import Bruger

# No consent lasts longer: what was agreed must be talked over again (domain.md 2.7, `maks_alder`).
MAKS_MAANEDER = 12


def senest_til(fra_dato: date) -> date:
    """The last day a consent from `fra_dato` may hold."""
    return tilfoej(fra_dato, MAKS_MAANEDER, Enhed.MAANEDER)


@dataclass(frozen=True, slots=True)
class Scan:
    """A signed sheet that is uploaded together with what it proves."""

    indhold: bytes
    indholdstype: str


def laeg_scan_paa(
    sag: Sag,
    scan: Dokument | Scan | None,
    *,
    art: Dokument.Art,
    titel: str,
    dato: date,
    af: Bruger,
) -> Dokument | None:
    """The scan as a document of the case; one that lies there already is used as it is.

    Raises `ValidationError` on `scan` when it lies on somebody else's case, on `fil` when the file
    cannot be stored.
    """
    if not isinstance(scan, Scan):
        if scan and scan.sag.borger_id != sag.borger_id:
            raise ValidationError({"scan": "Dokumentet ligger ikke på borgerens sag."})
        return scan
    try:
        dokument: Dokument = gem_dokument(
            sag,
            art=art,
            titel=titel,
            dato=dato,
            indhold=scan.indhold,
            indholdstype=scan.indholdstype,
            af=af,
        )
    except ValidationError as fejl:
        raise ValidationError({"fil": fejl.messages}) from fejl
    return dokument


@transaction.atomic
def giv_samtykke(
    sag: Sag,
    *,
    modtager: Samtykke.Modtager | str,
    informationstyper: list[str],
    fra_dato: date,
    til_dato: date,
    art: Samtykke.Art | str = Samtykke.Art.FORVALTNING,
    netvaerksperson: Netvaerksperson | None = None,
    modtager_navn: str = "",
    oplysninger: str = "",
    formaal: str = "",
    givet: Samtykke.Givet | str = Samtykke.Givet.UNDERSKREVET,
    givet_hvordan: str = "",
    scan: Dokument | Scan | None = None,
    af: Bruger,
) -> Samtykke:
    """Register what the citizen has agreed to (RSL § 11 a): to whom, what, and from–to.

    Raises `ValidationError` by field: the dates are wrong or more than `MAKS_MAANEDER` apart, the
    person in the network or the scan is somebody else's, nothing proves it (a scan, or a note of how
    it was given; an oral one always has the note), or the same consent is registered already.
    """
    laas_borger(sag.borger_id)
    samtykke = Samtykke(
        borger=sag.borger,
        art=art,
        modtager=modtager,
        netvaerksperson=netvaerksperson,
        modtager_navn=modtager_navn.strip(),
        informationstyper=i_orden(informationstyper),
        oplysninger=oplysninger,
        formaal=formaal,
        fra_dato=fra_dato,
        til_dato=til_dato,
        givet=givet,
        givet_hvordan=givet_hvordan.strip(),
        registreret_af=af,
    )
    _kraev_kan_gives(samtykke, sag, har_scan=scan is not None)
    samtykke.full_clean()
    samtykke.scan = laeg_scan_paa(
        sag, scan, art=Dokument.Art.SAMTYKKE, titel="Underskrevet samtykke", dato=fra_dato, af=af
    )
    samtykke.save()
    haendelser.log(samtykke, "samtykke.givet", af=af, sag_id=sag.pk, modtager=str(modtager))
    return samtykke


def _kraev_kan_gives(samtykke: Samtykke, sag: Sag, *, har_scan: bool) -> None:
    """Raise `ValidationError` by field for what the table cannot know or would say less kindly.

    The citizen is locked, and so nobody leaves the network meanwhile.
    """
    fejl = {}
    person = samtykke.netvaerksperson
    if person:
        person.refresh_from_db(fields=["udgaaet_dato"])
    if person and person.borger_id != sag.borger_id:
        fejl["netvaerksperson"] = "Personen er ikke i borgerens netværk."
    elif person and person.udgaaet_dato:
        fejl["netvaerksperson"] = "Personen er ikke længere i netværket."
    if samtykke.til_dato > (senest := senest_til(samtykke.fra_dato)):
        fejl["til_dato"] = (
            f"Et samtykke kan højst gælde {MAKS_MAANEDER} måneder, her til {dansk.dato(senest)}. "
            "Tal med borgeren igen inden da."
        )
    if samtykke.givet == Samtykke.Givet.MUNDTLIGT and not samtykke.givet_hvordan:
        fejl["givet_hvordan"] = "Skriv, hvor og hvordan borgeren sagde ja."
    elif not har_scan and not samtykke.givet_hvordan:
        fejl["givet_hvordan"] = (
            "Læg det, borgeren har underskrevet eller sendt, på som scanning, eller skriv her, "
            "hvor det ligger."
        )
    if fejl:
        raise ValidationError(fejl)


@dataclass(frozen=True, slots=True)
class Arklinje:
    """One recipient on a signed sheet, with what is ticked."""

    modtager: str
    informationstyper: list[str]
    netvaerksperson: Netvaerksperson | None = None
    modtager_navn: str = ""


@transaction.atomic
def registrer_samtykkeark(
    sag: Sag,
    linjer: list[Arklinje],
    *,
    scan: Dokument | Scan | None,
    fra_dato: date,
    til_dato: date,
    af: Bruger,
) -> list[Samtykke]:
    """All the consents ticked on one signed sheet, with its scan; all of them or none.

    Raises `ValidationError` when nothing is ticked, there is no scan or one of them cannot be given,
    and with the recipient's name when it is one that is registered already.
    """
    if not linjer:
        raise ValidationError("Sæt mindst ét kryds, som det står på det underskrevne ark.")
    if scan is None:
        raise ValidationError({"fil": "Vælg scanningen af det underskrevne ark."})
    laas_borger(sag.borger_id)
    givne = []
    for linje in linjer:
        samtykke = Samtykke(
            borger=sag.borger,
            modtager=linje.modtager,
            netvaerksperson=linje.netvaerksperson,
            modtager_navn=linje.modtager_navn.strip(),
            informationstyper=i_orden(linje.informationstyper),
            fra_dato=fra_dato,
            til_dato=til_dato,
            givet=Samtykke.Givet.UNDERSKREVET,
            registreret_af=af,
        )
        _kraev_kan_gives(samtykke, sag, har_scan=True)
        try:
            samtykke.full_clean()
        except ValidationError as fejl:
            hvem = linje.netvaerksperson or samtykke.get_modtager_display()
            raise ValidationError([f"{hvem}: {besked}" for besked in fejl.messages]) from fejl
        givne.append(samtykke)
    ark = laeg_scan_paa(
        sag, scan, art=Dokument.Art.SAMTYKKE, titel="Underskrevet samtykkeark", dato=fra_dato, af=af
    )
    for samtykke in givne:
        samtykke.scan = ark
        samtykke.save()
    haendelser.log(sag, "samtykke.ark", af=af, sag_id=sag.pk, antal=len(givne))
    return givne


@transaction.atomic
def traek_samtykke(samtykke: Samtykke, *, sag: Sag, aarsag: str = "", af: Bruger) -> Samtykke:
    """Withdraw a consent from today on; what was shared before stays shared.

    The citizen needs no reason. Raises `ValidationError` when it is withdrawn already.
    """
    # The cases first, as when something is sent, and as who reacts to this needs them.
    for pk in (
        Sag.objects.filter(borger=samtykke.borger_id).order_by("pk").values_list("pk", flat=True)
    ):
        laas_sag(pk)
    samtykke = Samtykke.objects.select_for_update(of=("self",)).get(pk=samtykke.pk)
    if samtykke.trukket_dato:
        raise ValidationError("Samtykket er allerede trukket tilbage.", code="trukket")
    samtykke.trukket_dato = i_dag()
    samtykke.trukket_aarsag = aarsag.strip()
    samtykke.full_clean()
    samtykke.save(update_fields=["trukket_dato", "trukket_aarsag"])
    haendelser.log(samtykke, "samtykke.trukket", af=af, sag_id=sag.pk)
    return samtykke
