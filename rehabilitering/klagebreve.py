"""The letters about a complaint: receipt, reconsideration, sent on."""

import hashlib
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from borgere.models import Dokument
from borgere.services import gem_dokument
from rehabilitering import brev
from rehabilitering.brev.tekst import Vaerdi
from rehabilitering.models import Brevskabelon, Klage
from rehabilitering.services.klage import laas_aaben
from ressource import haendelser
from ressource.dansk import dato_lang, dato_skrevet
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.pdf import PdfUtilgaengelig

Kode = Brevskabelon.Kode
Genvurdering = Klage.Genvurdering
_RESULTAT: dict[str, str] = {
    Genvurdering.FASTHOLDT: "vi fastholder afgørelsen",
    Genvurdering.DELVIST_MEDHOLD: "du får delvist ret",
    Genvurdering.MEDHOLD: "du får ret",
}


def mulige(klage: Klage) -> list[Kode]:
    """The letters that can be made of the complaint as it stands."""
    fundne = [Kode.KLAGE_MODTAGET]
    if klage.genvurdering:
        fundne.append(Kode.GENVURDERING)
    if klage.sendt_dato:
        fundne.append(Kode.KLAGE_VIDERE)
    return fundne


@transaction.atomic
def dan(klage: Klage, kode: str, *, af: Bruger) -> Dokument:
    """The letter as a document of the case; the one that lies there when it says the same.

    Raises `ValidationError` when the complaint has not come so far, and when the letter cannot be
    made.
    """
    klage = laas_aaben(klage)
    if kode not in mulige(klage):
        raise ValidationError("Brevet kan ikke laves endnu. Klagen er ikke nået så langt.")
    skabelon = brev.gaeldende(kode)
    try:
        indhold = brev.dan(
            kode,
            klage.sag,
            felter(klage, kode),
            af=klage.registreret_af,
            tidspunkt=_tidspunkt(klage, kode),
            skabelon=skabelon,
        )
    except PdfUtilgaengelig as fejl:
        raise ValidationError(str(fejl)) from fejl
    ens = klage.sag.dokumenter.filter(
        er_dannet=True, sha256=hashlib.sha256(indhold).hexdigest()
    ).defer("indhold")
    if findes := ens.first():
        return findes
    dokument: Dokument = gem_dokument(
        klage.sag,
        art=Dokument.Art.AFGOERELSE,
        titel=skabelon.overskrift,
        indhold=indhold,
        indholdstype="application/pdf",
        dato=i_dag(),
        af=af,
        er_dannet=True,
    )
    haendelser.log(klage, "klage.brev", af=af, sag_id=klage.sag_id, brev=kode)
    return dokument


def felter(klage: Klage, kode: str) -> dict[str, Vaerdi]:
    """The letter's own fields, dates written out."""
    afgjort = klage.afgoerelse.afgoerelse_dato
    faelles: dict[str, Vaerdi] = {
        "modtaget_dato": dato_skrevet(klage.modtaget_dato),
        "afgoerelse_dato": dato_skrevet(afgjort) if afgjort else "",
    }
    if kode == Kode.KLAGE_MODTAGET:
        return faelles | {
            "genvurdering_frist": dato_lang(klage.genvurdering_frist),
            "overskredet_frist": dato_skrevet(klage.klagefrist) if klage.er_for_sent else "",
        }
    if kode == Kode.KLAGE_VIDERE:
        return faelles | {"sendt_dato": dato_skrevet(klage.sendt_dato) if klage.sendt_dato else ""}
    fastholdt = klage.genvurdering == Genvurdering.FASTHOLDT
    delvist = klage.genvurdering == Genvurdering.DELVIST_MEDHOLD
    regelsaet = klage.afgoerelse.regelsaet or klage.sag.regelsaet
    return faelles | {
        "resultat": _RESULTAT[klage.genvurdering],
        "begrundelse": klage.genvurdering_begrundelse,
        "sendes_til": regelsaet.klageinstans if fastholdt else "",
        "medhold": "" if fastholdt else "ny afgørelse",
        "opretholdes_inden": f"{regelsaet.klagefrist_uger} uger" if delvist else "",
    }


def _tidspunkt(klage: Klage, kode: str) -> datetime:
    """When the letter's fact came about: the same letter is the same bytes on another day."""
    if kode == Kode.KLAGE_MODTAGET:
        return klage.registreret_den
    dag = klage.sendt_dato if kode == Kode.KLAGE_VIDERE else klage.genvurdering_dato
    return timezone.make_aware(datetime.combine(dag or date.min, time(12)))
