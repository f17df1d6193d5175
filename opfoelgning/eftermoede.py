"""The talk right after the team meeting: what must be in place before the citizen goes home."""

from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from borgere import deling
from borgere.models import Informationstype, Sag, Samtykke, Tildeling
from opfoelgning.models import Eftermoede, Opfoelgningsmoede
from opfoelgning.tjek import Tjek
from rehabilitering.models import Indstilling, Udfald
from rehabilitering.models.katalog import UDFALD_TIL_AFGOERELSE
from ressource import dansk
from ressource.kalender import i_dag

# The first follow-up is within a week of the team meeting (guide, element 8).
FOERSTE_INDEN = timedelta(weeks=1)


def eftermoede(indstilling: Indstilling) -> Eftermoede:
    """The indstilling's eftermøde, stored or not. One statement."""
    fundet = Eftermoede.objects.filter(indstilling=indstilling).select_related("holdt_af").first()
    return fundet or Eftermoede(indstilling=indstilling)


def mangler(sag: Sag, indstilling: Indstilling, moede: Eftermoede) -> list[Tjek]:
    """The facts of the eftermøde, each with the page where it is mended, in the order of the talk.

    Nothing here is ticked by hand: a line is met when the case says so. At most five statements.
    """
    linjer = [_paa_skrift(indstilling)]
    if indstilling.udfald == Udfald.RESSOURCEFORLOEB:
        linjer += [_opfoelgning(sag, indstilling), _mentor(sag), _planen(sag, moede)]
    if indstilling.udfald in UDFALD_TIL_AFGOERELSE:
        linjer.append(_laegen(sag))
    return linjer


def _tjek(ja: bool, tekst: str, hjaelp: str, handling: str, url: str) -> Tjek:
    return Tjek("ja" if ja else "nej", tekst, hjaelp, "Se" if ja else handling, url)


def _paa_skrift(indstilling: Indstilling) -> Tjek:
    fik = (
        indstilling.udleveringer.filter(version__gte=max(indstilling.version, 1))
        .order_by("dato")
        .first()
    )
    return _tjek(
        fik is not None,
        "Borgeren har fået indstillingen på skrift",
        f"{dansk.dato(fik.dato)}, {fik.get_maade_display()}" if fik else "Læs den sammen",
        "Udlever",
        reverse("rehabilitering:sag_moede", args=[indstilling.sag_id])
        if fik
        else reverse("rehabilitering:indstilling_udlever", args=[indstilling.pk]),
    )


def _opfoelgning(sag: Sag, indstilling: Indstilling) -> Tjek:
    moede = foerste_opfoelgning(sag, indstilling)
    side = reverse("opfoelgning:moede_ny", args=[sag.pk])
    senest = indstilling.moede_dato + FOERSTE_INDEN
    if moede is None:
        hjaelp = f"Senest {dansk.dato(senest)}, en uge efter mødet"
        return _tjek(False, "Første opfølgning er aftalt", hjaelp, "Aftal", side)
    i_tide = timezone.localdate(moede.tidspunkt) <= senest
    hjaelp = f"{dansk.tidspunkt(moede.tidspunkt)}, {moede.sted}"
    return Tjek(
        "ja" if i_tide else "obs",
        "Første opfølgning er aftalt",
        hjaelp if i_tide else f"{hjaelp}. Det er senere end en uge efter mødet",
        "Se",
        reverse("opfoelgning:moede", args=[moede.pk]),
    )


def foerste_opfoelgning(sag: Sag, indstilling: Indstilling) -> Opfoelgningsmoede | None:
    """The first follow-up agreed or held after the team meeting. One statement."""
    fundet: Opfoelgningsmoede | None = (
        sag.opfoelgningsmoeder.filter(
            Q(status=Opfoelgningsmoede.Status.PLANLAGT)
            | Q(status=Opfoelgningsmoede.Status.AFHOLDT),
            tidspunkt__date__gte=indstilling.moede_dato,
        )
        .order_by("tidspunkt", "pk")
        .first()
    )
    return fundet


def _mentor(sag: Sag) -> Tjek:
    mentor = (
        sag.tildelinger.gaeldende(i_dag())
        .filter(art=Tildeling.Art.MENTOR)
        .select_related("bruger")
        .first()
    )
    side = reverse("borgere:tildel", args=[sag.pk])
    return _tjek(
        mentor is not None,
        "Borgeren har en mentor",
        mentor.bruger.navn if mentor else "Mentor er med til opfølgningerne",
        "Tilknyt mentor",
        side if mentor else f"{side}?art={Tildeling.Art.MENTOR}",
    )


def _planen(sag: Sag, moede: Eftermoede) -> Tjek:
    dag = moede.plan_udleveret_dato
    return _tjek(
        dag is not None,
        "Borgeren har fået «Hvem gør hvad hvornår»",
        dansk.dato(dag) if dag else "Gå den igennem sammen",
        "Giv planen",
        reverse("opfoelgning:hvem_goer_hvad", args=[sag.pk]),
    )


def _laegen(sag: Sag) -> Tjek:
    laege = deling.Modtager(Samtykke.Modtager.EGEN_LAEGE)
    svar = deling.maa_dele(sag.borger, laege, Informationstype.INDSTILLING, sag_id=sag.pk)
    return Tjek(
        "ja" if svar.maa else "obs",
        "Egen læge må få indstillingen",
        "" if svar.maa else "Spørg borgeren. Lægen får den kun med samtykke",
        "Se" if svar.maa else "Indhent samtykke",
        reverse("borgere:samtykker", args=[sag.pk]) if svar.maa else svar.link,
    )


def dag_i_ord(dag: date, moede_dato: date) -> str:
    """`På mødedagen`, `Tirsdag 24. november`; with the year when it is another than the meeting's."""
    if dag == moede_dato:
        return "På mødedagen"
    skrevet = dansk.dato_lang(dag).capitalize()
    return skrevet if dag.year != moede_dato.year else skrevet.removesuffix(f" {dag.year}")
