"""Forms in the municipality's design. How a page uses this:

    class PlanForm(forms.ModelForm[Indsatsplan]):
        startdato = DatoFelt(label="Startdato")

        class Meta:
            model = Indsatsplan
            fields = ("startdato", "slutdato", "maal")
            widgets = {"maal": tekstomraade(4)}

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.helper = ResHelper(raekke(startdato=3, slutdato=3), "maal")

    # view: an invalid form, or a service that refuses, answers 422 with the input kept
    if request.method == "POST" and form.is_valid():
        try:
            services.opret_plan(..., af=request.user)
        except ValidationError as fejl:
            fejl_paa_formular(form, fejl)
        else:
            messages.success(request, "Planen er oprettet.")
            return redirect(...)
    return svar(request, "indsatsplan/plan_form.html", {"form": form}, status=status_for(form))

    {# template: <form novalidate>, CSRF token, fields, buttons #}
    {% load ressource %}
    {% formular form "Gem kladden" fortryd=plan.get_absolute_url %}

A page that needs its own <form> (htmx attributes, two buttons) writes it with `novalidate` and
`{% csrf_token %}` and puts `{% crispy form %}` inside. Filters use `FilterHelper`.
"""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.core.exceptions import ValidationError

DATO_FORMATER = ["%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"]
# From the oldest citizen's birth to the longest forløb's end.
AARSTAL = range(1900, 2101)
KLOKKESLAET_FORMATER = ["%H.%M", "%H:%M"]


class ResHelper(FormHelper):
    """The one crispy helper: the page owns <form> and CSRF, optional fields say so.

    The positional arguments are the layout; without any, every field is shown in its own order.
    """

    form_tag = False
    disable_csrf = True
    include_media = False

    def __init__(self, *layout: Any) -> None:
        super().__init__()
        self.vis_frivillig = True
        if layout:
            self.layout = Layout(*layout)


class FilterHelper(ResHelper):
    """For a filter line: everything is optional there, so nothing says so."""

    form_method = "get"

    def __init__(self, *layout: Any) -> None:
        super().__init__(*layout)
        self.vis_frivillig = False


def raekke(**bredder: int) -> Div:
    """Fields side by side in the twelve-column grid: `raekke(startdato=3, maal=6)`.

    Widths are the grid's own: 2, 3, 4, 5, 6, 8, 9 or 12 columns. Under 900 px they stack.
    """
    felter = [Field(navn, wrapper_class=f"k{bredde}") for navn, bredde in bredder.items()]
    return Div(*felter, css_class="felter form-group")


class DatoInput(forms.DateInput):
    """A plain text field for `dd.mm.åååå`, the same with and without JavaScript."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        standard = {"autocomplete": "off", "inputmode": "decimal", "maxlength": "10"}
        super().__init__(attrs=standard | (attrs or {}), format="%d.%m.%Y")


class DatoFelt(forms.DateField):
    """A date typed as 24.12.2026, 24/12/2026, 24-12-2026 or 2026-12-24, in a year that can be."""

    widget = DatoInput
    default_error_messages = {"invalid": "Skriv datoen som dag.måned.år, for eksempel 24.12.2026."}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", DATO_FORMATER)
        kwargs.setdefault("help_text", "dd.mm.åååå")
        super().__init__(**kwargs)

    def validate(self, value: date | None) -> None:
        """Refuse a year typed wrong; what is counted from one may lie outside the calendar."""
        super().validate(value)
        if value and value.year not in AARSTAL:
            raise ValidationError(f"Årstallet {value.year} kan ikke passe. Skriv datoen igen.")


class KlokkeslaetInput(forms.TimeInput):
    """A plain text field for `9.00`."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        standard = {"autocomplete": "off", "inputmode": "decimal", "maxlength": "5"}
        super().__init__(attrs=standard | (attrs or {}), format="%H.%M")


class KlokkeslaetFelt(forms.TimeField):
    """A time typed as 9.00 or 9:00."""

    widget = KlokkeslaetInput
    default_error_messages = {
        "invalid": "Skriv klokkeslættet som timer.minutter, for eksempel 9.30."
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", KLOKKESLAET_FORMATER)
        kwargs.setdefault("help_text", "tt.mm")
        super().__init__(**kwargs)


class DecimalFelt(forms.DecimalField):
    """A number with a decimal comma, in a text field so that browsers do not insist on a point."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("localize", True)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**kwargs)


def tekstomraade(raekker: int = 5, **attrs: Any) -> forms.Textarea:
    """A text area `raekker` lines high."""
    return forms.Textarea(attrs={"rows": raekker, **attrs})


def filfelt(*, label: str, accept: str = "", **kwargs: Any) -> forms.FileField:
    """A file field without Django's «clear» box; `accept` is a hint, never the check."""
    attrs = {"accept": accept} if accept else {}
    fejl = {"empty": "Filen er tom. Vælg en anden fil."}
    widget = forms.FileInput(attrs=attrs)
    return forms.FileField(label=label, widget=widget, error_messages=fejl, **kwargs)


def valg(*, label: str, choices: Any, **kwargs: Any) -> forms.ChoiceField:
    """One of few, shown as radio buttons under a legend."""
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **kwargs)


def flervalg(*, label: str, choices: Any, **kwargs: Any) -> forms.MultipleChoiceField:
    """Several of few, shown as check boxes under a legend."""
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, choices=choices, widget=widget, **kwargs)


def fejl_paa_formular(form: forms.BaseForm, fejl: ValidationError) -> None:
    """Put a service's refusal on `form`: on the fields it names, else above the form.

    Call it after `form.is_valid()`. A field the form does not show gets its error above the form,
    so that nothing is refused in silence.
    """
    if not hasattr(fejl, "error_dict"):
        form.add_error(None, fejl)
        return
    for felt, liste in fejl.error_dict.items():
        form.add_error(felt if felt in form.fields else None, ValidationError(liste))


def status_for(form: forms.BaseForm) -> int:
    """HTTP status of a page that shows `form`: 422 when it was sent and refused, else 200."""
    return 422 if form.is_bound and form.errors else 200
