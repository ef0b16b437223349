"""The TDM Reservation Protocol (W3C community group, 2024): whether rights to learn from texts are kept."""

from django.conf import settings


def reservation(*outlets):
    """Return 1 where rights are kept, else 0, for what holds texts of ``outlets``: of others' we can give none away."""
    return int(not settings.ROBOTS["training"] or any(not outlet.is_own for outlet in outlets))


def reserve(response, *outlets):
    """Say it in the ``response``, for programs that read headers only."""
    response["tdm-reservation"] = str(reservation(*outlets))
    return response
