"""Forms of the plan, one file per subject."""

from indsatsplan.forms.gang import FravaerForm, TimetalForm, TrinForm
from indsatsplan.forms.godkend import GodkendForm
from indsatsplan.forms.indsats import DatoForm, IndsatsForm, linjetekst
from indsatsplan.forms.linje import LinjeforklaringForm
from indsatsplan.forms.maal import DelmaalForm, FlytMaalForm, MaalForm, TagMaalUdForm

__all__ = [
    "DatoForm",
    "DelmaalForm",
    "FlytMaalForm",
    "FravaerForm",
    "GodkendForm",
    "IndsatsForm",
    "LinjeforklaringForm",
    "MaalForm",
    "TagMaalUdForm",
    "TimetalForm",
    "TrinForm",
    "linjetekst",
]
