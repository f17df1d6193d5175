"""Forms of the rule sets: every field and list of one, plain rows without script."""

import re
from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.html import format_html

from rehabilitering.regler import felter
from rehabilitering.regler.felter import FELTER, GRUPPER, Art, Felt, Gruppe, Kolonne
from ressource.forms import DatoFelt, ResHelper, flervalg, raekke, tekstomraade, valg
from ressource.models import Regelsaet, Regelsaetversion

TOMME_RAEKKER = 2
HOEJEST = 60
# Lists whose order means something, and is chosen.
ORDNEDE = ("afsnit", "samtaleemner", "maalgruppebetingelser")
# How `validering` names a row: its number among those that are left.
_RAEKKE = re.compile(r"^Række (\d+)")


def _felt(f: Felt | Kolonne, hjaelp: str = "") -> forms.Field:
    """The form field of a value. None of a list's rows has a help text."""
    faelles: dict[str, Any] = {"label": f.etiket, "help_text": hjaelp, "required": f.kraevet}
    match f.art:
        case Art.TAL:
            return forms.IntegerField(min_value=0, max_value=999, **faelles)
        case Art.DATO:
            return DatoFelt(**faelles | {"help_text": hjaelp or "dd.mm.åååå"})
        case Art.JA_NEJ:
            return forms.BooleanField(**faelles | {"required": False})
        case Art.VALG:
            return forms.ChoiceField(choices=[("", "Vælg"), *f.valg], **faelles)
        case Art.FLERVALG:
            return flervalg(choices=f.valg, **faelles)
        case Art.LANG:
            return forms.CharField(widget=tekstomraade(5), **faelles)
        case Art.LINJER:
            return forms.CharField(widget=tekstomraade(3), **faelles)
    return forms.CharField(max_length=300, **faelles)


class Feltform(forms.Form):
    """The values that are not lists of rows."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for navn, felt in FELTER.items():
            if felt.art is not Art.RAEKKER:
                self.fields[navn] = _felt(felt, felt.hjaelp)
        self.helper = ResHelper()


class Raekkeform(forms.Form):
    """One row of a list; `felt` is the list."""

    felt: Felt

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kolonne in self.felt.kolonner:
            self.fields[kolonne.navn] = felt = _felt(kolonne)
            if not isinstance(felt, forms.BooleanField):
                er_valg = isinstance(felt, forms.ChoiceField)
                felt.widget.attrs["class"] = "form-select" if er_valg else "form-input"

    def med_bredde(self) -> Iterator[tuple[forms.BoundField, int]]:
        """Each field with its columns of twelve, the formset's own last."""
        for kolonne in self.felt.kolonner:
            yield self[kolonne.navn], kolonne.bredde
        for navn in ("ORDER", "DELETE"):
            if navn in self.fields:
                yield self[navn], 2


class Raekkesaet(BaseFormSet[Raekkeform]):
    """The rows of one list, with a few empty ones last."""

    def add_fields(self, form: Raekkeform, index: int | None) -> None:
        """Name the fields that move a row and take it out."""
        super().add_fields(form, index)
        for navn, etiket in (("ORDER", "Plads"), ("DELETE", "Fjern rækken")):
            if navn in form.fields:
                form.fields[navn].label = etiket
        if self.can_order:
            form.fields["ORDER"].widget.attrs["class"] = "form-input"

    def tilbage(self) -> list[tuple[int, Raekkeform]]:
        """What is left of the rows in the order they are given, each with its number on the page."""
        tilbage = [
            (nr, form)
            for nr, form in enumerate(self.forms, start=1)
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        if self.can_order:
            tilbage.sort(key=lambda par: par[1].cleaned_data.get("ORDER") or HOEJEST)
        return tilbage

    def raekker(self) -> list[dict[str, Any]]:
        """The values of `tilbage`."""
        return [form.cleaned_data for _, form in self.tilbage()]

    def fejlfelter(self) -> Iterator[tuple[int, forms.BoundField, str]]:
        """Every fault of a field: its row's number on the page, the field and the sentence."""
        for nr, form in enumerate(self.forms, start=1):
            for bundet in form:
                for besked in bundet.errors:
                    yield nr, bundet, str(besked)


def _raekkesaet(felt: Felt) -> type[Raekkesaet]:
    form = type(f"{felt.navn}_raekke", (Raekkeform,), {"felt": felt})
    saet = formset_factory(
        form,
        formset=Raekkesaet,
        extra=TOMME_RAEKKER,
        max_num=HOEJEST,
        absolute_max=HOEJEST,
        can_delete=True,
        can_delete_extra=False,
        can_order=felt.navn in ORDNEDE,
    )
    return cast(type[Raekkesaet], saet)


class Regelsaetformular:
    """Everything of one rule set: one form and its lists, read and checked together."""

    def __init__(self, regelsaet: Regelsaet, indhold: dict[str, Any], data: Any = None) -> None:
        begynd: dict[str, Any] = {"version": regelsaet.version}
        for navn, felt in FELTER.items():
            if felt.art is Art.LINJER:
                begynd[navn] = "\n".join(indhold[navn])
            elif felt.art is not Art.RAEKKER:
                begynd[navn] = indhold[navn]
        self.form = Feltform(data, initial=begynd)
        # Lists that hold a fault: the page shows them unfolded.
        self.med_fejl: set[str] = set()
        self.lister = {
            navn: _raekkesaet(felt)(data, prefix=navn, initial=felter.raekker(felt, indhold[navn]))
            for navn, felt in FELTER.items()
            if felt.art is Art.RAEKKER
        }

    def is_valid(self) -> bool:
        """Whether every value can be read; says above the form where in the lists a fault is."""
        gyldig = self.form.is_valid()
        for navn, liste in self.lister.items():
            if not liste.is_valid():
                gyldig = False
                self.med_fejl.add(navn)
                for nr, bundet, besked in liste.fejlfelter():
                    tekst = f"Række {nr}, {bundet.label}: {besked}"
                    self._peg(navn, tekst, bundet.id_for_label)
                for fejl in liste.non_form_errors():
                    self._peg(navn, str(fejl))
        return gyldig

    def afvis(self, fejl: ValidationError) -> None:
        """Put a refusal where it belongs; that of a list stands above the form with its name."""
        if not hasattr(fejl, "error_dict"):
            self.form.add_error(None, fejl)
            return
        for navn, beskeder in fejl.message_dict.items():
            if navn in self.form.fields:
                self.form.add_error(navn, beskeder)
                continue
            self.med_fejl.add(navn)
            for besked in beskeder:
                self._peg(navn, *self._paa_siden(navn, besked))

    def _paa_siden(self, navn: str, besked: str) -> tuple[str, str]:
        """The sentence with the row's number on the page, and the field to go to."""
        raekke = _RAEKKE.match(besked)
        if raekke is None:
            return besked, ""
        nr, form = self.lister[navn].tilbage()[int(raekke[1]) - 1]
        foerste = form[form.felt.kolonner[0].navn]
        return _RAEKKE.sub(f"Række {nr}", besked), foerste.id_for_label

    def _peg(self, navn: str, tekst: str, felt_id: str = "") -> None:
        """Say above the form what is wrong in a list, with a link to the field or to the list."""
        link = '<a class="function-link" href="#{}">{}: {}</a>'
        maal = felt_id or f"liste-{navn}"
        # Marked safe by `format_html`, so the summary shows it as the link it is.
        self.form.add_error(None, format_html(link, maal, FELTER[navn].etiket, tekst))

    def indhold(self) -> dict[str, Any]:
        """Every field, in the shape of `felter.indhold`. Needs `is_valid`."""
        data = self.form.cleaned_data
        fundet: dict[str, Any] = {}
        for navn, felt in FELTER.items():
            if felt.art is Art.RAEKKER:
                fundet[navn] = felter.af_raekker(felt, self.lister[navn].raekker())
            elif felt.art is Art.LINJER:
                fundet[navn] = [linje.strip() for linje in data[navn].splitlines() if linje.strip()]
            elif felt.art is Art.DATO:
                fundet[navn] = data[navn].isoformat() if data[navn] else None
            else:
                fundet[navn] = data[navn]
        return fundet

    def grupper(self) -> Iterator[tuple[Gruppe, list[tuple[Felt, Any, Any]]]]:
        """For the page: each group with its fields, each with its form field or its rows."""
        for gruppe in GRUPPER:
            yield (
                gruppe,
                [
                    (felt, None, self.lister[felt.navn])
                    if felt.art is Art.RAEKKER
                    else (felt, self.form[felt.navn], None)
                    for felt in gruppe.felter
                ],
            )


class RettelseForm(forms.Form):
    """Confirming a change: from when, and why. The change itself goes along."""

    aendringer = forms.JSONField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    gaelder_fra = DatoFelt(label="Gælder fra")
    begrundelse = forms.CharField(
        label="Hvorfor ændres regelsættet?",
        error_messages={"required": "Skriv, hvorfor regelsættet ændres."},
        widget=tekstomraade(3),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("aendringer", "version", raekke(gaelder_fra=3), "begrundelse")

    def clean(self) -> dict[str, Any]:
        """Refuse a change that is not one the page made."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not felter.kan_laeses(data.get("aendringer")):
            data.pop("aendringer", None)
            raise ValidationError(
                "Ændringen kan ikke læses. Gå tilbage til regelsættet, og begynd igen."
            )
        return data


class IkraftForm(forms.Form):
    """Putting a set into force: from when, what happens to cases without a decision, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    gaelder_fra = DatoFelt(label="I kraft fra")
    ubesluttede = valg(
        label="Løbende sager uden afgørelse",
        choices=[(v, str(label).capitalize()) for v, label in Regelsaetversion.Ubesluttede.choices],
    )
    begrundelse = forms.CharField(
        label="Hvorfor sættes regelsættet i kraft?",
        error_messages={"required": "Skriv, hvorfor regelsættet sættes i kraft."},
        widget=tekstomraade(3),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper("version", raekke(gaelder_fra=3), "ubesluttede", "begrundelse")
