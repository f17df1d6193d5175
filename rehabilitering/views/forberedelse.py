"""The forberedende del: written section by section, saved while one types, read by the others."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from borgere import sagsramme
from borgere.models import Fase, Sag
from rehabilitering import indsatte_svar
from rehabilitering.forms.forberedelse import GennemgaaetForm, UdfyldForm
from rehabilitering.models import ForberedendeDel
from rehabilitering.services import forberedelse as services
from rehabilitering.services import spoergetragt
from rehabilitering.services.forberedelse import Afsnitslinje
from rehabilitering.views import forberedelse_oversigt
from rehabilitering.views.forberedelse_konflikt import SKABELON, konfliktside
from ressource.adgang import kraev, kraever, maa
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar, vil_have_del
from ressource.kalender import i_dag
from ressource.samtidighed import ForaeldetVersionError

LAGT_TIL_SIDE = "Din tekst er lagt til side. Du finder den under «Tekster lagt til side»."
IGEN = (
    "Teksten er ændret efter gennemgangen. Gennemgå den forberedende del med borgeren igen, "
    "før den sendes ind."
)


@require_http_methods(["GET", "POST"])
@kraever("forberedende_del.se")
def forberedende_del(request: Anmodning, pk: int) -> HttpResponse:
    """Write the section in `?afsnit=`; those who may not, or no longer, write read all of it."""
    sag = sagsramme.hent(request, pk)
    del_ = services.seneste_del(sag)
    if request.method == "POST":
        kraev(request.user, "forberedende_del.skriv")
        return _gem(request, sag, del_)
    maa_skrive = maa(request.user, "forberedende_del.skriv") and sag.fase == Fase.FORBEREDELSE
    if not maa_skrive or (del_ and not del_.kan_rettes):
        return _laeseside(request, sag, del_, kan_begynde=maa_skrive)
    linjer = services.afsnitsliste(sag, del_)
    linje = _valgt(request, linjer)
    form = UdfyldForm(del_=del_ or ForberedendeDel(sag=sag), linje=linje)
    return _skriveside(request, sag, linjer, form)


@require_POST
@kraever("forberedende_del.skriv")
def forberedende_begynd(request: Anmodning, pk: int) -> HttpResponse:
    """Begin a new version as a copy of the closed one."""
    sag = sagsramme.hent(request, pk)
    try:
        del_ = services.begynd_del(sag, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
    else:
        messages.success(request, f"Version {del_.nr} er klar til at skrive i.")
    return redirect("rehabilitering:forberedende_del", pk=sag.pk)


@require_http_methods(["GET", "POST"])
@kraever("forberedende_del.skriv")
def forberedende_gennemgaaet(request: Anmodning, pk: int) -> HttpResponse:
    """Record the day the part was gone through with the citizen."""
    sag = sagsramme.hent(request, pk)
    form = GennemgaaetForm(request.POST or None, initial={"dato": i_dag()})
    if request.method == "POST" and form.is_valid():
        try:
            del_ = services.seneste_del(sag) or services.begynd_del(sag, af=request.user)
            services.marker_gennemgaaet(del_, dato=form.cleaned_data["dato"], af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Gennemgangen er registreret.")
            return redirect("rehabilitering:kvalitetssikring", pk=sag.pk)
    kontekst = sagsramme.ramme(request, sag, "forberedende_del") | {"form": form}
    return svar(
        request,
        "rehabilitering/forberedende_gennemgaaet.html",
        kontekst,
        status=status_for(form),
    )


def _gem(request: Anmodning, sag: Sag, del_: ForberedendeDel | None) -> HttpResponse:
    """Store what changed; a conflict, a refusal and a mistake all keep what was typed."""
    linjer = services.afsnitsliste(sag, del_)
    linje = _valgt(request, linjer)
    form = UdfyldForm(request.POST, del_=del_ or ForberedendeDel(sag=sag), linje=linje)
    if form.is_valid():
        afsnit, hoved = form.rettelser()
        try:
            gemt_del = services.gem(
                del_ or services.begynd_del(sag, af=request.user),
                linje.kode,
                afsnit=afsnit,
                hoved=hoved,
                bevar_overskrevet=form.er_valg,
                af=request.user,
            )
        except ForaeldetVersionError:
            gemt = sag.forberedende_dele.select_related("rettet_af")[0]
            svar_409 = konfliktside(request, sag, gemt, linje.kode)
            # The other may have taken the text back meanwhile; then there is nothing to choose.
            return svar_409 or _gem(request, sag, gemt)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
            if del_ and services.bevar_afvist(
                del_, linje.kode, afsnit=afsnit, hoved=hoved, af=request.user
            ):
                form.add_error(None, LAGT_TIL_SIDE)
        else:
            return _tag_skridt(request, sag, linjer, form, gemt_del)
    return _skriveside(request, sag, linjer, form)


def _tag_skridt(
    request: Anmodning,
    sag: Sag,
    linjer: list[Afsnitslinje],
    form: UdfyldForm,
    del_: ForberedendeDel,
) -> HttpResponse:
    """Do what the button says, after the save: a step that is refused costs no text."""
    trin, kode = request.POST.get("trin", ""), form.linje.kode
    tragt = spoergetragt.Tragtskridt.laes(trin)
    er_faerdig = {"faerdig": True, "genaabn": False}.get(trin)
    afvist: ValidationError | None = None
    if tragt or er_faerdig is not None:
        try:
            del_ = services.gem(del_, kode, tragt=tragt, er_faerdig=er_faerdig, af=request.user)
        except ValidationError as fejl:
            afvist = fejl
    if form.del_.gennemgaaet_dato and not del_.gennemgaaet_dato:
        messages.warning(request, IGEN)
    if afvist is None:
        return _efter_gem(request, sag, linjer, form, del_)
    linjer = services.afsnitsliste(sag, del_)
    linje = next(punkt for punkt in linjer if punkt.kode == kode)
    data = request.POST.copy()
    data["version"] = form.version_efter_gem()
    form = UdfyldForm(data, del_=del_, linje=linje)
    form.is_valid()
    fejl_paa_formular(form, afvist)
    return _skriveside(request, sag, linjer, form)


def _efter_gem(
    request: Anmodning,
    sag: Sag,
    linjer: list[Afsnitslinje],
    form: UdfyldForm,
    del_: ForberedendeDel,
) -> HttpResponse:
    """After a save: the status for htmx, else on to the section that was asked for."""
    linje, trin = form.linje, request.POST.get("trin", "")
    if vil_have_del(request):
        nye = services.afsnitsliste(sag, del_)
        ny = UdfyldForm(del_=del_, linje=nye[linjer.index(linje)])
        kontekst = {
            "form": form,
            "version": form.version_efter_gem(),
            "del": del_,
            "linje": ny.linje,
            "sag": sag,
            "borger": sag.borger,
            "oversigt": forberedelse_oversigt.hent(sag, del_, nye, ny.linje),
            "gemt": forberedelse_oversigt.sidst_gemt(ny.linje.afsnit, del_),
            "er_svar": True,
        }
        return svar(request, SKABELON, kontekst, delvis="gemt")
    if trin == "faerdig":
        messages.success(request, f"«{linje.titel}» er færdigt.")
    skridt = 1 if trin == "faerdig" else 0
    naeste = linjer[min(linjer.index(linje) + skridt, len(linjer) - 1)]
    anker = "#tragt" if spoergetragt.Tragtskridt.laes(trin) else ""
    return redirect(f"{_adresse(sag)}?afsnit={naeste.kode}{anker}")


def _skriveside(
    request: Anmodning, sag: Sag, linjer: list[Afsnitslinje], form: UdfyldForm
) -> HttpResponse:
    """The page to write on; htmx gets only the status, which then says what is wrong."""
    status = status_for(form)
    if vil_have_del(request) and form.is_bound:
        fejl = [tekst for tekster in form.errors.values() for tekst in tekster]
        return svar(request, SKABELON, {"fejl": fejl}, delvis="gemt", status=status)
    plads = linjer.index(form.linje)
    kontekst = sagsramme.ramme(request, sag, "forberedende_del") | {
        "form": form,
        "del": form.del_,
        "linje": form.linje,
        "dele": [linje for linje in linjer if linje.nr == form.linje.nr],
        "oversigt": forberedelse_oversigt.hent(sag, form.del_, linjer, form.linje),
        "forrige": linjer[plads - 1] if plads else None,
        "naeste": linjer[plads + 1] if plads + 1 < len(linjer) else None,
        "sparringssvar": indsatte_svar.i_forberedende_del(
            sag, form.del_, linjer, laeser=request.user, kode=form.linje.kode
        ),
        "gemt": forberedelse_oversigt.sidst_gemt(form.linje.afsnit, form.del_),
    }
    return svar(request, SKABELON, kontekst, status=status)


def _laeseside(
    request: Anmodning, sag: Sag, del_: ForberedendeDel | None, *, kan_begynde: bool
) -> HttpResponse:
    """All sections as text, for the readers and for a closed part."""
    linjer = services.afsnitsliste(sag, del_)
    kontekst = sagsramme.ramme(request, sag, "forberedende_del") | {
        "del": del_,
        "linjer": linjer,
        "sparringssvar": indsatte_svar.i_forberedende_del(sag, del_, linjer, laeser=request.user),
        "tragt": spoergetragt.trin(del_) if del_ else [],
        "kan_begynde": kan_begynde,
        "kan_udskrive": maa(request.user, "forberedende_del.udskriv"),
        "antal_sidelagte": _antal_sidelagte(request, del_),
        "kan_se_kvalitetssikring": maa(request.user, "kvalitetssikring.se"),
        "kan_se_screening": maa(request.user, "screening.se"),
        "er_i_screening": sag.fase == Fase.SCREENING,
    }
    return svar(request, "rehabilitering/forberedende_laes.html", kontekst)


def _antal_sidelagte(request: Anmodning, del_: ForberedendeDel | None) -> int:
    """The texts laid aside, for those who may read them."""
    if del_ is None or not maa(request.user, "forberedende_del.skriv"):
        return 0
    return del_.sidelagte.count()


def _valgt(request: Anmodning, linjer: list[Afsnitslinje]) -> Afsnitslinje:
    """The section, or part, in `?afsnit=`, else the first one that is not done."""
    adresse: QueryDict = request.GET
    kode = adresse.get("afsnit")
    uden_valg = next((linje for linje in linjer if linje.status != "faerdig"), linjer[0])
    return next((linje for linje in linjer if kode in {linje.kode, linje.afsnitskode}), uden_valg)


def _adresse(sag: Sag) -> str:
    return reverse("rehabilitering:forberedende_del", args=[sag.pk])
