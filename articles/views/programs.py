"""What programs do here: the page that says so, and readers' reports of their mistakes."""

from django.conf import settings
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from articles.forms import MistakeForm
from articles.models import Allowance, Article, AssistDraft, Limit, MistakeReport, TooFast, TrustPage
from articles.syndication import Place
from articles.views.origin import own_site_only
from articles.views.page import read_only, render_private, render_public
from articles.views.reader import network_of

MOST_REPORTS = ((5, 60), (40, 86_400))  # of one network


@read_only
def programs(request):
    told = gettext("What each of the reading aids does, what it cannot do, and how many mistakes readers found.")
    context = {
        "place": Place(gettext("What programs do here"), told, reverse("programs"), kind="AboutPage"),
        "own_words": TrustPage.objects.standing_on(TrustPage.Answers.AI),
        "counts": MistakeReport.objects.counts(),
        "written": AssistDraft.objects.count_decided(),
        "is_on": settings.READING_AID,
        "service": settings.ASSIST_MODEL if settings.ASSIST_URL else "",
    }
    context["writes"] = bool(context["service"] or context["written"]["approved"])
    if context["writes"]:
        context["about_written"] = MistakeReport.objects.about_written().counts()
    return render_public(request, "articles/programs.html", context, at=timezone.now())


@own_site_only
@require_http_methods(["GET", "HEAD", "POST"])
def mistake(request, pk):
    """Store what a reader says is wrong; sent twice, it is stored once."""
    at = timezone.now()
    article = get_object_or_404(Article.objects.live(at=at).for_cards().select_related("reading_aid"), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = MistakeForm(data, initial={"part": request.GET.get("part")}, is_written=_is_written(article))
    context = {"article": article, "form": form}
    if request.method != "POST" or not form.is_valid():
        return render_private(request, "articles/mistake.html", context, status=422 if form.errors else 200)
    try:
        _store(article, form, network=network_of(request, at=at), at=at)
    except TooFast as refused:
        form.add_error(None, gettext("That was a lot from one place. Try again later."))
        response = render_private(request, "articles/mistake.html", context, status=429)
        response["Retry-After"] = str(refused.seconds)
        return response
    return render_private(request, "articles/mistake.html", context | {"is_stored": True})


def _is_written(article):
    """Tell whether readers see a text with it, or may have seen one, that a program wrote."""
    aid = getattr(article, "reading_aid", None)
    return aid is not None and bool(aid.written)


def _store(article, form, *, network, at):
    with transaction.atomic():
        MistakeReport.objects.get_or_create(article=article, **form.cleaned_data, defaults={"at": at})
        limits = [Limit(f"mistake:{network}", number, seconds) for number, seconds in MOST_REPORTS]
        Allowance.objects.take(limits, at=at)
