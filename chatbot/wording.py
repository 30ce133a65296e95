"""Figures as people read them, the same on the screen and in sentences."""


def percent(share: float) -> str:
    """Return a share as whole percents; what is not quite certain is never shown as 100 %."""
    rounded = round(share * 100)
    if rounded == 100 and share < 1:
        rounded = 99
    return f"{rounded} %"
