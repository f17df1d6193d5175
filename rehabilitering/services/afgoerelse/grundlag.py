"""What there is to decide in a case, and who may decide it."""

from django.core.exceptions import PermissionDenied, ValidationError

from borgere.models import Fase, Sag
from borgere.services import kraev_fase, laas_sag
from rehabilitering.models import Afgoerelse, Indstilling, Udfald
from rehabilitering.models.afgoerelse import AfgoerelseQuerySet
from rehabilitering.models.katalog import UDFALD_TIL_AFGOERELSE
from ressource.dansk import tidspunkt
from ressource.kalender import i_dag
from ressource.models import Bruger, Stedfortraeder

_TOMME = ("faktum", "maalgruppebetingelse", "uden_moede_grund", "uden_partshoering_grund")
_MED = ("sag__regelsaet", "sag__borger", "indstilling__punkt__moede", "erstatter", "brev")


def kan_skrive(sag: Sag, bruger: Bruger) -> bool:
    """Whether the user answers for the case today, or stands in for the one who does."""
    vikar_for = Stedfortraeder.objects.gaeldende(i_dag()).filter(vikar=bruger)
    ansvarlige = sag.tildelinger.gaeldende(i_dag()).ansvarlige()
    return (
        ansvarlige.filter(bruger=bruger).exists()
        or ansvarlige.filter(bruger__in=vikar_for.values("for_bruger")).exists()
    )


def kraev_ansvarlig(sag: Sag, af: Bruger) -> None:
    """Raise `PermissionDenied` for others than the responsible caseworker and a deputy."""
    if not kan_skrive(sag, af):
        raise PermissionDenied("Kun den ansvarlige sagsbehandler kan skrive afgørelsen.")


def til_afgoerelse(sag: Sag) -> Indstilling | None:
    """The latest finalised indstilling, when it is one that a decision can be made from."""
    seneste = (
        sag.indstillinger.afsluttede()
        .select_related("punkt__moede", "afgoerelse__brev", "sag__regelsaet", "sag__borger")
        .order_by("-afsluttet_den")
        .first()
    )
    return seneste if seneste and seneste.udfald in UDFALD_TIL_AFGOERELSE else None


def aktuel(sag: Sag, *, af: Bruger) -> Afgoerelse | None:
    """The decision the case's page is about, with what the page shows; None with nothing to decide.

    The latest of what the team has finalised and what is decided without it. A recommendation
    nobody has begun to decide on gives an unsaved draft. Changes of a decision have their own page.
    """
    seneste = til_afgoerelse(sag)
    uden = (
        sag.afgoerelser.filter(indstilling=None, erstatter=None, foelger_indstilling=True)
        .select_related(*_MED)
        .first()
    )
    if uden and (seneste is None or _er_nyere(uden, seneste)):
        return uden
    if seneste is None:
        return None
    findes: Afgoerelse | None = getattr(seneste, "afgoerelse", None)
    if findes is None:
        return ny_afgoerelse(seneste, af=af)
    findes.sag = seneste.sag
    return findes


def _er_nyere(uden: Afgoerelse, indstilling: Indstilling) -> bool:
    return (
        uden.afsluttet_den is None
        or indstilling.afsluttet_den is None
        or uden.afsluttet_den > indstilling.afsluttet_den
    )


def kan_rettes(afgoerelse: Afgoerelse) -> bool:
    """Whether it is a draft that may be written in now, whoever asks."""
    if afgoerelse.er_truffet or afgoerelse.er_afveget:
        return False
    return bool(afgoerelse.erstatter_id or afgoerelse.sag.fase == Fase.AFGOERELSE)


def kan_afgoeres_uden_moede(sag: Sag) -> bool:
    """Whether the case is ready for a meeting that its rule set does not ask for."""
    return sag.fase == Fase.MOEDE and not sag.regelsaet.moede_er_lovpligtigt


def afvigelser(sag: Sag) -> AfgoerelseQuerySet:
    """What the team must read before it assesses the case again, the latest first."""
    return (
        sag.afgoerelser.filter(foelger_indstilling=False, afsluttet_den=None)
        .exclude(indstilling=None)
        .select_related("indstilling")
        .order_by("-pk")
    )


def ny_afgoerelse(indstilling: Indstilling, *, af: Bruger) -> Afgoerelse:
    """An unsaved decision that follows the indstilling, with the rule set's texts copied in."""
    afgoerelse = med_regler(indstilling.sag, indstilling.udfald, af=af)
    afgoerelse.indstilling = indstilling
    afgoerelse.maalgruppebetingelse = indstilling.maalgruppebetingelse
    return afgoerelse


def med_regler(sag: Sag, udfald: str, *, af: Bruger) -> Afgoerelse:
    """An unsaved decision with the legal basis and the guidance of the case's rule set."""
    return Afgoerelse(
        sag=sag,
        udfald=udfald,
        hjemmel=sag.regelsaet.hjemmel(udfald),
        klagevejledning=sag.regelsaet.klagevejledning,
        # The database's defaults are not values yet, and the page shows a draft nobody has saved.
        **dict.fromkeys(_TOMME, ""),
        skrevet_af=af,
    )


def laas_aaben(afgoerelse: Afgoerelse, af: Bruger) -> Afgoerelse:
    """The draft, with its case, locked. Refuses others, and what is made or sent back."""
    sag = laas_sag(afgoerelse.sag_id)
    kraev_ansvarlig(sag, af)
    laast = Afgoerelse.objects.select_for_update(of=("self",)).get(pk=afgoerelse.pk)
    laast.sag = sag
    if laast.afsluttet_den:
        raise ValidationError(
            f"Afgørelsen er allerede truffet {tidspunkt(laast.afsluttet_den)} og kan ikke ændres.",
            code="truffet",
        )
    if laast.er_afveget:
        raise ValidationError(
            "Afgørelsen afviger fra indstillingen, og sagen er sendt tilbage til teamet. "
            "Vent på en ny indstilling.",
            code="afveget",
        )
    if laast.erstatter_id is None:
        kraev_fase(sag, Fase.AFGOERELSE)
    return laast


def er_forloeb(afgoerelse: Afgoerelse) -> bool:
    """Whether it grants a ressourceforløb."""
    return afgoerelse.udfald == Udfald.RESSOURCEFORLOEB
