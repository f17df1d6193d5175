"""The moment a decision is made: checked, dated, with its letter, and the case moved on."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from borgere.models import Dokument, Fase
from borgere.services import gem_dokument, skift_fase
from rehabilitering import brev, dokumenter
from rehabilitering.brev.afgoerelse import kode as brevkode
from rehabilitering.models import Afgoerelse
from rehabilitering.services.afgoerelse.grundlag import er_forloeb, laas_aaben
from rehabilitering.services.afgoerelse.kontrol import mangler, ventet_modtaget
from ressource import haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.pdf import PdfUtilgaengelig


@transaction.atomic
def afslut(afgoerelse: Afgoerelse, *, af: Bruger) -> Afgoerelse:
    """Make the stored draft final, with its letter, and move a granted forløb on to its plan.

    The case's rule set, the time to appeal and the letter's text are fixed with it. Raises `ValidationError`, with
    every lack at once, and also when the letter cannot be made or when the forløb overlaps another:
    then nothing is decided. `PermissionDenied` for others than the responsible caseworker.
    """
    afgoerelse = laas_aaben(afgoerelse, af)
    idag = i_dag()
    if afgoerelse.modtaget_dato is None:
        afgoerelse.modtaget_dato = ventet_modtaget(afgoerelse, idag)
    if fundet := mangler(afgoerelse, idag):
        raise ValidationError(fundet)
    afgoerelse.regelsaet = afgoerelse.sag.regelsaet
    afgoerelse.klagefrist_uger = afgoerelse.sag.regelsaet.klagefrist_uger
    afgoerelse.brevskabelon = brev.gaeldende(brevkode(afgoerelse))
    afgoerelse.afgoerelse_dato = idag
    afgoerelse.afsluttet_den = timezone.now()
    afgoerelse.afsluttet_af = af
    afgoerelse.full_clean()
    afgoerelse.brev = _gem_brev(afgoerelse, af)
    afgoerelse.save()
    if er_forloeb(afgoerelse) and afgoerelse.sag.fase == Fase.AFGOERELSE:
        skift_fase(afgoerelse.sag, Fase.PLAN, af=af)
    haendelser.log(
        afgoerelse,
        "afgoerelse.truffet",
        af=af,
        sag_id=afgoerelse.sag_id,
        udfald=afgoerelse.udfald,
    )
    return afgoerelse


def _gem_brev(afgoerelse: Afgoerelse, af: Bruger) -> Dokument:
    """The letter as a document of the case. Raises `ValidationError` when it cannot be made."""
    try:
        brev = dokumenter.afgoerelsesbrev(afgoerelse)
    except PdfUtilgaengelig as fejl:
        raise ValidationError(f"Afgørelsen er ikke truffet. {fejl}") from fejl
    dokument: Dokument = gem_dokument(
        afgoerelse.sag,
        art=Dokument.Art.AFGOERELSE,
        titel=dokumenter.overskrift(afgoerelse),
        indhold=brev,
        indholdstype="application/pdf",
        dato=i_dag(),
        af=af,
        er_dannet=True,
    )
    return dokument
