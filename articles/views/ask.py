"""Ask this story: a question in, passages of what was published out. The same answer for everybody, and kept."""

from django.shortcuts import get_object_or_404
from django.utils import timezone

from articles import assist, caching
from articles.forms import AskForm
from articles.views.pace import Pace
from articles.views.page import read_only, render_private, render_public
from articles.views.reader import network_of

# Of one network and in one process; answers that are kept cost nothing and are not counted.
PACE = Pace(30, 60)


@read_only
def ask(request, pk):
    at = timezone.now()
    article = get_object_or_404(assist.askable(at=at).select_related("outlet", "section"), pk=pk)
    question = AskForm(request.GET).question()
    context = {"article": article, "question": question, "form": AskForm(initial={"q": question})}
    if not question:
        return _answer(request, context, at=at)
    if seconds := PACE.wait(network_of(request, at=at), at=at):
        response = render_private(request, "articles/ask.html", context | {"wait": seconds}, status=429)
        response["Retry-After"] = str(seconds)
        return response
    return _answer(request, context | {"passages": assist.ask(article, question, at=at)}, at=at)


def _answer(request, context, *, at):
    keys = [caching.article_key(context["article"].pk), caching.outlet_key(context["article"].outlet)]
    return render_public(request, "articles/ask.html", context, at=at, keys=keys)
