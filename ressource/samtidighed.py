"""Two people edit the same thing: whoever saves last sees both versions instead of overwriting.

A document that is edited carries a lock number, `laas`. Its form sends the number back in a hidden
field, its service refuses another one (`kraev_laas`) and raises it with every save:

    try:
        services.ret_borger(sag, data, laas=data.pop("laas"), af=request.user)
    except ForaeldetVersionError:
        gemt = Borger.objects.get(pk=sag.borger_id)
        sidst = sidst_gemt(gemt, "borger.rettet", sag_id=sag.pk)
        return konfliktside(request, form, BorgerForm(instance=gemt), sidst, titel=…, fortryd=…)
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from ressource.anmodning import Anmodning
from ressource.fejl import Uenighed, konflikt
from ressource.models import Haendelse

LAASEFELT = "laas"


class ForaeldetVersionError(Exception):
    """Somebody saved after the page was shown; nothing of this save was stored."""


def laasefelt() -> forms.IntegerField:
    """The form's hidden lock number: the version of the document that its page showed."""
    return forms.IntegerField(widget=forms.HiddenInput, min_value=0)


def kraev_laas(objekt: Any, laas: int | None) -> None:
    """Raise `ForaeldetVersionError` unless `laas` is the locked row's number.

    None is a caller without a page, which has read the row in the same transaction.
    """
    if laas is not None and objekt.laas != laas:
        raise ForaeldetVersionError


@dataclass(frozen=True)
class SidstGemt:
    """Who saved last, and when."""

    navn: str
    tidspunkt: datetime


def sidst_gemt(objekt: models.Model, *koder: str, sag_id: int | None) -> SidstGemt | None:
    """Who wrote the latest event of `koder` about `objekt` in that case, or in none. One statement."""
    haendelse = (
        Haendelse.objects.filter(
            sag_id=sag_id, kode__in=koder, objekt_type=objekt._meta.label_lower, objekt_id=objekt.pk
        )
        .select_related("af")
        .order_by("-id")
        .first()
    )
    if haendelse is None:
        return None
    return SidstGemt(haendelse.af.navn if haendelse.af else "Systemet", haendelse.tidspunkt)


def en_anden() -> SidstGemt:
    """Somebody who left no event, just now."""
    return SidstGemt("En anden", timezone.now())


def konfliktside(
    request: Anmodning,
    form: forms.BaseForm,
    gemt: forms.BaseForm,
    sidst: SidstGemt | None,
    *,
    titel: str,
    fortryd: str,
) -> HttpResponse:
    """409 with both versions of every field that differs; the same text sent twice is no conflict.

    `form` is what was sent, `gemt` an unbound form of the same kind that shows what is stored.
    """
    felter = uenigheder(form, gemt)
    if not felter:
        messages.success(request, "Det er allerede gemt med det samme indhold.")
        return redirect(fortryd)
    sidst = sidst or en_anden()
    return konflikt(
        request,
        felter=felter,
        titel=titel,
        anden=sidst.navn,
        gemt_den=sidst.tidspunkt,
        version=gemt[LAASEFELT].value(),
        versionsfelt=LAASEFELT,
        fortryd=fortryd,
    )


def uenigheder(form: forms.BaseForm, gemt: forms.BaseForm) -> list[Uenighed]:
    """The fields where what was sent in `form` differs from what `gemt` shows as stored."""
    fundne = []
    for navn, felt in form.fields.items():
        mit, andet = form[navn].data, gemt[navn].value()
        if navn == LAASEFELT or not felt.has_changed(_som_valgt(felt, andet), mit):
            continue
        min_tekst, anden_tekst = _som_sendt(felt, mit), _som_sendt(felt, andet)
        fundne.append(
            Uenighed(
                navn=form.add_prefix(navn),
                label=str(felt.label),
                min=min_tekst,
                anden=anden_tekst,
                er_tekst=isinstance(felt.widget, forms.Textarea),
                min_vist=_vist(felt, min_tekst),
                anden_vist=_vist(felt, anden_tekst),
            )
        )
    return fundne


def _som_valgt(felt: forms.Field, vaerdi: Any) -> Any:
    """A stored choice as text, which is what `has_changed` compares with."""
    return str(vaerdi) if isinstance(felt, forms.ChoiceField) and vaerdi is not None else vaerdi


def _som_sendt(felt: forms.Field, vaerdi: Any) -> str:
    """A value in the words a browser would send."""
    if isinstance(felt, forms.BooleanField):
        return "on" if vaerdi else ""
    if vaerdi is None or isinstance(felt, forms.ChoiceField):
        return "" if vaerdi is None else str(vaerdi)
    return str(felt.widget.format_value(vaerdi) or "").strip()


def _vist(felt: forms.Field, sendt: str) -> str:
    """What a person reads for a value: a choice's label, yes or no; empty for plain text."""
    if isinstance(felt, forms.BooleanField):
        return "Ja" if sendt else "Nej"
    if not isinstance(felt, forms.ChoiceField):
        return ""
    return next((label for vaerdi, label in _valgmuligheder(felt) if vaerdi == sendt), "")


def _valgmuligheder(felt: forms.ChoiceField) -> Iterator[tuple[str, str]]:
    """Every choice of the field, groups unfolded."""
    muligheder: Any = felt.choices
    for vaerdi, label in muligheder:
        if isinstance(label, list | tuple):
            yield from ((str(v), str(tekst)) for v, tekst in label)
        else:
            yield str(vaerdi), str(label)
