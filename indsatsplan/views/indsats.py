"""One effort: planned inside the plan page, and its own page with all there is about it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from indsatsplan import aabne, forslag, indsatshistorik, services
from indsatsplan.forms import IndsatsForm
from indsatsplan.models import Indsats, Ressourceforloeb
from indsatsplan.views import hentning, indsatspanel
from indsatsplan.views.plan import vis_plan
from rehabilitering.models import Indsatstype, Indstillingslinje
from ressource.adgang import kraever, maa
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular
from ressource.htmx import svar
from ressource.samtidighed import ForaeldetVersionError, konfliktside, sidst_gemt

NY = "indsats-ny"


@require_safe
@kraever("plan.se_helbred")
def indsats(request: Anmodning, pk: int) -> HttpResponse:
    """What is planned, how it went, its pauses, and what was changed when and why."""
    indsats = hentning.indsats(request, pk)
    forloeb = indsats.forloeb
    kan_skrive = hentning.er_aabent(forloeb) and maa(request.user, "plan.skriv")
    kontekst = hentning.ramme(request, forloeb) | {
        "indsats": indsats,
        "pauser": indsats.pauser.gaeldende(),
        "aendringer": indsatshistorik.aendringer(indsats),
        "links": indsatspanel.links(indsats) if kan_skrive else (),
        "kan_skrive": kan_skrive,
    }
    return svar(request, "indsatsplan/indsats.html", kontekst)


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("plan.skriv")
def indsats_ny(request: Anmodning, pk: int) -> HttpResponse:
    """Plan an effort; asked for, its form opens in the plan page. `?linje=` fills it from a line."""
    forloeb = hentning.forloeb_for_sag(request, pk)
    if request.method != "POST":
        fra = f"&linje={linje.pk}" if (linje := _linje(request, forloeb)) else ""
        return hentning.aabn(forloeb, NY + fra, ved=NY)
    if "udfyld" in request.POST:
        form = _efter_typen(request.POST, forloeb)
        form.panel = indsatspanel.for_ny(forloeb)
        return vis_plan(request, forloeb, aaben=NY, form=form)
    form = IndsatsForm(request.POST, forloeb=forloeb)
    if form.is_valid():
        try:
            ny = services.gem_indsats(forloeb, af=request.user, **form.cleaned_data)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Indsatsen er lagt i planen.")
            return hentning.til_planen(forloeb, f"indsats-{ny.pk}")
    form.panel = indsatspanel.for_ny(forloeb)
    return vis_plan(request, forloeb, aaben=NY, form=form)


@require_POST
@kraever("plan.skriv")
def indsats_gem(request: Anmodning, pk: int) -> HttpResponse:
    """Change what is planned of an effort; the draft opens by itself."""
    indsats = hentning.indsats(request, pk)
    forloeb, noegle = indsats.forloeb, f"indsats-{pk}"
    if "udfyld" in request.POST:
        form = _efter_typen(request.POST, forloeb, indsats)
        form.panel = indsatspanel.for_plan(indsats)
        return vis_plan(request, forloeb, aaben=noegle, form=form)
    form = IndsatsForm(request.POST, forloeb=forloeb, instance=hentning.indsats(request, pk))
    if form.is_valid():
        try:
            services.gem_indsats(forloeb, indsats=indsats, af=request.user, **form.cleaned_data)
        except ForaeldetVersionError:
            return _konflikt(request, hentning.indsats(request, pk), form)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Indsatsen er gemt.")
            return hentning.til_planen(forloeb, noegle)
    form.panel = indsatspanel.for_plan(indsats)
    return vis_plan(request, forloeb, aaben=noegle, form=form)


def _konflikt(request: Anmodning, gemt: Indsats, form: IndsatsForm) -> HttpResponse:
    """Somebody changed the effort meanwhile: both versions."""
    hentning.log(request, gemt.forloeb)
    return konfliktside(
        request,
        form,
        IndsatsForm(forloeb=gemt.forloeb, instance=gemt),
        sidst_gemt(gemt, *indsatspanel.SOM_GEMMER, sag_id=gemt.forloeb.sag_id),
        titel="I har begge rettet indsatsen",
        fortryd=reverse("indsatsplan:indsats", args=[gemt.pk]),
    )


@require_POST
@kraever("plan.skriv")
def planlaeg_linjer(request: Anmodning, pk: int) -> HttpResponse:
    """Plan every line of the indstilling that is left; what could not be is said line by line."""
    forloeb = hentning.forloeb_for_sag(request, pk)
    try:
        planlagt = services.planlaeg_linjer(forloeb, af=request.user)
    except ValidationError as fejl:
        messages.error(request, " ".join(fejl.messages))
        return hentning.til_planen(forloeb)
    if planlagt.indsatser:
        antal = len(planlagt.indsatser)
        hvad = "1 indsats er" if antal == 1 else f"{antal} indsatser er"
        messages.success(request, f"{hvad} lagt i planen. Ret dem, så de passer til borgeren.")
    for linje, grund in planlagt.mangler:
        messages.warning(request, f"Linje {linje.nr} er ikke planlagt: {grund}")
    return hentning.til_planen(forloeb, "maal")


def _efter_typen(
    data: QueryDict, forloeb: Ressourceforloeb, indsats: Indsats | None = None
) -> IndsatsForm:
    """The form as it was typed, with the catalogue's words where nobody has written their own."""
    sendt: dict[str, Any] = {navn: data.get(navn, "") for navn in IndsatsForm.base_fields}
    sendt["er_skitse"] = "er_skitse" in data
    katalog = {t.pk: t for t in Indsatstype.objects.filter(er_aktiv=True)}
    indsatstype = katalog.get(aabne.som_id(sendt["indsatstype"]))
    if indsatstype is not None:
        # An earlier suggestion is nobody's own words, and goes with the type it came from.
        if sendt["beskrivelse"] in {t.navn for t in katalog.values()}:
            sendt |= {"beskrivelse": "", "planlagt_slut": "", "timer_pr_uge": ""}
        if sendt["formaal"] in {t.formaal_forslag for t in katalog.values()}:
            sendt["formaal"] = ""
        fra_type = forslag.fra_type(indsatstype, forloeb)
        sendt |= {navn: v for navn, v in fra_type.items() if sendt[navn] == ""}
    return IndsatsForm(forloeb=forloeb, instance=indsats, initial=sendt)


def _synlige(forloeb: Ressourceforloeb) -> QuerySet[Indsats]:
    return forloeb.indsatser.select_related("indsatstype", "maal", "linje__indsatstype")


def _linje(request: Anmodning, forloeb: Ressourceforloeb) -> Indstillingslinje | None:
    """The line of the forløb's own indstilling that `?linje=` names."""
    linjer = Indstillingslinje.objects.gaeldende().filter(indstilling=forloeb.indstilling_id)
    pk = aabne.som_id(request.GET.get("linje", ""))
    return linjer.select_related("indsatstype").filter(pk=pk).first() if pk else None


def _begyndelse(request: Anmodning, forloeb: Ressourceforloeb) -> dict[str, Any]:
    """What a new effort begins from: a line, the mentor, another effort again, a goal."""
    if linje := _linje(request, forloeb):
        return {**forslag.fra_linje(linje, forloeb)}
    if "mentor" in request.GET:
        return {**forslag.mentor(forloeb)}
    igen = aabne.som_id(request.GET.get("igen", ""))
    if igen and (indsats := _synlige(forloeb).filter(pk=igen).first()):
        return {**forslag.igen(indsats, forloeb)}
    return {"maal": aabne.som_id(request.GET.get("maal", ""))}


def _planform(request: Anmodning, forloeb: Ressourceforloeb, id_tekst: str) -> IndsatsForm | None:
    if id_tekst == "ny":
        begyndelse = _begyndelse(request, forloeb)
        begyndelse["ansvarlig"] = begyndelse.get("ansvarlig") or request.user.navn
        form = IndsatsForm(forloeb=forloeb, initial=begyndelse)
        form.panel = indsatspanel.for_ny(forloeb)
        return form
    indsats = _synlige(forloeb).filter(pk=aabne.som_id(id_tekst)).first()
    if indsats is None:
        return None
    indsats.forloeb = forloeb
    form = IndsatsForm(forloeb=forloeb, instance=indsats)
    form.panel = indsatspanel.for_plan(indsats)
    return form


aabne.kend("indsats", _planform)
