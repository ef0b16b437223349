"""Pictures are served, and nothing else that lies in their folder."""

import pytest

PIXEL = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"


@pytest.fixture
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


def test_picture_is_served_as_a_picture_that_can_do_nothing(client, folder):
    (folder / "one.gif").write_bytes(PIXEL)
    answer = client.get("/media/one.gif")
    assert (answer.status_code, answer.getvalue()) == (200, PIXEL)
    assert {name: answer[name] for name in ("Content-Type", "Cache-Control", "Content-Security-Policy")} == {
        "Content-Type": "image/gif",
        "Cache-Control": "public, max-age=604800, s-maxage=3600",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    assert (answer["X-Content-Type-Options"], answer["Cross-Origin-Resource-Policy"]) == ("nosniff", "cross-origin")
    again = client.get("/media/one.gif", headers={"If-Modified-Since": answer["Last-Modified"]})
    assert again.status_code == 304


@pytest.mark.parametrize("name", ["note.txt", "page.html", "drawing.svg", "archive.png.gz", "noend"])
def test_what_is_no_picture_is_not_there(client, folder, name):
    (folder / name).write_bytes(PIXEL)
    assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize(
    "path", ["", "../secret.png", "%2e%2e/secret.png", "/etc/x.png", "x" * 300 + ".png", "a/b.png"]
)
def test_path_that_leads_elsewhere_finds_nothing(client, folder, path):
    (folder.parent / "secret.png").write_bytes(PIXEL)
    assert client.get(f"/media/{path}").status_code == 404


def test_folder_called_like_a_picture_is_not_listed(client, folder):
    (folder / "folder.png").mkdir()
    assert client.get("/media/folder.png").status_code == 404


def test_picture_cannot_be_posted_to(client, folder):
    assert client.post("/media/one.gif").status_code == 405
