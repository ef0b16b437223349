"""The exports of other programs: what in them is a comment, and what of it is taken over."""

from dataclasses import dataclass, field

from articles.ingest.reading import elements

PUBLIC, HELD, REJECTED, SPAM = "public", "held", "rejected", "spam"


@dataclass
class Found:
    """A comment as a file has it. ``source`` and ``parent`` name it and what it answers for ever; ``addresses`` are
    those of its article, ``said_at`` its time as written, ``html`` its words."""

    source: str
    line: int
    parent: str = ""
    addresses: tuple = ()
    name: str = ""
    html: str = ""
    said_at: str = ""
    state: str = PUBLIC


@dataclass
class _Seen:
    """What was read of an element so far, by the names of those in it."""

    ids: dict
    line: int
    texts: dict = field(default_factory=dict)
    inner: dict = field(default_factory=dict)  # ids of those in it


def disqus(file):
    """Yield each comment that a Disqus export holds; its threads come first, and are kept by their ids."""
    threads, seen = {}, None
    for begins, element in elements(file):
        if element.within == ("disqus",) and element.name in {"thread", "post"}:
            if begins:
                seen = _Seen(element.ids, element.line)
            elif element.name == "thread":
                threads[seen.ids.get("id")] = tuple(filter(None, [seen.texts.get("link"), seen.texts.get("id")]))
            else:
                yield _disqus_post(seen, threads)
        elif not begins and element.within in {("disqus", "thread"), ("disqus", "post")}:
            seen.inner[element.name] = element.ids
            seen.texts[element.name] = element.text.strip()
        elif not begins and element.within == ("post", "author") and element.name == "name":
            seen.texts["author's name"] = element.text


def _disqus_post(seen, threads):
    texts = seen.texts
    parent = seen.inner.get("parent", {}).get("id", "")
    if texts.get("isSpam") == "true":
        state = SPAM
    elif texts.get("isDeleted") == "true":
        state = REJECTED
    else:
        state = HELD if texts.get("isApproved") == "false" else PUBLIC
    return Found(
        source=f"disqus {seen.ids.get('id')}",
        line=seen.line,
        parent=parent and f"disqus {parent}",
        addresses=threads.get(seen.inner.get("thread", {}).get("id"), ()),
        name=texts.get("author's name", ""),
        html=texts.get("message", ""),
        said_at=texts.get("createdAt", ""),
        state=state,
    )


def wordpress(file):
    """Yield each comment that a WordPress export (WXR) holds; what other sites sent of themselves is none."""
    site, addresses, seen = "", [], None
    for begins, element in elements(file):
        name, within = element.name, element.within
        if begins:
            if name == "item":
                addresses = []
            elif name == "comment" and within[-1:] == ("item",):
                seen = _Seen({}, element.line)
        elif within[-1:] == ("channel",) and name in {"link", "base_blog_url"}:
            site = element.text.strip()
        elif within[-1:] == ("item",) and name in {"link", "guid"}:
            addresses.append(element.text.strip())
        elif within == ("item", "comment"):
            seen.texts[name] = element.text
        elif name == "comment" and within[-1:] == ("item",) and not _is_of_a_program(seen):
            yield _wordpress_comment(seen, site, addresses)


def _is_of_a_program(seen):
    return seen.texts.get("comment_type", "").strip() in {"pingback", "trackback"}


def _wordpress_comment(seen, site, addresses):
    texts = {name: text.strip() for name, text in seen.texts.items()}
    parent, said_at = texts.get("comment_parent", ""), texts.get("comment_date_gmt", "")
    states = {"1": PUBLIC, "approve": PUBLIC, "0": HELD, "hold": HELD, "spam": SPAM}
    return Found(
        source=f"wordpress {site} {texts.get('comment_id')}",
        line=seen.line,
        parent=f"wordpress {site} {parent}" if parent not in {"", "0"} else "",
        addresses=tuple(addresses),
        name=texts.get("comment_author", ""),
        html=texts.get("comment_content", ""),
        said_at=texts.get("comment_date", "") if said_at.startswith("0000") else said_at,
        state=states.get(texts.get("comment_approved", ""), REJECTED),  # what is left is in one bin or another
    )


FORMATS = {"disqus": disqus, "wordpress": wordpress}
