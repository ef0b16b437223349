"""The policy of the desk, written down: who may do what, by role."""

# R reporter, E editor, M moderator, C chief, S superuser.
ROLES = {"R": "Reporter", "E": "Editor", "M": "Moderator", "C": "Chief", "S": "superuser"}
ALL = "REMCS"

# For each record: who may see it, add one, change one, delete one.
RECORDS = {
    "articles_appeal": ("MCS", "", "", ""),
    "articles_article": (ALL, "RECS", "ECS", ""),  # the article of the walk is another person's, and public
    "articles_assistdraft": ("ECS", "", "", ""),
    "articles_author": (ALL, "RECS", "ECS", "CS"),
    "articles_ban": ("MCS", "", "", ""),
    "articles_charge": ("CS", "CS", "CS", "CS"),
    "articles_comment": ("EMCS", "", "", ""),
    "articles_commenter": ("MCS", "", "", ""),
    "articles_conversation": ("EMCS", "", "CS", ""),
    "articles_correction": ("RECS", "", "", ""),
    "articles_decision": ("MCS", "", "", ""),
    "articles_edition": ("ECS", "", "", "ECS"),
    "articles_frontpage": ("ECS", "", "ECS", ""),
    "articles_glossaryterm": ("ECS", "ECS", "ECS", "ECS"),
    "articles_hashtag": (ALL, "RECS", "ECS", "CS"),
    "articles_image": (ALL, "RECS", "RECS", "ECS"),
    "articles_mistakereport": ("ECS", "", "", ""),
    "articles_oldaddress": ("CS", "", "", ""),
    "articles_outlet": (ALL, "CS", "CS", "CS"),
    "articles_readingaid": ("CS", "", "", ""),
    "articles_relatedlink": ("CS", "", "", ""),
    "articles_report": ("MCS", "", "", ""),
    "articles_section": (ALL, "CS", "CS", "CS"),
    "articles_story": (ALL, "ECS", "ECS", "ECS"),
    "articles_trustpage": ("CS", "CS", "CS", "CS"),
    "articles_transition": ("RECS", "", "", ""),
    "articles_wordrule": ("MCS", "MCS", "MCS", "MCS"),
    "auth_group": ("S", "S", "S", "S"),
    "auth_user": ("S", "S", "S", "S"),
}
# For each other address: who may GET it, who may POST to it. None: the address knows no such method.
OTHERS = {
    "index": (ALL, ALL),
    "app_list": (ALL, ALL),
    "password_change": (ALL, ALL),
    "password_change_done": (ALL, None),
    "autocomplete": (ALL, None),
    "jsi18n": (ALL, None),
    "view_on_site": (ALL, ALL),
    "auth_user_password_change": ("S", "S"),
    "articles_article_publish": ("ECS", "ECS"),
    "articles_article_schedule": ("ECS", "ECS"),
    "articles_article_unschedule": ("ECS", "ECS"),
    "articles_article_correct": ("ECS", "ECS"),
    "articles_article_update": ("ECS", "ECS"),
    "articles_article_withdraw": ("ECS", "ECS"),
    "articles_article_front": ("ECS", "ECS"),
    "articles_frontpage_pin": ("ECS", "ECS"),
    "articles_frontpage_up": ("ECS", "ECS"),
    "articles_frontpage_down": ("ECS", "ECS"),
    "articles_frontpage_end": ("ECS", "ECS"),
    "articles_frontpage_unpin": ("ECS", "ECS"),
    "articles_frontpage_preview": ("ECS", "ECS"),
    "articles_article_brief": ("ECS", "ECS"),
    "articles_article_drafts": ("ECS", "ECS"),
    "articles_assistdraft_approve": ("ECS", "ECS"),
    "articles_assistdraft_mend": ("ECS", "ECS"),
    "articles_assistdraft_reject": ("ECS", "ECS"),
    "articles_mistakereport_uphold": ("ECS", "ECS"),
    "articles_mistakereport_dismiss": ("ECS", "ECS"),
    "articles_article_related_move": ("ECS", "ECS"),
    "articles_article_related": ("ECS", "ECS"),  # and reporters look at their own drafts
    "articles_story_merge": ("ECS", "ECS"),
    "articles_story_split": ("ECS", "ECS"),
    "articles_story_lock": ("ECS", "ECS"),
    "articles_story_unlock": ("ECS", "ECS"),
    "articles_comment_approve": ("MCS", "MCS"),
    "articles_comment_reject": ("MCS", "MCS"),
    "articles_comment_spam": ("MCS", "MCS"),
    "articles_comment_hold": ("MCS", "MCS"),
    "articles_comment_undo": ("MCS", "MCS"),
    "articles_comment_pick": ("MCS", "MCS"),
    "articles_comment_unpick": ("MCS", "MCS"),
    "articles_comment_pin": ("MCS", "MCS"),
    "articles_comment_unpin": ("MCS", "MCS"),
    "articles_comment_answer": ("MCS", "MCS"),
    "articles_comment_erase": ("CS", "CS"),
    "articles_appeal_uphold": ("MCS", "MCS"),
    "articles_appeal_overturn": ("MCS", "MCS"),
    "articles_commenter_ban": ("MCS", "MCS"),
    "articles_commenter_forget": ("CS", "CS"),
    "articles_commenter_export": ("CS", "CS"),
    "articles_commenter_reject_all": ("MCS", "MCS"),
    "articles_conversation_halt": ("EMCS", "EMCS"),
    "articles_conversation_resume": ("EMCS", "EMCS"),
    "articles_ban_lift": ("MCS", "MCS"),
    "articles_wordrule_try": ("MCS", "MCS"),
    "articles_image_thumbnail": (ALL, ALL),
}
DOORS = {"login", "logout"}  # open to those who are not in yet
# An old form of addresses and the page for what is not there: both only lead on or answer 404.
NAMELESS = {"<path:object_id>/", "(?P<url>.*)$"}


def policy():
    """Return {name: (who may GET, who may POST)} of every address."""
    written = dict(OTHERS)
    for record, (see, add, change, delete) in RECORDS.items():
        written |= {
            f"{record}_changelist": (see, see),
            f"{record}_history": (see, see),
            f"{record}_add": (add, add),
            f"{record}_change": (see, change),
            f"{record}_delete": (delete, delete),
        }
    return written
