"""The PDFs of a published package: made by a job, kept, and made on demand if the job never ran."""

import hashlib
from datetime import timedelta

from django.utils import timezone

from rehabilitering import samlefil
from rehabilitering.models import Sagspakke, Sagspakkeudgave
from rehabilitering.sagspakke.pdf import dan
from rehabilitering.sagspakke.udgaver import Udgave
from rehabilitering.services.adgang_til_moede import adgang_til
from ressource.kalender import i_dag

# So long a reader is asked to wait for the job before the page makes the PDF itself.
JOBBETS_TID = timedelta(minutes=2)


def dan_alle(pakke_id: int) -> int:
    """Make and keep the editions that the package lacks; answers how many. Twice does no harm.

    Raises `ressource.pdf.PdfUtilgaengelig` when this machine cannot make PDFs.
    """
    pakke = Sagspakke.objects.gaeldende().select_related(*MED).filter(pk=pakke_id).first()
    if pakke is None:
        return 0
    findes = set(pakke.udgaver.values_list("udgave", flat=True))
    mangler = [udgave for udgave in Udgave.values if udgave not in findes]
    for udgave in mangler:
        indhold = dan(pakke.punkt, pakke.dokumenter, udgave, pakke.udgivet_den)
        raekke = Sagspakkeudgave(
            pakke=pakke,
            udgave=udgave,
            indhold=indhold,
            sha256=hashlib.sha256(indhold).hexdigest(),
            sider=samlefil.antal_sider(indhold),
        )
        # Another worker may have made it meanwhile.
        Sagspakkeudgave.objects.bulk_create([raekke], ignore_conflicts=True)
    return len(mangler)


MED = ("punkt__moede", "punkt__sag__borger", "punkt__sag__regelsaet")


def er_paa_vej(pakke: Sagspakke) -> bool:
    """Whether the job may still be at it."""
    return timezone.now() - pakke.udgivet_den < JOBBETS_TID


def kan_dannes(pakke: Sagspakke) -> bool:
    """Whether the package is one that is being read, so that it may be made anew."""
    return pakke.trukket_den is None and i_dag() <= adgang_til(pakke.punkt.moede, pakke.punkt.sag)
