"""The agreement about a praktik put on the case as it was made."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction

from borgere.models import Dokument
from borgere.services import gem_dokument, laas_sag
from indsatsplan import bevilling
from indsatsplan.models import Praktik
from ressource import haendelser
from ressource.filtype import Filtype
from ressource.kalender import i_dag
from ressource.models import Bruger, Haendelse
from ressource.pdf import PdfUtilgaengelig

LAVET = "plan.bevilling_lavet"
_TITEL = "Bevillingstekst: "


@transaction.atomic
def lav_bevilling(praktik: Praktik, *, af: Bruger) -> Dokument:
    """The agreement as a document of the case; the one that lies there when it says the same.

    `praktik` brings its effort, forløb and case. Raises `ValidationError` when something the text
    must say is missing, when it would tell what it must not, and when this machine makes no PDFs.
    """
    sag = laas_sag(praktik.indsats.forloeb.sag_id)
    try:
        indhold = bevilling.som_pdf(praktik, af=af)
    except PdfUtilgaengelig as fejl:
        raise ValidationError(str(fejl)) from fejl
    seneste = seneste_bevilling(praktik)
    if seneste and seneste.sha256 == hashlib.sha256(indhold).hexdigest():
        return seneste
    titel = f"{_TITEL}{praktik.indsats.beskrivelse}"
    dokument: Dokument = gem_dokument(
        sag,
        art=Dokument.Art.PLAN,
        titel=titel[: Dokument._meta.get_field("titel").max_length],
        indhold=indhold,
        indholdstype=Filtype.PDF,
        dato=i_dag(),
        af=af,
        er_dannet=True,
    )
    haendelser.log(praktik, LAVET, af=af, sag_id=sag.pk, dokument=dokument.pk)
    return dokument


def seneste_bevilling(praktik: Praktik) -> Dokument | None:
    """The agreement as it was last made, with its bytes; None before. Two statements."""
    lavet = Haendelse.objects.filter(
        sag_id=praktik.indsats.forloeb.sag_id,
        kode=LAVET,
        objekt_type=Praktik._meta.label_lower,
        objekt_id=praktik.pk,
    ).order_by("-id")
    pk = lavet.values_list("data__dokument", flat=True).first()
    fundet: Dokument | None = Dokument.objects.filter(pk=pk).first() if pk else None
    return fundet
