"""Forms of the plan, one file per subject."""

from indsatsplan.forms.godkend import GodkendForm
from indsatsplan.forms.indsats import DatoForm, IndsatsForm, fra_linje, linjetekst
from indsatsplan.forms.maal import MaalForm

__all__ = ["DatoForm", "GodkendForm", "IndsatsForm", "MaalForm", "fra_linje", "linjetekst"]
