"""How many inputs a test makes up: all of them in CI, a tenth on somebody's own machine."""

import os

ER_CI = os.environ.get("CI", "").lower() == "true"


def antal(i_ci: int) -> int:
    """`i_ci` inputs in CI; else a tenth, so that the suite stays under ten minutes."""
    return i_ci if ER_CI else i_ci // 10
