"""The links in letters: yes, this is my address; write to me no more; and after that, do write again."""

from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles import notices
from articles.models import Silence, silence
from articles.views.origin import own_site_only
from articles.views.page import render_private

_methods = require_http_methods(["GET", "HEAD", "POST"])


@own_site_only
@_methods
def confirm(request, token):
    """Ask for one press of a button: programs that look into letters open links, and press nothing."""
    mailbox = notices.mailbox_to_confirm(token)
    if mailbox is not None and request.method == "POST":
        mailbox.confirm(at=timezone.now())
    context = {"is_known": mailbox is not None, "is_done": request.method == "POST"}
    return render_private(request, "articles/mail_confirm.html", context, status=200 if mailbox else 404)


@csrf_exempt
@_methods
def stop(request, token):
    """End all letters to an address, RFC 8058: a POST from anywhere does it, without cookie or question; the link is
    the proof."""
    digest = notices.digest_to_stop(token)
    if digest and request.method == "POST":
        silence(digest, at=timezone.now())
    context = {"is_ours": bool(digest), "is_silent": bool(digest) and Silence.objects.filter(digest=digest).exists()}
    if context["is_silent"]:
        context["again"] = reverse("mail-again", args=[notices.again_token(digest)])
    return render_private(request, "articles/mail_stop.html", context, status=200 if digest else 404)


@own_site_only
@_methods
def again(request, token):
    """Let an address be asked again, for whoever holds a link that ended its letters."""
    digest = notices.digest_to_write_to_again(token)
    if digest and request.method == "POST":
        Silence.objects.filter(digest=digest).delete()
    context = {"is_ours": bool(digest), "is_done": request.method == "POST"}
    return render_private(request, "articles/mail_again.html", context, status=200 if digest else 404)
