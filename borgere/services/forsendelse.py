"""Sending a document out of the house: the only way, for pages and jobs alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from borgere import deling
from borgere.deling import Modtager, Svar
from borgere.models import Dokument, Forsendelse, Fuldmagt, Informationstype, Sag, Samtykke
from borgere.models.forsendelse import INDHOLD_AF_ART
from borgere.services.sag import laas_sag
from ressource import dansk, haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger

# A job has nobody behind it.
_KAN_MANGLE = {"afsendt_af"}


@dataclass(frozen=True, slots=True)
class Afsendelse:
    """One document to one recipient. `indhold` is needed only for a document of the kind «andet»."""

    dokument: Dokument
    modtager: Modtager
    kanal: str
    indhold: str = ""


def indhold_af(dokument: Dokument, valgt: str = "") -> str:
    """What the document tells: given by its kind, else what the sender says.

    Raises `ValidationError` when the kind does not say and nobody has.
    """
    indhold: str = INDHOLD_AF_ART.get(dokument.art, valgt)
    if indhold not in Informationstype.values:
        raise ValidationError({"informationstype": "Vælg, hvad dokumentet indeholder."})
    return indhold


def send_dokument(
    dokument: Dokument, *, modtager: Modtager, kanal: str, indhold: str = "", af: Bruger | None
) -> Forsendelse:
    """Send `dokument` to `modtager` today: what it rests on is found, written and cannot be undone.

    Raises `DelingAfvist` (a `ValidationError`) when the recipient may not get it now, which is
    logged, and `ValidationError` when a newer edition has replaced it, it went to the same
    recipient today already or the kind does not say what is in it.
    """
    with deling.afvisning_logges(dokument.sag_id, af=af):
        return _send(Afsendelse(dokument, modtager, kanal, indhold), af)


def send_flere(afsendelser: Sequence[Afsendelse], *, af: Bruger | None) -> list[Forsendelse]:
    """Send all of them, or none: raises one `ValidationError` with every reason, refusals logged.

    The dispatches are of one case.
    """
    if not afsendelser:
        raise ValidationError("Vælg mindst én modtager.")
    if len({afsendelse.dokument.sag_id for afsendelse in afsendelser}) > 1:
        raise ValidationError("Dokumenterne skal høre til samme sag. Intet er sendt.")
    with deling.afvisning_logges(afsendelser[0].dokument.sag_id, af=af):
        sendt, fejl = [], []
        for afsendelse in afsendelser:
            try:
                sendt.append(_send(afsendelse, af))
            except ValidationError as afvist:
                fejl += afvist.error_list if not hasattr(afvist, "error_dict") else [afvist]
        if fejl:
            raise ValidationError(fejl)
        return sendt


@transaction.atomic
def _send(afsendelse: Afsendelse, af: Bruger | None) -> Forsendelse:
    dokument, modtager = afsendelse.dokument, afsendelse.modtager
    sag = laas_sag(dokument.sag_id)
    _kraev_nyeste(dokument)
    indhold = indhold_af(dokument, afsendelse.indhold)
    _kraev_kan_naas(sag, afsendelse)
    svar = deling.kraev_deling(sag, modtager, indhold)
    grundlag = _laas_grundlag(sag, modtager, indhold, svar)
    forsendelse = Forsendelse(
        sag=sag,
        dokument=dokument,
        informationstype=indhold,
        modtager_art=modtager.art,
        modtager_navn=_navn(sag, modtager, grundlag),
        netvaerksperson_id=modtager.netvaerksperson_id,
        samtykke=grundlag if isinstance(grundlag, Samtykke) else None,
        fuldmagt=grundlag if isinstance(grundlag, Fuldmagt) else None,
        kanal=afsendelse.kanal,
        afsendt_dato=i_dag(),
        afsendt_af=af,
    )
    forsendelse.full_clean(exclude=_KAN_MANGLE)
    forsendelse.save()
    haendelser.log(
        forsendelse, "forsendelse.sendt", af=af, sag_id=sag.pk, modtager=str(modtager.art)
    )
    return forsendelse


def _kraev_nyeste(dokument: Dokument) -> None:
    """Raise `ValidationError` when a newer edition of `dokument` lies on the locked case."""
    if Dokument.objects.filter(erstatter=dokument).exists():
        raise ValidationError(
            f"«{dokument.titel}» er erstattet af en nyere udgave. Send den nye i stedet.",
            code="erstattet",
        )


def _kraev_kan_naas(sag: Sag, afsendelse: Afsendelse) -> None:
    """Raise `ValidationError` when there is nobody to send it to, or not by that channel."""
    modtager, borger = afsendelse.modtager, sag.borger
    if modtager.art == Forsendelse.Modtager.EGEN_LAEGE and borger.laegepraksis is None:
        raise ValidationError(
            "Borgeren har ingen praktiserende læge registreret. Skriv den på under Borger først."
        )
    er_digital = afsendelse.kanal == Forsendelse.Kanal.DIGITAL_POST
    if er_digital and modtager.art == deling.PART and borger.er_fritaget_digital_post:
        raise ValidationError("Borgeren er fritaget for Digital Post. Send det som brev.")


def _laas_grundlag(
    sag: Sag, modtager: Modtager, indhold: str, svar: Svar
) -> Samtykke | Fuldmagt | None:
    """What the dispatch rests on, locked, and asked again: it may have been withdrawn meanwhile."""
    if svar.grundlag is None:
        return None
    type(svar.grundlag).objects.select_for_update(of=("self",), no_key=True).get(
        pk=svar.grundlag.pk
    )
    return deling.kraev_deling(sag, modtager, indhold).grundlag


def _navn(sag: Sag, modtager: Modtager, grundlag: Samtykke | Fuldmagt | None) -> str:
    """Whom it goes to, in words that stay true when the citizen changes doctor."""
    borger = sag.borger
    if modtager.art == Forsendelse.Modtager.PART:
        return borger.navn
    if isinstance(grundlag, Fuldmagt):
        return grundlag.navn
    if modtager.art == Forsendelse.Modtager.EGEN_LAEGE:
        return str(borger.laegepraksis)
    return str(modtager)


@transaction.atomic
def registrer_modtaget(forsendelse: Forsendelse, *, dato: date, af: Bruger) -> Forsendelse:
    """The day it arrived.

    Raises `ValidationError` when one is registered, or it lies ahead or before the dispatch.
    """
    forsendelse = Forsendelse.objects.select_for_update(of=("self",)).get(pk=forsendelse.pk)
    if forsendelse.modtaget_dato:
        raise ValidationError(
            f"Det er allerede registreret som modtaget {dansk.dato(forsendelse.modtaget_dato)}."
        )
    if dato > i_dag():
        raise ValidationError({"modtaget_dato": "Datoen ligger ude i fremtiden."})
    forsendelse.modtaget_dato = dato
    forsendelse.full_clean(exclude=_KAN_MANGLE)
    forsendelse.save(update_fields=["modtaget_dato"])
    haendelser.log(forsendelse, "forsendelse.modtaget", af=af, sag_id=forsendelse.sag_id)
    return forsendelse
