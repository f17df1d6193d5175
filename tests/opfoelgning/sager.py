"""Cases at the points the pages are tested at."""

from datetime import date, timedelta

from borgere.models import Fase
from opfoelgning.models import Frist, Fristregel
from opfoelgning.udledning import udled
from ressource import haendelser
from ressource.kalender import i_dag
from tests.factories import (
    IndsatsFactory,
    IndsatsplanFactory,
    IndstillingFactory,
    MaalFactory,
    OpfoelgningsmoedeFactory,
    RessourceforloebFactory,
    SagFactory,
    klokken,
)


def efter_teammoede(bruger, dage_siden: int, **felter):
    """A case whose team recommended a ressourceforløb `dage_siden` days ago, deadlines derived."""
    sag = SagFactory(fase=Fase.AFGOERELSE, ansvarlig=bruger, **felter)
    indstil(sag, dage_siden)
    udled(sager=[sag.pk])
    return sag


def indstil(sag, dage_siden: int):
    return IndstillingFactory(
        afsluttet=True,
        punkt__sag=sag,
        punkt__behandlet_den=klokken(i_dag() - timedelta(days=dage_siden)),
        punkt__moede__dato=i_dag() - timedelta(days=dage_siden),
    )


def i_forloeb(bruger, *, indsatser: int = 1, moede: date | None = None, **felter):
    """A case in the step opfølgning with running efforts and, on `moede`, an agreed follow-up."""
    sag = SagFactory(fase=Fase.OPFOELGNING, ansvarlig=bruger, **felter)
    forloeb = RessourceforloebFactory(
        sag=sag,
        afgoerelse__indstilling__punkt__moede__dato=i_dag() - timedelta(days=60),
        afgoerelse__indstilling__punkt__behandlet_den=klokken(i_dag() - timedelta(days=60)),
    )
    maal = MaalFactory(forloeb=forloeb, rang=1)
    for _ in range(indsatser):
        IndsatsFactory(forloeb=forloeb, maal=maal, i_gang=True)
    IndsatsplanFactory(forloeb=forloeb, godkendt=True, godkendt_dato=i_dag() - timedelta(days=40))
    OpfoelgningsmoedeFactory(
        sag=sag, nr=1, afholdt=True, tidspunkt=klokken(i_dag() - timedelta(days=55))
    )
    if moede:
        OpfoelgningsmoedeFactory(sag=sag, nr=2, tidspunkt=klokken(moede, 13))
    haendelser.log(sag, "sag.oprettet", af=bruger, sag_id=sag.pk)
    return sag


def frist(sag, om_dage: int, *, kode: str = "FOERSTE_OPFOELGNING", anker: int = 1, **felter):
    """An open deadline `om_dage` days from today, warned two days before."""
    forfald = i_dag() + timedelta(days=om_dage)
    return Frist.objects.create(
        **{
            "sag": sag,
            "regel": Fristregel.objects.get(kode=kode),
            "kode": kode,
            "anker_type": "indstilling",
            "anker_id": anker,
            "start_dato": forfald - timedelta(days=7),
            "forfald_dato": forfald,
            "maal_dato": forfald,
            "varsel_dato": forfald - timedelta(days=2),
        }
        | felter
    )
