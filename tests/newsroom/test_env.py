"""What an operator writes in the environment is understood, or refused with a sentence."""

import pytest

from newsroom import connections, env
from tests.related import tiny_model

PG = "postgresql://desk:p%40ss%2Fword@db.example:5433/news%20room"
UNREADABLE = "its host or port cannot be read; inside a password write / as %2F and ? as %3F."


@pytest.fixture
def given(monkeypatch):
    """Return a function that sets the variable X."""
    return lambda value: monkeypatch.setenv("X", value)


def sentence(read, *arguments, **named):
    """Return what the operator is told when `read` refuses."""
    with pytest.raises(env.Mistake) as mistake:
        read("X", *arguments, **named)
    return str(mistake.value)


@pytest.mark.parametrize(
    ("value", "meant"), [("1", True), ("Yes", True), (" on ", True), ("0", False), ("FALSE", False), ("", True)]
)
def test_flag_understands_the_usual_words(given, value, meant):
    given(value)
    assert env.flag("X", default=True) is meant


def test_flag_refuses_another_word(given):
    given("ja")
    assert sentence(env.flag) == "X: 'ja' is neither on nor off; write 1 or 0."


@pytest.mark.parametrize("value", ["1", "10", " 7 "])
def test_number_within_its_bounds_is_read(given, value):
    given(value)
    assert env.number("X", 3, low=1, high=10) == int(value)


@pytest.mark.parametrize("value", ["0", "11", "-1", "3.5", "seven", "٣", "1e1", "9" * 5000])
def test_number_outside_its_bounds_is_refused(given, value):
    given(value)
    assert sentence(env.number, 3, low=1, high=10) == f"X: {value!r} is not a whole number from 1 to 10."


def test_words_are_parted_by_commas(given):
    given(" news.example , www.news.example,, ")
    assert env.words("X") == ["news.example", "www.news.example"]


def test_no_words_leave_the_default(given):
    given(" , ")
    assert env.words("X", ["localhost"]) == ["localhost"]


def test_choice_names_what_it_knows(given):
    given("xml")
    assert sentence(env.choice, {"text", "json"}, "text") == "X: 'xml' is not known; known: json, text."


def test_choice_among_many_gives_an_example(given):
    given("Europe/Atlantis")
    zones = {f"Zone/{n}" for n in range(20)}
    assert sentence(env.choice, zones, "UTC") == "X: 'Europe/Atlantis' is not known; known: for example 'UTC'."


@pytest.mark.parametrize(
    ("value", "meant"),
    [("de", "de"), ("DE", "de"), ("de-AT", "de-at"), ("de_CH", "de-ch"), ("pt-br", "pt-br"), ("", "en")],
)
def test_language_may_name_its_region(given, value, meant):
    given(value)
    assert env.language("X", {"de", "en", "pt-br"}, "en") == meant


@pytest.mark.parametrize("value", ["pt", "deutsch", "de/../x", "xx-de"])
def test_language_that_nobody_knows_is_refused(given, value):
    given(value)
    assert sentence(env.language, {"de", "en", "pt-br"}, "en") == (
        f"X: {value!r} is not known; write a code such as 'en' or 'de-at'."
    )


def test_secret_is_read_from_a_file(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("hidden\n")
    monkeypatch.setenv("X_FILE", str(tmp_path / "key"))
    assert env.secret("X") == "hidden"


def test_secret_given_twice_is_refused(given, monkeypatch):
    given("one")
    monkeypatch.setenv("X_FILE", "/another")
    assert sentence(env.secret) == "X: set either X or X_FILE, not both."


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "cannot read {file!r}: No such file or directory."),
        (b" \n", "{file!r} is empty."),
        (b"\xff\xfe", "cannot read {file!r}: it is not text."),
    ],
)
def test_secret_file_without_a_secret_is_refused(monkeypatch, tmp_path, content, told):
    file = tmp_path / "key"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setenv("X_FILE", str(file))
    assert sentence(env.secret) == f"X_FILE: {told.format(file=str(file))}"


@pytest.mark.parametrize("value", ["https://News.Example", "https://news.example/"])
def test_origin_is_kept_without_its_slash(given, value):
    given(value)
    assert env.origin("X", "") == "https://news.example"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("news.example", "'news.example' is not an address such as https://news.example."),
        ("ftp://news.example", "'ftp://news.example' is not an address such as https://news.example."),
        ("https://", "'https://' is not an address such as https://news.example."),
        ("https://zürich.example", "'https://zürich.example' is not an address such as https://news.example."),
        ("https://news.example/path", "write only the scheme, the host and the port, such as https://news.example."),
        ("https://me:pw@news.example", "write only the scheme, the host and the port, such as https://news.example."),
        ("https://news.example:port", UNREADABLE),
        ("https://[::1", UNREADABLE),
        ("https://news.example/#top", "a '#' has no place in it; inside a password write it as %23."),
    ],
)
def test_origin_that_is_none_is_refused(given, value, told):
    given(value)
    assert sentence(env.origin, "") == f"X: {told}"


def test_endpoint_is_a_web_address(given):
    given("localhost:11434")
    assert sentence(env.endpoint) == "X: it is not an address such as https://service.example/v1."


def test_endpoint_has_no_password_in_it(given):
    given("https://user:hunter2@service.example/v1")
    assert sentence(env.endpoint) == "X: leave out the user and the password; the key has a variable of its own."


@pytest.mark.parametrize("value", ["", "https://news.example/rights/?of=texts#terms", "http://news.example"])
def test_address_is_kept_as_it_is_written(given, value):
    given(value)
    assert env.address("X") == value


@pytest.mark.parametrize(
    "value",
    [
        "/rights/",
        "news.example/rights/",
        "ftp://news.example/",
        "https:///rights/",
        "javascript:alert(1)",
        "https://news.example/ü",
        "https://news.example/a b",
        "https://news.example/\nX: 1",
        'https://news.example/"',
    ],
)
def test_address_that_is_none_is_refused(given, value):
    given(value)
    assert sentence(env.address) == f"X: {value!r} is not a whole address, such as https://news.example/rights/."


def test_address_has_no_password_in_it(given):
    given("https://user:hunter2@news.example/rights/")
    assert sentence(env.address) == "X: leave out the user and the password; everybody may read it."


@pytest.mark.parametrize("value", ["sk-1\nX-Other: 1", "sk 1", "sk-\u201c1"])
def test_token_fits_into_a_header_and_is_not_told(given, value):
    given(value)
    assert sentence(env.token) == "X: it holds a character that no key has; look for a line break or a blank in it."


def test_folder_that_is_set_has_to_be_there(given, tmp_path):
    given(str(tmp_path / "none"))
    assert sentence(env.folder, "/default") == f"X: there is no folder {str(tmp_path / 'none')!r}."
    given("media")
    assert sentence(env.folder, "/default") == "X: 'media' does not start at /; write the whole path."


def test_database_url_is_taken_apart(tmp_path):
    entry = connections.database("X", PG + "?sslmode=require", base=tmp_path, seconds=10)
    assert entry == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "news room",
        "USER": "desk",
        "PASSWORD": "p@ss/word",
        "HOST": "db.example",
        "PORT": "5433",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": False,
        "OPTIONS": {
            "connect_timeout": 2,
            "tcp_user_timeout": 5000,
            "sslmode": "require",
            "options": "-c statement_timeout=10s",
        },
    }


def test_database_behind_pgbouncer_keeps_nothing_on_a_connection(tmp_path):
    entry = connections.database("X", PG + "?pgbouncer=1", base=tmp_path, seconds=10)
    assert entry["DISABLE_SERVER_SIDE_CURSORS"] is True
    assert entry["OPTIONS"] == {"connect_timeout": 2, "tcp_user_timeout": 5000, "prepare_threshold": None}


def test_database_may_be_reached_through_a_socket(tmp_path):
    entry = connections.database("X", "postgresql:///news?host=/run/postgresql", base=tmp_path)
    assert (entry["HOST"], entry["PORT"], entry["USER"]) == ("/run/postgresql", "", "")


def test_sqlite_path_is_absolute_or_starts_at_the_project(tmp_path):
    absolute = connections.database("X", f"sqlite:///{tmp_path}/news.sqlite3", base="/elsewhere")
    relative = connections.database("X", "sqlite:///news.sqlite3", base=tmp_path)
    assert absolute["NAME"] == relative["NAME"] == str(tmp_path / "news.sqlite3")


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mysql://u:secret@h/n", f"the scheme 'mysql' is not known; write {connections.DATABASE_FORMS}."),
        ("news.sqlite3", f"the scheme '' is not known; write {connections.DATABASE_FORMS}."),
        ("sqlite://", "SQLite needs the path of a file: sqlite:////srv/news.sqlite3."),
        ("sqlite:///:memory:", "SQLite needs the path of a file: sqlite:////srv/news.sqlite3."),
        ("sqlite:////nowhere/at/all/news.sqlite3", "there is no folder '/nowhere/at/all'."),
        (
            "postgresql://u:secret@h/",
            "the name of the database is missing: postgresql://user:password@host:5432/name.",
        ),
        ("postgresql://u:secret@h:port/n", UNREADABLE),
        ("postgresql://u:sec#ret@h/n", "a '#' has no place in it; inside a password write it as %23."),
        ("postgresql://u:secret@h/n?pgbouncer=2", "the option 'pgbouncer' is 1 or 0."),
        ("postgresql://u:secret@h/n?connect_timeout=x", "the option 'connect_timeout' is a number of seconds."),
    ],
)
def test_database_url_that_makes_no_sense_is_refused(tmp_path, url, told):
    assert sentence(connections.database, url, base=tmp_path) == f"X: {told}"


def test_database_option_that_nobody_knows_is_refused(tmp_path):
    told = sentence(connections.database, PG + "?sslmod=require", base=tmp_path)
    assert told.startswith("X: the option 'sslmod' is not known; known: application_name, ")


def test_cache_is_in_the_process_or_in_redis():
    assert connections.cache("X", "locmem://")["BACKEND"].endswith("LocMemCache")
    redis = connections.cache("X", "rediss://:pw@cache.example:6380/1")
    assert (redis["BACKEND"], redis["LOCATION"]) == (
        "django.core.cache.backends.redis.RedisCache",
        "rediss://:pw@cache.example:6380/1",
    )


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("memcached://h", f"the scheme 'memcached' is not known; write {connections.CACHE_FORMS}."),
        ("redis:///0", f"it says no place to connect to; write {connections.CACHE_FORMS}."),
        ("unix://", f"it says no place to connect to; write {connections.CACHE_FORMS}."),
    ],
)
def test_cache_url_that_makes_no_sense_is_refused(url, told):
    assert sentence(connections.cache, url) == f"X: {told}"


@pytest.mark.parametrize(("scheme", "port", "tls", "ssl"), [("smtp", 25, False, False), ("smtp+tls", 587, True, False)])
def test_mail_goes_to_the_port_that_its_scheme_means(scheme, port, tls, ssl):
    options = connections.mail("X", f"{scheme}://desk:p%40ss@mail.example")["OPTIONS"]
    assert options == {
        "host": "mail.example",
        "port": port,
        "username": "desk",
        "password": "p@ss",
        "use_tls": tls,
        "use_ssl": ssl,
        "timeout": 10,
    }


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("imap://h", f"the scheme 'imap' is not known; write {connections.MAIL_FORMS}."),
        ("smtp://", f"the mail server's host is missing; write {connections.MAIL_FORMS}."),
    ],
)
def test_mail_url_that_makes_no_sense_is_refused(url, told):
    assert sentence(connections.mail, url) == f"X: {told}"


@pytest.mark.parametrize("read", [connections.database, connections.cache, connections.mail])
@pytest.mark.parametrize(
    "url", ["x://u:hidden@h/n", "smtp://u:hidden@h:x/", "redis://u:hidden@h:x", "sqlite://u:hidden@h/"]
)
def test_no_sentence_repeats_a_password(tmp_path, read, url):
    named = {"base": tmp_path} if read is connections.database else {}
    assert "hidden" not in sentence(read, url, **named)


def test_package_that_is_not_installed_is_named():
    assert sentence(env.needs, "no_such_package", of="scale") == (
        "X: this needs the package 'no_such_package'; run: pip install -r requirements-scale.txt"
    )


def test_languages_are_a_set_of_known_codes(given):
    given("de, EN")
    assert env.languages("X", {"de", "en", "fr"}, ["fr"]) == {"de", "en"}
    given("")
    assert env.languages("X", {"de", "en", "fr"}, ["fr"]) == {"fr"}
    given("de, klingon")
    assert sentence(env.languages, {"de"}, []) == "X: 'klingon' is not known; write codes such as 'en' or 'en, de'."


def test_model_is_the_folder_it_is_in(given, tmp_path):
    given("")
    assert env.model("X") is None
    given(str(tiny_model.write(tmp_path)))
    assert env.model("X") == tmp_path


@pytest.mark.parametrize("file", ["config.json", "model.safetensors", "tokenizer.json"])
def test_model_that_lacks_a_file_is_refused(given, tmp_path, file):
    (tiny_model.write(tmp_path) / file).unlink()
    given(str(tmp_path))
    assert sentence(env.model) == f"X: there is no {file} in {str(tmp_path)!r}."


@pytest.mark.parametrize("most", [0, 7, 8, 100, 20_000, -1])
def test_model_of_which_only_a_part_was_fetched_is_refused(given, tmp_path, most):
    file = tiny_model.write(tmp_path) / "model.safetensors"
    file.write_bytes(file.read_bytes()[:most])
    given(str(tmp_path))
    assert sentence(env.model) == f"X: the model.safetensors in {str(tmp_path)!r} is not whole; fetch it again."


@pytest.mark.parametrize(
    "weights", ["version https://git-lfs.github.com/spec/v1\n", "\2\0\0\0\0\0\0\0{}", "<!doctype html>"]
)
def test_model_in_whose_place_something_else_was_fetched_is_refused(given, tmp_path, weights):
    (tiny_model.write(tmp_path) / "model.safetensors").write_text(weights)
    given(str(tmp_path))
    assert sentence(env.model) == f"X: the model.safetensors in {str(tmp_path)!r} is not whole; fetch it again."


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ("{", "the config.json in {folder!r} cannot be read."),
        ("[]", "the config.json in {folder!r} cannot be read."),
        ("{}", "the config.json in {folder!r} cannot be read."),
        (
            '{"model_type": "roberta", "hidden_act": "gelu"}',
            "{folder!r} holds a model of another kind than BERT; take all-MiniLM-L6-v2, for one.",
        ),
    ],
)
def test_model_of_another_kind_is_refused(given, tmp_path, config, told):
    (tiny_model.write(tmp_path) / "config.json").write_text(config)
    given(str(tmp_path))
    assert sentence(env.model) == "X: " + told.format(folder=str(tmp_path))
