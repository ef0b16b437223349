"""Pages that say who we are and what we got wrong."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from articles import caching
from articles.models import Article, Correction, TrustPage
from articles.syndication import Place
from articles.views.page import paged, read_only, render_public


@read_only
def about(request):
    pages = TrustPage.objects.listed().in_order().defer("body")
    told = gettext(
        "How %(site_name)s chooses, what programs do here, how comments are moderated and how mistakes are corrected."
    )
    told = told % {"site_name": settings.SITE_NAME}
    context = {
        "pages": pages,
        "own_words": TrustPage.objects.standing_on(TrustPage.Answers.ABOUT),
        "place": Place(_about()[0], told, _about()[1], kind="AboutPage"),
        "relates_by_meaning": settings.RELATED_MODEL is not None,
    }
    return render_public(request, "articles/about.html", context, at=timezone.now())


@read_only
def trust_page(request, slug):
    at = timezone.now()
    try:
        found = TrustPage.objects.shown().at_address(slug)
    except TrustPage.DoesNotExist as error:
        raise Http404(str(error)) from None
    if found.answers in TrustPage.STANDS_ON:
        return caching.share(redirect(TrustPage.STANDS_ON[found.answers]), at=at)
    if found.slug != slug:
        return caching.share(redirect(found, permanent=True), at=at)
    place = Place(found.title, found.lede, found.get_absolute_url(), [_about()], kind="AboutPage")
    return render_public(request, "articles/trust_page.html", {"trust_page": found, "place": place}, at=at)


@read_only
def corrections(request):
    at = timezone.now()
    listed = Correction.objects.of(Article.objects.live(at=at)).newest_first()
    page = paged(request, listed.for_list(), size=40)
    told = gettext("What we and the outlets we carry got wrong, and what is right.")
    place = Place(gettext("Corrections"), told, reverse("corrections"))
    context = {"page": page, "place": place, "feeds": request.path}
    return render_public(request, "articles/corrections.html", context, at=at, keys=[caching.LISTS_KEY])


def _about():
    return gettext("About us"), reverse("about")
