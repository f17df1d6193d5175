"""Saved views: a list's filter, order and columns under a name of the user's own."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect, QueryDict

from ressource.anmodning import Anmodning
from ressource.listevalg import Liste, Listevalg
from ressource.models import Bruger, GemtVisning

# More than anybody tells apart in a menu.
HOEJST = 20


@dataclass(frozen=True)
class Visninger:
    """The views a user has kept of the list on the page, and how it is shown now."""

    valg: Listevalg
    gemte: list[tuple[GemtVisning, str]]

    @property
    def navn(self) -> str:
        """The name of the view that is shown, or empty."""
        nu = self.valg.til_at_gemme
        return next((v.navn for v, _ in self.gemte if v.forespoergsel == nu), "")


def aabn(request: Anmodning, valg: Listevalg) -> Visninger | HttpResponseRedirect:
    """The list in the state `valg`; or the way to the user's first view when nothing is chosen.

    One statement.
    """
    gemte = list(GemtVisning.objects.til(request.user, valg.liste.navn))
    standard = next((v for v in gemte if v.er_standard), None)
    valg = valg.med(har_standard=standard is not None)
    bar = request.method != "POST" and not set(request.GET) - {"rolle"}
    if standard and bar and (foerste := _som_valg(valg, standard)).er_valgt:
        return HttpResponseRedirect(foerste.adresse)
    return Visninger(valg, [(v, _som_valg(valg, v).forespoergsel()) for v in gemte])


def _som_valg(her: Listevalg, visning: GemtVisning) -> Listevalg:
    """What a saved view shows today; what the list no longer knows is left out."""
    data = QueryDict(visning.forespoergsel, mutable=True)
    if her.rolle:
        data["rolle"] = her.rolle
    return Listevalg.laes(her.liste, data).med(har_standard=her.har_standard)


def adresse(liste: Liste, forespoergsel: str, *, rolle: str = "") -> str:
    """Where a saved query shows the list; never the bare address, which may be another view.

    `rolle` is the Overblik it stands on, for a user with more roles.
    """
    data = QueryDict(forespoergsel, mutable=True)
    if rolle:
        data["rolle"] = rolle
    return Listevalg.laes(liste, data).med(har_standard=True).adresse


@transaction.atomic
def gem(
    liste: Liste, navn: str, forespoergsel: str, *, er_standard: bool, af: Bruger
) -> GemtVisning:
    """Keep what `forespoergsel` asks for; what the list does not know is not kept.

    Raises `ValidationError` when the name is taken or there are too many.
    """
    # One at a time per user: the count and the first view are about all of them.
    Bruger.objects.select_for_update(of=("self",)).get(pk=af.pk)
    if GemtVisning.objects.til(af, liste.navn).count() >= HOEJST:
        raise ValidationError(
            f"Du har allerede {HOEJST} gemte visninger her. Slet en af dem, og gem igen."
        )
    kendt = Listevalg.laes(liste, QueryDict(forespoergsel)).til_at_gemme
    visning = GemtVisning(
        bruger=af, side=liste.navn, navn=navn.strip(), forespoergsel=kendt, er_standard=er_standard
    )
    _kun_en_standard(visning)
    visning.full_clean()
    visning.save()
    return visning


@transaction.atomic
def ret(visning: GemtVisning, *, navn: str, er_standard: bool) -> GemtVisning:
    """Give it another name, and say whether it comes first. Raises `ValidationError`."""
    Bruger.objects.select_for_update(of=("self",)).get(pk=visning.bruger_id)
    visning.navn, visning.er_standard = navn.strip(), er_standard
    _kun_en_standard(visning)
    visning.full_clean()
    visning.save(update_fields=["navn", "er_standard"])
    return visning


def _kun_en_standard(visning: GemtVisning) -> None:
    if visning.er_standard:
        andre = GemtVisning.objects.til(visning.bruger, visning.side).exclude(pk=visning.pk)
        andre.update(er_standard=False)
