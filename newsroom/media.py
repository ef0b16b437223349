"""Serve the pictures that editors and feeds brought in.

Only pictures: whatever else lies in the folder is not there for readers. A browser that opens one by itself may run
nothing in it, whatever the file's bytes claim to be.
"""

from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404
from django.views.decorators.http import require_safe
from django.views.static import serve

PICTURES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
# A picture never changes under its name, so a reader's browser keeps it for a week; caches that many readers share ask
# again within the hour, because a picture may have to be taken down.
KEEP = "public, max-age=604800, s-maxage=3600"


@require_safe
def media(request, path):
    """Answer with the picture, 304 when the browser has it, or 404."""
    content_type = PICTURES.get(PurePosixPath(path).suffix.lower())
    if content_type is None:
        raise Http404
    try:
        response = serve(request, path, document_root=settings.MEDIA_ROOT)
    except (OSError, ValueError, SuspiciousFileOperation):  # a name too long, or one that leads out of the folder
        raise Http404 from None
    if response.status_code == 200:
        response["Content-Type"] = content_type
        response.headers.pop("Content-Encoding", None)
    response["Cache-Control"] = KEEP
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # feed readers show it on their own pages
    return response
