"""Who asks. Only answers that are one reader's own may know."""

import ipaddress

from django.conf import settings
from django.utils.crypto import salted_hmac

from articles.models import Commenter

COOKIE_DAYS = 365


def commenter_of(request):
    """Return the Commenter who asks, or None for a stranger."""
    if request.user.is_authenticated:
        return Commenter.objects.known_by(user=request.user)
    return Commenter.objects.known_by(secret=request.COOKIES.get(settings.READER_COOKIE_NAME, ""))


def remember(response, secret):
    """Give the reader's browser the cookie by which it is known again; nothing for a reader who has one."""
    if secret:
        response.set_cookie(
            settings.READER_COOKIE_NAME,
            secret,
            max_age=COOKIE_DAYS * 86_400,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


def network_of(request, *, at):
    """Return a digest of the network that the request comes from (/24, or /64 of IPv6), another one each day.

    It tells that two comments of a day came from one place, and not from which.
    """
    try:
        address = ipaddress.ip_address(address_of(request))
    except ValueError:  # a socket has none
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    network = ipaddress.ip_network((address, 24 if address.version == 4 else 64), strict=False)
    return salted_hmac("articles.network", f"{network} {at:%Y-%m-%d}", algorithm="sha256").hexdigest()[:32]


def address_of(request):
    """Return the reader's address: what the outermost proxy of ours saw, or who is connected where there is none.

    What stands further to the left in X-Forwarded-For, the reader may have written.
    """
    if not settings.TRUSTED_PROXIES:
        return request.META.get("REMOTE_ADDR", "")
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    return (
        seen[-settings.TRUSTED_PROXIES]
        if len(seen) >= settings.TRUSTED_PROXIES
        else request.META.get("REMOTE_ADDR", "")
    )
