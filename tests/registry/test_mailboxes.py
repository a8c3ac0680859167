"""Which e-mail addresses are kept, and which are counted as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.mailboxes import as_kept, mailbox


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Jo@Example.ORG", "jo@example.org"),
        (" jo@example.org ", "jo@example.org"),
        ("jo@BÜCHER.example", "jo@xn--bcher-kva.example"),
        ("jo@xn--bcher-kva.example", "jo@xn--bcher-kva.example"),
        ("jo@straße.example", "jo@xn--strae-oqa.example"),
        ("ｊｏ@ex．ample.org", "jo@ex.ample.org"),
        ("jo@пример.рф", "jo@xn--e1afmkfd.xn--p1ai"),
    ],
)
def test_one_address_is_kept_one_way_however_it_is_written(written, kept):
    assert as_kept(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        *("", "jo", "@example.org", "jo@", "jo@localhost", "jo@127.0.0.1", "jo@[127.0.0.1]"),
        *("ı@example.org", "jö@example.org", '"a b"@example.org', "jo@example.org\nBcc: a@b.org"),
        *("jo\r\n@example.org", "a@b.org,c@d.org", "<jo@example.org>", "jo@-.org", "jo@ex..org"),
        *(".jo@example.org", "jo.@example.org", "j..o@example.org", "..@example.org"),
        # Mail programs would write to victim@example.org, and to one more.
        *("=?utf-8?q?v=69ctim?=@example.org", "=?utf-8?q?x=0d=0abcc=3a?=@example.org"),
        *("jo\x00@example.org", "a" * 65 + "@example.org", "jo@" + "a." * 130 + "org"),
    ],
)
def test_what_strangers_cannot_be_written_at_is_refused(written):
    with pytest.raises(ValueError, match="Give an e-mail address like"):
        as_kept(written)


@given(st.text(max_size=300))
def test_whatever_is_kept_is_one_line_and_kept_again_the_same(text):
    try:
        kept = as_kept(text)
    except ValueError:
        return

    assert kept.isascii()
    assert kept.isprintable()
    assert as_kept(kept) == kept


@pytest.mark.parametrize("label", ["", "+", "+one", "+one+two"])
def test_labels_are_the_same_mailbox(label):
    assert mailbox(f"jo{label}@example.org") == "jo@example.org"


def test_a_plus_alone_is_nobody_else_s_mailbox():
    assert mailbox("+one@example.org") == "+one@example.org"
