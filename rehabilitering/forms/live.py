"""Everything one can write on the live page of a case, as one form in the browser."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict

from rehabilitering.forms.indstilling import IndstillingForm, LinjeForm, linjeforme
from rehabilitering.forms.vist import VistForm
from rehabilitering.livestand import Livestand, Person
from rehabilitering.services.live import Indsendt
from ressource.forms import tekstomraade

_TIL_STEDE = {"": None, "ja": True, "nej": False}


class PersonForm(VistForm):
    """Whether one person is there; why not is asked of the citizen."""

    var_til_stede = forms.TypedChoiceField(
        label="Fremmøde",
        choices=[("", "Ikke registreret"), ("ja", "Til stede"), ("nej", "Ikke til stede")],
        coerce=lambda valgt: _TIL_STEDE[valgt],
        empty_value=None,
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    fravaer_grund = forms.CharField(
        label="Hvorfor ikke?",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-input"}),
    )

    def __init__(self, data: Any = None, *, person: Person) -> None:
        self.person = person
        gemte: dict[str, Any] = {"var_til_stede": person.var_til_stede}
        if person.er_borger:
            gemte["fravaer_grund"] = person.fravaer_grund
        super().__init__(data, gemte=gemte, prefix=f"{person.art}-{person.noegle}")
        if not person.er_borger:
            del self.fields["fravaer_grund"]

    def som_vist(self, felt: str, vaerdi: Any) -> Any:
        """A stored value as the field shows it."""
        if felt == "var_til_stede":
            return {None: "", True: "ja", False: "nej"}[vaerdi]
        return vaerdi


class NoteForm(VistForm):
    """The writer's own two sheets."""

    faelles = forms.CharField(
        label="Dine noter, som de andre kan læse", required=False, widget=tekstomraade(3)
    )
    egen = forms.CharField(
        label="Dine egne noter, som kun du kan læse", required=False, widget=tekstomraade(2)
    )

    def __init__(self, data: Any = None, *, stand: Livestand) -> None:
        egne = {note.er_faelles: note.tekst for note in stand.egne_noter}
        gemte = {"faelles": egne.get(True, ""), "egen": egne.get(False, "")}
        super().__init__(data, gemte=gemte, prefix="note")

    def ark(self) -> dict[bool, str]:
        """The sheets that the writer changed, the shared one under True."""
        rettelse = self.rettelse()
        felter = rettelse.felter if rettelse else {}
        return {felt == "faelles": tekst for felt, tekst in felter.items()}


class Liveformular:
    """The forms of the page, as stored or as sent."""

    def __init__(self, stand: Livestand, data: QueryDict | None = None) -> None:
        self.stand = stand
        self.hoved = IndstillingForm(
            data,
            indstilling=stand.indstilling_eller_tom,
            regelsaet=stand.punkt.sag.regelsaet,
            maal_foer=stand.maal_foer,
            er_leder=stand.er_leder,
        )
        self.linjer, self.ny = linjeforme(stand.alle_linjer, data)
        self.personer = [PersonForm(data, person=person) for person in stand.personer]
        self.note = NoteForm(data, stand=stand)

    def forme(self) -> Iterator[VistForm]:
        """All of them, in the order of the page."""
        yield from self.personer
        yield self.note
        yield self.hoved
        yield from self.linjer

    @property
    def aktuelle_linjer(self) -> list[LinjeForm]:
        """The lines in force."""
        return [form for form in self.linjer if not form.linje.fjernet_den]

    def er_gyldig(self) -> bool:
        """Whether everything that was sent can be saved; all are asked, so every error shows."""
        return not [form for form in self.forme() if form.is_bound and not form.is_valid()]

    def fejl(self, *, uden_hoved: bool = False) -> list[str]:
        """Every error, with the field's name; a line's with its number."""
        fundne = []
        for form in self.forme():
            if uden_hoved and form is self.hoved:
                continue
            for felt, tekster in form.errors.items():
                navn = form.fields[felt].label if felt in form.fields else ""
                foran = f"Linje {form.linje.nr}, " if isinstance(form, LinjeForm) else ""
                hvor = f"{foran}{str(navn).lower() if foran else navn}: " if navn else foran
                fundne += [f"{hvor}{tekst}" for tekst in tekster]
        return fundne

    def indsendt(self) -> Indsendt:
        """What the writer changed, of what can be saved."""
        personer = {
            (form.person.art, form.person.noegle): rettelse
            for form in self.personer
            if (rettelse := form.rettelse())
        }
        return Indsendt(
            hoved=self.hoved.rettelse(),
            linjer={
                form.linje.pk: rettelse
                for form in self.linjer
                if form.is_bound and (rettelse := form.rettelse())
            },
            noter=self.note.ark(),
            medlemmer={pk: r for (art, pk), r in personer.items() if art == "medlem"},
            deltagere={pk: r for (art, pk), r in personer.items() if art == "deltager"},
        )

    def versioner(self) -> list[tuple[str, str]]:
        """The hidden fingerprints of the page."""
        return [par for form in self.forme() for par in form.versioner()]

    def nye_versioner(self) -> list[tuple[str, str]]:
        """Those that the page which was sent does not hold already."""
        return [par for form in self.forme() if form.is_bound for par in form.nye_versioner()]

    def ugemte(self) -> list[str]:
        """Names of the fields with something refused, which news may not take the place of."""
        return [navn for form in self.forme() for navn in form.ugemte()]

    def vaerdier(self) -> list[tuple[str, str, str]]:
        """Every field's name, stored value and fingerprint."""
        return [raekke for form in self.forme() for raekke in form.vaerdier()]
