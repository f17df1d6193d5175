"""Goals by rank; writing opens the draft."""

from django.core.exceptions import ValidationError
from django.db import transaction

from indsatsplan.models import Maal, Ressourceforloeb
from indsatsplan.services.adgangskrav import laas_aabent_forloeb
from indsatsplan.services.kladde import aabn_kladde
from ressource import haendelser
from ressource.models import Bruger
from ressource.samtidighed import kraev_laas


@transaction.atomic
def gem_maal(
    forloeb: Ressourceforloeb,
    *,
    tekst: str,
    art: str,
    af: Bruger,
    maal: Maal | None = None,
    laas: int | None = None,
    rang: int | None = None,
) -> Maal:
    """Save a new goal or change `maal`; `rang` (default last, or unchanged) moves the others.

    Ranks stay 1, 2, 3 … without holes. Raises `ValidationError` when
    the first goal would not be the job or education goal of the forløb; `ForaeldetVersionError`
    when somebody changed or moved `maal` after `laas` was read.
    """
    forloeb = laas_aabent_forloeb(forloeb.pk)
    aabn_kladde(forloeb, af=af)
    raekke = list(forloeb.maal.gaeldende())
    if maal is None:
        plads = len(raekke)
        maal = Maal(forloeb=forloeb)
    else:
        maal = next(m for m in raekke if m.pk == maal.pk)
        kraev_laas(maal, laas)
        plads = raekke.index(maal)
        raekke.remove(maal)
    if rang is not None:
        plads = min(max(rang, 1), len(raekke) + 1) - 1
    maal.tekst, maal.art = tekst, art
    raekke.insert(plads, maal)
    if not raekke[0].art:
        raise ValidationError(
            "Mål nr. 1 er forløbets job- eller uddannelsesmål. Vælg job eller uddannelse.",
            code="foerste_maal",
        )
    for nr, andet in enumerate(raekke, start=1):
        if andet is not maal and andet.rang != nr:
            andet.rang, andet.laas = nr, andet.laas + 1
            andet.save(update_fields=["rang", "laas"])
    maal.rang, maal.laas = plads + 1, maal.laas + 1
    maal.full_clean()
    maal.save()
    haendelser.log(maal, "plan.maal_gemt", af=af, sag_id=forloeb.sag_id, rang=maal.rang)
    return maal
