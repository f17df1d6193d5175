"""The letter that reminds the GP of a LÆ 265: seen first, then put on the case and sent."""

from django.core.exceptions import ValidationError

from borgere import deling
from borgere.models import Dokument, Forsendelse, Informationstype
from borgere.services import gem_dokument, kraev_fase, laas_sag, send_dokument
from rehabilitering import dokumenter
from rehabilitering.models import Laegeattest, Laegeattestrykker
from rehabilitering.services.laegeattest import FASER
from ressource import dansk, haendelser
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.pdf import PdfUtilgaengelig

# The letter repeats the questions, and so tells of the citizen's health.
INDHOLD = Informationstype.HELBRED
LAEGEN = deling.Modtager(Forsendelse.Modtager.EGEN_LAEGE)


def send(rykker: Laegeattestrykker, *, kanal: str, af: Bruger) -> Laegeattestrykker:
    """Put the letter on the case and register that it went to the GP today by `kanal`.

    Raises `DelingAfvist` (a `ValidationError`) without a consent that covers it, which is logged, and
    `ValidationError` when the GP has answered, the request is cancelled, the reminder is sent or
    replaced by a newer one, or this machine cannot make PDFs. Then nothing is kept.
    """
    with deling.afvisning_logges(rykker.attest.sag_id, af=af):
        sag = laas_sag(rykker.attest.sag_id)
        kraev_fase(sag, *FASER)
        rykker = _laas_usendt(rykker)
        dokument = gem_dokument(
            sag,
            art=Dokument.Art.ANDET,
            titel=f"Rykker nr. {rykker.nr} for LÆ 265",
            indhold=_brev(rykker, af),
            indholdstype="application/pdf",
            dato=i_dag(),
            af=af,
            er_dannet=True,
        )
        send_dokument(dokument, modtager=LAEGEN, kanal=kanal, indhold=INDHOLD, af=af)
        rykker.sendt_dato = i_dag()
        rykker.sendt_af = af
        rykker.full_clean()
        rykker.save(update_fields=["sendt_dato", "sendt_af"])
        haendelser.log(rykker, "laegeattest.rykker_sendt", af=af, sag_id=sag.pk, nr=rykker.nr)
    return rykker


def _brev(rykker: Laegeattestrykker, af: Bruger) -> bytes:
    try:
        return dokumenter.laegerykker(rykker, af=af)
    except PdfUtilgaengelig as fejl:
        raise ValidationError(str(fejl)) from fejl


def _laas_usendt(rykker: Laegeattestrykker) -> Laegeattestrykker:
    """The reminder and its certificate, locked. Raises `ValidationError` when it is not to be sent."""
    attest = (
        Laegeattest.objects.select_for_update(of=("self",))
        .select_related("sag__borger__laegepraksis", "sag__regelsaet")
        .get(pk=rykker.attest_id)
    )
    if attest.modtaget_dato:
        raise ValidationError("Lægen har svaret. Rykkeren skal ikke sendes.")
    if attest.annulleret_dato:
        raise ValidationError("Bestillingen er annulleret. Rykkeren skal ikke sendes.")
    nyeste: Laegeattestrykker | None = (
        attest.rykkere.select_for_update(of=("self",)).order_by("-nr").first()
    )
    if nyeste is None or nyeste.pk != rykker.pk:
        raise ValidationError("Der er lavet en nyere rykker. Send den i stedet.")
    if nyeste.sendt_dato:
        raise ValidationError(f"Rykkeren er allerede sendt {dansk.dato(nyeste.sendt_dato)}.")
    nyeste.attest = attest
    return nyeste
