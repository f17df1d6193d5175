"""The case's tab: its meeting, what the team recommends, what the citizen has of it, the decision."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from borgere import deling, sagsramme
from borgere.models import Fase, Forsendelse, Informationstype, Sag
from rehabilitering import dagsorden, helbred
from rehabilitering.models import (
    Indstilling,
    Indstillingslinje,
    Indstillingsudlevering,
    Svarindsaettelse,
)
from rehabilitering.services import indstilling_ret
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning

EGEN_LAEGE = deling.Modtager(Forsendelse.Modtager.EGEN_LAEGE)


@require_safe
@kraever("indstilling.se")
def sag_moede(request: Anmodning, pk: int) -> HttpResponse:
    """Everything finalised, newest first; a draft is the live page's."""
    sag = sagsramme.hent(request, pk)
    punkter = list(
        sag.dagsordenspunkter.aktive().select_related("moede", "indstilling").order_by("-pk")
    )
    aabent = next((p for p in punkter if p.behandlet_den is None), None)
    kontekst = sagsramme.ramme(request, sag, "moede") | {
        "aabent": aabent,
        "tid": dagsorden.tur_for(aabent).plads if aabent else None,
        "indstillinger": _indstillinger(request, sag),
        "laegen": deling.maa_dele(
            sag.borger, EGEN_LAEGE, Informationstype.INDSTILLING, sag_id=sag.pk
        ),
        "maa_live": maa(request.user, "moede.live"),
        "maa_indkalde": maa(request.user, "moede.indkald"),
        "maa_se_afgoerelse": maa(request.user, "afgoerelse.se"),
        "maa_se_kilde": maa(request.user, "sparring.se_booking"),
        "kan_afgoeres": sag.fase == Fase.AFGOERELSE,
        "kan_sende": maa(request.user, "forsendelse.send"),
        "kan_udlevere": maa(request.user, "indstilling.udlever"),
        "maa_se_drejebog": maa(request.user, "drejebog.se"),
    }
    return render(request, "rehabilitering/moede_sag.html", kontekst)


def _indstillinger(request: Anmodning, sag: Sag) -> list[Any]:
    """The finalised ones, with what of each the user may read. Seven statements."""
    linjer = Indstillingslinje.objects.gaeldende().select_related("indsatstype")
    svar = Svarindsaettelse.objects.med_kilde()
    fundne: list[Any] = list(
        sag.indstillinger.afsluttede()
        .select_related("punkt__moede", "afsluttet_af", "afgoerelse__brev")
        .prefetch_related(
            Prefetch("linjer", linjer),
            Prefetch("indsatte_svar", svar, to_attr="staaende_svar"),
            Prefetch(
                "udleveringer", Indstillingsudlevering.objects.select_related("registreret_af")
            ),
        )
    )
    skjulte = helbred.moeder_uden_tekst(sag, request.user)
    betingelser = {b["kode"]: b["tekst"] for b in sag.regelsaet.maalgruppebetingelser}
    for indstilling in fundne:
        _aabn(indstilling, request, skjulte, betingelser)
    if fundne:
        # Those before it have been followed by another meeting.
        fundne[0].kan_rettes = _kan_rette(fundne[0], request)
        fundne[0].skal_sendes_igen = indstilling_ret.har_en_tidligere(fundne[0])
    return fundne


def _aabn(
    indstilling: Any, request: Anmodning, skjulte: set[int], betingelser: dict[str, str]
) -> None:
    """Note on the row what the page shows of it."""
    indstilling.med_tekst = indstilling.punkt.moede_id not in skjulte
    indstilling.maalgruppe = betingelser.get(indstilling.maalgruppebetingelse, "")
    # The team's reasons are told to who sat there; an answer is health as such.
    if not helbred.ser_forberedelsens(indstilling.punkt, request.user):
        indstilling.staaende_svar = []


def _kan_rette(indstilling: Indstilling, request: Anmodning) -> bool:
    # Asked of the matrix first: few may, and who chairs is a statement of its own.
    return maa(request.user, "indstilling.afslut") and indstilling_ret.kan_rette(
        indstilling, request.user
    )
