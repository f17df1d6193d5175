"""What the citizen takes home from a follow-up: what was agreed, and when we meet again."""

from django.conf import settings

from borgere import deling
from borgere.models import Informationstype
from opfoelgning import progressionsside
from opfoelgning.models import Opfoelgningsmoede
from opfoelgning.skema import om_seks_maaneder
from ressource.pdf import A4, skabelon_til_pdf

STIL = (A4, "pdf/progression.css")


def borgerens_kopi(moede: Opfoelgningsmoede) -> bytes:
    """The held `moede` as a PDF in plain words, the same bytes as long as the next time stands.

    What is kept from the citizen is not in it. `moede` brings its case, citizen, next meeting and
    who closed it. Seven statements at most. Raises `ValueError` when it has not been held,
    `PdfUtilgaengelig` when this machine lacks what PDFs need.
    """
    if moede.afholdt_dato is None or moede.lukket_den is None:
        raise ValueError("Borgerens kopi laves af et møde, der er holdt.")
    punkter = moede.punkter.exclude(naeste_tre_maaneder="").select_related("indsats")
    kontekst = {
        "kommune": settings.RESSOURCE_KOMMUNE,
        "moede": moede,
        "navn": moede.sag.borger.navn,
        **deling.brevhoved(moede.sag.borger, Informationstype.PLAN),
        "punkter": punkter,
        "skridt": moede.smaa_skridt.gaeldende(),
        "linjer": progressionsside.til_kopien(moede),
        "skitse_maaned": om_seks_maaneder(moede.afholdt_dato),
        "kontakt": moede.lukket_af,
    }
    return skabelon_til_pdf(
        "opfoelgning/pdf/kopi.html",
        kontekst,
        titel="Det aftalte vi",
        tidspunkt=moede.lukket_den,
        css=STIL,
    )
