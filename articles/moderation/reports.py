"""What follows from readers' reports."""

from articles.models import RuleHit

ENOUGH = 3  # networks that reported it: no one person's doing


def after_report(comment, *, at):
    """Hold a comment that so many reported that it should wait for a moderator; never one of the newsroom's own.

    One that a moderator has approved stays: reports of it wait in the queue.
    """
    if comment.author_id or comment.decided_at or not comment.is_public:
        return
    networks = comment.reports.undecided().values("network").distinct().count()
    if networks >= ENOUGH:
        says = f"Readers in {networks} places reported it."
        comment.hold_by_rule(at=at, hits=[RuleHit(rule="reports", says=says)])
