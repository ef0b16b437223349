"""robots.txt (RFC 9309), by what programs fetch pages for. It asks; it locks nothing.

The names are those that the makers of the programs gave in their own documentation, as of 2026-11.
"""

SEARCH = (
    "Applebot",
    "Baiduspider",
    "Bingbot",
    "Claude-SearchBot",
    "DuckDuckBot",
    "Googlebot",
    "Googlebot-News",
    "OAI-SearchBot",
    "PerplexityBot",
    "Qwantbot",
    "YandexBot",
)
TRAINING = (
    "AI2Bot",
    "Amazonbot",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "cohere-training-data-crawler",
    "Diffbot",
    "FacebookBot",
    "Google-Extended",
    "GPTBot",
    "meta-externalagent",
    "omgili",
    "PanguBot",
    "Timpibot",
    "webzio-extended",
)
USER_FETCH = (
    "ChatGPT-User",
    "Claude-User",
    "DuckAssistBot",
    "meta-externalfetcher",
    "MistralAI-User",
    "Perplexity-User",
)
AGENTS = {"search": SEARCH, "training": TRAINING, "user_fetch": USER_FETCH}
PURPOSES = {
    "search": "finding pages for people who search",
    "training": "learning from texts",
    "user_fetch": "fetching one page because a person asked for it",
}
CLOSED = ("/admin/", "/preview/", "/comments/", "/articles/*/comments/own/")


def text(allowed, *, sitemaps):
    """Return the file. ``allowed`` is {purpose: bool} for the purposes of AGENTS, ``sitemaps`` full addresses."""
    blocks = ["# What this site asks of programs. It is a request; what must stay closed is locked elsewhere."]
    for purpose, agents in AGENTS.items():
        rules = [f"Disallow: {path}" for path in CLOSED] if allowed[purpose] else ["Disallow: /"]
        names = [f"User-agent: {name}" for name in agents]
        blocks.append("\n".join([f"# {PURPOSES[purpose].capitalize()}", *names, *rules]))
    rules = [f"Disallow: {path}" for path in CLOSED] if allowed["search"] else ["Disallow: /"]
    blocks.append("\n".join(["# Everybody else", "User-agent: *", *rules]))
    blocks.append("\n".join(f"Sitemap: {address}" for address in sitemaps))
    return "\n\n".join(blocks) + "\n"
