"""Who gets through to each address of the plan, written out by hand: the matrix is what is tested."""

from indsatsplan.models import Plansvar
from tests.factories import (
    IndsatsFactory,
    IndsatspauseFactory,
    IndsatsplanFactory,
    IndstillingslinjeFactory,
    RessourceforloebFactory,
)
from tests.indsatsplan import adgang_garanti, adgang_maal, adgang_praktik, adgang_trapper
from tests.rehabilitering.svardata import besvaret

SAGSBEHANDLERE = {"sagsbehandler", "koordinerende"}
KOORDINERENDE = {"koordinerende"}


def forloeb(sag, bruger):
    return sag.forloeb.first() or RessourceforloebFactory(sag=sag)


def med_forloeb(sag, bruger):
    return {"pk": forloeb(sag, bruger).sag_id}


def indsats(sag, bruger):
    return {"pk": IndsatsFactory(forloeb=forloeb(sag, bruger)).pk}


def pause(sag, bruger):
    return {"pk": IndsatspauseFactory(indsats__forloeb=forloeb(sag, bruger)).pk}


def godkendt_plan(sag, bruger):
    forloebet = forloeb(sag, bruger)
    nr = forloebet.planer.count() + 1
    return {
        "pk": IndsatsplanFactory(
            forloeb=forloebet,
            nr=nr,
            godkendt=True,
            indhold={"maal": [{"id": 1, "rang": 1, "tekst": "Job", "art": "job", "indsatser": []}]},
        ).pk
    }


def _svar(sag, bruger):
    return med_forloeb(sag, bruger) | {"booking_pk": besvaret(sag).pk}


def _plansvar(sag, bruger):
    plan = IndsatsplanFactory(forloeb=forloeb(sag, bruger))
    svar = Plansvar.objects.create(forloeb=plan.forloeb, booking=besvaret(sag), indsat_af=bruger)
    return {"pk": sag.pk, "svar_pk": svar.pk}


def _linje(sag, bruger):
    indstilling = forloeb(sag, bruger).afgoerelse.indstilling
    linje = IndstillingslinjeFactory(indstilling=indstilling)
    return {"pk": sag.pk, "linje_pk": linje.pk}


# What may be done with an effort, written where it stands in the plan.
GANG = ("begynd", "pause", "genoptag", "slut", "forlaeng", "bortfald", "gang")
_paa_indsats = {"metode": "post", "objekt": indsats, "roller": KOORDINERENDE}

ADGANG = {
    **adgang_garanti.ADGANG,
    **adgang_maal.ADGANG,
    **adgang_praktik.ADGANG,
    **adgang_trapper.ADGANG,
    "indsatsplan:svar_indsaet": {"metode": "post", "objekt": _svar, "roller": KOORDINERENDE},
    "indsatsplan:svar_fjern": {"metode": "post", "objekt": _plansvar, "roller": KOORDINERENDE},
    "indsatsplan:plan": {
        "objekt": "sag",
        "roller": SAGSBEHANDLERE | {"virksomhedskonsulent", "teamleder"},
    },
    "indsatsplan:linje_forklar": {"objekt": _linje, "roller": KOORDINERENDE},
    "indsatsplan:linje_fortryd": {"metode": "post", "objekt": _linje, "roller": KOORDINERENDE},
    "indsatsplan:tilbagemelding": {
        "roller": SAGSBEHANDLERE
        | {
            "teammedlem",
            "moedeleder",
            "sundhedskoordinator",
            "virksomhedskonsulent",
            "familieafdeling",
            "uddannelsesvejleder",
            "faglig_konsulent",
        }
    },
    "indsatsplan:plan_godkend": {"objekt": med_forloeb, "roller": KOORDINERENDE},
    "indsatsplan:indsats_ny": {"objekt": med_forloeb, "roller": KOORDINERENDE},
    "indsatsplan:indsats": {"objekt": indsats, "roller": SAGSBEHANDLERE | {"teamleder"}},
    "indsatsplan:indsats_gem": _paa_indsats,
    **{f"indsatsplan:indsats_{kode}": _paa_indsats for kode in GANG},
    "indsatsplan:pause_ret": _paa_indsats | {"objekt": pause},
    "indsatsplan:planlaeg_linjer": _paa_indsats | {"objekt": med_forloeb},
    "indsatsplan:mentor": {"objekt": med_forloeb, "roller": {"mentor"}},
    "indsatsplan:version": {"objekt": godkendt_plan, "roller": SAGSBEHANDLERE | {"teamleder"}},
    "indsatsplan:udskrift": {"objekt": godkendt_plan, "roller": SAGSBEHANDLERE | {"teamleder"}},
}
