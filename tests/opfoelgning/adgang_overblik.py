"""Who gets through from the Overblik to the talk that is to be registered."""

ADGANG = {
    "opfoelgning:registrer_samtale": {"roller": {"sagsbehandler", "koordinerende"}, "opslag": 1},
}
