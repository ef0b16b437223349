"""A process of the site dies at any moment: what a reader was told is stored is stored, and once."""

from collections import Counter

from tests.benchmarks.kill_comments import Crowd, judge, run


def test_no_comment_is_lost_or_doubled_while_processes_are_killed(tmp_path):
    outcome = run(tmp_path, seconds=6, posters=8)
    assert outcome.violations == {}
    assert outcome.figures["processes killed"] >= 4
    assert outcome.figures["acknowledged comments"] > outcome.figures["answers among them"] > 0


def test_the_judge_finds_what_is_wrong():
    crowd = Crowd(site=None, article=1, acknowledged=["a", "b"], statuses=Counter({303: 2, 500: 1}))
    found = {"bodies": ["b", "b", "c"], "answers": 0, "strangers": 1, "wrong": 2}
    assert judge(crowd, found, "OperationalError: database is locked").violations == {
        "lost": 1,
        "doubled": 1,
        "stored, and nobody wrote them": 1,
        "answers other than 303": 1,
        "articles with a wrong count": 2,
        "commenters without a comment": 1,
        "'database is locked' in the log": 1,
    }
