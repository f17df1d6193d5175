"""What the live page shows, and what it answers a page that saves itself or asks for news."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from rehabilitering import dagsorden, helbred, indsatte_svar, indstillingsgrundlag, tekststykker
from rehabilitering.forms.indstilling import LinjeForm
from rehabilitering.forms.live import Liveformular
from rehabilitering.forms.vist import VistForm
from rehabilitering.livestand import Livestand
from rehabilitering.models import Dagsordenspunkt, Indstilling, Tekststykke
from rehabilitering.services import afgoerelse as afgoerelser
from rehabilitering.services import forberedelse
from rehabilitering.services.indstilling_kladde import kan_skrive
from ressource import dansk, opslag
from ressource.adgang import maa
from ressource.anmodning import Anmodning
from ressource.haendelser import SAMME_SKRIVESTUND
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.models import Opslag

SKABELON = "rehabilitering/live.html"


def side(
    request: Anmodning, stand: Livestand, formular: Liveformular, *, status: int = 200
) -> HttpResponse:
    """The whole page."""
    punkt, sag, borger = stand.punkt, stand.punkt.sag, stand.punkt.sag.borger
    opslag.log(request, "live", sag_id=sag.pk, borger_noegle=borger.noegle)
    tur = dagsorden.tur_for(punkt)
    slut = _moment(punkt, tur.plads.slut)
    kontekst = delt(request, stand, formular) | {
        "alder": borger.alder(i_dag()),
        "tur": tur,
        "slut": slut,
        "tilbage": tilbage(_moment(punkt, tur.plads.start), slut),
        "er_kommende": punkt.moede.dato > i_dag(),
        "maa_se_sag": maa(request.user, "indstilling.se"),
        "maa_se_kilde": maa(request.user, "sparring.se_booking"),
        **_naboer(request, punkt),
        **_forberedt(request, punkt, stand.indstilling),
    }
    # A refused text stays on the page to be copied, also when somebody has just finalised.
    kontekst["viser_formular"] = kontekst["kan_skrive"] or formular.hoved.is_bound
    if kontekst["kan_skrive"]:
        kontekst["tekststykker"] = tekststykker.til(Tekststykke.Sted.INDSTILLING)
    if kontekst["med_tekst"]:
        kontekst["afvigelser"] = afgoerelser.afvigelser(sag)
    if stand.indstilling and helbred.ser_forberedelsens(punkt, request.user):
        # Asked for where the indstilling is read and not written. An answer is health as such.
        kontekst["staaende_svar"] = stand.indstilling.indsatte_svar.med_kilde()
    return svar(request, SKABELON, kontekst, status=status)


def delt(request: Anmodning, stand: Livestand, formular: Liveformular) -> dict[str, Any]:
    """What the page and its parts both need."""
    indstilling = stand.indstilling
    fund = indstillingsgrundlag.fund(indstilling, stand.linjer) if indstilling else []
    return {
        "punkt": stand.punkt,
        "moede": stand.punkt.moede,
        "sag": stand.punkt.sag,
        "borger": stand.punkt.sag.borger,
        "stand": stand,
        "formular": formular,
        "indstilling": indstilling,
        "mangler": [mangel for mangel in fund if mangel.stopper],
        "advarsler": [mangel for mangel in fund if not mangel.stopper],
        "gemt": gemt_tekst(stand),
        "med_tekst": helbred.ser_indstillingens(stand.punkt, request.user),
        **rettigheder(request, stand),
    }


def rettigheder(request: Anmodning, stand: Livestand) -> dict[str, bool]:
    """What the user may do on the page."""
    skriver = (
        maa(request.user, "indstilling.skriv")
        and kan_skrive(stand.punkt, request.user)
        and stand.punkt.moede.dato <= i_dag()
        and not (stand.indstilling and stand.indstilling.er_afsluttet)
    )
    return {"kan_skrive": skriver, "kan_afslutte": skriver and stand.er_leder}


def gemt_tekst(stand: Livestand) -> str:
    """`Gemt kl. 10.58 af Tina`, with the date when it was not today."""
    if not stand.sidst_gemt:
        return ""
    hvornaar, hvem = stand.sidst_gemt
    if timezone.localdate(hvornaar) == i_dag():
        return f"Gemt kl. {dansk.klokkeslaet(hvornaar)} af {hvem}"
    return f"Gemt {dansk.tidspunkt(hvornaar)} af {hvem}"


def tilbage(start: datetime, slut: datetime) -> str:
    """`17 min. tilbage` while it is the case's turn; empty long before and after."""
    nu = timezone.now()
    if not start <= nu < slut:
        return ""
    return f"{-(-(slut - nu).seconds // 60)} min. tilbage"


def _moment(punkt: Dagsordenspunkt, tid: Any) -> datetime:
    return datetime.combine(punkt.moede.dato, tid, tzinfo=timezone.get_current_timezone())


def kvittering(
    request: Anmodning,
    stand: Livestand,
    formular: Liveformular,
    *,
    laas: int | None = None,
    fejl: list[str] | None = None,
    varsel: str = "",
    status: int = 200,
) -> HttpResponse:
    """The answer to a page that saved itself: what it says, and what it now holds.

    `laas`: all of the indstilling is on that page, at this number.
    """
    kontekst = delt(request, stand, formular) | {
        "fejl": fejl,
        "varsel": varsel,
        "nye_versioner": formular.nye_versioner(),
        "laas": laas,
        "er_svar": True,
    }
    return svar(request, SKABELON, kontekst, delvis="gemt", status=status)


def nyt(request: Anmodning, stand: Livestand) -> HttpResponse:
    """Every value as stored, for the page to take over where nobody is writing."""
    formular = Liveformular(stand)
    kontekst = delt(request, stand, formular) | {"er_svar": True}
    return render(request, f"{SKABELON}#nyt", kontekst)


def log_visning(request: Anmodning, punkt: Dagsordenspunkt) -> None:
    """Log that the page is being read: once a sitting, for it asks for news every few seconds."""
    sag = punkt.sag
    nylig = Opslag.objects.filter(
        bruger=request.user,
        objekt="live",
        sag_id=sag.pk,
        tidspunkt__gt=timezone.now() - SAMME_SKRIVESTUND,
    )
    if not nylig.exists():
        opslag.log(request, "live", sag_id=sag.pk, borger_noegle=sag.borger.noegle)


def marker_mangler(formular: Liveformular, fejl: dict[str, list[str]]) -> list[str]:
    """Put a refusal to finalise on its fields; what must be said above the form, lines by number."""
    forme: dict[str, VistForm] = {f"linje-{f.linje.nr}": f for f in formular.aktuelle_linjer}
    forme |= {str(form.prefix): form for form in formular.personer} | {"": formular.hoved}
    tekster = []
    for noegle, beskeder in fejl.items():
        praefiks, _, felt = noegle.rpartition("-")
        form = forme.get(praefiks)
        if form and form.is_bound and felt in form.fields:
            form.add_error(felt, beskeder)
        if form is formular.hoved and felt in form.fields:
            continue
        foran = ""
        if isinstance(form, LinjeForm):
            foran = f"Linje {form.linje.nr}, {form.linje.beskrivelse or form.linje.indsatstype}: "
        tekster += [f"{foran}{besked}" for besked in beskeder]
    return tekster


def _naboer(request: Anmodning, punkt: Dagsordenspunkt) -> dict[str, Any]:
    """The cases before and after on the agenda, of those the user may see."""
    raekke = list(
        punkt.moede.punkter.aktive().synlige_for(request.user).values_list("pk", flat=True)
    )
    her = raekke.index(punkt.pk)
    return {
        "forrige": raekke[her - 1] if her else None,
        "naeste": raekke[her + 1] if her + 1 < len(raekke) else None,
    }


def _forberedt(
    request: Anmodning, punkt: Dagsordenspunkt, indstilling: Indstilling | None
) -> dict[str, Any]:
    """The citizen's own words, the goal and the sundhedskoordinator's answers."""
    sag = punkt.sag
    ser_helbred = helbred.ser_forberedelsens(punkt, request.user)
    del_ = forberedelse.seneste_del(sag)
    afsnit = [
        linje
        for linje in forberedelse.afsnitsliste(sag, del_)
        if helbred.ser_afsnit(linje.kode, request.user, ser_helbred=ser_helbred)
    ]
    svar_: list[indsatte_svar.Svarlinje] = []
    if ser_helbred:
        svar_ = indsatte_svar.i_indstilling(sag, indstilling, laeser=request.user)
    return {
        "forberedende_del": del_,
        "uenig": [linje.afsnit.uenig for linje in afsnit if linje.afsnit.uenig],
        "egne_ord": [linje for linje in afsnit if linje.afsnit.egne_ord],
        "svar": svar_,
    }
