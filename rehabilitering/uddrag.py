"""How this floor's rows are told in an archive, and what a case must hold before a decision."""

from borgere.models import Sag
from borgere.uddrag.beskrivelser import Raekke, beskriv, fuldstaendighed
from rehabilitering.models import (
    Afgoerelse,
    Dagsordenspunkt,
    Forberedelsesversion,
    ForberedendeDel,
    Indstilling,
    Kvalitetssikring,
    Laegeattest,
    Screeningsfravigelse,
    Screeningsnotat,
    Udfald,
)
from rehabilitering.services.forberedelse import afsnitsliste
from ressource.dansk import dato

_RETTET = ("rettet_af", "rettet_den")


def _afsnit(raekke: Raekke, sag: Sag) -> str:
    return f"Afsnit: {_afsnitstitel(raekke, sag)}"


def _sidelagt(raekke: Raekke, sag: Sag) -> str:
    return f"Tekst lagt til side: {_afsnitstitel(raekke, sag) or 'Mål og spørgetragt'}"


def _afsnitstitel(raekke: Raekke, sag: Sag) -> str:
    """A code that the rule set does not know stands for itself."""
    titler = {linje.kode: linje.titel for linje in afsnitsliste(sag, None)}
    return titler.get(raekke["kode"], str(raekke["kode"]))


def _med_udfald(navn: str, raekke: Raekke) -> str:
    udfald = raekke["udfald"]
    return f"{navn}: {Udfald(udfald).label}" if udfald else f"{navn}, kladde"


def _indstilling(raekke: Raekke, _sag: Sag) -> str:
    return _med_udfald("Teamets indstilling", raekke)


def _afgoerelse(raekke: Raekke, _sag: Sag) -> str:
    truffet = raekke["afsluttet_den"] is not None
    return _med_udfald("Afgørelse" if truffet else "Afgørelse, ikke truffet", raekke)


def _version(raekke: Raekke, _sag: Sag) -> str:
    anledning = Forberedelsesversion.Anledning(raekke["anledning"]).label
    return f"Den forberedende del, version {raekke['nr']}: {anledning}"


def _rykker(raekke: Raekke, _sag: Sag) -> str:
    return f"Rykker nr. {raekke['nr']} for lægeattest LÆ 265"


def _svarets_sted(raekke: Raekke, _sag: Sag) -> str:
    sted = "den forberedende del" if raekke["forberedende_del_id"] else "indstillingen"
    return f"Svar fra sparring sat ind i {sted}"


def _linje(raekke: Raekke, _sag: Sag) -> str:
    return f"Indsats nr. {raekke['nr']} i indstillingen"


def _indstillingsversion(raekke: Raekke, _sag: Sag) -> str:
    rettet = ", rettet" if raekke["begrundelse"] else ""
    return f"Teamets indstilling, version {raekke['nr']}{rettet}"


def _note(raekke: Raekke, _sag: Sag) -> str:
    hvis = "fælles" if raekke["er_faelles"] else "medlemmets egne"
    return f"Noter fra mødet, {hvis}"


def registrer() -> None:
    """Called once, by the app's `ready`."""
    beskriv("rehabilitering.Screeningsnotat", datoer=("indsendt_den", "oprettet_den"))
    beskriv("rehabilitering.Screeningsfravigelse", datoer=("anmodet_den",))
    beskriv("rehabilitering.Laegeattestrykker", datoer=("dato",), titel=_rykker)
    beskriv(
        "rehabilitering.ForberedendeDel", datoer=("gennemgaaet_dato", "oprettet_den"), skjul=_RETTET
    )
    beskriv("rehabilitering.ForberedendeAfsnit", titel=_afsnit, skjul=("kode", *_RETTET))
    beskriv("rehabilitering.Sidelagttekst", datoer=("lagt_den",), titel=_sidelagt, skjul=("kode",))
    beskriv("rehabilitering.Samtale", datoer=("dato",))
    beskriv("rehabilitering.Forberedelsesversion", datoer=("oprettet_den",), titel=_version)
    beskriv("rehabilitering.Kvalitetssikring", datoer=("indsendt_den",))
    beskriv("rehabilitering.Flueben", datoer=("dato",))
    beskriv("rehabilitering.Moedeforberedelse", datoer=("rettet_den",), skjul=("laas",))
    beskriv("rehabilitering.Pakkeudlevering", datoer=("udleveret_den",), skjul=("aftryk",))
    beskriv("rehabilitering.Dagsordenspunkt", datoer=("sat_paa_den",), skjul=("raekkefoelge",))
    beskriv("rehabilitering.Indstilling", datoer=("moede_dato",), titel=_indstilling)
    beskriv("rehabilitering.Indstillingslinje", titel=_linje, skjul=("nr",))
    beskriv(
        "rehabilitering.Afgoerelse", datoer=("afgoerelse_dato", "virkning_fra"), titel=_afgoerelse
    )
    beskriv(
        "rehabilitering.Svarindsaettelse",
        datoer=("indsat_den",),
        titel=_svarets_sted,
        skjul=("kode",),
    )
    beskriv("rehabilitering.Venteplads", datoer=("oprettet_den",))
    beskriv("rehabilitering.Sparringstilbud", datoer=("tilbudt_den",))
    _moedets_raekker()
    fuldstaendighed(mangler)


def _moedets_raekker() -> None:
    beskriv("rehabilitering.Regelfravigelse", datoer=("anmodet_den",))
    beskriv("rehabilitering.Kravbegrundelse", datoer=("skrevet_den",))
    beskriv("rehabilitering.Punktdeltager", datoer=("tilfoejet_den",))
    beskriv("rehabilitering.Indkaldelse", datoer=("afsendt_den",))
    beskriv("rehabilitering.Sagspakke", datoer=("udgivet_den",))
    beskriv("rehabilitering.Sagspakkeudgave", datoer=("dannet_den",), skjul=("indhold", "sha256"))
    beskriv("rehabilitering.Moedenote", datoer=("rettet_den",), titel=_note, skjul=("laas",))
    beskriv(
        "rehabilitering.Indstillingsversion",
        datoer=("afsluttet_den",),
        titel=_indstillingsversion,
    )
    beskriv("rehabilitering.Indstillingsudlevering", datoer=("dato",))
    beskriv("rehabilitering.Sidelagtindstilling", datoer=("lagt_den",))
    beskriv("rehabilitering.Partshoering", datoer=("sendt_dato", "oprettet_den"))
    beskriv("rehabilitering.Klage", datoer=("modtaget_dato",), skjul=("laas",))


def mangler(sag: Sag) -> list[str]:
    """What the course up to the decision should have left behind and did not.

    A step is only missed when a later one has been taken.
    """
    moeder = Dagsordenspunkt.objects.filter(sag=sag, taget_af_den=None)
    forberedt = ForberedendeDel.objects.filter(sag=sag)
    fundne = []
    if forberedt.exists() and not _er_screenet(sag):
        fundne.append("Der er ingen afgjort screening.")
    if moeder.exists():
        if forberedt.filter(gennemgaaet_dato=None).exists() or not forberedt.exists():
            fundne.append("Den forberedende del er ikke gennemgået med borgeren.")
        if not Kvalitetssikring.objects.filter(sag=sag, resultat="godkendt").exists():
            fundne.append("Sagen har været på dagsordenen uden en godkendt kvalitetssikring.")
        fundne += _attester(sag)
    indstillinger = Indstilling.objects.filter(sag=sag)
    for indstilling in indstillinger.select_related("afgoerelse"):
        fundne += _om_indstilling(indstilling)
    return fundne


def _er_screenet(sag: Sag) -> bool:
    """Whether a note was decided, or the teamleder let the case go on without."""
    afgjorte = Screeningsnotat.objects.filter(sag=sag).exclude(resultat="")
    godkendt = Screeningsfravigelse.Resultat.GODKENDT
    fraveget = Screeningsfravigelse.objects.filter(sag=sag, resultat=godkendt)
    return afgjorte.exists() or fraveget.exists()


def _attester(sag: Sag) -> list[str]:
    attester = Laegeattest.objects.filter(sag=sag)
    if not attester.exclude(modtaget_dato=None).exists():
        return ["Der er ingen modtaget lægeattest LÆ 265, men sagen har været på dagsordenen."]
    return [
        f"Lægeattesten LÆ 265 var ikke aktuel på mødet {dato(dag)}."
        for dag in Indstilling.objects.filter(sag=sag).values_list("moede_dato", flat=True)
        if not attester.aktuelle(dag).exists()
    ]


def _om_indstilling(indstilling: Indstilling) -> list[str]:
    """What an indstilling, or the decision made from it, lacks."""
    if indstilling.udfald in (Udfald.UDSAT, Udfald.TILBAGESENDT):
        return []
    moede = dato(indstilling.moede_dato)
    if not indstilling.er_afsluttet:
        return [f"Teamets indstilling fra mødet {moede} er ikke afsluttet."]
    afgoerelse: Afgoerelse | None = getattr(indstilling, "afgoerelse", None)
    if afgoerelse is None or not afgoerelse.er_truffet:
        return [f"Der er ingen afgørelse efter teamets indstilling fra mødet {moede}."]
    return _om_afgoerelse(afgoerelse)


def _om_afgoerelse(afgoerelse: Afgoerelse) -> list[str]:
    truffet = dato(afgoerelse.afgoerelse_dato) if afgoerelse.afgoerelse_dato else "uden dato"
    tekster = (
        (afgoerelse.begrundelse, "er uden begrundelse"),
        (afgoerelse.hjemmel, "er uden hjemmel"),
        (afgoerelse.klagevejledning, "er uden klagevejledning"),
        (afgoerelse.brev_id, "har intet brev på sagen"),
    )
    fundne = [f"Afgørelsen {truffet} {mangel}." for tekst, mangel in tekster if not tekst]
    sendt = afgoerelse.brev_id and afgoerelse.brev and afgoerelse.brev.forsendelser.exists()
    if not sendt and afgoerelse.modtaget_dato is None:
        fundne.append(
            f"Det står ikke, at afgørelsen {truffet} er sendt til eller modtaget af borgeren."
        )
    return fundne
