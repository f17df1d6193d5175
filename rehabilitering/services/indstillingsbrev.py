"""The indstilling as a document of the case, ready to be sent."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction

from borgere.models import Dokument
from borgere.services import gem_dokument, laas_sag
from rehabilitering import dokumenter
from rehabilitering.models import Indstilling
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.pdf import PdfUtilgaengelig


@transaction.atomic
def dan_brev(indstilling: Indstilling, *, af: Bruger) -> Dokument:
    """The letter about the finalised indstilling; the one that lies there when it says the same.

    Raises `ValidationError` for a draft and when this machine cannot make PDFs.
    """
    sag = laas_sag(indstilling.sag_id)
    if not indstilling.er_afsluttet:
        raise ValidationError("Indstillingen er ikke afsluttet. Der kan ikke laves et brev endnu.")
    try:
        brev = dokumenter.indstillingsbrev(indstilling)
    except PdfUtilgaengelig as fejl:
        raise ValidationError(str(fejl)) from fejl
    ens = sag.dokumenter.filter(
        art=Dokument.Art.INDSTILLING, er_dannet=True, sha256=hashlib.sha256(brev).hexdigest()
    )
    findes: Dokument | None = ens.defer("indhold").first()
    if findes:
        return findes
    dokument: Dokument = gem_dokument(
        sag,
        art=Dokument.Art.INDSTILLING,
        titel=dokumenter.indstillingens_titel(indstilling),
        indhold=brev,
        indholdstype="application/pdf",
        dato=i_dag(),
        af=af,
        er_dannet=True,
    )
    return dokument
