"""Where the front page finds the Overblik of this floor's roles."""

from rehabilitering.views.overblik_konsulent import overblik as overblik_faglig_konsulent
from rehabilitering.views.overblik_moede import overblik as overblik_moedekoordinator
from rehabilitering.views.overblik_team import overblik as overblik_team

__all__ = ["overblik_faglig_konsulent", "overblik_moedekoordinator", "overblik_team"]
