"""Holding the eftermøde: the citizen's words, the plan in hand, and that it was held."""

import hashlib
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from borgere.models import Dokument
from borgere.services import gem_dokument, laas_sag
from opfoelgning import logistikpapir
from opfoelgning.models import Eftermoede
from rehabilitering.models import Indstilling
from ressource import haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.pdf import PdfUtilgaengelig
from ressource.samtidighed import kraev_laas

HOLDT = "Eftermødet er afsluttet. Åbn det igen, hvis noget skal rettes."


@transaction.atomic
def gem_eftermoede(
    indstilling: Indstilling, oplysninger: Mapping[str, str], *, laas: int | None, af: Bruger
) -> Eftermoede:
    """Save what the citizen says; when nothing differs, nothing is.

    `laas` is the version the page showed, 0 before there is one. Raises `ForaeldetVersionError` when
    somebody saved meanwhile, and `ValidationError` when the eftermøde or the case has ended.
    """
    moede = _laas(indstilling)
    kraev_laas(moede, laas)
    if all(getattr(moede, felt) == tekst for felt, tekst in oplysninger.items()):
        return moede
    if moede.holdt_dato:
        raise ValidationError(HOLDT)
    for felt, tekst in oplysninger.items():
        setattr(moede, felt, tekst)
    # Counts what is typed alone: the plan in hand is no reason to refuse the citizen's words.
    moede.laas += 1
    _gem(moede)
    haendelser.log_skrivning(moede, "eftermoede.gemt", af=af, sag_id=indstilling.sag_id)
    return moede


@transaction.atomic
def hold_eftermoede(
    indstilling: Indstilling, oplysninger: Mapping[str, str], *, laas: int | None, af: Bruger
) -> Eftermoede:
    """Save what the citizen says, and that the eftermøde has been held today.

    Held already with the same words, nothing is written. What is still missing stands on the page
    and in the deadlines. Raises as `gem_eftermoede`.
    """
    moede = gem_eftermoede(indstilling, oplysninger, laas=laas, af=af)
    if moede.holdt_dato:
        return moede
    moede.holdt_dato, moede.holdt_af = i_dag(), af
    _gem(moede)
    haendelser.log(moede, "eftermoede.holdt", af=af, sag_id=indstilling.sag_id)
    return moede


@transaction.atomic
def genaabn_eftermoede(indstilling: Indstilling, *, af: Bruger) -> Eftermoede:
    """Open a held eftermøde to be corrected; open already, nothing is written.

    Raises `ValidationError` when the case has ended.
    """
    moede = _laas(indstilling)
    if not moede.holdt_dato:
        return moede
    moede.holdt_dato = moede.holdt_af = None
    _gem(moede)
    haendelser.log(moede, "eftermoede.genaabnet", af=af, sag_id=indstilling.sag_id)
    return moede


@transaction.atomic
def udlever_plan(indstilling: Indstilling, *, stor_skrift: bool = False, af: Bruger) -> Dokument:
    """Store «Hvem gør hvad hvornår» as it is given to the citizen today.

    One that says the same, made the same day, is not stored again. Raises `ValidationError` when no
    line is for the citizen, when the case has ended, and when this machine cannot make PDFs.
    """
    moede = _laas(indstilling)
    if not logistikpapir.har_linjer(indstilling):
        raise ValidationError("Ingen af opgaverne har ord til borgeren. Skriv dem under Opgaver.")
    try:
        pdf = logistikpapir.papir(indstilling, stor_skrift=stor_skrift)
    except PdfUtilgaengelig as fejl:
        raise ValidationError(str(fejl)) from fejl
    sag = indstilling.sag
    ens = sag.dokumenter.filter(er_dannet=True, sha256=hashlib.sha256(pdf).hexdigest())
    dokument: Dokument | None = ens.defer("indhold").first()
    if dokument is None:
        dokument = gem_dokument(
            sag,
            art=Dokument.Art.ANDET,
            titel=logistikpapir.TITEL,
            indhold=pdf,
            indholdstype="application/pdf",
            dato=i_dag(),
            af=af,
            er_dannet=True,
        )
    if moede.plan_udleveret_dato is None:
        moede.plan_udleveret_dato = i_dag()
        _gem(moede)
        haendelser.log(moede, "logistikplan.udleveret", af=af, sag_id=sag.pk)
    return dokument


def _laas(indstilling: Indstilling) -> Eftermoede:
    """The eftermøde under its case's lock, new or stored."""
    sag = laas_sag(indstilling.sag_id)
    if sag.er_afsluttet:
        raise ValidationError("Sagen er afsluttet. Eftermødet kan ikke ændres.")
    if not indstilling.er_afsluttet:
        raise ValidationError("Indstillingen er ikke færdig. Eftermødet hører til den.")
    fundet = Eftermoede.objects.select_for_update(of=("self",)).filter(indstilling=indstilling)
    return fundet.first() or Eftermoede(indstilling=indstilling)


def _gem(moede: Eftermoede) -> None:
    moede.full_clean()
    moede.save()
