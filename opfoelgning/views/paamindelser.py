"""One's own reminders, and how one wants them by mail."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from borgere.models import Huskeseddel
from borgere.services.adgang import antal_til_gennemsyn
from opfoelgning import samlemail, services, visning
from opfoelgning.forms.paamindelse import PaamindelsesvalgForm
from opfoelgning.models import Paamindelse
from ressource import beskeder, opslag
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning
from ressource.forms import status_for
from ressource.htmx import svar
from ressource.kalender import i_dag
from ressource.models import Bruger, Rolle

PR_SIDE = 25
_NAVNE = {
    "": "Alle",
    Paamindelse.Art.OVERSKREDET: "Overskredet",
    Paamindelse.Art.VARSEL: "Nærmer sig",
    Paamindelse.Art.ESKALERET: "Gået videre til dig",
}


@dataclass(frozen=True, slots=True)
class Taeller:
    """A figure that filters: the kind it narrows to, in words, and how many there are."""

    art: str
    navn: str
    antal: int
    aktiv: bool


@require_safe
@kraever("paamindelse.se")
def paamindelser(request: Anmodning) -> HttpResponse:
    """One's own due, oldest first; then deadlines, unread and newest first.

    Those of cases one no longer has are left out. A teamleder is told of openings to look at. A
    filter leaves the kind that still holds; without one, what is over and done with stands last.
    """
    dato = i_dag()
    egne = Paamindelse.objects.for_bruger(request.user)
    art = _art(request.GET.get("vis", ""))
    antal = egne.antal_pr_art(dato)
    vist = egne.staaende(dato).filter(art=art) if art else egne
    paginator = Paginator(vist.til_liste(dato), PR_SIDE)
    # Counted already; the paginator would ask again.
    paginator.count = antal[art]
    side = paginator.get_page(request.GET.get("side"))
    opslag.log(request, "paamindelser")
    sedler = Huskeseddel.objects.for_bruger(request.user, dato).forfaldne(dato)
    kontekst = {
        "dato": dato,
        "art": art,
        "taellere": _taellere(request.user, antal, art),
        "til_gennemsyn": antal_til_gennemsyn(request.user),
        "huskesedler": sedler.select_related("bruger", "sag__borger")[:PR_SIDE],
        "side": side,
        "linjer": [(p, visning.status(p.frist, dato)) for p in side.object_list],
        "kan_forklares": maa(request.user, "frist.se"),
    }
    return svar(request, "opfoelgning/paamindelser.html", kontekst)


@require_POST
@kraever("paamindelse.se")
def laest(request: Anmodning, pk: int) -> HttpResponse:
    """Mark one as read, and go back to the list as it was narrowed."""
    paamindelse = get_object_or_404(Paamindelse.objects.for_bruger(request.user), pk=pk)
    services.laes_paamindelse(paamindelse)
    messages.success(request, "Påmindelsen er markeret som læst.")
    return _til_listen(request)


@require_POST
@kraever("paamindelse.se")
def alle_laest(request: Anmodning) -> HttpResponse:
    """Mark all as read, or all of the kind the list is narrowed to."""
    antal = services.laes_paamindelser(art=_art(request.POST.get("vis", "")), af=request.user)
    ord_ = "1 påmindelse er" if antal == 1 else f"{antal} påmindelser er"
    messages.success(request, f"{ord_} markeret som læst.")
    return _til_listen(request)


@require_http_methods(["GET", "POST"])
@kraever("paamindelse.se")
def valg(request: Anmodning) -> HttpResponse:
    """How one wants reminders by mail, with the next mail as it would be.

    `?vis` shows the mail for what is chosen on the page, and keeps nothing.
    """
    vist = samlemail.valg_for(request.user)
    form = PaamindelsesvalgForm(request.POST or None, instance=vist)
    if form.is_valid():
        vist = form.instance
        if "vis" not in request.GET:
            services.vaelg_paamindelser(vist, af=request.user)
            messages.success(request, "Dit valg er gemt.")
            return redirect("opfoelgning:paamindelser")
    elif form.is_bound:
        # The form has put on the other what could be read.
        vist = samlemail.valg_for(request.user)
    udkast = samlemail.udkast(vist, i_dag())
    kontekst = {
        "form": form,
        "naeste_dag": samlemail.naeste_dag(vist, timezone.now()),
        "udkast": udkast,
        "brev": beskeder.brev(udkast) if udkast else "",
    }
    return svar(
        request,
        "opfoelgning/paamindelsesvalg.html",
        kontekst,
        delvis="mailen",
        status=status_for(form),
    )


def _art(tekst: str) -> str:
    return tekst if tekst in Paamindelse.Art.values else ""


def _taellere(bruger: Bruger, antal: dict[str, int], art: str) -> list[Taeller]:
    """The figures above the list; what passes up to a teamleder is shown to nobody else."""
    return [
        Taeller(kode, navn, antal[kode], kode == art)
        for kode, navn in _NAVNE.items()
        if kode != Paamindelse.Art.ESKALERET or antal[kode] or bruger.har_rolle(Rolle.TEAMLEDER)
    ]


def _til_listen(request: Anmodning) -> HttpResponse:
    art = _art(request.POST.get("vis", ""))
    adresse = reverse("opfoelgning:paamindelser")
    return redirect(f"{adresse}?vis={art}" if art else adresse)
