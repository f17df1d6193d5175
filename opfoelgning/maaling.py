"""The progression section of the meeting form: what is asked, the fields, and what is stored.

Nothing here is demanded to close a meeting, and nothing is decided from it (domain.md 6).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.forms import BoundField
from django.utils import timezone

from opfoelgning import progression
from opfoelgning.models import (
    Opfoelgningsmoede,
    Progressionsindikator,
    Progressionskatalog,
    Progressionsmaaling,
    SmaatSkridt,
)
from ressource import dansk
from ressource.datoer import Enhed, tilfoej
from ressource.forms import tekstomraade
from ressource.models import Bruger

SKIFTET = "Progressionsskemaet er skiftet imens. Hent siden igen, og svar på det nye."
SKRIDT_HOEJST = 20
SKRIDT_TEGN = 250


@dataclass(frozen=True, slots=True)
class Maaling:
    """What the two said of one indicator, and a word about it."""

    borger: int | None = None
    fagperson: int | None = None
    note: str = ""


INTET = Maaling()


@dataclass(frozen=True, slots=True)
class Trinvalg:
    """One step of a scale to choose; `vaerdi` is empty for «not answered»."""

    vaerdi: str
    ankertekst: str
    er_valgt: bool


@dataclass(frozen=True, slots=True)
class Skalafelt:
    """A scale on the page: the field and its steps in order."""

    felt: BoundField
    trin: Sequence[Trinvalg]


@dataclass(frozen=True, slots=True)
class Maaleraekke:
    """One indicator on the page; what is None is not on it."""

    indikator: Progressionsindikator
    diagram: str
    borger: Skalafelt | None
    fagperson: Skalafelt | None
    note: BoundField | None


@dataclass(frozen=True, slots=True)
class Maaleafsnit:
    """The section as `opfoelgning/_maaling.html` shows it."""

    katalog: Progressionskatalog | None
    raekker: Sequence[Maaleraekke]
    smaa_skridt: BoundField
    sidst_maalt: date | None
    navn: str


class Maaleskema:
    """What one meeting asks: the version its answers are of, else the one in use on its day.

    `felter` and `startvaerdier` extend the meeting form; `maalinger` reads them back. `sammen` is
    the page one looks at together with the citizen: what is kept from the citizen has no field
    there, and neither have remarks.
    """

    def __init__(
        self,
        moede: Opfoelgningsmoede,
        indikatorer: Sequence[Progressionsindikator],
        *,
        sammen: bool = False,
    ) -> None:
        self._moede = moede
        self._sammen = sammen
        self.indikatorer = indikatorer
        self.katalog = indikatorer[0].katalog if indikatorer else None

    def felter(self) -> dict[str, forms.Field]:
        """The fields by name: `score_borger_<pk>`, `score_fagperson_<pk>`, `maaling_note_<pk>`.

        And `smaa_skridt`, one step on each line. None of them is required.
        """
        return _felter(self.indikatorer, sammen=self._sammen)

    def startvaerdier(self, maalinger: Mapping[int, Maaling], smaa_skridt: str) -> dict[str, Any]:
        """What the fields show of stored answers."""
        vaerdier: dict[str, Any] = {"smaa_skridt": smaa_skridt}
        for pk, maaling in maalinger.items():
            vaerdier[f"score_borger_{pk}"] = maaling.borger
            vaerdier[f"score_fagperson_{pk}"] = maaling.fagperson
            vaerdier[f"maaling_note_{pk}"] = maaling.note
        return vaerdier

    def maalinger(self, data: Mapping[str, Any], gemt: Mapping[int, Maaling]) -> dict[int, Maaling]:
        """The answers of `cleaned_data`, by indicator; those not answered at all are left out.

        What has no field, or could not be read, is as in `gemt`.
        """
        svar = {}
        for i in self.indikatorer:
            foer = gemt.get(i.pk, INTET)
            svar[i.pk] = Maaling(
                data.get(f"score_borger_{i.pk}", foer.borger),
                data.get(f"score_fagperson_{i.pk}", foer.fagperson),
                data.get(f"maaling_note_{i.pk}", foer.note),
            )
        return {pk: maaling for pk, maaling in svar.items() if maaling != INTET}

    def er_skiftet(self, data: Mapping[str, Any]) -> bool:
        """Whether `data`, as sent, answers another version than the one asked now."""
        kendte = {
            f"{felt}_{i.pk}"
            for i in self.indikatorer
            for felt in ("score_borger", "score_fagperson", "maaling_note")
        }
        return any(
            navn.startswith(("score_", "maaling_note_")) and navn not in kendte and data[navn]
            for navn in data
        )

    def ubesvarede(self, maalinger: Mapping[int, Maaling]) -> int:
        """How many answers are missing; none before it is time to ask again, unless one began.

        They can wait: no meeting is kept open by them.
        """
        if not self.indikatorer or not (maalinger or self._er_tid):
            return 0
        svar = [(i, maalinger.get(i.pk, INTET)) for i in self.indikatorer]
        return sum(
            (maaling.borger is None and bool(i.spoergsmaal_borger)) + (maaling.fagperson is None)
            for i, maaling in svar
        )

    def afsnit(self, form: forms.Form) -> Maaleafsnit:
        """The section of `form`, which carries `felter`. Two statements more."""
        prefetch_related_objects(list(self.indikatorer), "trin")
        svar: dict[int, list[progression.Svar]] = {}
        if self.katalog:
            svar = progression.svar_for(self._moede.sag_id, katalog_id=self.katalog.pk)
        navn = self._moede.sag.borger.fornavn
        return _afsnit(form, self.indikatorer, svar, navn=navn, sammen=self._sammen)

    @cached_property
    def _er_tid(self) -> bool:
        """Whether it is as long since the last answers as the version says."""
        if self.katalog is None:
            return False
        sidst = Progressionsmaaling.objects.filter(
            moede__sag=self._moede.sag_id,
            moede__status=Opfoelgningsmoede.Status.AFHOLDT,
            indikator__katalog=self.katalog,
        ).aggregate(dato=Max("moede__afholdt_dato"))["dato"]
        dato = timezone.localdate(self._moede.tidspunkt)
        return sidst is None or tilfoej(sidst, self.katalog.maaneder, Enhed.MAANEDER) <= dato


class SkridtFelt(forms.CharField):
    """Small steps, one on each line; empty lines are left out."""

    def clean(self, value: Any) -> str:
        """The lines without blanks around them. Refuses too many lines, or too long a line."""
        linjer = _linjer(super().clean(value))
        if len(linjer) > SKRIDT_HOEJST:
            raise ValidationError(f"Skriv højst {SKRIDT_HOEJST} skridt ved ét møde.")
        if any(len(linje) > SKRIDT_TEGN for linje in linjer):
            raise ValidationError(f"Et skridt er højst {SKRIDT_TEGN} tegn. Del linjen i to.")
        return "\n".join(linjer)


def maalefelter(moede: Opfoelgningsmoede, *, sammen: bool = False) -> Maaleskema:
    """What `moede` asks about progression. One statement; nothing when no version is in use.

    `sammen`: see `Maaleskema`.
    """
    begyndt = Progressionsmaaling.objects.filter(moede=moede.pk).values("indikator__katalog")[:1]
    i_brug = Progressionskatalog.objects.gaeldende(timezone.localdate(moede.tidspunkt))
    indikatorer = Progressionsindikator.objects.filter(
        katalog=Coalesce(Subquery(begyndt), Subquery(i_brug.order_by().values("pk")[:1]))
    ).select_related("katalog")
    return Maaleskema(moede, list(indikatorer), sammen=sammen)


def proeve(indikatorer: Sequence[Progressionsindikator]) -> Maaleafsnit:
    """How the section of a version will look: no answers, a citizen without a name."""
    form = forms.Form()
    form.fields |= _felter(indikatorer)
    return _afsnit(form, indikatorer, {}, navn="Borgeren", sammen=False)


def gemte_maalinger(moede: Opfoelgningsmoede) -> dict[int, Maaling]:
    """The meeting's answers as they are stored. One statement."""
    return {
        m.indikator_id: Maaling(m.borger_score, m.fagperson_score, m.note)
        for m in Progressionsmaaling.objects.filter(moede=moede.pk)
    }


def gemte_skridt(moede: Opfoelgningsmoede) -> str:
    """The small steps written in the meeting's form, one on each line. One statement."""
    skridt = SmaatSkridt.objects.filter(moede=moede.pk, fjernet_den=None).order_by("pk")
    return "\n".join(skridt.values_list("tekst", flat=True))


def gem_maalinger(moede: Opfoelgningsmoede, maalinger: Mapping[int, Maaling]) -> None:
    """Store the answers of a meeting that the caller has locked; those left out are taken away.

    Raises `ValidationError`, by the form's field, for an indicator of another version than the
    meeting's, an answer outside the scale, and a citizen's answer to what citizens are not asked.
    """
    indikatorer = {i.pk: i for i in maalefelter(moede).indikatorer}
    maalinger = {pk: maaling for pk, maaling in maalinger.items() if maaling != INTET}
    if set(maalinger) - set(indikatorer):
        raise ValidationError(SKIFTET)
    fejl: dict[str, str] = {}
    for pk, maaling in maalinger.items():
        fejl |= _uden_for_skala(indikatorer[pk], maaling)
    if fejl:
        raise ValidationError(fejl)
    gemte = gemte_maalinger(moede)
    if vaek := [pk for pk in gemte if pk not in maalinger]:
        Progressionsmaaling.objects.filter(moede=moede.pk, indikator__in=vaek).delete()
    Progressionsmaaling.objects.bulk_create(
        [
            Progressionsmaaling(
                moede=moede,
                indikator_id=pk,
                borger_score=maaling.borger,
                fagperson_score=maaling.fagperson,
                note=maaling.note,
            )
            for pk, maaling in maalinger.items()
            if gemte.get(pk) != maaling
        ],
        update_conflicts=True,
        unique_fields=["moede", "indikator"],
        update_fields=["borger_score", "fagperson_score", "note"],
    )


def gem_smaa_skridt(moede: Opfoelgningsmoede, tekst: str, *, af: Bruger) -> None:
    """Store the lines of `tekst` as the steps of a meeting that the caller has locked.

    A line that is rewritten stays the same step, so that a form which saves itself while somebody
    types leaves one row and not one for each save.
    """
    dato = timezone.localdate(moede.tidspunkt)
    linjer = _linjer(tekst)
    raekker = list(SmaatSkridt.objects.filter(moede=moede.pk).order_by("pk"))
    for skridt, linje in zip(raekker, linjer, strict=False):
        if (skridt.tekst, skridt.dato, skridt.fjernet_den) != (linje, dato, None):
            skridt.tekst, skridt.dato, skridt.fjernet_den = linje, dato, None
            skridt.full_clean()
            skridt.save(update_fields=["tekst", "dato", "fjernet_den"])
    for skridt in raekker[len(linjer) :]:
        if skridt.fjernet_den is None:
            skridt.fjernet_den = timezone.now()
            skridt.save(update_fields=["fjernet_den"])
    for linje in linjer[len(raekker) :]:
        nyt = SmaatSkridt(sag_id=moede.sag_id, moede=moede, dato=dato, tekst=linje, skrevet_af=af)
        nyt.full_clean()
        nyt.save()


def _linjer(tekst: str) -> list[str]:
    return [linje for raa in tekst.splitlines() if (linje := raa.strip())]


def _felter(
    indikatorer: Sequence[Progressionsindikator], *, sammen: bool = False
) -> dict[str, forms.Field]:
    felter: dict[str, forms.Field] = {}
    for indikator in indikatorer:
        if indikator.spoergsmaal_borger:
            felter[f"score_borger_{indikator.pk}"] = _skala(indikator, "borgeren")
        if not (sammen and indikator.skjult_for_borger):
            felter[f"score_fagperson_{indikator.pk}"] = _skala(indikator, "fagperson")
        if not sammen:
            felter[f"maaling_note_{indikator.pk}"] = forms.CharField(
                label=f"{indikator.navn}: bemærkning", required=False, max_length=250
            )
    felter["smaa_skridt"] = SkridtFelt(
        label="Små skridt siden sidst",
        help_text="Ét skridt på hver linje, gerne med borgerens egne ord",
        required=False,
        widget=tekstomraade(2),
    )
    return felter


def _afsnit(
    form: forms.Form,
    indikatorer: Sequence[Progressionsindikator],
    svar: Mapping[int, list[progression.Svar]],
    *,
    navn: str,
    sammen: bool,
) -> Maaleafsnit:
    return Maaleafsnit(
        katalog=indikatorer[0].katalog if indikatorer else None,
        raekker=[
            _raekke(form, i, svar.get(i.pk, []), navn=navn, sammen=sammen)
            for i in indikatorer
            if {f"score_borger_{i.pk}", f"score_fagperson_{i.pk}"} & set(form.fields)
        ],
        smaa_skridt=form["smaa_skridt"],
        sidst_maalt=max((s[-1].dato for s in svar.values()), default=None),
        navn=navn,
    )


def _skala(indikator: Progressionsindikator, hvem: str) -> forms.TypedChoiceField:
    trin = range(indikator.skala_min, indikator.skala_max + 1)
    return forms.TypedChoiceField(
        label=f"{indikator.navn}: {hvem}",
        choices=[("", "–"), *((n, str(n)) for n in trin)],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


def _raekke(
    form: forms.Form,
    indikator: Progressionsindikator,
    svar: Sequence[progression.Svar],
    *,
    navn: str,
    sammen: bool,
) -> Maaleraekke:
    def skala(hvem: str) -> Skalafelt | None:
        navn = f"score_{hvem}_{indikator.pk}"
        return _skalafelt(indikator, form[navn]) if navn in form.fields else None

    note = f"maaling_note_{indikator.pk}"
    return Maaleraekke(
        indikator=indikator,
        diagram=progression.linje(
            indikator, svar, navn=navn, uid=f"pg{indikator.pk}", uden_skjulte=sammen
        ),
        borger=skala("borger"),
        fagperson=skala("fagperson"),
        note=form[note] if note in form.fields else None,
    )


def _skalafelt(indikator: Progressionsindikator, felt: BoundField) -> Skalafelt:
    valgt = str(felt.value() if felt.value() is not None else "")
    ord_ = {str(trin.vaerdi): trin.ankertekst for trin in indikator.trin.all()}
    vaerdier = ["", *map(str, range(indikator.skala_min, indikator.skala_max + 1))]
    return Skalafelt(felt, [Trinvalg(v, ord_.get(v, ""), er_valgt=v == valgt) for v in vaerdier])


def _uden_for_skala(indikator: Progressionsindikator, maaling: Maaling) -> dict[str, str]:
    skala = range(indikator.skala_min, indikator.skala_max + 1)
    fejl = {}
    for felt, vaerdi in (("borger", maaling.borger), ("fagperson", maaling.fagperson)):
        if vaerdi is not None and vaerdi not in skala:
            fejl[f"score_{felt}_{indikator.pk}"] = (
                f"Vælg et trin fra {skala[0]} til {dansk.tal(skala[-1])}."
            )
    if maaling.borger is not None and not indikator.spoergsmaal_borger:
        fejl[f"score_fagperson_{indikator.pk}"] = f"Borgeren spørges ikke om «{indikator.navn}»."
    return fejl
