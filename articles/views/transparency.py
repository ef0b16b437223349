"""How an outlet's comments are moderated, in numbers that anybody may read."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from articles import caching, moderation
from articles.models import Outlet
from articles.syndication import Place, way_to_outlet
from articles.views.page import read_only, render_public


@read_only
def outlet_moderation(request, slug):
    at = timezone.now()
    try:
        outlet = Outlet.objects.active().at_address(slug)
    except Outlet.DoesNotExist as error:
        raise Http404(str(error)) from None
    keys = [caching.outlet_key(outlet)]
    if outlet.slug != slug:
        return caching.share(redirect("outlet-moderation", outlet.slug, permanent=True), at=at, keys=keys)
    months = moderation.months_of(outlet, at=at)
    told = gettext("What became of readers’ comments on articles of %(outlet)s, month by month.") % {"outlet": outlet}
    title, path = gettext("How comments are moderated"), reverse("outlet-moderation", args=[outlet.slug])
    context = {
        "place": Place(title, told, path, way_to_outlet(outlet), kind="WebPage"),
        "outlet": outlet,
        "months": [month for month in months if month.numbers],
        "wait": moderation.median_wait(outlet, at=at),
    }
    return render_public(request, "articles/outlet_moderation.html", context, at=at, keys=keys)
