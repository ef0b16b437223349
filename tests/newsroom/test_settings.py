"""The site starts with what an operator sets, and does not start where that would be unsafe."""

import stat
import subprocess
import sys

import pytest

from newsroom import secret_key
from newsroom.env import Mistake
from newsroom.settings import BASE_DIR
from tests.processes import KEY, PRODUCTION, environment, manage


def setting(name, **given):
    """Return the repr of a setting in a process of its own."""
    code = f"from django.conf import settings; print(repr(settings.{name}))"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=BASE_DIR,
        env=environment(DJANGO_SETTINGS_MODULE="newsroom.settings", **given),
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


def test_documented_production_passes_the_deploy_check():
    checked = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert (checked.returncode, checked.stderr, checked.stdout) == (
        0,
        "",
        "System check identified no issues (0 silenced).\n",
    )


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            {"SECRET_KEY": ""},
            "SECRET_KEY: set it, or SECRET_KEY_FILE, before you serve a site whose SITE_URL is https.",
        ),
        (
            {"SECRET_KEY": "x" * 60},
            "SECRET_KEY: it is too weak; use 50 random characters or more, and keep them secret.",
        ),
        (
            {"DEBUG": "1"},
            "DEBUG: it shows the site's inside to every visitor; turn it off where SITE_URL is https.",
        ),
        (
            {"ALLOWED_HOSTS": "*"},
            "ALLOWED_HOSTS: name the hosts; with '*' a stranger can put any address into the site's links.",
        ),
        (
            {"REPLICA_URLS": "postgresql://u@h/n"},
            "REPLICA_URLS: only PostgreSQL has replicas here, and DATABASE_URL has to be one too.",
        ),
        (
            {"ASSIST_URL": "https://service.example/v1"},
            "ASSIST_MODEL: name the model that the service at ASSIST_URL shall use.",
        ),
        (
            {"ROBOTS_TRAINING_POLICY": "rights.html"},
            "ROBOTS_TRAINING_POLICY: 'rights.html' is not a whole address, such as https://news.example/rights/.",
        ),
        (
            {"WEBSUB_HUB": "hub.example"},
            "WEBSUB_HUB: 'hub.example' is not a whole address, such as https://hub.example/.",
        ),
        ({"TIME_ZONE": "Mars"}, "TIME_ZONE: 'Mars' is not known; known: for example 'UTC'."),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_unsafe_site_does_not_start(given, told):
    refused = manage("check", **PRODUCTION | given)
    assert (refused.returncode, refused.stdout, refused.stderr) == (1, "", f"{told}\n")


def test_server_refuses_with_the_same_sentence():
    refused = subprocess.run(
        [sys.executable, "-m", "gunicorn", "-c", "newsroom/gunicorn.conf.py"],
        cwd=BASE_DIR,
        env=environment(**PRODUCTION | {"SECRET_KEY": "", "PORT": "1"}),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert refused.returncode != 0
    assert "Traceback" not in refused.stderr
    assert "SECRET_KEY: set it, or SECRET_KEY_FILE, before you serve" in refused.stderr


def test_local_site_answers_to_local_names_only():
    assert setting("ALLOWED_HOSTS") == "['127.0.0.1', 'localhost', '127.0.0.1', '[::1]']"
    assert setting("SITE_URL", PORT="9000") == "'http://127.0.0.1:9000'"


def test_public_site_answers_to_its_own_name_only():
    assert setting("ALLOWED_HOSTS", **PRODUCTION) == "['news.example']"


def test_public_site_keeps_its_cookies_to_itself():
    assert setting("SESSION_COOKIE_NAME", **PRODUCTION) == "'__Host-sessionid'"
    assert setting("CSRF_COOKIE_NAME", **PRODUCTION) == "'__Host-csrftoken'"


def test_only_a_proxy_of_ours_is_believed_about_https():
    assert setting("SECURE_PROXY_SSL_HEADER", **PRODUCTION) == "None"
    assert setting("SECURE_PROXY_SSL_HEADER", TRUSTED_PROXIES="1", **PRODUCTION) == (
        "('HTTP_X_FORWARDED_PROTO', 'https')"
    )


def test_replicas_are_mirrors_in_tests():
    urls = {"DATABASE_URL": "postgresql://u@h/n", "REPLICA_URLS": "postgresql://u@r1/n,postgresql://u@r2/n"}
    assert setting("DATABASES['replica2']['TEST']", **urls) == "{'MIRROR': 'default'}"


def test_hub_is_called_as_it_is_written():
    assert setting("WEBSUB_HUB", WEBSUB_HUB="https://hub.example/publish/") == "'https://hub.example/publish/'"


def test_mail_goes_where_its_url_says():
    code = "from django.core.mail import get_connection as g; from django.core import mail; "
    code += "c = mail.mailers.default if hasattr(mail, 'mailers') else g(); print(c.host, c.port, c.use_ssl, c.timeout)"
    shown = subprocess.run(
        [sys.executable, "-c", code],
        cwd=BASE_DIR,
        env=environment(DJANGO_SETTINGS_MODULE="newsroom.settings", EMAIL_URL="smtps://mail.example"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (shown.stdout, shown.stderr) == ("mail.example 465 True 10\n", "")


def test_random_key_is_kept_for_the_owner_alone(tmp_path):
    file = tmp_path / "var" / "secret-key"
    key = secret_key.kept_in(file)
    assert secret_key.kept_in(file) == key == secret_key.check(key)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_processes_that_start_at_once_get_one_key(tmp_path):
    code = (
        "import sys, time, pathlib; from newsroom import secret_key; folder = pathlib.Path(sys.argv[1])\n"
        "while not (folder / 'go').exists(): time.sleep(0.001)\n"
        "print(secret_key.kept_in(folder / 'secret-key'))"
    )
    starting = [
        subprocess.Popen([sys.executable, "-c", code, tmp_path], cwd=BASE_DIR, env=environment(), stdout=-1, text=True)
        for _ in range(4)
    ]
    (tmp_path / "go").touch()
    keys = [process.communicate(timeout=30)[0] for process in starting]
    assert set(keys) == {secret_key.kept_in(tmp_path / "secret-key") + "\n"}


def test_key_file_that_holds_no_key_is_named(tmp_path):
    (tmp_path / "secret-key").write_text("short")
    with pytest.raises(Mistake, match="holds no whole key; delete that file, and a new one is made"):
        secret_key.kept_in(tmp_path / "secret-key")


def test_folder_that_cannot_keep_a_key_is_named(tmp_path):
    (tmp_path / "var").write_text("a file, not a folder")
    with pytest.raises(Mistake, match=r"cannot keep a random one in .* \((File exists|Not a directory)\); set it"):
        secret_key.kept_in(tmp_path / "var" / "secret-key")


def test_key_of_the_environment_is_used():
    assert setting("SECRET_KEY") == repr(KEY)


@pytest.mark.parametrize(
    ("given", "articles", "words"),
    [
        ("", "en", "en"),
        ("de", "de", "de"),
        ("de-AT", "de-at", "de"),
        ("de_CH", "de-ch", "de"),
        ("en-gb", "en-gb", "en"),
        ("fr", "fr", "en"),  # nobody has translated it yet: rather English than a mixture
    ],
)
def test_site_speaks_the_language_of_its_articles_where_there_is_a_translation(given, articles, words):
    assert setting("SITE_LANGUAGE", LANGUAGE_CODE=given) == repr(articles)
    assert setting("LANGUAGE_CODE", LANGUAGE_CODE=given) == repr(words)
