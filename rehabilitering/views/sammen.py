"""«Sammen med borgeren»: the shared screen. Large, calm, and nothing internal leaves the server."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from borgere import sagsramme
from borgere.models import Fase, Sag
from rehabilitering.forms.sammen import SammenForm
from rehabilitering.models import ForberedendeDel
from rehabilitering.services import forberedelse as services
from rehabilitering.services.forberedelse import AFSNIT_OENSKER, Afsnitslinje
from rehabilitering.services.spoergetragt import TRAGTFELTER
from rehabilitering.views.forberedelse_oversigt import sidst_gemt
from ressource.adgang import kraever
from ressource.anmodning import Anmodning
from ressource.forms import fejl_paa_formular, status_for
from ressource.htmx import svar, vil_have_del
from ressource.samtidighed import ForaeldetVersionError

SKABELON = "rehabilitering/sammen.html"
# The place after the last topic, where nothing is asked.
SLUT = "slut"
# The distance between two of the dots, in the units of the SVG's viewBox.
PRIKAFSTAND = 27
IMENS = "Der er skrevet noget andet her imens. Tryk på Videre for at se begge tekster."


@dataclass(frozen=True)
class Emne:
    """One topic as the citizen meets it: the question, and what helps when it is hard to answer."""

    linje: Afsnitslinje
    spoergsmaal: str
    hjaelp: str

    @property
    def kort(self) -> str:
        """What the button that leads here says."""
        return self.linje.del_titel or self.spoergsmaal


@require_http_methods(["GET", "HEAD", "POST"])
@kraever("forberedende_del.skriv")
def sammen(request: Anmodning, pk: int) -> HttpResponse:
    """Write the topic in `?afsnit=` together; a part that is closed is shown, not written."""
    sag = sagsramme.hent(request, pk)
    del_ = services.seneste_del(sag)
    emner = _emner(sag, del_)
    emne = _valgt(request, emner)
    if request.method == "POST":
        return _gem(request, sag, del_, emner, emne)
    if emne is None:
        return _vis(request, sag, emner, None, {})
    form = SammenForm(del_=del_ or ForberedendeDel(sag=sag), linje=emne.linje)
    return _side(request, sag, emner, emne, form)


def _gem(
    request: Anmodning,
    sag: Sag,
    del_: ForberedendeDel | None,
    emner: list[Emne],
    emne: Emne | None,
) -> HttpResponse:
    """Store the citizen's words as written together; nothing that was typed is lost."""
    emne = emne or emner[-1]
    trin = request.POST.get("trin", "")
    form = SammenForm(request.POST, del_=del_ or ForberedendeDel(sag=sag), linje=emne.linje)
    if form.is_valid():
        afsnit, hoved = form.rettelser(er_bekraeftet=trin == "videre")
        try:
            if afsnit or hoved:
                del_ = services.gem(
                    del_ or services.begynd_del(sag, af=request.user),
                    emne.linje.kode,
                    afsnit=afsnit,
                    hoved=hoved,
                    bevar_overskrevet=form.er_valg,
                    af=request.user,
                )
        except ForaeldetVersionError:
            return _imens(request, sag, emne.linje.kode)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
            if del_ and services.bevar_afvist(
                del_, emne.linje.kode, afsnit=afsnit, hoved=hoved, af=request.user
            ):
                form.add_error(None, "Det, I skrev, er lagt til side og går ikke tabt.")
        else:
            return _efter_gem(request, sag, del_, emner, form, trin)
    return _side(request, sag, emner, emne, form)


def _imens(request: Anmodning, sag: Sag, kode: str) -> HttpResponse:
    """409: another wrote in the same field. Both texts are on the page, ours still in its field."""
    del_ = services.seneste_del(sag) or ForberedendeDel(sag=sag)
    emner = _emner(sag, del_)
    emne = next(emne for emne in emner if emne.linje.kode == kode)
    form = SammenForm(request.POST, del_=del_, linje=emne.linje)
    form.is_valid()
    andres = form.omstridte()
    mine = {("" if f == "maal" else kode, f): form.cleaned_data[f] for f in andres}
    services.laeg_til_side(del_, mine, af=request.user)
    if vil_have_del(request):
        return svar(request, SKABELON, {"fejl": [IMENS]}, delvis="gemt", status=409)
    form.til_valg()
    uenige = [(form.fields[felt].label, tekst) for felt, tekst in andres.items()]
    kontekst = {"form": form, "uenige": uenige, "imens": IMENS}
    return _vis(request, sag, emner, emne, kontekst, status=409)


def _efter_gem(
    request: Anmodning,
    sag: Sag,
    del_: ForberedendeDel | None,
    emner: Sequence[Emne],
    form: SammenForm,
    trin: str,
) -> HttpResponse:
    """After a save: the status for htmx, else on to the topic that was asked for."""
    kode = form.linje.kode
    if vil_have_del(request):
        linje = next(emne.linje for emne in _emner(sag, del_) if emne.linje.kode == kode)
        kontekst = {
            "version": form.version_efter_gem(),
            "gemt": sidst_gemt(linje.afsnit, del_ or ForberedendeDel()),
            "er_svar": True,
        }
        return svar(request, SKABELON, kontekst, delvis="gemt")
    nr = [emne.linje.kode for emne in emner].index(kode) + {"videre": 1, "tilbage": -1}.get(trin, 0)
    naeste = emner[max(nr, 0)].linje.kode if nr < len(emner) else SLUT
    return redirect(f"{reverse('rehabilitering:sammen', args=[sag.pk])}?afsnit={naeste}")


def _side(
    request: Anmodning, sag: Sag, emner: list[Emne], emne: Emne, form: SammenForm
) -> HttpResponse:
    """The page to write on; an automatic save that is refused gets only the status."""
    status = status_for(form)
    if vil_have_del(request) and form.is_bound:
        fejl = [tekst for tekster in form.errors.values() for tekst in tekster]
        return svar(request, SKABELON, {"fejl": fejl}, delvis="gemt", status=status)
    kontekst = {"form": form, "gemt": sidst_gemt(form.linje.afsnit, form.del_)}
    return _vis(request, sag, emner, emne, kontekst, status=status)


def _vis(
    request: Anmodning,
    sag: Sag,
    emner: list[Emne],
    emne: Emne | None,
    mere: dict[str, object],
    *,
    status: int = 200,
) -> HttpResponse:
    """Only what the citizen is to see reaches the template: the case's frame is left behind."""
    sagsramme.ramme(request, sag, "forberedende_del", objekt="forberedende_sammen")
    plads = emner.index(emne) if emne else len(emner)
    antal = len(sag.regelsaet.afsnit)
    kontekst = {
        "tilbage_url": reverse("rehabilitering:forberedende_del", args=[sag.pk]),
        "er_lukket": _er_lukket(sag, mere.get("form")),
        "emne": emne,
        "nr": emne.linje.nr if emne else antal,
        "antal": antal,
        "prikker": [(8 + PRIKAFSTAND * n, n + 1) for n in range(antal)],
        "bredde": 16 + PRIKAFSTAND * (antal - 1),
        "forrige": emner[plads - 1] if plads else None,
        "naeste": emner[plads + 1] if plads + 1 < len(emner) else None,
        "foerste": emner[0],
        **mere,
    }
    return svar(request, SKABELON, kontekst, status=status)


def _er_lukket(sag: Sag, form: object) -> bool:
    """Whether the page only shows; what was sent too late still stands in its field."""
    if not isinstance(form, SammenForm) or form.is_bound:
        return False
    return sag.fase != Fase.FORBEREDELSE or not form.del_.kan_rettes


def _emner(sag: Sag, del_: ForberedendeDel | None) -> list[Emne]:
    """Every place to write, with the rule set's words to the citizen."""
    poster = {post["kode"]: post for post in sag.regelsaet.afsnit}
    return [
        Emne(
            linje,
            poster[linje.afsnitskode]["spoergsmaal"],
            _hjaelp(poster[linje.afsnitskode]["hjaelp"], linje, del_),
        )
        for linje in services.afsnitsliste(sag, del_)
    ]


def _hjaelp(hjaelp: str, linje: Afsnitslinje, del_: ForberedendeDel | None) -> str:
    """The rule set's help; for the wishes also what the question funnel has given."""
    svar_ = [getattr(del_, felt) for felt in TRAGTFELTER] if del_ else []
    niveau = (del_ and del_.spoergetragt_niveau) or 0
    if linje.kode != AFSNIT_OENSKER or not niveau or not svar_[niveau - 1]:
        return hjaelp
    return f"{hjaelp} Du sagde sidst: {svar_[niveau - 1]}"


def _valgt(request: Anmodning, emner: list[Emne]) -> Emne | None:
    """The topic in `?afsnit=`, else the first without the citizen's words; `None` at the end."""
    adresse: QueryDict = request.GET
    kode = adresse.get("afsnit")
    if kode == SLUT:
        return None
    uden_ord = next((emne for emne in emner if not emne.linje.afsnit.egne_ord), emner[0])
    return next((emne for emne in emner if emne.linje.kode == kode), uden_ord)
