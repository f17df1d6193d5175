"""Who was there: the meeting's members, and those who came for one case."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from rehabilitering.models import Dagsordenspunkt, Moededeltager, Punktdeltager
from rehabilitering.rettelse import Rettelse, skriv_uomstridte
from rehabilitering.services.indstilling_kladde import laas_punkt
from ressource import haendelser
from ressource.models import Bruger

# Stands for the citizen, who may not be on the list of those called yet.
BORGEREN = 0


@dataclass
class Fremmoede:
    """What became of a registration: (id, field) of what was stored, and of what another had set."""

    gemte: set[tuple[str, int, str]] = field(default_factory=set)
    omstridte: set[tuple[str, int, str]] = field(default_factory=set)


@transaction.atomic
def registrer(
    punkt: Dagsordenspunkt,
    medlemmer: Mapping[int, Rettelse],
    deltagere: Mapping[int, Rettelse],
    *,
    af: Bruger,
) -> Fremmoede:
    """Set who is present, by id: members (`var_til_stede`), and those of this case (with the reason).

    The citizen is `BORGEREN`. A reason can be written before or after the absence; that it is
    missing is said by `borger_uden_grund`. Raises `PermissionDenied` for somebody who does not sit
    in the meeting.
    """
    punkt = laas_punkt(punkt, af)
    udfald = Fremmoede()
    rakte = punkt.moede.deltagere.select_for_update(of=("self",)).filter(pk__in=medlemmer)
    for medlem in rakte:
        _skriv(medlem, "medlem", medlem.pk, medlemmer[medlem.pk], udfald)
    for deltager in _deltagere(punkt, deltagere, af):
        noegle = BORGEREN if deltager.art == Punktdeltager.Art.BORGER else deltager.pk
        _skriv(deltager, "deltager", noegle, deltagere[noegle], udfald)
    if udfald.gemte:
        haendelser.log_skrivning(punkt, "fremmoede.registreret", af=af, sag_id=punkt.sag_id)
    return udfald


def _deltagere(
    punkt: Dagsordenspunkt, rettelser: Mapping[int, Rettelse], af: Bruger
) -> list[Punktdeltager]:
    """Those of the case that are written to, locked; the citizen is put on the list if need be."""
    aktuelle = list(
        Punktdeltager.objects.select_for_update(of=("self",)).aktuelle().filter(punkt=punkt)
    )
    er_paa = any(deltager.art == Punktdeltager.Art.BORGER for deltager in aktuelle)
    if BORGEREN in rettelser and not er_paa:
        borger = Punktdeltager(
            punkt=punkt,
            art=Punktdeltager.Art.BORGER,
            navn=punkt.sag.borger.navn,
            tilfoejet_af=af,
        )
        borger.full_clean()
        borger.save()
        aktuelle.append(borger)
    return [
        deltager
        for deltager in aktuelle
        if deltager.pk in rettelser
        or (BORGEREN in rettelser and deltager.art == Punktdeltager.Art.BORGER)
    ]


def _skriv(
    raekke: Moededeltager | Punktdeltager,
    art: str,
    noegle: int,
    rettelse: Rettelse,
    udfald: Fremmoede,
) -> None:
    felter = ("var_til_stede", "fravaer_grund") if art == "deltager" else ("var_til_stede",)
    nye, uenige = skriv_uomstridte(raekke, rettelse, felter)
    if nye:
        raekke.full_clean()
        raekke.save(update_fields=felter)
    udfald.gemte |= {(art, noegle, felt) for felt in nye}
    udfald.omstridte |= {(art, noegle, felt) for felt in uenige}


def borger_uden_grund(punkt: Dagsordenspunkt) -> Punktdeltager | None:
    """The citizen, when registered absent without a reason."""
    return (
        Punktdeltager.objects.aktuelle()
        .filter(punkt=punkt, art=Punktdeltager.Art.BORGER, var_til_stede=False, fravaer_grund="")
        .first()
    )


@transaction.atomic
def alle_er_her(punkt: Dagsordenspunkt, *, af: Bruger) -> None:
    """Set everybody not registered yet, and without apologies, as present."""
    punkt = laas_punkt(punkt, af)
    til_stede = Rettelse({"var_til_stede": True}, vist={})
    medlemmer = punkt.moede.deltagere.filter(var_til_stede=None, afbud_den=None)
    med = Punktdeltager.objects.aktuelle().filter(punkt=punkt).exclude(art=Punktdeltager.Art.BORGER)
    deltagere = {deltager.pk: til_stede for deltager in med.filter(var_til_stede=None)}
    borger = Punktdeltager.objects.aktuelle().filter(punkt=punkt, art=Punktdeltager.Art.BORGER)
    if not borger.exclude(var_til_stede=None).exists():
        deltagere[BORGEREN] = til_stede
    registrer(punkt, {m.pk: til_stede for m in medlemmer}, deltagere, af=af)
