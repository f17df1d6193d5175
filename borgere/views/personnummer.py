"""The citizen's identifiers: shown whole after being asked for, and changed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from borgere import sagsramme, services
from borgere.forms.personnummer import KONTROLLER_CIFRENE, PersonnummerForm
from borgere.models import Borger, Personnummer, Sag
from borgere.personnummer import Personnummer as Nummer
from ressource import dansk
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar
from ressource.models import Opslag


@require_POST
@kraever("borger.vis_personnummer")
def personnummer(request: Anmodning, pk: int) -> HttpResponse:
    """The case header with the whole personnummer, once; who saw it is logged."""
    sag = sagsramme.hent(request, pk)
    vis = Opslag.Handling.VIS_PERSONNUMMER
    kontekst = sagsramme.ramme(request, sag, "borger", handling=vis)
    return svar(request, "borgere/personnummer.html", kontekst, delvis="nummer")


@require_POST
@kraever("borger.vis_personnummer")
def personnumre(request: Anmodning, pk: int) -> HttpResponse:
    """Every number the citizen has had, whole, once; who saw them is logged."""
    sag = sagsramme.hent(request, pk)
    vis = Opslag.Handling.VIS_PERSONNUMMER
    kontekst = sagsramme.ramme(request, sag, "borger", handling=vis, objekt="personnumre")
    kontekst |= {"numre": historik(sag.borger), "vis_numre": True}
    return svar(request, "borgere/personnumre.html", kontekst)


def historik(borger: Borger) -> list[Personnummer]:
    """The citizen's numbers, the present one first. One statement."""
    return list(borger.personnumre.order_by("-fra_dato", "-pk"))


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("borger.skriv")
def personnummer_nyt(request: Anmodning, pk: int) -> HttpResponse:
    """Give the citizen another number. One that is somebody else's is logged as a refusal."""
    sag = sagsramme.hent(request, pk)
    nuvaerende = sag.borger.personnumre.filter(til_dato=None).first()
    form = PersonnummerForm(request.POST or None, nuvaerende=nuvaerende)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.skift_personnummer(
                sag,
                data["nummer"],
                aarsag=data["aarsag"],
                fra_dato=data["fra_dato"],
                af=request.user,
            )
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
            if getattr(fejl, "code", "") == "ikke_kendt":
                return _afvist(request, sag, form)
        else:
            messages.success(request, _skiftet(data["nummer"]))
            minde_om_cifrene(request, data["nummer"])
            return redirect("borgere:borger", sag.pk)
    kontekst = sagsramme.ramme(request, sag, "borger", objekt="personnumre") | {"form": form}
    return svar(request, "borgere/personnummer_nyt.html", kontekst, status=status_for(form))


def _afvist(request: Anmodning, sag: Sag, form: PersonnummerForm) -> HttpResponse:
    """The form again, logged as a refusal and nothing else."""
    afvist = Opslag.Handling.AFVIST
    kontekst = sagsramme.ramme(request, sag, "borger", handling=afvist, objekt="personnumre")
    kontekst |= {"form": form}
    return svar(request, "borgere/personnummer_nyt.html", kontekst, status=status_for(form))


def _skiftet(nummer: Nummer) -> str:
    """What has become of the citizen, said to whoever changed the number."""
    if nummer.foedselsdato is None or nummer.koen is None:
        return "Nummeret er skiftet. Fødselsdato og køn er de samme som før."
    return (
        "Personnummeret er skiftet. Som nummeret siger, er fødselsdatoen nu "
        f"{dansk.dato(nummer.foedselsdato)} og kønnet {nummer.koen.label}."
    )


def minde_om_cifrene(request: Anmodning, nummer: Nummer) -> None:
    """Ask for a second look at a number without a right check digit; it is never refused for it."""
    if not nummer.modulus11_ok:
        messages.warning(request, KONTROLLER_CIFRENE)
