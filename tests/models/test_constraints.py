"""The database refuses what no method would write: each constraint by its name, past every check in Python."""

import uuid

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from articles.models import (
    Allowance,
    Appeal,
    Article,
    AssistDraft,
    Author,
    Byline,
    Charge,
    Comment,
    Commenter,
    Conversation,
    Correction,
    CutQuotation,
    Due,
    FrontPage,
    FrontPin,
    GlossaryTerm,
    Hashtag,
    Image,
    Mailbox,
    MistakeReport,
    Notice,
    OldAddress,
    Outlet,
    ReadingAid,
    Recommendation,
    RelatedChoice,
    RelatedLink,
    Report,
    Section,
    Story,
    Tally,
    TermVector,
    TrustPage,
    WordRule,
)
from tests import make
from tests.make import DAY, MICROSECOND, NOON

pytestmark = pytest.mark.django_db

WITHDRAWN = {"state": "withdrawn", "withdrawn_at": NOON, "withdrawal_outcome": "gone", "withdrawal_reason": "Wrong."}


def article(**fields):
    """Return a function that tries to store an article with ``fields``."""

    def store():
        row = {"outlet": make.outlet(), "headline": "Flood", "slug": "flood", "state": "draft"} | fields
        Article.objects.bulk_create([Article(**row)])

    return store


def changed_article(**fields):
    """Return a function that tries to change a published article; a value that can be called is called first."""

    def store():
        values = {name: value() if callable(value) else value for name, value in fields.items()}
        Article.objects.filter(pk=make.article(at=NOON - DAY).pk).update(**values)

    return store


def comment(**fields):
    def store():
        row = {"article": make.article(at=NOON - DAY), "name": "Rosa", "body": "Yes.", "created_at": NOON} | fields
        Comment.objects.bulk_create([Comment(**row)])

    return store


def changed_comment(**fields):
    def store():
        Comment.objects.filter(pk=make.comment(make.article(at=NOON - DAY), at=NOON).pk).update(**fields)

    return store


def changed_outlet(**fields):
    return lambda: Outlet.objects.filter(pk=make.outlet().pk).update(**fields)


def changed_conversation(**fields):
    return lambda: Conversation.objects.update(**fields)


def answer_without_a_root():
    parent = make.comment(make.article(at=NOON - DAY), at=NOON)
    Comment.objects.bulk_create(
        [Comment(article=parent.article, parent=parent, name="Rosa", body="Yes.", created_at=NOON)]
    )


def pinned_answer():
    parent = make.comment(make.article(at=NOON - DAY), at=NOON)
    Comment.objects.filter(pk=make.comment(parent.article, parent=parent, at=NOON).pk).update(is_pinned=True)


def two_pinned():
    on = make.article(at=NOON - DAY)
    Comment.objects.filter(pk__in=[make.comment(on, at=NOON).pk for _ in "12"]).update(is_pinned=True)


def root_without_a_parent():
    parent = make.comment(make.article(at=NOON - DAY), at=NOON)
    Comment.objects.bulk_create(
        [Comment(article=parent.article, root=parent, name="Rosa", body="Yes.", created_at=NOON)]
    )


def rows(model, *given):
    """Return a function that tries to store rows of ``model``; a value that can be called is called first."""

    def store():
        made = {}
        for fields in given:
            values = {
                name: made.setdefault(value, value()) if callable(value) else value for name, value in fields.items()
            }
            model.objects.bulk_create([model(**values)])

    return store


def pins(*given):
    """Return a function that tries to store pins of the front page, alike but for the ``given`` fields."""
    return rows(FrontPin, *[{"article": make.article, "place": 1, "pinned_at": NOON} | fields for fields in given])


def a_comment():
    return make.comment(make.article(at=NOON - DAY), at=NOON)


def a_reader():
    return Commenter.objects.make(at=NOON)[0]


def twice(model, **fields):
    """Return a function that tries to store the same row twice; a value that can be called is called once."""
    return rows(model, fields, fields)


def two_words_for_the_site():
    WordRule.objects.bulk_create([WordRule(phrase="spam", folded="spam"), WordRule(phrase="SPAM", folded="spam")])


REPORT = {"comment": a_comment, "commenter": a_reader, "kind": "spam", "at": NOON}


def two_reports_with_a_number():
    for _ in range(2):
        rows(Report, REPORT | {"kind": "illegal", "reference": "1"})()


def two_links():
    one, other = make.article(at=NOON), make.article(at=NOON)
    link = {"article": one, "related": other, "score": 1.0, "reason": "Same story"}
    RelatedLink.objects.bulk_create([RelatedLink(**link, position=0), RelatedLink(**link, position=1)])


def link_to_itself():
    one = make.article(at=NOON)
    RelatedLink.objects.bulk_create([RelatedLink(article=one, related=one, position=0, score=1.0, reason="Itself")])


def two_choices():
    one, other = make.article(at=NOON), make.article(at=NOON)
    RelatedChoice.objects.bulk_create(
        [RelatedChoice(article=one, other=other, choice=kind) for kind in ("pin", "block")]
    )


def choice_of_itself():
    one = make.article(at=NOON)
    RelatedChoice.objects.bulk_create([RelatedChoice(article=one, other=one, choice="pin")])


def unknown_choice():
    one, other = make.article(at=NOON), make.article(at=NOON)
    RelatedChoice.objects.bulk_create([RelatedChoice(article=one, other=other, choice="like")])


def hashtag_that_stands_for_itself():
    tag = make.hashtag()
    Hashtag.objects.filter(pk=tag.pk).update(alias_of=F("pk"))


def another_comment():
    return make.comment(make.article(at=NOON - DAY), "I say so too.", at=NOON)


def a_mailbox():
    return Mailbox.objects.create(commenter=a_reader(), email="rosa@reader.example", at=NOON)


NOTICE = {"mailbox": a_mailbox, "comment": a_comment, "kind": "answer", "at": NOON}

DRAFT = {"article": make.article, "kind": "summary", "language": "en", "asked_at": NOON}
APPROVED = DRAFT | {"state": "approved", "decided_at": NOON, "decided_name": "Edda Editor"}
REFUSED = [
    ("appeal_says_something", rows(Appeal, {"comment": a_comment, "at": NOON})),
    ("decided_appeal_says_when", rows(Appeal, {"comment": a_comment, "text": "Why?", "at": NOON, "words": "No."})),
    ("quotation_is_cut_once", twice(CutQuotation, answer=a_comment, source=another_comment, before="> a", after="b")),
    ("mailbox_is_kept_once_for_each", twice(Mailbox, commenter=a_reader, email="rosa@reader.example", at=NOON)),
    ("mailbox_has_an_address", rows(Mailbox, {"commenter": a_reader, "at": NOON})),
    ("answer_is_told_once", twice(Notice, **NOTICE)),
    ("decision_waits_to_be_told_once", twice(Notice, **NOTICE | {"kind": "decision"})),
    (
        "mailbox_waits_to_be_asked_once",
        rows(Notice, NOTICE | {"kind": "confirm"}, NOTICE | {"kind": "confirm", "comment": another_comment}),
    ),
    ("settled_notice_says_when", rows(Notice, NOTICE | {"outcome": "sent"})),
    ("allowance_is_counted_once", twice(Allowance, key="a", seconds=60, opened_at=NOON, used=1)),
    ("commenter_has_a_device_of_its_own", twice(Commenter, device="a", created_at=NOON)),
    ("commenter_can_be_known_again", rows(Commenter, {"created_at": NOON})),
    ("comment_is_recommended_once", twice(Recommendation, comment=a_comment, commenter=a_reader, at=NOON)),
    ("comment_is_reported_once_by_each", twice(Report, **REPORT)),
    ("report_reference_is_unique", two_reports_with_a_number),
    ("illegal_report_has_a_reference", rows(Report, REPORT | {"kind": "illegal"})),
    ("decided_report_says_when", rows(Report, REPORT | {"outcome": "upheld"})),
    ("word_rule_is_there_once_for_the_site", two_words_for_the_site),
    ("word_rule_is_there_once_an_outlet", twice(WordRule, phrase="spam", folded="spam", outlet=make.outlet)),
    ("article_has_a_headline", article(headline="")),
    ("article_has_a_headline", changed_article(headline="")),
    ("article_state_is_known", article(state="live")),
    ("article_kind_is_known", article(kind="poem")),
    ("article_comments_policy_is_known", article(comments_policy="perhaps")),
    ("article_comments_close_after_a_day_or_more", changed_article(comments_close_after_days=0)),
    ("article_comments_pause_is_a_day_at_most", changed_article(comments_pause_seconds=86_401)),
    ("outlet_comments_policy_is_known", changed_outlet(comments_policy="perhaps")),
    ("outlet_comments_close_after_a_day_or_more", changed_outlet(comments_close_after_days=0)),
    ("outlet_comments_pause_is_a_day_at_most", changed_outlet(comments_pause_seconds=86_401)),
    ("conversation_comments_policy_is_known", changed_conversation(comments_policy="perhaps")),
    ("conversation_comments_close_after_a_day_or_more", changed_conversation(comments_close_after_days=0)),
    ("conversation_comments_pause_is_a_day_at_most", changed_conversation(comments_pause_seconds=86_401)),
    ("halted_conversation_says_when_and_why", changed_conversation(halted_at=NOON)),
    ("halted_conversation_says_when_and_why", changed_conversation(halted_reason="A storm.")),
    ("tally_is_kept_once", twice(Tally, outlet=make.outlet, month=NOON.date(), what="received")),
    ("outlet_is_in_charge_once", twice(Charge, user=make.user, outlet=make.outlet)),
    ("highlighted_comment_is_public", comment(picked_at=NOON)),
    ("highlighted_comment_is_public", comment(is_pinned=True)),
    ("pinned_comment_is_no_answer", pinned_answer),
    ("article_has_one_pinned_comment", two_pinned),
    ("site_has_one_conversation", rows(Conversation, {"pk": 2})),
    ("site_has_one_front_page", rows(FrontPage, {"pk": 2})),
    ("front_pin_has_a_known_place", pins({"place": 0})),
    ("front_pin_has_a_known_place", pins({"place": 6})),
    ("front_pin_ends_after_it_began", pins({"ends_at": NOON})),
    ("articles_frontpin.place", pins({}, {"article": make.draft})),
    ("articles_frontpin.article_id", pins({}, {"place": 2})),
    ("published_article_has_a_time", article(state="published")),
    ("published_article_has_a_time", changed_article(published_at=None)),
    ("withdrawn_article_says_when_how_and_why", changed_article(state="withdrawn")),
    ("withdrawn_article_says_when_how_and_why", changed_article(**WITHDRAWN | {"withdrawn_at": None})),
    ("withdrawn_article_says_when_how_and_why", changed_article(**WITHDRAWN | {"withdrawal_outcome": ""})),
    ("withdrawn_article_says_when_how_and_why", changed_article(**WITHDRAWN | {"withdrawal_reason": ""})),
    ("withdrawn_article_says_when_how_and_why", changed_article(**WITHDRAWN | {"published_at": None})),
    ("withdrawn_article_says_when_how_and_why", changed_article(withdrawn_at=NOON)),
    ("withdrawn_article_says_when_how_and_why", changed_article(withdrawal_outcome="gone")),
    ("withdrawn_article_says_when_how_and_why", changed_article(withdrawal_reason="Wrong.")),
    ("redirected_article_leads_somewhere", changed_article(**WITHDRAWN | {"withdrawal_outcome": "redirect"})),
    ("redirected_article_leads_somewhere", changed_article(redirect_to=lambda: make.article(at=NOON))),
    (
        "article_does_not_lead_to_itself",
        changed_article(**WITHDRAWN | {"withdrawal_outcome": "redirect", "redirect_to": F("pk")}),
    ),
    ("article_is_updated_after_publication", changed_article(updated_at=NOON - DAY - MICROSECOND)),
    ("article_is_updated_after_publication", article(updated_at=NOON)),
    ("article_expires_after_publication", changed_article(expires_at=NOON - DAY)),
    ("sponsored_article_names_its_sponsor", article(kind="sponsored")),
    ("sponsored_article_names_its_sponsor", article(kind="news", sponsor="Acme")),
    ("articles_article.uuid", rows(Article, *[{"uuid": uuid.UUID(int=1), "outlet": make.outlet, "headline": "x"}] * 2)),
    (
        "comment_is_posted_once",
        rows(
            Comment,
            *[{"article": make.article, "nonce": uuid.UUID(int=1), "name": "Rosa", "body": "Yes.", "created_at": NOON}]
            * 2,
        ),
    ),
    ("comment_has_a_name", comment(name="")),
    ("comment_has_a_body_unless_deleted", comment(body="", state="public")),
    ("comment_has_a_body_unless_deleted", changed_comment(body="")),
    ("comment_with_a_parent_has_a_root", answer_without_a_root),
    ("comment_with_a_parent_has_a_root", root_without_a_parent),
    ("comment_does_not_answer_itself", changed_comment(parent=F("pk"), root=F("pk"))),
    ("comment_state_is_known", comment(state="liked")),
    ("correction_says_something", rows(Correction, {"article": make.article, "text": "", "at": NOON})),
    (
        "article_is_corrected_once_an_instant",
        rows(Correction, *[{"article": make.article, "text": "It is the Sarn.", "at": NOON}] * 2),
    ),
    ("author_has_a_name", rows(Author, {"name": "", "slug": "x"})),
    ("articles_author.slug", rows(Author, {"name": "Ada", "slug": "x"}, {"name": "Bea", "slug": "x"})),
    ("author_is_named_once_an_article", rows(Byline, *[{"article": make.article, "author": make.author}] * 2)),
    ("hashtag_has_letters", rows(Hashtag, {"name": "!", "key": "", "slug": "x"})),
    ("hashtag_is_no_alias_of_itself", hashtag_that_stands_for_itself),
    ("articles_hashtag.key", rows(Hashtag, {"key": "x", "slug": "x"}, {"key": "x", "slug": "y"})),
    ("focal_point_lies_in_the_image", rows(Image, {"file": "x.png", "width": 1, "height": 1, "focal_x": -0.01})),
    ("focal_point_lies_in_the_image", rows(Image, {"file": "x.png", "width": 1, "height": 1, "focal_y": 1.01})),
    (
        "articles_image.file",
        rows(Image, {"file": "x.png", "width": 1, "height": 1}, {"file": "x.png", "width": 1, "height": 1}),
    ),
    ("old_address_leads_to_one_record", rows(OldAddress, *[{"kind": "outlet", "slug": "x", "target_id": 1}] * 2)),
    ("outlet_has_a_name", rows(Outlet, {"name": "", "slug": "x"})),
    ("outlet_text_shown_is_known", rows(Outlet, {"name": "Post", "slug": "x", "text_shown": "half"})),
    ("articles_outlet.name", rows(Outlet, {"name": "Post", "slug": "x"}, {"name": "Post", "slug": "y"})),
    ("articles_readingaid.article_id", rows(ReadingAid, *[{"article": make.article, "source_hash": "x"}] * 2)),
    ("article_is_related_once", two_links),
    ("article_is_not_related_to_itself", link_to_itself),
    ("editor_decides_once_a_pair", two_choices),
    ("editor_chooses_another_article", choice_of_itself),
    ("related_choice_is_known", unknown_choice),
    ("term_vector_has_a_length", rows(TermVector, {"article": make.article, "norm": 0})),
    ("trust_page_has_a_title", rows(TrustPage, {"title": "", "slug": "x", "body": "<p>We do.</p>"})),
    (
        "one_trust_page_stands_first",
        rows(TrustPage, *({"title": name, "slug": name, "body": "So.", "answers": "ai"} for name in ("one", "two"))),
    ),
    ("trust_page_says_something", rows(TrustPage, {"title": "Who owns us", "slug": "x", "body": ""})),
    ("glossary_term_is_explained", rows(GlossaryTerm, {"term": "run-off", "definition": ""})),
    ("glossary_term_is_explained_once", rows(GlossaryTerm, *[{"term": "run-off", "definition": "Rain."}] * 2)),
    ("settled_mistake_report_says_when", rows(MistakeReport, {"article": make.article, "outcome": "none", "at": NOON})),
    ("mistake_is_reported_once", rows(MistakeReport, *[{"article": make.article, "text": "No.", "at": NOON}] * 2)),
    ("assist_draft_state_is_known", rows(AssistDraft, DRAFT | {"state": "lost"})),
    ("assist_draft_kind_is_known", rows(AssistDraft, DRAFT | {"kind": "poem"})),
    ("approved_assist_draft_says_who_and_when", rows(AssistDraft, DRAFT | {"state": "approved", "decided_at": NOON})),
    ("assist_draft_is_asked_for_once", rows(AssistDraft, *[DRAFT] * 2)),
    ("one_assist_draft_is_approved", rows(AssistDraft, *[APPROVED] * 2)),
    ("work_is_due_once", rows(Due, *[{"kind": "refresh", "key": 1, "due_at": NOON}] * 2)),
    ("section_has_a_name", rows(Section, {"name": "", "slug": "x"})),
    ("articles_section.name", rows(Section, {"name": "Rivers", "slug": "x"}, {"name": "Rivers", "slug": "y"})),
    ("named_story_has_a_title", rows(Story, {"title": "", "slug": "x"})),
    ("articles_story.uuid", rows(Story, *[{"uuid": uuid.UUID(int=1), "title": "Flood"}] * 2)),
]


@pytest.mark.parametrize(
    ("name", "store"), REFUSED, ids=[f"{name}-{number}" for number, (name, _) in enumerate(REFUSED)]
)
def test_database_refuses(name, store):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        store()
    assert names(name) & words(refused.value), refused.value


def names(constraint):
    """Return what a database may call the constraint in its message: PostgreSQL its name, SQLite a key's columns."""
    found = {constraint}
    for model in apps.get_app_config("articles").get_models():
        for declared in model._meta.constraints:
            if declared.name == constraint and getattr(declared, "fields", ()):
                columns = [model._meta.get_field(field).column for field in declared.fields]
                found.add(", ".join(f"{model._meta.db_table}.{column}" for column in columns))
    if "." in constraint and connection.vendor == "postgresql":
        table, column = constraint.split(".")
        with connection.cursor() as cursor:
            declared = connection.introspection.get_constraints(cursor, table)
        found |= {key for key, about in declared.items() if about["unique"] and about["columns"] == [column]}
    return found


def words(error):
    text = str(error)
    return {text.split("constraint failed: ")[-1], *text.replace('"', " ").split()}


def test_every_constraint_of_every_record_is_tried():
    models = apps.get_app_config("articles").get_models()
    declared = {constraint.name for model in models for constraint in model._meta.constraints}
    assert declared - {name for name, _ in REFUSED} == set()


def test_what_the_constraints_protect_can_be_stored():
    """The table above proves nothing if its rows were refused for another reason; the plain rows are taken."""
    for store in (
        article(),
        article(kind="sponsored", sponsor="Acme"),
        changed_article(**WITHDRAWN),
        changed_article(expires_at=NOON - DAY + MICROSECOND, updated_at=NOON - DAY),
        comment(),
        comment(body="", state="deleted"),
        rows(AssistDraft, DRAFT, APPROVED),
        rows(Image, {"file": "x.png", "width": 1, "height": 1, "focal_x": 0, "focal_y": 1}),
    ):
        store()
    assert (Article.objects.count(), Comment.objects.count(), Image.objects.count()) == (8, 2, 1)
