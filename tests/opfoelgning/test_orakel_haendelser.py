"""What is derived as each event commits is what the night would make of it.

Random events, through the services, in cases with random histories. After each sequence the rows of
the case are held against the plain reckoning; at the end of the day the night finds nothing to do.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import fields
from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError

from borgere import services as borgere
from borgere.models import Sag, Samtykke, Tildeling
from indsatsplan.models import Fritagelse, Indsats, Ressourceforloeb
from indsatsplan.services import fritagelse as fritagelser
from indsatsplan.services import gennemfoerelse, pause
from opfoelgning import services
from opfoelgning.models import Opfoelgningsmoede, Opgave
from opfoelgning.skema import Punkt, Skema
from opfoelgning.udledning import udled
from rehabilitering.models import Afgoerelse, Dagsordenspunkt, Klage, Laegeattest, Teammoede
from rehabilitering.services import klage, kvalitetssikring, laegeattest, sagspakke
from rehabilitering.services.moede import aendring, dagsorden
from ressource.models import Bruger, Rolle
from tests.antal import antal
from tests.factories import BrugerFactory, KvalitetssikringFactory, LaegeattestFactory, klokken
from tests.opfoelgning import historier
from tests.opfoelgning.orakel import Orakel, forskelle, fundne

pytestmark = pytest.mark.django_db

SAGER = 70
NAETTER, SEKVENSER = 3, antal(300)
# A Tuesday in the middle of what the histories tell of.
FOERSTE_DAG = date(2026, 11, 24)


class IntetError(Exception):
    """There is nothing in the case to do it to."""


def en(r: random.Random, raekker: Any) -> Any:
    """One of the rows."""
    fundne = list(raekker.order_by("pk"))
    if not fundne:
        raise IntetError
    return r.choice(fundne)


def i_fase(sag, fase):
    """The step takes part in no deadline; without it the service would refuse."""
    if not Sag.objects.aabne().filter(pk=sag.pk).update(fase=fase):
        raise IntetError


def aftal(r, sag, af, dag):
    i_fase(sag, "opfoelgning")
    services.aftal_moede(
        sag, tidspunkt=klokken(dag + timedelta(days=r.randrange(-40, 60))), sted="Kantinen", af=af
    )


def et_aftalt(r, sag):
    return en(r, Opfoelgningsmoede.objects.aftalte().filter(sag=sag))


def flyt(r, sag, af, dag):
    services.flyt_moede(
        et_aftalt(r, sag),
        tidspunkt=klokken(dag + timedelta(days=r.randrange(-40, 60)), 11),
        sted="Kantinen",
        aarsag="Bussen",
        af=af,
    )


def aflys(r, sag, af, dag):
    services.aflys_moede(et_aftalt(r, sag), afbud="borger", aarsag="Syg", af=af)


def udebliv(r, sag, af, dag):
    services.udeblev(et_aftalt(r, sag), af=af)


def hold(r, sag, af, dag):
    moede = et_aftalt(r, sag)
    indsatser = Indsats.objects.loebende().filter(forloeb__sag=sag)
    punkter = {i.pk: Punkt(hvad_skete="Går godt", naeste_tre_maaneder="Mere") for i in indsatser}
    naeste = {"naeste_tidspunkt": klokken(dag + timedelta(days=28)), "naeste_sted": "Kantinen"}
    grund = {"uden_naeste_begrundelse": "Aftales på telefon"}
    skema = Skema(
        sted=moede.sted,
        mentor_var_med=True,
        skitse="Fast job",
        punkter=punkter,
        **r.choice([naeste, grund]),
    )
    services.luk_moede(moede, skema, laas=moede.laas, af=af)


def giv_samtykke(r, sag, af, dag):
    borgere.giv_samtykke(
        sag,
        modtager="egen_laege",
        informationstyper=["helbred"],
        fra_dato=dag - timedelta(days=r.randrange(5)),
        til_dato=dag + timedelta(days=r.randrange(10, 300)),
        givet_hvordan="På mødet",
        af=af,
    )


def traek_samtykke(r, sag, af, dag):
    samtykke = en(r, Samtykke.objects.gaeldende(dag).filter(borger=sag.borger_id))
    borgere.traek_samtykke(samtykke, sag=sag, af=af)


def et_forloeb(r, sag):
    return en(r, Ressourceforloeb.objects.filter(sag=sag))


def fritag(r, sag, af, dag):
    fra = dag + timedelta(days=r.randrange(-60, 20))
    fritagelser.gem_fritagelse(
        et_forloeb(r, sag),
        art="fritaget",
        fra_dato=fra,
        til_dato=r.choice([None, fra + timedelta(days=r.randrange(30))]),
        begrundelse="Indlagt",
        af=af,
    )


def fortryd_fritagelse(r, sag, af, dag):
    raekke = en(r, Fritagelse.objects.gaeldende().filter(forloeb__sag=sag))
    fritagelser.fjern_fritagelse(raekke, af=af)


def begynd(r, sag, af, dag):
    indsats = en(r, Indsats.objects.filter(forloeb__sag=sag).ikke_begyndte())
    gennemfoerelse.begynd_indsats(indsats, dato=dag - timedelta(days=r.randrange(4)), af=af)


def afslut_indsats(r, sag, af, dag):
    indsats = en(r, Indsats.objects.filter(forloeb__sag=sag).loebende())
    gennemfoerelse.afslut_indsats(
        indsats, dato=dag - timedelta(days=r.randrange(4)), afbrudt=False, af=af
    )


def hold_pause(r, sag, af, dag):
    indsats = en(r, Indsats.objects.filter(forloeb__sag=sag).loebende())
    pause.hold_pause(indsats, fra=dag - timedelta(days=r.randrange(4)), begrundelse="Lukket", af=af)


def en_opgave(r, sag):
    return en(r, Opgave.objects.aabne().filter(sag=sag))


def goer_opgave(r, sag, af, dag):
    services.udfoer_opgave(en_opgave(r, sag), dato=dag - timedelta(days=r.randrange(4)), af=af)


def drop_opgave(r, sag, af, dag):
    services.bortfald_opgave(en_opgave(r, sag), grund="Ikke nødvendig", af=af)


def skriv_opgave(r, sag, af, dag):
    services.tilfoej_opgave(
        sag,
        hvad="Ring til kantinen",
        hvem=r.choice(["mentor", "ansvarlig", "borger"]),
        frist_dato=dag + timedelta(days=r.randrange(30)),
        af=af,
    )


def overdrag(r, sag, af, dag):
    til = en(r, Bruger.objects.filter(roller__contains=[Rolle.SAGSBEHANDLER], team=sag.team_id))
    borgere.tildel(sag, til, Tildeling.Art.ANSVARLIG, af=af)


def faa_mentor(r, sag, af, dag):
    til = en(r, Bruger.objects.filter(roller__contains=[Rolle.MENTOR], team=sag.team_id))
    borgere.tildel(sag, til, Tildeling.Art.MENTOR, af=af)


def afslut_sag(r, sag, af, dag):
    if r.random() < 0.6:
        raise IntetError
    borgere.afslut_sag(sag, aarsag="andet", dato=dag, af=af)


def klag(r, sag, af, dag):
    afgoerelse = en(r, Afgoerelse.objects.filter(sag=sag, afgoerelse_dato__lte=dag))
    klage.registrer(
        afgoerelse,
        modtaget_dato=dag - timedelta(days=r.randrange(5)),
        maade="mundtligt",
        klager="Bo",
        indhold=f"Fleksjob {r.random()}",
        af=af,
    )


def genvurder(r, sag, af, dag):
    aaben = en(r, Klage.objects.filter(sag=sag, lukket_den=None, genvurdering=""))
    klage.genvurder(
        aaben, genvurdering="fastholdt", begrundelse="Intet nyt", dato=dag, laas=aaben.laas, af=af
    )


def send_retur(r, sag, af, dag):
    i_fase(sag, "kvalitetssikring")
    sag.kvalitetssikringer.filter(resultat="").delete()
    ks = KvalitetssikringFactory(sag=sag, forberedende_del__nr=r.randrange(10, 30_000))
    kvalitetssikring.retur(ks, begrundelse="Målet mangler", af=af)


def bestil_attest(r, sag, af, dag):
    i_fase(sag, "forberedelse")
    laegeattest.anmod(sag, spoergsmaal="Hvad kan borgeren?", af=af)


def annuller_attest(r, sag, af, dag):
    attest = en(r, Laegeattest.objects.ubesvarede().filter(sag=sag))
    laegeattest.annuller(attest, begrundelse="Sendt forkert", af=af)


def et_punkt(r, sag):
    return en(r, Dagsordenspunkt.objects.aabne().filter(sag=sag))


def udgiv(r, sag, af, dag):
    sagspakke.udgiv(et_punkt(r, sag), af=af)


def tag_af(r, sag, af, dag):
    dagsorden.tag_af(et_punkt(r, sag), af=af)


def flyt_teammoede(r, sag, af, dag):
    moede = et_punkt(r, sag).moede
    ny = {felt.name: getattr(moede, felt.name) for felt in fields(aendring.Rettelse)}
    ny |= {"dato": dag + timedelta(days=r.randrange(1, 60)), "moedeleder": af}
    aendring.ret_moede(moede, aendring.Rettelse(**ny), sekvens=moede.sekvens, af=af)


def aflys_teammoede(r, sag, af, dag):
    aendring.aflys_moede(et_punkt(r, sag).moede, "Sygdom", af=af)


HAENDELSER: tuple[Callable[..., None], ...] = (
    aftal,
    aftal,
    flyt,
    aflys,
    udebliv,
    hold,
    giv_samtykke,
    traek_samtykke,
    fritag,
    fortryd_fritagelse,
    begynd,
    afslut_indsats,
    hold_pause,
    goer_opgave,
    drop_opgave,
    skriv_opgave,
    overdrag,
    faa_mentor,
    afslut_sag,
    klag,
    genvurder,
    send_retur,
    bestil_attest,
    annuller_attest,
    udgiv,
    tag_af,
    flyt_teammoede,
    aflys_teammoede,
)


@pytest.fixture
def sager():
    """Open cases of these years in which much can happen: in a forløb, or on an agenda to come."""
    r = random.Random(20261124)
    historier.luk_dage(r)
    sager = historier.lav(
        r, SAGER, lambda r: FOERSTE_DAG - timedelta(days=r.choice([90, 200, 400, 600]))
    )
    punkter = Dagsordenspunkt.objects.aabne().filter(sag__in=sager)
    for nr, punkt in enumerate(punkter):
        _saet_paa_kommende(punkt, FOERSTE_DAG + timedelta(days=20 + nr))
    loebende = Ressourceforloeb.objects.i_perioden(FOERSTE_DAG, FOERSTE_DAG)
    return [
        *loebende.filter(sag__in=sager).values_list("sag", flat=True),
        *punkter.values_list("sag", flat=True),
    ]


def _saet_paa_kommende(punkt: Dagsordenspunkt, dag: date) -> None:
    """A meeting of its own, and the certificate that the database asks of a case on an agenda."""
    LaegeattestFactory(
        sag=punkt.sag,
        modtaget=True,
        anmodet_dato=FOERSTE_DAG - timedelta(days=30),
        modtaget_dato=FOERSTE_DAG - timedelta(days=10),
        gyldig_til=FOERSTE_DAG + timedelta(days=900),
    )
    Teammoede.objects.filter(pk=punkt.moede_id).update(
        dato=dag, start=time(8), slut=time(15), aflyst_den=None, aflyst_grund=""
    )


def test_deadlines_at_commit_are_those_of_the_night(sager, django_capture_on_commit_callbacks):
    froe = random.randrange(2**32)
    r = random.Random(froe)
    af = BrugerFactory(roller=[Rolle.SAGSBEHANDLER, Rolle.FAGLIG_KONSULENT, Rolle.MOEDELEDER])
    sket: Counter[str] = Counter()
    for nat in range(NAETTER):
        dag = FOERSTE_DAG + timedelta(days=nat * r.choice([1, 3, 40]))
        with time_machine.travel(klokken(dag, 9), tick=False):
            udled()
            for _ in range(SEKVENSER // NAETTER):
                sag = en(r, Sag.objects.aabne().filter(pk__in=sager))
                sekvens: list[str] = []
                for handling in r.sample(HAENDELSER, len(HAENDELSER)):
                    if len(sekvens) == r.randrange(2, 6):
                        break
                    with django_capture_on_commit_callbacks(execute=True):
                        try:
                            handling(r, sag, af, dag)
                        except (ValidationError, IntetError):
                            continue
                        sekvens.append(handling.__name__)
                _kontroller(sag, dag, (froe, sekvens))
                sket.update(sekvens)
            assert not udled(), froe
    assert len(sket) > 12, sket


def _kontroller(sag: Sag, dag: date, hvad: Any) -> None:
    """All the citizen's cases: a consent belongs to each of them."""
    alle = list(Sag.objects.filter(borger=sag.borger_id).values_list("pk", flat=True))
    ventede, der = Orakel(alle).frister(dag), fundne(alle)
    rester = {n for n, frist in der.items() if frist.bortfaldet and n not in ventede}
    assert forskelle(ventede, {n: f for n, f in der.items() if n not in rester}) == [], hvad
