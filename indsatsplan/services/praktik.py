"""Where a praktik takes place, with whom and what for; proposed by the one who found the place."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction

from indsatsplan.forslag import Indsatsfelter
from indsatsplan.models import (
    Indsats,
    Praktik,
    Ressourceforloeb,
    Virksomhed,
    Virksomhedskontakt,
)
from indsatsplan.services.adgangskrav import laas_aabent_forloeb, laas_indsats
from indsatsplan.services.indhold import gem_indsats
from indsatsplan.services.kladde import aabn_kladde
from indsatsplan.services.virksomhed import kontakt_efter_navn, kraev_kontakt_i
from rehabilitering.models import Indsatstype
from ressource import dansk, haendelser
from ressource.models import Bruger
from ressource.samtidighed import ForaeldetVersionError


class Praktikfelter(TypedDict, total=False):
    """What is agreed with the company."""

    virksomhed: Virksomhed
    kontakt: Virksomhedskontakt | None
    virksomhedsmentor: Virksomhedskontakt | None
    formaal_art: str
    formaal_tekst: str
    besoeg_dato: date | None
    besoeg_note: str


class NyKontakt(NamedTuple):
    """Somebody in the company who is put in the register with the praktik."""

    felt: str
    navn: str
    telefon: str


class _Valgt(NamedTuple):
    """Who is chosen in a praktik, by pk."""

    virksomhed: int | None
    kontakt: int | None
    virksomhedsmentor: int | None


def praktiklaas(indsats: Indsats) -> int:
    """The lock number of an effort and its praktik together; both only ever grow."""
    praktik: Praktik | None = getattr(indsats, "praktik", None)
    return indsats.laas + (praktik.laas if praktik else 0)


@transaction.atomic
def foreslaa_praktik(
    forloeb: Ressourceforloeb,
    *,
    af: Bruger,
    indsatsfelter: Indsatsfelter,
    nye: Sequence[NyKontakt] = (),
    **felter: Unpack[Praktikfelter],
) -> Praktik:
    """Put a praktik in the plan's draft as a proposal; the coordinator plans it.

    Its purpose in the plan is that of the praktik. Raises `ValidationError` as `gem_praktik`, and
    when the catalogue has no kind for praktik.
    """
    forloeb = laas_aabent_forloeb(forloeb.pk)
    indsatstype = Indsatstype.objects.filter(er_praktik=True, er_aktiv=True).first()
    if indsatstype is None:
        raise ValidationError(
            "Der er ingen indsatstype til virksomhedspraktik. Bed administratoren om at oprette den."
        )
    valgt: Indsatsfelter = {"indsatstype": indsatstype, "formaal": felter["formaal_tekst"]}
    indsats = gem_indsats(forloeb, af=af, foreslaaet=True, **(valgt | indsatsfelter))
    return gem_praktik(indsats, af=af, nye=nye, **felter)


@transaction.atomic
def gem_praktik(
    indsats: Indsats,
    *,
    af: Bruger,
    laas: int | None = None,
    indsatsfelter: Indsatsfelter | None = None,
    nye: Sequence[NyKontakt] = (),
    **felter: Unpack[Praktikfelter],
) -> Praktik:
    """Save what is agreed with the company, and what is changed in the effort with it.

    `nye` are added to the company's people and chosen. The draft opens when it shows in the plan. A
    proposal stays one. Raises `ValidationError`, on the
    field where there is one: no praktik by its kind, no purpose, a closed company that was not
    chosen before, somebody of another company, a visit after the first day, or what `gem_indsats`
    refuses; `ForaeldetVersionError` when somebody saved either after `laas` (`praktiklaas`) was read.
    """
    forloeb, indsats = laas_indsats(indsats)
    praktik = _laast(indsats)
    if laas is not None and laas != indsats.laas + praktik.laas:
        raise ForaeldetVersionError
    if not indsats.indsatstype.er_praktik:
        raise ValidationError(
            "Indsatsen er ikke en virksomhedspraktik. Ret først dens type i planen.",
            code="ikke_praktik",
        )
    foer = _valgt(praktik)
    for navn, vaerdi in felter.items():
        setattr(praktik, navn, vaerdi)
    praktik.full_clean()
    _kraev_aftalen(praktik, foer)
    for ny in nye:
        setattr(praktik, ny.felt, _tilfoej(praktik.virksomhed, ny, af=af))
    indsats = _ret_indsats(forloeb, indsats, indsatsfelter or {}, af=af)
    _kraev_besoeg_foer(praktik, indsats)
    if _i_planen(_valgt(praktik)) != _i_planen(foer):
        aabn_kladde(forloeb, af=af)
    praktik.laas += 1
    praktik.save()
    haendelser.log(praktik, "plan.praktik_gemt", af=af, sag_id=forloeb.sag_id)
    return praktik


def _laast(indsats: Indsats) -> Praktik:
    """The effort's praktik, locked; a new one when nothing is agreed yet."""
    findes = Praktik.objects.select_for_update(of=("self",)).filter(indsats=indsats).first()
    return findes or Praktik(indsats=indsats)


def _valgt(praktik: Praktik) -> _Valgt:
    return _Valgt(praktik.virksomhed_id, praktik.kontakt_id, praktik.virksomhedsmentor_id)


def _i_planen(valgt: _Valgt) -> tuple[int | None, int | None]:
    """What the plan itself shows: another one is a change of the plan."""
    return valgt.virksomhed, valgt.virksomhedsmentor


def _tilfoej(virksomhed: Virksomhed, ny: NyKontakt, *, af: Bruger) -> Virksomhedskontakt:
    try:
        return kontakt_efter_navn(
            virksomhed,
            ny.navn,
            telefon=ny.telefon,
            er_mentor=ny.felt == "virksomhedsmentor",
            af=af,
        )
    except ValidationError as fejl:
        raise ValidationError({ny.felt: fejl.messages}) from fejl


def _ret_indsats(
    forloeb: Ressourceforloeb, indsats: Indsats, nye: Indsatsfelter, *, af: Bruger
) -> Indsats:
    """Save what differs in the effort; when nothing does, the plan is not touched."""
    rettet: Indsatsfelter = {}
    for felt, vaerdi in nye.items():
        if getattr(indsats, felt) != vaerdi:
            rettet[felt] = vaerdi  # type: ignore[literal-required]
    if not rettet:
        return indsats
    foreslaaet = indsats.status == Indsats.Status.FORESLAAET
    return gem_indsats(forloeb, indsats=indsats, foreslaaet=foreslaaet, af=af, **rettet)


def _kraev_aftalen(praktik: Praktik, foer: _Valgt) -> None:
    """A company one may choose, and people who work there; what was chosen before stays."""
    virksomhed, nu = praktik.virksomhed, _valgt(praktik)
    if not virksomhed.er_aktiv and virksomhed.pk != foer.virksomhed:
        raise ValidationError(
            f"{virksomhed.navn} er lukket i registret. Vælg en anden virksomhed.", code="lukket"
        )
    for felt in ("kontakt", "virksomhedsmentor"):
        er_ny = getattr(nu, felt) != getattr(foer, felt)
        kraev_kontakt_i(virksomhed, felt, getattr(praktik, felt), er_ny=er_ny)


def _kraev_besoeg_foer(praktik: Praktik, indsats: Indsats) -> None:
    start = indsats.faktisk_start or indsats.planlagt_start
    if praktik.besoeg_dato and praktik.besoeg_dato > start:
        raise ValidationError(
            {
                "besoeg_dato": ValidationError(
                    "Praktikken begynder %(start)s. Besøget skal ligge før eller samme dag.",
                    code="besoeg_efter_start",
                    params={"start": dansk.dato(start)},
                )
            }
        )
