"""The demo municipality: staff in every role and citizens at every point of the course."""

from ressource.demo.indlaesning import Optaget, indlaes
from ressource.demo.personale import ADGANGSKODE, logins

__all__ = ["ADGANGSKODE", "Optaget", "indlaes", "logins"]
