"""A mail server, an article, and a reader who is written to."""

import pytest

from tests import make
from tests.notices.reader import HERE, deliver, hand_letters_to, link, write
from tests.smtp import mail_server


@pytest.fixture
def post_office(settings):
    """Return a mail server that the site hands its letters to."""
    with mail_server() as server:
        hand_letters_to(settings, server.port)
        yield server


@pytest.fixture
def article():
    return make.article("Bridge\u2028closed")


@pytest.fixture
def watched(client, article, post_office):
    """Return a comment whose writer has confirmed the address; the letter that asked is gone from the server."""
    comment = write(client, article)[1]
    deliver()
    client.post(link(post_office.letters.pop()[1], "confirm"), headers=HERE)
    return comment
