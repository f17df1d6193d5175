"""Targets and frozen months."""

from noegletal.models.maaltal import Maaltal
from noegletal.models.rapport import Maanedsrapport

__all__ = ["Maaltal", "Maanedsrapport"]
