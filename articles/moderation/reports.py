"""What follows from readers' reports."""

from articles.models import RuleHit

ENOUGH = 3  # networks that reported it: no one person's doing


def after_report(comment, *, at):
    """Hold a comment that so many reported that it should wait for a moderator; never one of the newsroom's own.

    One that a moderator has approved, picked or pinned stays: reports of it wait in the queue.
    """
    is_read = comment.decided_at or comment.is_picked or comment.is_pinned
    if comment.author_id or is_read or not comment.is_public:
        return
    networks = comment.reports.undecided().values("network").distinct().count()
    if networks >= ENOUGH:
        says = f"Readers in {networks} places reported it."
        comment.hold_by_rule(at=at, hits=[RuleHit(rule="reports", says=says)])
