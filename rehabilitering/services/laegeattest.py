"""LÆ 265: asked for, received, sent back. Without a current one no case goes to the team.

The reminders of an unanswered request are made by a job (`opfoelgning.laegerykkere`), which knows
the deadline; how they are sent stands in `laegerykker`.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction

from borgere.models import Dokument, Fase, Sag
from borgere.services import gem_dokument, kraev_fase, laas_sag
from rehabilitering.models import Laegeattest
from ressource import dansk, haendelser
from ressource.datoer import Enhed, tilfoej
from ressource.filtype import VISES, kontroller_upload
from ressource.kalender import i_dag
from ressource.models import Bruger

# A certificate can also grow old while the case waits for its meeting.
FASER = (Fase.FORBEREDELSE, Fase.KVALITETSSIKRING, Fase.MOEDE)


@transaction.atomic
def anmod(sag: Sag, *, spoergsmaal: str, af: Bruger, dato: date | None = None) -> Laegeattest:
    """Record that LÆ 265 was asked for on `dato` (default today) with these questions.

    Raises `ValidationError` for a date in the future and while another request is unanswered.
    """
    sag = laas_sag(sag.pk)
    kraev_fase(sag, *FASER)
    dato = dato or i_dag()
    _kraev_ikke_fremtid("anmodet_dato", dato)
    if sag.laegeattester.ubesvarede().exists():
        raise ValidationError(
            "Der er allerede bestilt en LÆ 265, som ikke er kommet. Registrér den, når den kommer, "
            "eller annullér bestillingen."
        )
    attest = Laegeattest(sag=sag, anmodet_dato=dato, spoergsmaal=spoergsmaal, anmodet_af=af)
    attest.full_clean()
    attest.save()
    haendelser.log(attest, "laegeattest.anmodet", af=af, sag_id=sag.pk)
    return attest


@transaction.atomic
def modtag(
    attest: Laegeattest,
    fil: "File[bytes]",
    *,
    modtaget_dato: date,
    konsultation_dato: date | None = None,
    af: Bruger,
) -> Laegeattest:
    """Store the certificate as a document of the case; it is current for the rule set's months.

    Raises `ValidationError`: received before it was asked for or in the future, a consultation
    after that, a file that is not PDF, PNG or JPEG, or a certificate already received or cancelled.
    """
    sag = laas_sag(attest.sag_id)
    kraev_fase(sag, *FASER)
    attest = _laas_ubesvaret(attest)
    _kraev_ikke_fremtid("modtaget_dato", modtaget_dato)
    if modtaget_dato < attest.anmodet_dato:
        raise ValidationError(
            {
                "modtaget_dato": f"Attesten blev bestilt {dansk.dato(attest.anmodet_dato)} og kan ikke "
                "være modtaget før."
            }
        )
    if konsultation_dato and konsultation_dato > modtaget_dato:
        raise ValidationError(
            {"konsultation_dato": "Konsultationen kan ikke ligge efter, at attesten er modtaget."}
        )
    attest.dokument = _gem_fil(sag, fil, modtaget_dato, af)
    attest.modtaget_dato = modtaget_dato
    attest.konsultation_dato = konsultation_dato
    maaneder = sag.regelsaet.laegeattest_gyldig_maaneder
    attest.gyldig_til = tilfoej(modtaget_dato, maaneder, Enhed.MAANEDER)
    attest.full_clean()
    attest.save(update_fields=["dokument", "modtaget_dato", "konsultation_dato", "gyldig_til"])
    haendelser.log(attest, "laegeattest.modtaget", af=af, sag_id=sag.pk)
    return attest


@transaction.atomic
def returner(
    attest: Laegeattest, *, begrundelse: str, af: Bruger, dato: date | None = None
) -> Laegeattest:
    """Send a received certificate back as insufficient; it is no longer current.

    Raises `ValidationError` without a reason, and when it is not received or already sent back.
    """
    sag = laas_sag(attest.sag_id)
    kraev_fase(sag, *FASER)
    attest = _laas(attest)
    dato = dato or i_dag()
    if attest.modtaget_dato is None:
        raise ValidationError("Attesten er ikke modtaget endnu, så den kan ikke sendes retur.")
    if attest.returneret_dato:
        raise ValidationError("Attesten er allerede sendt retur til lægen.")
    if not begrundelse.strip():
        raise ValidationError({"begrundelse": "Skriv, hvad lægen skal uddybe."})
    if not attest.modtaget_dato <= dato <= i_dag():
        raise ValidationError("Datoen skal ligge mellem modtagelsen og i dag.")
    attest.returneret_dato = dato
    attest.returneret_begrundelse = begrundelse.strip()
    attest.full_clean()
    attest.save(update_fields=["returneret_dato", "returneret_begrundelse"])
    haendelser.log(attest, "laegeattest.returneret", af=af, sag_id=sag.pk)
    return attest


@transaction.atomic
def annuller(attest: Laegeattest, *, begrundelse: str, af: Bruger) -> Laegeattest:
    """Call off an unanswered request today: its deadline lapses and nobody is reminded any more.

    Raises `ValidationError` without a reason, and when it is received or cancelled already.
    """
    sag = laas_sag(attest.sag_id)
    kraev_fase(sag, *FASER)
    attest = _laas_ubesvaret(attest)
    if not begrundelse.strip():
        raise ValidationError({"begrundelse": "Skriv, hvorfor attesten ikke længere skal laves."})
    attest.annulleret_dato = i_dag()
    attest.annulleret_begrundelse = begrundelse.strip()
    attest.full_clean()
    attest.save(update_fields=["annulleret_dato", "annulleret_begrundelse"])
    haendelser.log(attest, "laegeattest.annulleret", af=af, sag_id=sag.pk)
    return attest


def spoergsmaal_igen(attest: Laegeattest) -> str:
    """What a new request begins with after one that was not enough: what is missing, and the old."""
    dele = (attest.returneret_begrundelse, attest.spoergsmaal)
    return "\n\n".join(del_ for del_ in dele if del_)


def _laas(attest: Laegeattest) -> Laegeattest:
    return Laegeattest.objects.select_for_update(of=("self",)).get(pk=attest.pk)


def _laas_ubesvaret(attest: Laegeattest) -> Laegeattest:
    """The certificate, locked. Raises `ValidationError` unless the GP is still to answer."""
    attest = _laas(attest)
    if attest.modtaget_dato:
        raise ValidationError("Attesten er allerede modtaget. Genindlæs siden for at se den.")
    if attest.annulleret_dato:
        raise ValidationError(
            f"Bestillingen blev annulleret {dansk.dato(attest.annulleret_dato)}. Bestil en ny attest."
        )
    return attest


def _kraev_ikke_fremtid(felt: str, dato: date) -> None:
    if dato > i_dag():
        raise ValidationError({felt: "Datoen ligger i fremtiden. Vælg i dag eller tidligere."})


def _gem_fil(sag: Sag, fil: "File[bytes]", dato: date, af: Bruger) -> Dokument:
    """The checked file as a document. Raises `ValidationError` on the field `fil`."""
    try:
        filtype = kontroller_upload(fil, tilladte=VISES)
    except ValidationError as fejl:
        raise ValidationError({"fil": fejl.messages}) from fejl
    try:
        return gem_dokument(
            sag,
            art=Dokument.Art.LAEGEATTEST,
            titel="Lægeattest LÆ 265",
            indhold=fil.read(),
            indholdstype=filtype,
            dato=dato,
            af=af,
        )
    except ValidationError as fejl:
        if getattr(fejl, "code", "") != "findes":
            raise
        samme = "Det er den samme fil som en attest, sagen har fået før. Vælg den nye attest."
        raise ValidationError({"fil": samme}) from fejl
