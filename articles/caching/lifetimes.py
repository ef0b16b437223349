"""How long a public page may be kept, and under which keys.

Every lifetime is cut to the next instant at which an article becomes public or stops being so. The site's own cache
drops a page as soon as one of its keys is purged. A cache in front of the site that understands ``Surrogate-Key`` can
be told to; one that does not keeps it for a minute at most.
"""

import hashlib
import math
from datetime import timedelta

from django.utils.cache import patch_cache_control

from articles.models import Article

LONGEST = timedelta(seconds=60)  # the promise to editors: nothing withdrawn is served by a cache for longer


SITE_KEY = "site"  # every public page: what editors change can show on any
LISTS_KEY = "lists"  # every page that lists articles


def article_key(article_id):
    """Return the key of what readers change without an editor: the comments under one article."""
    return f"article-{article_id}"


def outlet_key(outlet):
    return f"outlet-{outlet.pk}"


def share(response, *, at, keys=(), until=None):
    """Let shared caches keep the public page ``response``, made at the instant ``at``.

    ``until`` is when the page alone changes by itself, such as when its comments close.
    """
    changes = Article.objects.instants_between(at, at + LONGEST)
    ends = [at + LONGEST, *changes[:1], *([until] if until else ())]
    seconds = math.floor((min(ends) - at).total_seconds())
    patch_cache_control(response, public=True, max_age=0, s_maxage=max(0, seconds), must_revalidate=True)
    response["Surrogate-Key"] = " ".join([SITE_KEY, *keys])
    if response.status_code == 200:
        # Weak: it names the page, not the bytes of one way to compress it.
        response["ETag"] = f'W/"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
    return response


def keep_private(response):
    """Keep a page that is one reader's own out of every cache."""
    patch_cache_control(response, private=True, no_store=True)
    return response
