"""A case brought to the point where it can be handed in, by the services that people use."""

from django.core.files.base import ContentFile

from rehabilitering.services import forberedelse, laegeattest
from ressource.generator import TOM_PDF
from ressource.kalender import i_dag
from tests.factories import (
    BrugerFactory,
    ForberedendeDelFactory,
    KvalitetssikringFactory,
    LaegeattestFactory,
    SagFactory,
)

PDF = TOM_PDF


def fil(navn="laeattest.pdf", indhold=PDF):
    return ContentFile(indhold, name=navn)


def gem_afsnit(del_, kode, felter, *, laas, af):
    """Save the fields of one section that `felter` names, as written on lock number `laas`."""
    return forberedelse.gem(del_, kode, afsnit=forberedelse.Rettelse(felter, laas), af=af)


def gem_del(del_, felter, *, laas, af):
    """Save the fields of the head that `felter` names, as written on lock number `laas`."""
    return forberedelse.gem(del_, hoved=forberedelse.Rettelse(felter, laas), af=af)


def skriv_alt(sag, *, af):
    """A forberedende del with every section filled, a goal, gone through with the citizen."""
    del_ = forberedelse.begynd_del(sag, af=af)
    for linje in forberedelse.afsnitsliste(sag, del_):
        tekster = {
            "egne_ord": f"Om {linje.titel}",
            "beskrivelse": "Borgeren fortæller.",
            "skrevet_sammen": "ja",
        }
        gem_afsnit(del_, linje.kode, tekster, laas=0, af=af)
    maal = {"maal": "Medhjælper på bibliotek", "maal_art": "job"}
    del_ = gem_del(del_, maal, laas=0, af=af)
    return forberedelse.marker_gennemgaaet(del_, dato=i_dag(), af=af)


def klar_sag(*, af=None, **felter):
    """A case in the step forberedelse that meets every requirement, with `af` as responsible."""
    af = af or BrugerFactory()
    sag = SagFactory(fase="forberedelse", ansvarlig=af, **felter)
    skriv_alt(sag, af=af)
    attest = laegeattest.anmod(sag, spoergsmaal="Hvad kan hun?", af=af)
    laegeattest.modtag(attest, fil(), modtaget_dato=i_dag(), af=af)
    return sag


def klar_til_moede(**felter):
    """A case that may be put on an agenda: quality assured and with a current LÆ 265."""
    sag = SagFactory(fase="moede", **felter)
    KvalitetssikringFactory(sag=sag, godkendt=True)
    LaegeattestFactory(sag=sag, modtaget=True)
    return sag


def begyndt_del(*, af, **felter):
    """An empty forberedende del in a case of `af`."""
    sag = SagFactory(fase="forberedelse", ansvarlig=af)
    return ForberedendeDelFactory(sag=sag, oprettet_af=af, **felter)
