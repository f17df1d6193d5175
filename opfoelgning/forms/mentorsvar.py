"""The mentor's three answers before a talk."""

from typing import Any

from django import forms

from ressource.forms import ResHelper, tekstomraade
from ressource.samtidighed import laasefelt


class MentorsvarForm(forms.Form):
    """What goes well, what is hard, what is practised; any of them may be left out."""

    laas = laasefelt()
    godt = forms.CharField(label="Hvad går godt?", widget=tekstomraade(2), required=False)
    svaert = forms.CharField(label="Hvad er svært?", widget=tekstomraade(2), required=False)
    oever = forms.CharField(label="Hvad øver I jer på?", widget=tekstomraade(2), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = ResHelper()
        self.helper.vis_frivillig = False
