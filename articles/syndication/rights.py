"""The TDM Reservation Protocol (W3C community group, 2024): whether rights to learn from texts are kept."""

from django.conf import settings


def reservation(*outlets):
    """Return 1 where rights are kept, else 0, for what holds texts of ``outlets``: of others' we can give none away."""
    return int(not settings.ROBOTS["training"] or any(not outlet.is_own for outlet in outlets))


def policy(*outlets):
    """Return the address of the terms on which the kept rights can be had, or "": for others' texts we can set none."""
    is_ours = all(outlet.is_own for outlet in outlets)
    return settings.ROBOTS_TRAINING_POLICY if is_ours and reservation(*outlets) else ""


def told(*outlets):
    """Return what is told of ``outlets``, by the names that headers, pages and the site's file have in common."""
    terms = policy(*outlets)
    return {"tdm-reservation": reservation(*outlets)} | ({"tdm-policy": terms} if terms else {})


def reserve(response, *outlets):
    """Say it in the ``response``, for programs that read headers only."""
    for name, value in told(*outlets).items():
        response[name] = str(value)
    return response
