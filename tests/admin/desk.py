"""What the tests of the desk share: people at it, and its addresses."""

import re

from django.test import Client
from django.urls import reverse

from tests import make


def enter(role="Chief", **fields):
    """Return a browser in which a person of that role has logged in; the person is ``browser.person``."""
    browser = Client()
    browser.person = make.user(role, **fields)
    browser.force_login(browser.person)
    return browser


def url(name, *args):
    return reverse(f"admin:{name}", args=args)


def article_url(article, verb="change"):
    return url(f"articles_article_{verb}", article.pk)


def comment_url(comment, verb="change"):
    return url(f"articles_comment_{verb}", comment.pk)


def messages(response):
    """Return what the desk says at the top of the next page."""
    return [str(message) for message in response.context["messages"]]


def text(response):
    """Return the words of a page, in order, without its markup."""
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", words)


def form_of(response):
    """Return what a browser would send back from the page's form, untouched."""
    form = response.context["adminform"].form
    data = {name: _sent(form[name]) for name in form.fields}
    for formset in response.context["inline_admin_formsets"]:
        for each in (formset.formset.management_form, *formset.formset.forms):
            data |= {each.add_prefix(name): _sent(each[name]) for name in each.fields}
    return {name: value for name, value in _split(data).items() if value is not None}


def _sent(field):
    return field.value()


def _split(data):
    """Write a date and time as the two fields that the form has for it."""
    sent = {}
    for name, value in data.items():
        if hasattr(value, "utcoffset"):
            sent |= {f"{name}_0": f"{value:%Y-%m-%d}", f"{name}_1": f"{value:%H:%M:%S}"}
        elif isinstance(value, list):
            sent[name] = [getattr(each, "pk", each) for each in value]
        elif value is not False:
            sent[name] = value
    return sent
