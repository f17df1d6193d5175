"""Goals by rank: written, moved, reached and taken out. Writing opens the draft."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from indsatsplan import roed_traad
from indsatsplan.models import Indsats, Maal, Ressourceforloeb
from indsatsplan.services.adgangskrav import (
    kraev_i_forloebet,
    kraev_ikke_fremtid,
    laas_aabent_forloeb,
)
from indsatsplan.services.kladde import aabn_kladde
from ressource import haendelser
from ressource.models import Bruger
from ressource.samtidighed import kraev_laas

INGEN_ART = "Mål nr. 1 er forløbets job- eller uddannelsesmål. Vælg job eller uddannelse."


@transaction.atomic
def gem_maal(
    forloeb: Ressourceforloeb,
    *,
    tekst: str,
    art: str,
    af: Bruger,
    begrundelse: str = "",
    maal: Maal | None = None,
    laas: int | None = None,
    rang: int | None = None,
) -> Maal:
    """Save a new goal or change `maal`; `rang` (default last, or unchanged) moves the others.

    Ranks stay 1, 2, 3 … without holes. What is as it was is not saved and opens no draft. Raises
    `ValidationError` when the first goal would not be the job or education goal of the forløb, on
    `begrundelse` when it becomes another and nobody says why (`roed_traad.kraev_grund`), and when
    `maal` was taken out; `ForaeldetVersionError` when somebody changed or moved it after `laas` was
    read.
    """
    forloeb = laas_aabent_forloeb(forloeb.pk)
    raekke = list(forloeb.maal.gaeldende())
    foer = _foerste(raekke)
    if maal is None:
        plads = len(raekke)
        maal = Maal(forloeb=forloeb)
    else:
        maal = _i_raekken(raekke, maal)
        kraev_laas(maal, laas)
        plads = raekke.index(maal)
        raekke.remove(maal)
    if rang is not None:
        plads = min(max(rang, 1), len(raekke) + 1) - 1
    nyt = (tekst, art, begrundelse.strip(), plads + 1)
    if maal.pk and nyt == (maal.tekst, maal.art, maal.begrundelse, maal.rang):
        return maal
    maal.tekst, maal.art, maal.begrundelse, _ = nyt
    raekke.insert(plads, maal)
    _kraev_foerste(forloeb, foer, raekke[0], maal.begrundelse, rettet=maal)
    aabn_kladde(forloeb, af=af)
    _omnummer(forloeb, raekke, undtagen=maal)
    maal.rang, maal.laas = plads + 1, maal.laas + 1
    maal.full_clean()
    maal.save()
    haendelser.log(
        maal, "plan.maal_gemt", af=af, sag_id=forloeb.sag_id, rang=maal.rang, laas=maal.laas
    )
    return maal


def _i_raekken(raekke: list[Maal], maal: Maal) -> Maal:
    """The row of `maal` among those in force."""
    fundet = next((m for m in raekke if m.pk == maal.pk), None)
    if fundet is None:
        raise ValidationError(
            "Målet er taget ud af planen. Det kan stadig læses under målets tidligere udgaver.",
            code="fjernet",
        )
    return fundet


def _foerste(raekke: list[Maal]) -> tuple[int, str] | None:
    return (raekke[0].pk, raekke[0].tekst) if raekke else None


def _kraev_foerste(
    forloeb: Ressourceforloeb,
    foer: tuple[int, str] | None,
    foerste: Maal,
    begrundelse: str,
    *,
    rettet: Maal | None = None,
) -> None:
    """The goal of the whole forløb is about job or education; another than before says why.

    The goal being written (`rettet`) is asked each time, so that a reason given is not taken away.
    """
    if not foerste.art:
        raise ValidationError(INGEN_ART, code="foerste_maal")
    if foerste is rettet or foer != (foerste.pk, foerste.tekst):
        roed_traad.kraev_grund(forloeb, tekst=foerste.tekst, begrundelse=begrundelse)
        if begrundelse:
            foerste.begrundelse = begrundelse


@transaction.atomic
def flyt_maal(maal: Maal, *, retning: int, begrundelse: str = "", af: Bruger) -> Maal:
    """Move a goal one place: -1 up, 1 down; the outermost stays where it is.

    Its words and its own reason are left as they are. Raises `ValidationError` as `gem_maal`: a
    reason given for an earlier change does not explain that another goal becomes the first.
    """
    forloeb = laas_aabent_forloeb(maal.forloeb_id)
    raekke = list(forloeb.maal.gaeldende())
    foer = _foerste(raekke)
    maal = _i_raekken(raekke, maal)
    fra = raekke.index(maal)
    til = min(max(fra + retning, 0), len(raekke) - 1)
    if til == fra:
        return maal
    raekke.insert(til, raekke.pop(fra))
    _kraev_foerste(forloeb, foer, raekke[0], begrundelse.strip())
    aabn_kladde(forloeb, af=af)
    _omnummer(forloeb, raekke)
    haendelser.log(
        maal, "plan.maal_gemt", af=af, sag_id=forloeb.sag_id, rang=maal.rang, laas=maal.laas
    )
    return maal


def _omnummer(
    forloeb: Ressourceforloeb, raekke: list[Maal], *, undtagen: Maal | None = None
) -> int:
    """Rank those in force as in `raekke`, those taken out after them; gives the next free rank.

    `undtagen` is the caller's to save. A goal that has become the first is saved with its reason.
    """
    alle = [*raekke, *forloeb.maal.exclude(fjernet_den=None).order_by("rang")]
    for nr, maal in enumerate(alle, start=1):
        if maal is not undtagen and maal.rang != nr:
            maal.rang, maal.laas = nr, maal.laas + 1
            maal.save(update_fields=["rang", "begrundelse", "laas"])
    return len(alle) + 1


@transaction.atomic
def tag_maal_ud(maal: Maal, *, begrundelse: str, laas: int | None = None, af: Bruger) -> Maal:
    """Take a goal out of the plan; it keeps its row, its history and its ended efforts.

    Raises `ValidationError` when it is the only one, when planned or running efforts hang on it
    (they are named), on `begrundelse` when nobody says why, and when the goal after it cannot be
    the first; `ForaeldetVersionError` when somebody changed it after `laas` was read.
    """
    forloeb = laas_aabent_forloeb(maal.forloeb_id)
    raekke = list(forloeb.maal.gaeldende())
    foer = _foerste(raekke)
    maal = _i_raekken(raekke, maal)
    kraev_laas(maal, laas)
    raekke.remove(maal)
    begrundelse = begrundelse.strip()
    _kraev_kan_undvaeres(maal, raekke, begrundelse)
    _kraev_foerste(forloeb, foer, raekke[0], begrundelse)
    aabn_kladde(forloeb, af=af)
    maal.rang = _omnummer(forloeb, raekke, undtagen=maal)
    maal.begrundelse, maal.fjernet_den, maal.laas = begrundelse, timezone.now(), maal.laas + 1
    maal.full_clean()
    maal.save(update_fields=["begrundelse", "fjernet_den", "rang", "laas"])
    haendelser.log(maal, "plan.maal_fjernet", af=af, sag_id=forloeb.sag_id, laas=maal.laas)
    return maal


def _kraev_kan_undvaeres(maal: Maal, andre: list[Maal], begrundelse: str) -> None:
    aabne = maal.indsatser.filter(status__in=(*Indsats.IKKE_BEGYNDT, *Indsats.LOEBENDE))
    if navne := [f"«{navn}»" for navn in aabne.values_list("beskrivelse", flat=True)]:
        raise ValidationError(
            "Målet kan ikke tages ud, for der hører indsatser til det: %(navne)s. Flyt dem til et "
            "andet mål, eller afslut dem først. Intet er ændret.",
            code="har_indsatser",
            params={"navne": ", ".join(navne)},
        )
    if not andre:
        raise ValidationError(
            "Planens eneste mål kan ikke tages ud. Ret det, eller skriv et nyt mål først.",
            code="eneste_maal",
        )
    if not andre[0].art:
        raise ValidationError(
            "Når målet tages ud, bliver «%(maal)s» mål nr. 1, og det skal handle om job eller "
            "uddannelse. Vælg det for målet, eller flyt et andet mål op først.",
            code="foerste_maal",
            params={"maal": andre[0].tekst},
        )
    if not begrundelse:
        raise ValidationError({"begrundelse": "Skriv, hvorfor målet tages ud."})


@transaction.atomic
def saet_maal_naaet(maal: Maal, *, dato: date | None, af: Bruger) -> Maal:
    """Write that the goal was reached on `dato`; None takes it back. It opens no draft.

    Raises `ValidationError` when the goal was taken out, and on `dato` when that lies in the future
    or outside the forløb.
    """
    forloeb = laas_aabent_forloeb(maal.forloeb_id)
    maal = _i_raekken(list(forloeb.maal.gaeldende()), maal)
    if maal.naaet_dato == dato:
        return maal
    if dato is not None:
        kraev_ikke_fremtid(dato=dato)
        kraev_i_forloebet(forloeb, dato=dato)
    maal.naaet_dato, maal.laas = dato, maal.laas + 1
    maal.save(update_fields=["naaet_dato", "laas"])
    kode = "plan.maal_naaet" if dato else "plan.maal_ikke_naaet"
    haendelser.log(maal, kode, af=af, sag_id=forloeb.sag_id, laas=maal.laas)
    return maal
