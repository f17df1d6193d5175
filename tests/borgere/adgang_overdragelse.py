"""Handing over is the teamleder's; what can be handed over is their own team's."""

ADGANG = {
    "borgere:overdragelse": {"roller": {"teamleder"}, "opslag": 1},
    "borgere:overdragelse_udfoer": {"roller": {"teamleder"}, "metode": "post"},
}
