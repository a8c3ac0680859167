"""Who is counted as one caller."""

import pytest

from registry.rates import machine


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2::7", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::7", "2001:db8:1:3::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown:7", "unknown:7"),
        ("", ""),
    ],
)
def test_one_machine_is_one_however_many_addresses_it_has(rf, told, counted):
    assert machine(rf.get("/", REMOTE_ADDR=told)) == counted


def test_behind_a_proxy_it_is_the_address_that_the_proxy_saw(rf, settings):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": 1}

    asked = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="192.0.2.9, 192.0.2.1")

    assert machine(asked) == "192.0.2.1"
