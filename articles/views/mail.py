"""The links in letters: yes, this is my address; write to me no more."""

from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles import notices
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
    """Forget the address, RFC 8058: a POST from anywhere does it, without cookie or question; the link is the proof."""
    is_ours, mailbox = notices.mailbox_to_stop(token)
    if mailbox is not None and request.method == "POST":
        mailbox.stop()
        mailbox = None
    context = {"is_ours": is_ours, "is_known": mailbox is not None}
    return render_private(request, "articles/mail_stop.html", context, status=200 if is_ours else 404)
