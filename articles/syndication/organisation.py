"""Outlets as structured data: schema.org NewsMediaOrganization, as far as we can speak for them."""

from django.urls import reverse

from articles.syndication.item import absolute


def organisation(outlet, pages=None):
    """Describe ``outlet``. ``pages`` are the paths of our trust pages by what they answer: `TrustPageQuerySet.answers`.

    What is ours is told of our own outlets only; of others what the desk wrote down of them.
    """
    told = {
        "@type": "NewsMediaOrganization",
        "name": outlet.name,
        "url": absolute(outlet.get_absolute_url()),
        "sameAs": outlet.homepage,
        "logo": {"@type": "ImageObject", "url": absolute(outlet.logo.url)} if outlet.logo else None,
    }
    told |= _own_policies(outlet, pages or {}) if outlet.is_own else {}
    theirs = {"ethicsPolicy": outlet.ethics_url, "correctionsPolicy": outlet.corrections_url}
    told |= {name: address for name, address in theirs.items() if address}
    return {name: value for name, value in told.items() if value}


def organisation_in_full(outlet, pages):
    """Describe ``outlet`` as its own page does."""
    contact = {"@type": "ContactPoint", "contactType": "newsroom", "url": outlet.contact_url}
    more = {"description": outlet.description, "contactPoint": contact if outlet.contact_url else None}
    return organisation(outlet, pages) | {name: value for name, value in more.items() if value}


def _own_policies(outlet, pages):
    its_page = outlet.get_absolute_url() if outlet.owner else ""
    answers = {
        "publishingPrinciples": pages.get("principles") or reverse("about"),
        "noBylinesPolicy": f"{reverse('about')}#bylines",
        "correctionsPolicy": pages.get("corrections") or reverse("corrections"),
        "ownershipFundingInfo": pages.get("ownership") or its_page,
        "ethicsPolicy": pages.get("ethics"),
    }
    return {name: absolute(path) for name, path in answers.items() if path}
