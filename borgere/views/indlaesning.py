"""Files on their way in: the list, a file's state, and what can be done with the whole of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from borgere.forms.indlaesning import FilForm
from borgere.indlaesning import filer, kontrol
from borgere.indlaesning.kolonner import FEJL, KOLONNER, LINJE
from borgere.models import Indlaesning, Indlaesningsraekke
from borgere.services import indlaesning as services
from ressource import opslag
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.models import Opslag

PR_SIDE = 25
VISNINGER = {
    "fejl": "Fejl",
    "rettet": "Rettet undervejs",
    "klar": "Klar",
    "udeladt": "Udeladt",
}
_TYPER = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def hent(request: Anmodning, pk: int) -> Indlaesning:
    """One's own file, without its bytes. Raises `Http404`."""
    egne = Indlaesning.objects.synlige_for(request.user).defer("fil")
    return get_object_or_404(egne, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("borger.indlaes")
def indlaesning_liste(request: Anmodning) -> HttpResponse:
    """One's files, newest first, and the form for one more. No personal data."""
    form = FilForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        fil = form.cleaned_data["fil"]
        try:
            ny = services.start(
                art=form.cleaned_data["art"], filnavn=fil.name, indhold=fil.read(), af=request.user
            )
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            return redirect("borgere:indlaesning", ny.pk)
    egne = Indlaesning.objects.synlige_for(request.user).defer("fil")
    kontekst = {
        "form": form,
        "side": Paginator(egne, PR_SIDE).get_page(request.GET.get("side")),
        "kolonner": [(art, art.label, KOLONNER[art]) for art in Indlaesning.Art],
    }
    return svar(request, "borgere/indlaesning_liste.html", kontekst, status=status_for(form))


@require_safe
@kraever("borger.indlaes")
def indlaesning(request: Anmodning, pk: int) -> HttpResponse:
    """How far the file is; when it has been read, its rows, the bad ones first."""
    fundet = hent(request, pk)
    return svar(request, "borgere/indlaesning.html", gennemsyn(request, fundet), delvis="gennemsyn")


def gennemsyn(request: Anmodning, fundet: Indlaesning) -> dict[str, Any]:
    """What the file's page shows. Rows are people: showing them is logged, progress is not."""
    kontekst: dict[str, Any] = {"indlaesning": fundet}
    if fundet.status != Indlaesning.Status.KONTROLLERET:
        return kontekst
    vis = request.GET.get("vis", "")
    vis = vis if vis in VISNINGER else "fejl"
    antal = antal_raekker(fundet)
    side = Paginator(udsnit(fundet, vis), PR_SIDE).get_page(request.GET.get("side"))
    opslag.log(request, "indlaesning")
    return kontekst | {
        "vis": vis,
        "antal": antal,
        "taellere": [(noegle, navn, antal[noegle]) for noegle, navn in VISNINGER.items()],
        "side": side,
        "linjer": [_linje(fundet.art, raekke) for raekke in side.object_list],
    }


def antal_raekker(fundet: Indlaesning) -> dict[str, int]:
    """How many rows are bad, mended, ready, left out, new and known. One statement."""
    med = Q(er_udeladt=False)
    klar = med & Q(fejl={})
    filtre = {
        "fejl": med & ~Q(fejl={}),
        "rettet": med & Q(data__has_key=kontrol.NOTER),
        "klar": klar,
        "kendte": klar & Q(data__has_key=kontrol.KENDT),
        "udeladt": ~med,
    }
    # Names of their own, or the second count would read the first one's figure as the column.
    tal = fundet.raekker.aggregate(
        **{f"antal_{navn}": Count("pk", filter=filter_) for navn, filter_ in filtre.items()}
    )
    return {navn: tal[f"antal_{navn}"] for navn in filtre}


def udsnit(fundet: Indlaesning, vis: str) -> Any:
    """The rows of one of `VISNINGER`, in the file's order."""
    raekker = fundet.raekker.all()
    return {
        "fejl": raekker.med_fejl,
        "rettet": raekker.rettet_undervejs,
        "klar": raekker.klar,
        "udeladt": raekker.udeladte,
    }[vis]()


def _linje(art: str, raekke: Indlaesningsraekke) -> dict[str, Any]:
    """A row as the list shows it: the number masked, each error under its column's heading."""
    overskrifter = {kolonne.navn: kolonne.overskrift for kolonne in KOLONNER[art]}
    data = raekke.data
    return {
        "nr": raekke.nr,
        "nummer": kontrol.maskeret(str(data.get("personnummer", ""))),
        "navn": f"{data.get('fornavn', '')} {data.get('efternavn', '')}".strip(),
        "herkomst": data.get("herkomst", ""),
        "fejl": [(overskrifter[felt].capitalize(), tekst) for felt, tekst in raekke.fejl.items()],
        "noter": data.get(kontrol.NOTER, []),
        "er_kendt": kontrol.KENDT in data,
        "er_udeladt": raekke.er_udeladt,
    }


@require_POST
@kraever("borger.indlaes")
def indlaesning_fortsaet(request: Anmodning, pk: int) -> HttpResponse:
    """Wake a job that seems to have stopped."""
    fundet = hent(request, pk)
    if fundet.er_i_gang:
        services.fortsaet(fundet)
        messages.info(request, "Behandlingen af filen er sat i gang igen.")
    return redirect("borgere:indlaesning", pk)


@require_POST
@kraever("borger.indlaes")
def indlaesning_udfoer(request: Anmodning, pk: int) -> HttpResponse:
    """Take the rows in."""
    fundet = hent(request, pk)
    try:
        services.bestil(fundet, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    return redirect("borgere:indlaesning", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("borger.indlaes")
def indlaesning_fortryd(request: Anmodning, pk: int) -> HttpResponse:
    """Drop the file, after a yes."""
    fundet = hent(request, pk)
    if request.method == "POST":
        try:
            services.fortryd(fundet, af=request.user)
        except ValidationError as fejl:
            messages.error(request, " ".join(fejl.messages))
        else:
            messages.success(request, "Indlæsningen er fortrudt, og rækkerne er slettet.")
        return redirect("borgere:indlaesning", pk)
    kontekst = {
        "indlaesning": fundet,
        "overskrift": "Fortryd indlæsningen",
        "spoergsmaal": "Alle rækker slettes, også dem du har rettet. Ingen borgere er oprettet eller ændret.",
        "knap": "Fortryd indlæsningen",
    }
    return svar(request, "borgere/indlaesning_bekraeft.html", kontekst)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("borger.indlaes")
def indlaesning_udelad_fejl(request: Anmodning, pk: int) -> HttpResponse:
    """Leave all bad rows out, after a yes to how many they are."""
    fundet = hent(request, pk)
    antal = fundet.raekker.med_fejl().count()
    if request.method == "POST":
        sendt = request.POST.get("antal", "")
        try:
            services.udelad_fejl(
                fundet, antal=int(sendt) if sendt.isdecimal() else -1, af=request.user
            )
        except ValidationError as fejl:
            messages.error(request, " ".join(fejl.messages))
        else:
            messages.success(request, f"{antal} rækker er udeladt. Resten kan indlæses.")
        return redirect("borgere:indlaesning", pk)
    kontekst = {
        "indlaesning": fundet,
        "overskrift": f"Udelad {antal} rækker med fejl",
        "spoergsmaal": "De bliver ikke indlæst. Hent dem først som CSV, hvis de skal rettes og indlæses senere.",
        "knap": f"Udelad {antal} rækker",
        "antal": antal,
    }
    return svar(request, "borgere/indlaesning_bekraeft.html", kontekst)


@require_safe
@kraever("borger.indlaes")
def indlaesning_fejlfil(request: Anmodning, pk: int) -> HttpResponse:
    """The bad rows with whole numbers, to be mended in a spreadsheet and sent in again."""
    fundet = hent(request, pk)
    opslag.log(request, "indlaesning_fejl", handling=Opslag.Handling.EKSPORT)
    kolonner = KOLONNER[fundet.art]
    indhold = [[k.overskrift for k in kolonner] + [LINJE, FEJL]]
    for raekke in fundet.raekker.med_fejl():
        felter = [str(raekke.data.get(k.navn, "")) for k in kolonner]
        indhold.append([*felter, str(raekke.nr), " ".join(raekke.fejl.values())])
    return _fil(filer.som_csv(indhold), f"indlaesning-{fundet.pk}-fejl.csv")


@require_safe
@kraever("borger.indlaes")
def indlaesning_skabelon(request: Anmodning, art: str, endelse: str) -> HttpResponse:
    """An empty file with the right headings."""
    if art not in Indlaesning.Art.values or endelse not in _TYPER:
        raise Http404("Den skabelon findes ikke.")
    return _fil(filer.skabelon(art, endelse), f"skabelon-{art}.{endelse}")


def _fil(indhold: bytes, navn: str) -> HttpResponse:
    return HttpResponse(
        indhold,
        content_type=_TYPER[navn.rsplit(".", 1)[1]],
        headers={
            "Content-Disposition": f'attachment; filename="{navn}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
