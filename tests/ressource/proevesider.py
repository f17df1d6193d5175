"""Addresses for the tests of the frame: small pages that behave well or badly on purpose."""

from datetime import UTC, datetime

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path
from django.utils.safestring import mark_safe

from ressource import fejl, login
from ressource.forms import DatoFelt, ResHelper, raekke, status_for, tekstomraade
from ressource.htmx import vil_have_del


def tegn(request, kilde, kontekst=None, status=200):
    skabelon = engines["django"].from_string(kilde)
    return HttpResponse(skabelon.render(kontekst or {}, request), status=status)


SIDE = """{% extends "ressource/base.html" %}{% load ressource %}
{% block titel %}Prøve{% endblock titel %}
{% block indhold %}<h1>Prøve</h1>{% endblock indhold %}"""

FORMULAR = """{% extends "ressource/base.html" %}{% load ressource %}
{% block titel %}Formular{% endblock titel %}
{% block broedkrumme %}{% broedkrumme "Sager" "/sager/" "Ny" %}{% endblock broedkrumme %}
{% block indhold %}<h1>Formular</h1>{% formular form "Gem kladden" fortryd="/" %}{% endblock indhold %}"""

HTMX = """{% extends "ressource/base.html" %}
{% block titel %}Htmx{% endblock titel %}
{% block indhold %}<h1>Htmx</h1>
<table><tbody><tr><td><a class="hvorfor" href="?hvorfor=1" aria-expanded="false"
  aria-controls="hvorfor-1" hx-get="/hvorfor/" hx-target="closest tr" hx-swap="afterend">Hvorfor
  denne dato?</a></td></tr></tbody></table>
<button type="button" id="afvist" hx-post="/forbudt/" hx-target="#skema">Afvist</button>
{{ skema }}
{% endblock indhold %}"""

SKEMA = """{% load crispy_forms_tags %}<form id="skema" method="post" action="/htmx/"
  hx-post="/htmx/" hx-swap="outerHTML" novalidate>{% crispy form %}
<button type="submit">Gem</button></form>"""


class Proeveform(forms.Form):
    navn = forms.CharField(label="Navn", help_text="Fornavn og efternavn")
    startdato = DatoFelt(label="Startdato")
    slutdato = DatoFelt(label="Slutdato", required=False)
    udfald = forms.ChoiceField(
        label="Udfald",
        choices=[("r", "Ressourceforløb"), ("f", "Fleksjob")],
        widget=forms.RadioSelect,
    )
    enig = forms.BooleanField(label="Borgeren er enig")
    tekst = forms.CharField(label="Begrundelse", widget=tekstomraade(4))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("navn", raekke(startdato=3, slutdato=3), "udfald", "enig", "tekst")


def side(request: HttpRequest) -> HttpResponse:
    return tegn(request, SIDE)


def formular(request: HttpRequest) -> HttpResponse:
    form = Proeveform(request.POST or None)
    if request.method == "POST" and form.is_valid():
        messages.success(request, "Planen er gemt.")
        messages.error(request, "Brevet er ikke sendt.")
        return redirect("overblik")
    return tegn(request, FORMULAR, {"form": form}, status_for(form))


def htmx(request: HttpRequest) -> HttpResponse:
    form = Proeveform(request.POST or None)
    skema = tegn(request, SKEMA, {"form": form}, status_for(form))
    if vil_have_del(request):
        return skema
    return tegn(request, HTMX, {"skema": mark_safe(skema.content.decode())}, status_for(form))


def hvorfor(request: HttpRequest) -> HttpResponse:
    return HttpResponse('<tr id="hvorfor-1"><td>Fordi.</td></tr>')


def konflikt(request: HttpRequest) -> HttpResponse:
    return fejl.konflikt(
        request,
        felter=[
            fejl.Uenighed(
                "helbred", "Helbred", request.POST.get("helbred", ""), "Hun har <fire> anfald."
            ),
            fejl.Uenighed(
                "dato", "Dato", "2026-01-01", "2026-02-01", er_tekst=False, min_vist="01.01.2026"
            ),
        ],
        titel="I har begge skrevet i afsnit 5, Helbred",
        anden="Jonas Holt",
        gemt_den=datetime(2025, 11, 25, 9, 38, tzinfo=UTC),
        version=4,
        fortryd="/sager/",
    )


def forbudt(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Du må se planen, men ikke godkende den.")


def findes_ikke(request: HttpRequest) -> HttpResponse:
    raise Http404("Sag matcher ikke")


def ugyldig(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


def kaput(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("hemmelig fejltekst")


@login_not_required
def dokument(request: HttpRequest) -> HttpResponse:
    return HttpResponse(headers={"Content-Security-Policy": "sandbox"})


def _app(navn: str, **sider: str):
    return include(([path(sti, side, name=url_navn) for url_navn, sti in sider.items()], navn))


urlpatterns = [
    path("", side, name="overblik"),
    path("log-ind/", login.log_ind, name="account_login"),
    path("logget-ind/", login.logget_ind, name="logget_ind"),
    path("log-ud/", login.log_ud, name="account_logout"),
    path("", _app("borgere", sag_liste="sager/", sag="sager/1/")),
    path(
        "",
        _app("rehabilitering", sparring="sparring/", moede_liste="moeder/", screening="screening/"),
    ),
    path("", _app("opfoelgning", paamindelser="paamindelser/")),
    path("formular/", formular),
    path("htmx/", htmx),
    path("hvorfor/", hvorfor),
    path("konflikt/", konflikt),
    path("forbudt/", forbudt),
    path("findes-ikke/", findes_ikke),
    path("ugyldig/", ugyldig),
    path("kaput/", kaput),
    path("dokument/", dokument),
]

handler400 = "ressource.fejl.ugyldig"
handler403 = "ressource.fejl.forbudt"
handler404 = "ressource.fejl.ikke_fundet"
handler500 = "ressource.fejl.serverfejl"
