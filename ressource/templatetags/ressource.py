"""Icons, badges and Danish formats for templates: `{% load ressource %}`.

    {% ikon "check" %}                       decoration, hidden from screen readers
    {% ikon "search" label="Søg" %}          the only sign there is, so it has a name
    {% maerke "overskredet" "4 dage over" %} badge: kind, words, and the kind's own icon
    {% beskedudkast udkast %}                what is sent by mail when the form is
    {% besked "varsel" "Teksten er ikke gemt." %}
    {% broedkrumme "Sager" url "RF-2025-0405" %}
    {% formular form "Gem kladden" fortryd=url %}
    {{ frist|dato }} {{ frist|om_dage }} {{ andel|pct }}

A filter given `None` or an empty string answers with an empty string.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import wraps
from typing import Any

from django import forms, template
from django.contrib.messages.storage.base import Message
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ressource import dansk
from ressource.beskeder import brev
from ressource.forms import ResHelper
from ressource.kalender import i_dag
from ressource.models import Besked

register = template.Library()

# Icon per kind of badge: shape is read before colour.
MAERKER = {
    "overskredet": "error",
    "fejl": "error",
    "varslet": "hourglass",
    "idag": "calendar-month",
    "ok": "check",
    "info": "info",
    "ren": "time",
}
BESKEDER = {"ok": "success", "info": "info", "varsel": "warning", "fejl": "error"}
_NIVEAUER = {"success": "ok", "warning": "varsel", "error": "fejl"}


@register.simple_tag
def ikon(navn: str, label: str = "", klasse: str = "") -> SafeString:
    """One symbol of the design system's sprite; with `label` it is announced as an image."""
    skjult = SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="{}" focusable="false" {}><use href="{}#{}"></use></svg>',
        f"icon-svg {klasse}".strip(),
        format_html('role="img" aria-label="{}"', label) if label else skjult,
        static("dkfds/img/all-svg-icons.svg"),
        navn,
    )


@register.simple_tag
def maerke(slags: str, tekst: str, ikon_navn: str = "") -> SafeString:
    """A badge of a kind in `MAERKER`. Raises `KeyError` for a kind nobody drew."""
    symbol = ikon_navn or MAERKER[slags]
    return format_html('<span class="maerke maerke--{}">{}{}</span>', slags, ikon(symbol), tekst)


@register.inclusion_tag("ressource/_besked.html")
def besked(slags: str, tekst: str) -> dict[str, Any]:
    """A message block; errors and warnings interrupt the screen reader, the rest waits its turn."""
    return {
        "slags": slags,
        "tekst": tekst,
        "ikon_navn": BESKEDER[slags],
        "rolle": "alert" if slags in {"fejl", "varsel"} else "status",
    }


@register.inclusion_tag("ressource/_beskedudkast.html")
def beskedudkast(udkast: Iterable[Besked]) -> dict[str, Any]:
    """The notices of `ressource.beskeder.udkast` as they will be sent, to be read before they are."""
    return {"linjer": [(besked, brev(besked)) for besked in udkast]}


@register.filter
def beskedslags(meddelelse: Message) -> str:
    """The kind of block for a message of `django.contrib.messages`."""
    return _NIVEAUER.get(meddelelse.level_tag, "info")


@register.inclusion_tag("ressource/_broedkrumme.html")
def broedkrumme(*trin: str) -> dict[str, Any]:
    """The way here from Overblik: label, address, label, address, …, label of this page.

    Raises `ValueError` when the last argument is not a lone label.
    """
    if len(trin) % 2 == 0:
        raise ValueError("En brødkrumme slutter med sidens egen titel.")
    return {"led": list(zip(trin[:-1:2], trin[1::2], strict=True)), "her": trin[-1]}


@register.filter
def vaerdi_for(tabel: Mapping[Any, Any], noegle: Any) -> Any:
    """What `tabel` holds for a key the template only knows as it runs; None when nothing."""
    return tabel.get(noegle) if tabel else None


@register.filter
def fejlmaal(felt: forms.BoundField) -> str:
    """Id of what an error summary's link focuses: the field, or a group's first choice."""
    return felt.id_for_label or f"{felt.auto_id}_0"


@register.inclusion_tag("ressource/_formular.html", takes_context=True)
def formular(
    context: template.Context,
    form: forms.BaseForm,
    knap: str = "Gem",
    fortryd: str = "",
    adresse: str = "",
) -> dict[str, Any]:
    """A whole POST form: fields with errors, CSRF token, one filled button and a way back.

    It is sent to `adresse`, by default the page's own.
    """
    return {
        "form": form,
        "helper": getattr(form, "helper", None) or ResHelper(),
        "knap": knap,
        "fortryd": fortryd,
        "adresse": adresse,
        "csrf_token": context.get("csrf_token"),
    }


def _filter(format_funktion: Callable[..., str]) -> None:
    """Register a function of `ressource.dansk` as a filter that lets nothing stay nothing."""

    @wraps(format_funktion)
    def anvend(vaerdi: Any, *argumenter: Any) -> str:
        return "" if vaerdi is None or vaerdi == "" else format_funktion(vaerdi, *argumenter)

    register.filter(format_funktion.__name__, anvend)


for _funktion in (
    dansk.dato,
    dansk.dag_maaned,
    dansk.dato_kort,
    dansk.dato_lang,
    dansk.maaned,
    dansk.klokkeslaet,
    dansk.tidspunkt,
    dansk.uge,
    dansk.ejefald,
    dansk.tal,
    dansk.decimal,
    dansk.pct,
    dansk.dage,
    dansk.timer,
    dansk.timetal,
):
    _filter(_funktion)


@register.filter
def om_dage(frist: date | datetime | None) -> str:
    """`Om 3 dage`, `I dag`, `4 dage over`, seen from today in Denmark."""
    return "" if frist is None else dansk.om_dage(frist, i_dag())
