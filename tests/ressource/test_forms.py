from datetime import date, time
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import engines
from django.test import RequestFactory

from ressource.forms import (
    DatoFelt,
    DecimalFelt,
    FilterHelper,
    KlokkeslaetFelt,
    fejl_paa_formular,
    filfelt,
    flervalg,
    status_for,
    valg,
)
from tests.ressource.proevesider import Proeveform

GYLDIG = {
    "navn": "Bo",
    "startdato": "24.12.2026",
    "udfald": "r",
    "enig": "on",
    "tekst": "Fordi.",
}


def vis(form, skabelon='{% load ressource %}{% formular form "Gem" fortryd="/" %}'):
    request = RequestFactory().get("/")
    return engines["django"].from_string(skabelon).render({"form": form}, request)


@pytest.mark.parametrize("skrevet", ["24.12.2026", "24/12/2026", "24-12-2026", "2026-12-24"])
def test_datofelt_reads_every_usual_way_of_writing(skrevet):
    assert DatoFelt().clean(skrevet) == date(2026, 12, 24)


@pytest.mark.parametrize("skrevet", ["31.02.2026", "12.2026", "i morgen", "24.12.26"])
def test_datofelt_refuses_with_an_example(skrevet):
    with pytest.raises(ValidationError, match=r"for eksempel 24\.12\.2026"):
        DatoFelt().clean(skrevet)


@pytest.mark.parametrize("skrevet", ["24/12/2026", "24-12-2026", "2026-12-24"])
def test_plain_date_field_reads_the_same_forms(skrevet):
    assert forms.DateField().clean(skrevet) == date(2026, 12, 24)


def test_date_is_shown_as_it_is_typed():
    form = Proeveform(initial={"startdato": date(2026, 12, 24)})

    assert 'value="24.12.2026"' in str(form["startdato"])
    assert 'type="text"' in str(form["startdato"])


@pytest.mark.parametrize("skrevet", ["9.30", "09:30"])
def test_klokkeslaetfelt_reads_point_and_colon(skrevet):
    assert KlokkeslaetFelt().clean(skrevet) == time(9, 30)


@pytest.mark.parametrize("skrevet", ["7,5", "7.5"])
def test_decimalfelt_reads_and_shows_a_comma(skrevet):
    class Timer(forms.Form):
        timer = DecimalFelt(decimal_places=2)

    assert DecimalFelt(decimal_places=2).clean(skrevet) == Decimal("7.5")
    assert 'value="7,5"' in str(Timer(initial={"timer": Decimal("7.5")})["timer"])


def test_form_shows_labels_hints_and_optional_fields():
    html = vis(Proeveform())

    assert html.count("(frivilligt)") == 1
    assert 'id="id_navn_helptext"' in html
    assert 'aria-describedby="id_navn_helptext"' in html
    assert "error-summary" not in html
    assert "novalidate" in html


def test_refused_form_links_its_summary_to_the_fields_and_keeps_the_input():
    html = vis(Proeveform(GYLDIG | {"startdato": "i går", "udfald": ""}))

    assert 'data-module="error-summary"' in html
    assert 'href="#id_startdato"' in html
    assert 'href="#id_udfald_0"' in html
    assert 'id="id_udfald_0"' in html
    assert 'value="i går"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_startdato_error"' in html


def test_hidden_fields_are_sent_but_not_labelled():
    class Skjult(forms.Form):
        version = forms.IntegerField(widget=forms.HiddenInput)

    html = vis(Skjult(initial={"version": 3}))

    assert '<input type="hidden" name="version" value="3"' in html
    assert "<label" not in html


def test_form_with_a_file_is_multipart():
    class MedFil(forms.Form):
        fil = filfelt(label="Bilag", accept=".pdf")

    html = vis(MedFil())

    assert 'enctype="multipart/form-data"' in html
    assert 'accept=".pdf"' in html


def test_choices_stand_under_a_legend():
    class Valgform(forms.Form):
        et = valg(label="Et af to", choices=[("a", "A"), ("b", "B")])
        flere = flervalg(label="Flere", choices=[("a", "A"), ("b", "B")], required=False)

    html = vis(Valgform({"et": "b", "flere": ["a", "b"]}))

    assert html.count("<fieldset") == 2
    assert html.count("checked") == 3


def test_filter_line_does_not_call_everything_optional():
    class Filter(forms.Form):
        q = forms.CharField(label="Navn", required=False)

        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.helper = FilterHelper()

    assert "frivilligt" not in vis(Filter(), "{% load crispy_forms_tags %}{% crispy form %}")


def test_label_and_value_are_escaped():
    class Farlig(forms.Form):
        navn = forms.CharField(label="<b>Navn</b>")

    html = vis(Farlig({"navn": '"><script>'}))

    assert "<b>" not in html
    assert "<script>" not in html


def test_refusal_lands_on_the_fields_it_names():
    form = Proeveform(GYLDIG)
    assert form.is_valid()

    fejl_paa_formular(
        form,
        ValidationError({"slutdato": "Slutdatoen er for tidlig.", "andet": "Allerede godkendt."}),
    )

    assert form.errors["slutdato"] == ["Slutdatoen er for tidlig."]
    assert form.non_field_errors() == ["Allerede godkendt."]
    assert status_for(form) == 422


def test_refusal_without_field_stands_above_the_form():
    form = Proeveform(GYLDIG)
    form.is_valid()

    fejl_paa_formular(form, ValidationError("Tiden er %(hvad)s.", params={"hvad": "taget"}))

    assert form.non_field_errors() == ["Tiden er taget."]


def test_status_of_an_unsent_form_is_200():
    assert status_for(Proeveform()) == 200
