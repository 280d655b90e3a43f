from pathlib import Path

import pytest

from backstory.errors import SettingsError
from backstory.settings import Settings, is_loopback, load, platform_home, unknown_variables


def loaded(tmp_path, *, flags=None, environ=None, file=None):
    config = None
    if file is not None:
        config = tmp_path / "backstory.toml"
        config.write_text(file, "utf-8")
    return load(flags=flags or {}, environ=environ or {}, config=config)


def test_without_a_word_every_setting_has_its_default(tmp_path):
    settings = loaded(tmp_path)

    assert settings == Settings()
    assert (settings.host, settings.port, settings.archive) == ("127.0.0.1", 8478, "local:")
    assert (settings.max_page_bytes, settings.max_article_bytes) == (5_000_000, 2_000_000)


def test_a_flag_wins_over_the_environment_that_over_the_file(tmp_path):
    file = "port = 1001\nlog_level = 'debug'\npages_at_once = 7"
    environ = {"BACKSTORY_PORT": "1002", "BACKSTORY_LOG_LEVEL": "error"}

    settings = loaded(tmp_path, flags={"port": "1003", "log_level": None}, environ=environ, file=file)

    assert (settings.port, settings.log_level, settings.pages_at_once) == (1003, "error", 7)


def test_each_setting_says_where_it_was_made(tmp_path):
    (tmp_path / "token").write_text("abc", "utf-8")
    settings = loaded(
        tmp_path,
        flags={"port": "1003", "host": None},
        environ={"BACKSTORY_LOG_LEVEL": "error", "BACKSTORY_TOKEN_FILE": str(tmp_path / "token")},
        file="BACKSTORY_PAGES_AT_ONCE = 7\nport = 1001",
    )

    assert settings.origins == {
        "port": "--port",
        "log_level": "BACKSTORY_LOG_LEVEL",
        "token_file": "BACKSTORY_TOKEN_FILE",
        "token": "token_file",
        "pages_at_once": str(tmp_path / "backstory.toml"),
    }
    assert loaded(tmp_path).origins == {}


def test_names_in_the_file_may_be_spelt_as_in_the_environment(tmp_path):
    assert loaded(tmp_path, file="BACKSTORY_PORT = 1001").port == 1001


def test_an_empty_variable_says_nothing(tmp_path):
    assert loaded(tmp_path, environ={"BACKSTORY_PORT": "", "BACKSTORY_TOKEN": ""}) == Settings()


def test_lists_come_with_commas_or_as_toml_lists(tmp_path):
    settings = loaded(
        tmp_path,
        environ={"BACKSTORY_ALLOWED_HOSTS": "Reader.example, backstory.lan"},
        file='allow_private_hosts = ["10.0.0.7"]',
    )

    assert settings.allowed_hosts == ("reader.example", "backstory.lan")
    assert settings.allow_private_hosts == ("10.0.0.7",)


@pytest.mark.parametrize(
    ("environ", "right"),
    [
        pytest.param({"BACKSTORY_PORT": "http"}, "a whole number from 0 to 65535", id="no number"),
        pytest.param({"BACKSTORY_PORT": "70000"}, "a whole number from 0 to 65535", id="no port"),
        pytest.param({"BACKSTORY_MAX_PAGE_BYTES": "0"}, "a whole number from 1000", id="no page at all"),
        pytest.param({"BACKSTORY_LOG_LEVEL": "loud"}, "debug, info, warning, error", id="no level"),
        pytest.param({"BACKSTORY_TOKEN": "two words"}, "letters, digits", id="no token"),
        pytest.param({"BACKSTORY_SECONDS_BETWEEN_REQUESTS": "nan"}, "seconds from 0 to 3600", id="no pause"),
        pytest.param({"BACKSTORY_SECONDS_BETWEEN_REQUESTS": "-1"}, "seconds from 0 to 3600", id="a pause before"),
        pytest.param({"BACKSTORY_CONTACT": "me"}, "give an address", id="no contact"),
        pytest.param({"BACKSTORY_CONTACT": "https://me.example/) x"}, "give an address", id="more than a contact"),
    ],
)
def test_a_value_that_means_nothing_is_refused_with_what_would(tmp_path, environ, right):
    with pytest.raises(SettingsError, match=right) as caught:
        loaded(tmp_path, environ=environ)
    assert next(iter(environ)) in str(caught.value)


def test_a_wrong_token_is_not_repeated_in_the_message(tmp_path):
    with pytest.raises(SettingsError) as caught:
        loaded(tmp_path, environ={"BACKSTORY_TOKEN": "s3cret with space"})
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("file", "says"),
    [
        pytest.param("prot = 1001", "did you mean port", id="misspelt"),
        pytest.param("colour = 'blue'", "known are home, archive", id="unknown"),
        pytest.param("port = 1001\nBACKSTORY_PORT = 1002", "twice", id="two spellings"),
        pytest.param("port = true", "whole number", id="true is no number"),
        pytest.param("port =", "is not TOML", id="not TOML"),
    ],
)
def test_a_file_is_held_to_its_word(tmp_path, file, says):
    with pytest.raises(SettingsError, match=says):
        loaded(tmp_path, file=file)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SettingsError, match=r"nowhere\.toml cannot be read"):
        load(flags={}, environ={}, config=tmp_path / "nowhere.toml")


def test_the_token_may_stand_in_a_file(tmp_path):
    secret = tmp_path / "token"
    secret.write_text("s3cret\n", "utf-8")

    settings = loaded(tmp_path, environ={"BACKSTORY_TOKEN_FILE": str(secret)})

    assert settings.token == "s3cret"
    assert "s3cret" not in repr(settings)


@pytest.mark.parametrize("words", [pytest.param("", id="empty"), pytest.param("two words", id="no token")])
def test_a_token_file_must_hold_a_token(tmp_path, words):
    secret = tmp_path / "token"
    secret.write_text(words, "utf-8")
    with pytest.raises(SettingsError, match="holds no token"):
        loaded(tmp_path, environ={"BACKSTORY_TOKEN_FILE": str(secret)})


def test_a_token_is_said_once(tmp_path):
    with pytest.raises(SettingsError, match="keep one"):
        loaded(tmp_path, environ={"BACKSTORY_TOKEN_FILE": str(tmp_path), "BACKSTORY_TOKEN": "s3cret"})


@pytest.mark.parametrize("contact", ["https://me.example/about?a=b", "owner@paper.example", ""])
def test_a_contact_is_an_address_of_the_web_or_of_mail(tmp_path, contact):
    assert loaded(tmp_path, environ={"BACKSTORY_CONTACT": contact}).contact == contact


def test_a_pause_may_be_part_of_a_second(tmp_path):
    assert loaded(tmp_path, environ={"BACKSTORY_SECONDS_BETWEEN_REQUESTS": "0.5"}).seconds_between_requests == 0.5
    assert loaded(tmp_path, file="seconds_between_requests = 2").seconds_between_requests == 2


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "backstory.lan"])  # noqa: S104 - refused here
def test_others_are_let_in_only_with_a_token(tmp_path, host):
    with pytest.raises(SettingsError, match="needs a token"):
        loaded(tmp_path, flags={"host": host})
    assert loaded(tmp_path, flags={"host": host, "token": "s3cret"}).host == host


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "localhost", "::1", "[::1]"])
def test_loopback_needs_no_token(host):
    assert is_loopback(host)
    assert Settings(host=host).token == ""


def test_home_is_where_the_platform_keeps_data():
    assert platform_home({"XDG_DATA_HOME": "/data"}, "linux") == Path("/data/backstory")
    assert platform_home({}, "linux") == Path.home() / ".local/share/backstory"
    assert platform_home({}, "darwin") == Path.home() / "Library/Application Support/Backstory"
    assert platform_home({"LOCALAPPDATA": "/local"}, "win32") == Path("/local/Backstory")


def test_home_may_begin_with_a_tilde(tmp_path):
    assert loaded(tmp_path, flags={"home": "~/news"}).home == Path.home() / "news"


def test_variables_that_look_like_settings_are_told_apart():
    assert unknown_variables({"BACKSTORY_PROT": "1", "BACKSTORY_PORT": "2", "PATH": ""}) == ("BACKSTORY_PROT",)


@pytest.mark.parametrize("name", ["token", "guardian_key", "nyt_key", "factcheck_key"])
def test_a_secret_may_stand_in_a_file_of_its_own(tmp_path, name):
    file = tmp_path / "secret"
    file.write_text("s3cret-key\n", "utf-8")

    settings = loaded(tmp_path, environ={f"BACKSTORY_{name.upper()}_FILE": str(file)})

    assert getattr(settings, name) == "s3cret-key"
    assert "s3cret" not in repr(settings)
    assert settings.origins[name] == f"{name}_file"
    with pytest.raises(SettingsError, match=f"{name} and {name}_file are both set"):
        loaded(tmp_path, environ={f"BACKSTORY_{name.upper()}": "x"}, file=f"{name}_file = '{file}'")


@pytest.mark.parametrize("name", ["guardian_key", "nyt_key", "factcheck_key"])
def test_a_wrong_key_is_not_repeated_in_the_message(tmp_path, name):
    with pytest.raises(SettingsError) as caught:
        loaded(tmp_path, environ={f"BACKSTORY_{name.upper()}": "s3cret with space"})
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("environ", "right"),
    [
        pytest.param({"BACKSTORY_ALLOW_SOURCES": "gdelt,guardian"}, "some of gdelt, wikinews", id="needs a key"),
        pytest.param({"BACKSTORY_SOURCE_ADDRESSES": "guardian"}, "guardian=https://mirror.example", id="no address"),
        pytest.param({"BACKSTORY_SOURCE_ADDRESSES": "guardian=file:///etc"}, "guardian=https:", id="no web address"),
    ],
)
def test_sources_are_named_as_they_are_called(tmp_path, environ, right):
    with pytest.raises(SettingsError, match=right):
        loaded(tmp_path, environ=environ)


def test_sources_may_be_asked_elsewhere(tmp_path):
    environ = {"BACKSTORY_SOURCE_ADDRESSES": "guardian=http://127.0.0.1:8000/, nyt=https://Mirror.example/nyt"}
    settings = loaded(tmp_path, environ=environ)
    assert settings.source_addresses == ("guardian=http://127.0.0.1:8000", "nyt=https://Mirror.example/nyt")


@pytest.mark.parametrize(("said", "heard"), [("no", False), ("Off", False), ("true", True), ("1", True)])
def test_a_switch_is_yes_or_no(tmp_path, said, heard):
    environ = {"BACKSTORY_HOME": str(tmp_path), "BACKSTORY_FOLLOW": said}
    assert load(flags={}, environ=environ).follow is heard
    with pytest.raises(SettingsError, match="yes or no"):
        load(flags={}, environ=environ | {"BACKSTORY_FOLLOW": "perhaps"})
