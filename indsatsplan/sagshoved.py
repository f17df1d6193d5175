"""What the plan adds to every case page's header: the goal, and the forløb's dates."""

from datetime import date

from django.db.models import OuterRef, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, JSONObject

from indsatsplan.models import Maal, Ressourceforloeb
from ressource import dansk


def jobmaal() -> Combinable:
    """The first goal of the case's newest forløb, as an expression over `Sag`."""
    foerste = Maal.objects.filter(forloeb__sag=OuterRef("pk"), rang=1)
    return Subquery(foerste.order_by("-forloeb__start_dato").values("tekst")[:1])


def forloebets_dage() -> Combinable:
    """First and last day of the case's newest forløb, as an expression over `Sag`."""
    dage = JSONObject(fra="start_dato", til=Coalesce("afsluttet_dato", "slut_dato"))
    forloeb = Ressourceforloeb.objects.filter(sag=OuterRef("pk")).order_by("-start_dato")
    return Subquery(forloeb.values(dage=dage)[:1])


def vis_forloeb(dage: dict[str, str]) -> str:
    """`Ressourceforløb 01.06.2025 – 31.05.2027`."""
    fra, til = (dansk.dato(date.fromisoformat(dage[navn])) for navn in ("fra", "til"))
    return f"Ressourceforløb {fra} – {til}"
