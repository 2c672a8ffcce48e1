# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors

from __future__ import annotations

import pytest

from pyflink._submit.target import Elsewhere, address_of, target_settings


@pytest.fixture(autouse=True)
def no_variable(monkeypatch) -> None:
    monkeypatch.delenv("FLINKER_TARGET", raising=False)


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("host", "http://host:8081"),
        ("host:1234", "http://host:1234"),
        (" https://host/ ", "https://host:443"),
        ("http://[::1]:8081", "http://[::1]:8081"),
    ],
)
def test_what_is_left_out_of_an_address_is_added(given, address) -> None:
    assert address_of(given) == address


@pytest.mark.parametrize("given", ["ftp://host", "http://", "http://host:port", "http://host/path"])
def test_what_is_no_address_is_refused(given) -> None:
    with pytest.raises(ValueError, match="no address of a cluster"):
        address_of(given)


def test_a_password_in_an_address_is_refused() -> None:
    with pytest.raises(ValueError, match="FLINKER_TARGET_PASSWORD"):
        address_of("https://ada:secret@host")


def test_the_setting_comes_before_the_variable(monkeypatch) -> None:
    monkeypatch.setenv("FLINKER_TARGET", "http://theirs:1")
    assert target_settings({"flinker.target": "mine:2"})["rest.address"] == "mine"
    assert target_settings({})["rest.address"] == "theirs"
    assert target_settings({"flinker.target": "embedded"}) == {"execution.target": "embedded"}


def test_without_either_nothing_is_said_of_the_target() -> None:
    assert target_settings({}) == {}


def test_the_embedded_cluster_is_not_elsewhere() -> None:
    assert Elsewhere.of({}) is None
    assert Elsewhere.of({"flinker.target": "embedded"}) is None
    settings = {"flinker.target": "http://h:1", "flinker.detached": "true"}
    assert Elsewhere.of(settings) == Elsewhere("http://h:1", True)
