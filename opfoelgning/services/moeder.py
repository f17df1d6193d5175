"""Follow-ups are agreed, moved, called off and missed."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone

from borgere.models import Fase, Sag
from borgere.services import kraev_fase, laas_sag
from opfoelgning.models import Opfoelgningsmoede, Opfoelgningsserie
from rehabilitering.models import Udfald
from ressource import dansk, haendelser
from ressource.kalender import i_dag, lukkede_dage
from ressource.models import Bruger, Haendelse
from ressource.samtidighed import kraev_laas

# The first follow-up can precede the decision (domain.md 1.3), but not the team's recommendation.
FASER = (Fase.AFGOERELSE, Fase.PLAN, Fase.OPFOELGNING)
HOEJST_FREM = timedelta(days=366)


def kan_aftales(sag: Sag) -> bool:
    """Whether follow-ups belong to the case's step, or its forløb runs on through a new round."""
    loebende = sag.forloeb.filter(afsluttet_dato=None)
    return sag.fase in FASER or (not sag.er_afsluttet and loebende.exists())


@transaction.atomic
def aftal_moede(
    sag: Sag,
    *,
    tidspunkt: datetime,
    sted: str,
    form: str = Opfoelgningsmoede.Form.PERSONLIGT,
    af: Bruger,
) -> Opfoelgningsmoede:
    """Agree a follow-up at `tidspunkt` (aware). A time gone by registers a talk that was held.

    Raises `ValidationError` in a step without follow-ups, on a closed day ahead, before the case
    began or the team recommended a forløb, more than a year ahead, or when there is one then.
    """
    sag = laas_sag(sag.pk)
    if not kan_aftales(sag):
        kraev_fase(sag, *FASER)
    moede = nyt_moede(sag, tidspunkt, sted, form, af=af)
    haendelser.log(moede, "opfoelgning.aftalt", af=af, sag_id=sag.pk)
    return moede


@transaction.atomic
def flyt_moede(
    moede: Opfoelgningsmoede,
    *,
    tidspunkt: datetime,
    sted: str,
    aarsag: str,
    laas: int | None = None,
    af: Bruger,
) -> Opfoelgningsmoede:
    """Agree another time for the meeting; what was written in its form goes along.

    A time gone by is when it was held after all. Raises `ForaeldetVersionError` when somebody saved
    after `laas` was read, and `ValidationError`, by field, when it is no longer agreed, nothing is
    changed, nobody says why, or it could not be agreed at that time.
    """
    sag = laas_sag(moede.sag_id)
    moede = laas_aabent(moede.pk, laas)
    foer = moede.tidspunkt
    if (tidspunkt, sted) == (foer, moede.sted):
        raise ValidationError({"tidspunkt": "Det er den tid og det sted, der er aftalt nu."})
    if fejl := hvorfor_ikke(sag, tidspunkt):
        raise ValidationError({"tidspunkt": fejl})
    _kraev_ledig(sag, tidspunkt, undtagen=moede.pk)
    if moede.naeste_tidspunkt and moede.naeste_tidspunkt <= tidspunkt:
        # The draft's next meeting would lie before this one.
        moede.naeste_tidspunkt = None
    moede.tidspunkt, moede.sted, moede.aarsag = tidspunkt, sted, _kraevet(aarsag, "flyttes")
    moede.laas += 1
    moede.full_clean()
    moede.save(update_fields=["tidspunkt", "sted", "aarsag", "naeste_tidspunkt", "laas"])
    haendelser.log(
        moede, "opfoelgning.flyttet", af=af, sag_id=sag.pk, fra=foer.isoformat(), nr=moede.nr
    )
    return moede


@transaction.atomic
def aflys_moede(
    moede: Opfoelgningsmoede, *, afbud: str, aarsag: str, af: Bruger
) -> Opfoelgningsmoede:
    """Call off an agreed meeting; what was written in its form is kept.

    `afbud` is who could not come. Raises `ValidationError`, by field, when nobody says who and why,
    and when it is no longer agreed.
    """
    moede = laas_aabent(moede.pk)
    if afbud not in Opfoelgningsmoede.Afbud.values:
        raise ValidationError({"afbud": "Vælg, hvem der ikke kunne."})
    return _afgoer(
        moede,
        Opfoelgningsmoede.Status.AFLYST,
        i_dag(),
        afbud=afbud,
        aarsag=_kraevet(aarsag, "aflyses"),
        af=af,
    )


@transaction.atomic
def udeblev(moede: Opfoelgningsmoede, *, aarsag: str = "", af: Bruger) -> Opfoelgningsmoede:
    """Register that the citizen did not come; it does not count as a talk.

    `aarsag` is what is known of why. Raises `ValidationError` before the day of the meeting or when
    it is no longer agreed.
    """
    moede = laas_aabent(moede.pk)
    dato = timezone.localdate(moede.tidspunkt)
    if dato > i_dag():
        raise ValidationError(
            "Mødet er ikke begyndt endnu. Aflys det, hvis det ikke skal holdes.", code="for_tidligt"
        )
    return _afgoer(
        moede,
        Opfoelgningsmoede.Status.UDEBLEVET,
        dato,
        afbud=Opfoelgningsmoede.Afbud.BORGER,
        aarsag=aarsag.strip(),
        af=af,
    )


def _afgoer(
    moede: Opfoelgningsmoede, status: str, dato: date, *, afbud: str, aarsag: str, af: Bruger
) -> Opfoelgningsmoede:
    moede.status, moede.afgjort_dato = status, dato
    moede.afbud, moede.aarsag = afbud, aarsag
    moede.laas += 1
    moede.full_clean()
    moede.save(update_fields=["status", "afgjort_dato", "afbud", "aarsag", "laas"])
    haendelser.log(moede, f"opfoelgning.{status}", af=af, sag_id=moede.sag_id)
    return moede


def _kraevet(aarsag: str, verbum: str) -> str:
    if not aarsag.strip():
        raise ValidationError({"aarsag": f"Skriv, hvorfor mødet {verbum}."})
    return aarsag.strip()


def aflys_ved_afslutning(haendelse: Haendelse) -> None:
    """Reaction to `sag.afsluttet`: nobody waits for a meeting in a case that has ended."""
    Opfoelgningsmoede.objects.aftalte().filter(sag=haendelse.sag_id).update(
        status=Opfoelgningsmoede.Status.AFLYST, afgjort_dato=i_dag(), aarsag="Sagen er afsluttet"
    )


def laas_aabent(moede_id: int, laas: int | None = None) -> Opfoelgningsmoede:
    """The meeting, locked, if it is still agreed.

    Raises `ValidationError` when it is not, and `ForaeldetVersionError` when somebody has saved
    after `laas` was read.
    """
    moede = Opfoelgningsmoede.objects.select_for_update(of=("self",)).get(pk=moede_id)
    if moede.status != Opfoelgningsmoede.Status.PLANLAGT:
        raise ValidationError(
            "Mødet er allerede %(status)s, og skemaet kan ikke ændres. Det, du har skrevet, er "
            "ikke gemt.",
            code="ikke_aftalt",
            params={"status": "lukket" if moede.er_lukket else moede.get_status_display()},
        )
    kraev_laas(moede, laas)
    return moede


def nyt_moede(
    sag: Sag,
    tidspunkt: datetime,
    sted: str,
    form: str,
    *,
    serie: Opfoelgningsserie | None = None,
    af: Bruger,
) -> Opfoelgningsmoede:
    """The next meeting of a locked case, numbered in the order they were agreed.

    Raises `ValidationError` on `tidspunkt` when it cannot be then, or there is one then already.
    The caller writes the event.
    """
    if fejl := hvorfor_ikke(sag, tidspunkt):
        raise ValidationError({"tidspunkt": fejl})
    _kraev_ledig(sag, tidspunkt)
    hidtil = sag.opfoelgningsmoeder.aggregate(nr=Max("nr"))["nr"] or 0
    moede = Opfoelgningsmoede(
        sag=sag, nr=hidtil + 1, tidspunkt=tidspunkt, sted=sted, form=form, aftalt_af=af, serie=serie
    )
    moede.full_clean()
    moede.save()
    return moede


def _kraev_ledig(sag: Sag, tidspunkt: datetime, undtagen: int | None = None) -> None:
    """Also what stops a form that is sent twice."""
    samtidige = sag.opfoelgningsmoeder.filter(
        status__in=(Opfoelgningsmoede.Status.PLANLAGT, Opfoelgningsmoede.Status.AFHOLDT),
        tidspunkt=tidspunkt,
    )
    andre = samtidige.exclude(pk=undtagen) if undtagen else samtidige
    if andre.exists():
        raise ValidationError(
            {"tidspunkt": "Der er allerede aftalt et møde på det tidspunkt. Find det på listen."}
        )


def hvorfor_ikke(sag: Sag, tidspunkt: datetime) -> str:
    """Why a meeting cannot be at that time, in a sentence; empty when it can."""
    dato = timezone.localdate(tidspunkt)
    if fejl := for_tidligt(sag, dato):
        return fejl
    if dato > i_dag() + HOEJST_FREM:
        return "Datoen ligger mere end et år ude i fremtiden. Kontrollér årstallet."
    if dato >= i_dag() and (navn := lukket_fordi(dato)):
        return f"Der er lukket {dansk.dato(dato)} ({navn}). Vælg en anden dag."
    return ""


def for_tidligt(sag: Sag, dato: date) -> str:
    """Why nothing was followed up on that day yet: there was no case, or no team meeting."""
    if dato < sag.oprettet_dato:
        return f"Datoen ligger før sagen blev oprettet {dansk.dato(sag.oprettet_dato)}."
    indstillet = sag.indstillinger.filter(
        udfald=Udfald.RESSOURCEFORLOEB, afsluttet_den__isnull=False
    ).aggregate(dato=Min("moede_dato"))["dato"]
    if indstillet and dato < indstillet:
        return f"Datoen ligger før teammødet {dansk.dato(indstillet)}. Ret datoen."
    return ""


def lukket_fordi(dato: date) -> str:
    """The holiday or closing day on `dato`, or empty. A weekend is no reason by itself."""
    navn = lukkede_dage(dato, dato).get(dato, "")
    return "" if navn == "weekend" else navn
