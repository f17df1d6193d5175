"""The draft that lays the case before the team again, and what became of it (LAB § 113 stk. 2)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from borgere.models import Dokument
from borgere.services import gem_dokument
from indsatsplan import dokumenter_garanti
from indsatsplan.genforelaeggelse import mangler
from indsatsplan.models import Genforelaeggelse, Ressourceforloeb
from indsatsplan.services.adgangskrav import laas_aabent_forloeb
from rehabilitering.services import ny_runde
from ressource import haendelser
from ressource.filtype import Filtype
from ressource.kalender import i_dag
from ressource.models import Bruger
from ressource.pdf import PdfUtilgaengelig
from ressource.samtidighed import kraev_laas


@transaction.atomic
def gem_udkast(
    forloeb: Ressourceforloeb, *, tekst: str, laas: int | None = None, af: Bruger
) -> Genforelaeggelse:
    """Save the draft's text; the first time the draft is begun.

    Raises `ValidationError` when the forløb has ended or the draft was used after `laas` was read (0
    when there was none), `ForaeldetVersionError` when somebody saved or began one.
    """
    forloeb = laas_aabent_forloeb(forloeb.pk)
    udkast = forloeb.genforelaeggelser.aabne().select_for_update(of=("self",)).first()
    if udkast is None:
        if laas:
            raise ValidationError(
                "Udkastet er brugt imens, og din tekst er ikke gemt. Kopiér det, du vil beholde, og "
                "åbn siden igen.",
                code="afgjort",
            )
        udkast = Genforelaeggelse(forloeb=forloeb, oprettet_af=af)
    else:
        kraev_laas(udkast, laas)
    udkast.tekst = tekst
    udkast.laas += 1
    udkast.full_clean()
    udkast.save()
    haendelser.log(udkast, "plan.genforelaeggelse_gemt", af=af, sag_id=forloeb.sag_id)
    return udkast


@transaction.atomic
def forelaeg(udkast: Genforelaeggelse, *, af: Bruger) -> Genforelaeggelse:
    """Begin the new round that the draft is for; the draft can no longer be changed.

    It is put among the case's documents, from where it can go into the team's package. Raises
    `ValidationError` when a place in it still waits to be written, when this machine makes no PDFs,
    and as `ny_runde.begynd` when the case cannot begin a round; `PermissionDenied` for others than
    the responsible.
    """
    forloeb, udkast = _laas(udkast)
    if rest := mangler(udkast.tekst):
        raise ValidationError(
            "Udkastet er ikke skrevet færdigt. Skriv det, der står i parentes: %(rest)s",
            code="ufaerdigt",
            params={"rest": " ".join(rest)},
        )
    ny_runde.begynd(forloeb.sag, af=af)
    udkast.er_forelagt = True
    udkast = _afgoer(udkast, forloeb, af)
    _laeg_paa_sagen(udkast, af)
    return udkast


@transaction.atomic
def afgoer_med_saerlige_grunde(
    udkast: Genforelaeggelse, *, saerlige_grunde: str, af: Bruger
) -> Genforelaeggelse:
    """Settle that the team need not see the case, for special reasons.

    Raises `ValidationError` on `saerlige_grunde` without any, and when the draft was settled already.
    """
    forloeb, udkast = _laas(udkast)
    if not saerlige_grunde.strip():
        raise ValidationError({"saerlige_grunde": "Skriv de særlige grunde."}, code="uden_grunde")
    udkast.saerlige_grunde = saerlige_grunde
    return _afgoer(udkast, forloeb, af)


def _laas(udkast: Genforelaeggelse) -> tuple[Ressourceforloeb, Genforelaeggelse]:
    forloeb = laas_aabent_forloeb(udkast.forloeb_id)
    laast = forloeb.genforelaeggelser.select_for_update(of=("self",)).get(pk=udkast.pk)
    if laast.afgjort_den is not None:
        raise ValidationError(
            "Udkastet er allerede brugt. Genindlæs siden for at se, hvad der skete.",
            code="afgjort",
        )
    laast.forloeb = forloeb
    return forloeb, laast


def _afgoer(udkast: Genforelaeggelse, forloeb: Ressourceforloeb, af: Bruger) -> Genforelaeggelse:
    udkast.afgjort_den, udkast.afgjort_af = timezone.now(), af
    udkast.laas += 1
    udkast.full_clean()
    udkast.save()
    haendelser.log(
        udkast,
        "plan.genforelaeggelse_afgjort",
        af=af,
        sag_id=forloeb.sag_id,
        forelagt=udkast.er_forelagt,
    )
    return udkast


def _laeg_paa_sagen(udkast: Genforelaeggelse, af: Bruger) -> None:
    try:
        indhold = dokumenter_garanti.udkast(udkast, tidspunkt=timezone.now())
    except PdfUtilgaengelig as fejl:
        raise ValidationError(f"Den nye runde er ikke begyndt. {fejl}") from fejl
    gem_dokument(
        udkast.forloeb.sag,
        art=Dokument.Art.PLAN,
        titel="Til teamet: sagen forelægges igen",
        indhold=indhold,
        indholdstype=Filtype.PDF,
        dato=i_dag(),
        af=af,
        er_dannet=True,
    )
