"""The meter below a text that the citizen reads: `{% load laesbarhed %}`.

{% lix "beskrivelse" form.beskrivelse.value %}
{% lix "beskrivelse" form.beskrivelse.value er_svar=True %}   renews it in an htmx answer
"""

from typing import Any

from django import template

from ressource.laesbarhed import MAAL, maal

register = template.Library()

# The scale as it is drawn: LIX from, LIX to, and its width in the units of the viewBox.
_FRA, _TIL, BREDDE = 20, 60, 120


def _plads(lix: int) -> int:
    """Where a LIX stands on the scale; what lies beyond it stands at the end."""
    return round((min(max(lix, _FRA), _TIL) - _FRA) * BREDDE / (_TIL - _FRA))


@register.inclusion_tag("ressource/_lix.html")
def lix(felt: str, tekst: str | None, *, er_svar: bool = False) -> dict[str, Any]:
    """Words, LIX with its band, sentence length and what would help, for the field `felt`."""
    laesbarhed = maal(tekst or "")
    return {
        "felt": felt,
        "laesbarhed": laesbarhed,
        "er_svar": er_svar,
        "plads": _plads(laesbarhed.lix),
        "maal": MAAL,
        "maal_plads": _plads(MAAL),
        "fra": _FRA,
        "til": _TIL,
        "bredde": BREDDE,
    }
