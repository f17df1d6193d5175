"""What the ground's screens are called in the look-up log."""

OPSLAG = {
    # A page that was refused and belongs to no case.
    "side": "en side",
    "overblik_revisor": "loggen over opslag",
}
