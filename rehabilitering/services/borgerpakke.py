"""Handing the citizen the packet about the meeting: made once, kept as it was."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from borgere.models import Dokument, Sag
from borgere.services import gem_dokument, kraev_fase, laas_sag
from rehabilitering.borgerpakke import TITEL, aftryk, byg_pakke, pakke_pdf
from rehabilitering.models import Pakkeudlevering
from rehabilitering.services.drejebog import FASER
from ressource import haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.pdf import PdfUtilgaengelig


@transaction.atomic
def udlever_pakke(sag: Sag, *, af: Bruger) -> Pakkeudlevering:
    """Store the packet as a document of the case, handed over today.

    One that says the same as the last is not stored again; the last is returned. Raises
    `ValidationError` with every required slot that is empty, after the team's meeting, and when
    this machine cannot make PDFs.
    """
    sag = laas_sag(sag.pk)
    kraev_fase(sag, *FASER)
    pakke = byg_pakke(sag)
    if pakke.mangler:
        raise ValidationError(pakke.mangler)
    seneste: Pakkeudlevering | None = sag.pakkeudleveringer.select_related("dokument").first()
    indholdets_aftryk = aftryk(pakke)
    if seneste and seneste.aftryk == indholdets_aftryk:
        return seneste
    try:
        pdf = pakke_pdf(sag, pakke, af=af, tidspunkt=timezone.now())
    except PdfUtilgaengelig as fejl:
        raise ValidationError(str(fejl)) from fejl
    dokument = gem_dokument(
        sag,
        art=Dokument.Art.ANDET,
        titel=TITEL,
        indhold=pdf,
        indholdstype="application/pdf",
        dato=i_dag(),
        af=af,
        er_dannet=True,
    )
    udlevering = Pakkeudlevering(
        sag=sag, dokument=dokument, aftryk=indholdets_aftryk, udleveret_af=af
    )
    udlevering.full_clean()
    udlevering.save()
    haendelser.log(udlevering, "pakke.udleveret", af=af, sag_id=sag.pk)
    return udlevering
