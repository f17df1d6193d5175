"""Handing the indstilling over to the citizen in writing."""

from django import forms

from rehabilitering.models import Indstillingsudlevering
from ressource.forms import DatoFelt, ResHelper, raekke, valg
from ressource.kalender import i_dag


class UdleveringForm(forms.Form):
    """When, how, and whether it was gone through (guide, element 8)."""

    dato = DatoFelt(label="Dato", initial=i_dag)
    maade = valg(
        label="Hvordan fik borgeren indstillingen?",
        choices=[(v, n.capitalize()) for v, n in Indstillingsudlevering.Maade.choices],
        initial=Indstillingsudlevering.Maade.UDLEVERET,
    )
    er_gennemgaaet = forms.BooleanField(
        label="Indstillingen er gennemgået med borgeren", required=False
    )
    bemaerkning = forms.CharField(label="Bemærkning", max_length=250, required=False)

    helper = ResHelper(raekke(dato=3), "maade", "er_gennemgaaet", "bemaerkning")
