"""Changing a rule set: a version with its day, carried out at once or by the night's job.

What a set was before is kept in the version. A case keeps the set it carries; only a case without a
decision can be moved, when another set comes into force, and only when the administrator says so.
"""

import logging
from collections.abc import Mapping
from copy import copy
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from borgere.models import Sag
from rehabilitering.regler import beroerte, felter, validering
from rehabilitering.services import afgoerelse
from ressource import haendelser
from ressource.dansk import dato as dansk_dato
from ressource.datoer import EN_DAG
from ressource.kalender import i_dag
from ressource.models import Bruger, Regelsaet, Regelsaetversion
from ressource.samtidighed import ForaeldetVersionError

logger = logging.getLogger(__name__)
Art = Regelsaetversion.Art


@transaction.atomic
def ret(
    regelsaet: Regelsaet,
    indhold: Mapping[str, Any],
    *,
    begrundelse: str,
    gaelder_fra: date,
    version: int,
    af: Bruger,
) -> Regelsaetversion:
    """Change the fields `indhold` names, in the shape of `felter.indhold`, from `gaelder_fra`.

    A day ahead waits for the job; today is carried out at once. Raises `ForaeldetVersionError` when
    the set is no longer at `version`, `ValidationError` by field for what cannot be, without a
    reason, when nothing differs, for a day that has passed and while another change waits.
    """
    regelsaet = _laas(regelsaet, version)
    nuvaerende = felter.indhold(regelsaet)
    aendret = {navn: v for navn, v in indhold.items() if nuvaerende.get(navn) != v}
    if not felter.kan_laeses(aendret):
        raise ValidationError(
            "Ændringen kan ikke læses: et felt findes ikke, eller er ikke udfyldt."
        )
    if not aendret:
        raise ValidationError("Der er ikke ændret noget. Ret et felt, eller gå tilbage.")
    validering.kontroller(nuvaerende | aendret)
    return _planlaeg(regelsaet, Art.RETTELSE, aendret, begrundelse, gaelder_fra, af)


@transaction.atomic
def saet_i_kraft(
    regelsaet: Regelsaet,
    *,
    gaelder_fra: date,
    ubesluttede: str,
    begrundelse: str,
    version: int,
    af: Bruger,
) -> Regelsaetversion:
    """Let the set be in force from `gaelder_fra`; the one in force until then ends the day before.

    `ubesluttede` says which running cases without a decision then get it. Raises as `ret`, and for a
    set that is in force, or when another comes into force on that day.
    """
    regelsaet = _laas(regelsaet, version)
    if regelsaet.er_aktivt:
        raise ValidationError(
            f"{regelsaet.kode} er allerede i kraft fra {dansk_dato(regelsaet.gyldig_fra)}."
        )
    validering.kontroller(felter.indhold(regelsaet))
    _kraev_plads(regelsaet, gaelder_fra)
    indhold = {"er_aktivt": True, "gyldig_fra": gaelder_fra.isoformat(), "gyldig_til": None}
    return _planlaeg(
        regelsaet, Art.AKTIVERING, indhold, begrundelse, gaelder_fra, af, ubesluttede=ubesluttede
    )


@transaction.atomic
def annuller(version: Regelsaetversion, *, af: Bruger) -> Regelsaetversion:
    """Take back a change that waits. Raises `ValidationError` when it is carried out or taken back."""
    version = _laas_version(version.pk)
    if version.gennemfoert_den or version.annulleret_den:
        raise ValidationError("Ændringen venter ikke længere. Genindlæs siden.")
    version.annulleret_den = timezone.now()
    version.full_clean(exclude=["foer"])
    version.save(update_fields=["annulleret_den"])
    haendelser.log(version, "regelsaet.annulleret", af=af, regelsaet=version.regelsaet.kode)
    return version


def gennemfoer_forfaldne() -> int:
    """Carry out the changes whose day has come, oldest first; how many. Safe to run twice.

    One that cannot be carried out does not hold the others: it waits on, and the log says why.
    """
    antal = 0
    forfaldne = Regelsaetversion.objects.filter(
        gennemfoert_den=None, annulleret_den=None, gaelder_fra__lte=i_dag()
    )
    for pk in forfaldne.order_by("gaelder_fra", "pk").values_list("pk", flat=True):
        try:
            antal += _gennemfoer_ventende(pk)
        except ValidationError:
            logger.exception("Regelsætversion %s kan ikke gennemføres", pk)
    return antal


@transaction.atomic
def _gennemfoer_ventende(pk: int) -> bool:
    version = _laas_version(pk)
    if version.gennemfoert_den or version.annulleret_den:
        return False
    _gennemfoer(version, af=None)
    return True


def _laas(regelsaet: Regelsaet, version: int) -> Regelsaet:
    """The set, locked with all the others: coming into force, one ends another.

    Without the key: a decision that points to a set must not wait for one that waits for its case.
    """
    alle = {
        r.pk: r
        for r in Regelsaet.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    }
    laast = alle[regelsaet.pk]
    if laast.version != version:
        raise ForaeldetVersionError
    return laast


def _laas_version(pk: int) -> Regelsaetversion:
    list(Regelsaet.objects.select_for_update(of=("self",), no_key=True).order_by("pk"))
    return (
        Regelsaetversion.objects.select_for_update(of=("self",))
        .select_related("regelsaet", "oprettet_af")
        .get(pk=pk)
    )


def _planlaeg(
    regelsaet: Regelsaet,
    art: str,
    indhold: dict[str, Any],
    begrundelse: str,
    gaelder_fra: date,
    af: Bruger,
    **andet: str,
) -> Regelsaetversion:
    if not begrundelse.strip():
        raise ValidationError({"begrundelse": "Skriv, hvorfor regelsættet ændres."})
    if gaelder_fra < i_dag():
        raise ValidationError({"gaelder_fra": "Vælg i dag eller en senere dag."})
    if regelsaet.versioner.filter(gennemfoert_den=None, annulleret_den=None).exists():
        raise ValidationError(
            "Der venter allerede en ændring af regelsættet. Annullér den først, eller vent."
        )
    hoejeste = regelsaet.versioner.aggregate(nr=Max("nr"))["nr"] or 1
    version = Regelsaetversion(
        regelsaet=regelsaet,
        nr=max(hoejeste, regelsaet.version) + 1,
        art=art,
        indhold=indhold,
        begrundelse=begrundelse.strip(),
        gaelder_fra=gaelder_fra,
        oprettet_af=af,
        **andet,
    )
    version.full_clean(exclude=["foer"])
    version.save()
    if gaelder_fra > i_dag():
        haendelser.log(version, "regelsaet.planlagt", af=af, regelsaet=regelsaet.kode)
    else:
        _gennemfoer(version, af=af)
    return version


def _gennemfoer(version: Regelsaetversion, *, af: Bruger | None) -> None:
    """Carry it out. The set is locked."""
    regelsaet = version.regelsaet
    foer = {navn: _som_json(getattr(regelsaet, navn)) for navn in version.indhold}
    if version.art == Art.AKTIVERING:
        foer["afloest"] = _afloes(regelsaet, version.gaelder_fra)
    hidtil = copy(regelsaet)
    felter.anvend(regelsaet, version.indhold)
    regelsaet.version = version.nr
    regelsaet.full_clean()
    regelsaet.save()
    if version.art == Art.AKTIVERING:
        foer["flyttede_sager"] = _flyt_sager(version, af)
    else:
        egne = Sag.objects.filter(regelsaet=regelsaet).values_list("pk", flat=True)
        afgoerelse.foelg_regelsaet(hidtil, regelsaet, sager=egne)
    version.foer = foer
    version.gennemfoert_den = timezone.now()
    version.save(update_fields=["foer", "gennemfoert_den"])
    haendelser.log(version, "regelsaet.gennemfoert", af=af, regelsaet=regelsaet.kode)


def _som_json(vaerdi: Any) -> Any:
    return vaerdi.isoformat() if isinstance(vaerdi, date) else vaerdi


def _kraev_plads(regelsaet: Regelsaet, fra: date) -> None:
    """Raise `ValidationError` when another set is in force from `fra` or later, or waits for `fra`.

    One that waits for a later day ends this one then.
    """
    andre = Regelsaet.objects.exclude(pk=regelsaet.pk)
    senere = andre.aktive().filter(gyldig_fra__gte=fra).first()
    if senere:
        raise ValidationError(
            {
                "gaelder_fra": f"{senere.kode} er i kraft fra {dansk_dato(senere.gyldig_fra)}. "
                "Vælg en senere dag."
            }
        )
    venter = Regelsaetversion.objects.filter(
        art=Art.AKTIVERING, gennemfoert_den=None, annulleret_den=None, gaelder_fra=fra
    ).exclude(regelsaet=regelsaet)
    if anden := venter.select_related("regelsaet").first():
        raise ValidationError(
            {
                "gaelder_fra": f"{anden.regelsaet.kode} sættes i kraft {dansk_dato(anden.gaelder_fra)}. "
                "Vælg en senere dag, eller annullér den."
            }
        )


def _afloes(regelsaet: Regelsaet, fra: date) -> str:
    """End the set in force on `fra` the day before; its code, or empty when there is none."""
    _kraev_plads(regelsaet, fra)
    try:
        gammelt = Regelsaet.objects.exclude(pk=regelsaet.pk).for_dato(fra)
    except Regelsaet.DoesNotExist:
        return ""
    gammelt.gyldig_til = fra - EN_DAG
    gammelt.full_clean()
    gammelt.save(update_fields=["gyldig_til"])
    return gammelt.kode


def _flyt_sager(version: Regelsaetversion, af: Bruger | None) -> int:
    """Give the undecided cases the version asks for its rule set; how many.

    Locked before they are judged: a decision made meanwhile keeps its set.
    """
    flyttes = beroerte.der_flyttes(version.regelsaet, version.ubesluttede, version.gaelder_fra)
    laaste = Sag.objects.filter(pk__in=flyttes.values("pk")).select_for_update(of=("self",))
    pks = list(laaste.order_by("pk").values_list("pk", flat=True))
    sager = list(flyttes.filter(pk__in=pks).select_related("regelsaet"))
    Sag.objects.filter(pk__in=[sag.pk for sag in sager]).update(regelsaet=version.regelsaet)
    for gammelt in {sag.regelsaet for sag in sager}:
        dens = [sag.pk for sag in sager if sag.regelsaet == gammelt]
        afgoerelse.foelg_regelsaet(gammelt, version.regelsaet, sager=dens)
    if sager:
        haendelser.log_mange(
            "regelsaet.sag_flyttet",
            [
                (sag, sag.pk, {"fra": sag.regelsaet.kode, "til": version.regelsaet.kode})
                for sag in sager
            ],
            af=af,
        )
    return len(sager)
