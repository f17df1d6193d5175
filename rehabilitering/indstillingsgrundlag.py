"""What the case and its meeting say of an indstilling: the tables behind `rehabilitering.mangler`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from rehabilitering import deltagerkrav, maalforskel, mangler, varighed, varighedskontrol
from rehabilitering.mangler import Grundlag, Mangel
from rehabilitering.models import Afgoerelse, Fagomraade, Indstilling, Indstillingslinje, Udfald
from rehabilitering.varighed import Periode


def fund(indstilling: Indstilling, linjer: Sequence[Indstillingslinje]) -> list[Mangel]:
    """Every finding on the indstilling as it stands; `Mangel.stopper` tells which stop the chair."""
    return mangler.fund(indstilling, linjer, indstilling.sag.regelsaet, hent(indstilling))


def hent(indstilling: Indstilling) -> Grundlag:
    """The case's and the meeting's part, in a fixed number of statements for each outcome."""
    krav = deltagerkrav.status(indstilling.punkt)
    har_svar = indstilling.pk is not None and indstilling.indsatte_svar.gaeldende().exists()
    grundlag = Grundlag(
        uopfyldte_krav=[en for en in krav if not en.er_opfyldt],
        region_deltog=any(en.er_opfyldt and en.krav.fagomraade == Fagomraade.REGION for en in krav),
        har_indsat_svar=har_svar,
    )
    if indstilling.udfald == Udfald.RESSOURCEFORLOEB:
        grundlag = replace(grundlag, maal_foer=maalforskel.maal_foer(indstilling))
    return _med_varighed(grundlag, indstilling)


def _med_varighed(grundlag: Grundlag, indstilling: Indstilling) -> Grundlag:
    """With what the rules have against the duration, whatever the citizen wishes and unless."""
    maaneder = indstilling.varighed_maaneder
    if indstilling.udfald != Udfald.RESSOURCEFORLOEB or not maaneder:
        return grundlag
    sag = indstilling.sag
    # Of one that is corrected, the forløb it has led to is the one that is judged.
    egen = Afgoerelse.objects.filter(indstilling=indstilling) if indstilling.er_afsluttet else None
    tidligere = varighedskontrol.tidligere_forloeb(sag, undtagen=egen.first() if egen else None)
    start = _foerste_dag(indstilling.moede_dato, tidligere)
    slut = varighed.sidste_dag(start, maaneder)

    def brud(*, oensker_mere: bool) -> list[str]:
        return varighed.brud(
            sag.regelsaet,
            foedt=sag.borger.foedselsdato,
            start=start,
            slut=slut,
            tidligere=tidligere,
            oensker_mere=oensker_mere,
        )

    altid = brud(oensker_mere=True)
    return replace(
        grundlag,
        varighedsbrud=altid,
        kun_efter_oenske=[b for b in brud(oensker_mere=False) if b not in altid],
        skaering=varighedskontrol.skaeringsbrud(sag, start=start, slut=slut, tidligere=tidligere),
    )


def _foerste_dag(moede_dato: date, tidligere: Sequence[Periode]) -> date:
    """The earliest it can begin: the day of the meeting, or the day after a forløb that runs."""
    loeber = [til for fra, til in tidligere if fra <= moede_dato <= til]
    return max(loeber) + timedelta(days=1) if loeber else moede_dato
