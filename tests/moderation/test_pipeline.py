"""What happens to a comment when it comes in: public at once, or held with a reason for the moderator."""

import pytest

from articles import moderation
from articles.models import Comment
from articles.moderation import Verdict

PUBLIC = Verdict("public")
TRAP = Verdict("held", "The hidden field was filled in, as programs do.")
LOUD = Verdict("held", "Nearly all capitals.")


def judged(body, *, trap_filled=False):
    return moderation.judge(Comment(name="Rosa", body=body), trap_filled=trap_filled)


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("I saw it too.", PUBLIC),
        ("See https://news.example/x.", Verdict("held", "1 link in a guest's comment.")),
        ("https://a.example http://b.example", Verdict("held", "2 links in a guest's comment.")),
        ("https://bank.example@evil.example/", Verdict("held", "1 link in a guest's comment.")),
        ("www.news.example is no link", PUBLIC),
        ("THE WATER BOARD KNEW IT ALL ALONG", LOUD),
        ("NATO, EU and UN", PUBLIC),
        ("A" * 23, PUBLIC),
        ("A" * 24, LOUD),
        ("A" * 70 + "a" * 30, PUBLIC),
        ("A" * 71 + "a" * 29, LOUD),
        ("Der BUND und DIE LÄNDER haben versagt, wie immer.", PUBLIC),
        ("ПОЧЕМУ НИКТО НЕ ПРЕДУПРЕДИЛ НАС", LOUD),
        ("洪水が来た。誰も眠れなかった。なぜ誰も警告しなかったのか。", PUBLIC),
        ("لماذا لم يحذرنا أحد من الفيضان القادم إلى القرية", PUBLIC),
        ("1234567890 " * 9, PUBLIC),
    ],
)
def test_comment_is_judged_by_its_text(body, verdict):
    assert judged(body) == verdict


def test_first_reason_is_the_one_that_moderators_see():
    assert judged("HTTPS://A.EXAMPLE IS WHERE THEY ALL LIED TO US", trap_filled=True) == TRAP
    assert judged("HTTPS://A.EXAMPLE IS WHERE THEY ALL LIED TO US") == Verdict("held", "1 link in a guest's comment.")


def test_program_that_fills_in_the_hidden_field_waits_whatever_it_says():
    assert judged("I saw it too.", trap_filled=True) == TRAP


@pytest.mark.parametrize("body", ["https://a.example " * 300, "A" * 5000])
def test_reason_fits_its_column(body):
    longest = Comment._meta.get_field("state_reason").max_length
    assert len(judged(body).reason) <= longest
