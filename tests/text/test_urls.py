"""Addresses of articles can be anything."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotetrack.text.urls import split_url


@given(st.text(alphabet="htps:/[]@.%0a?#\n é", max_size=30) | st.text(max_size=30))
def test_no_address_raises(url: str) -> None:
    """Any text can be split; what is no address has no host."""
    parts = split_url(url)
    assert isinstance(parts.path, str) and (parts.hostname is None or parts.hostname)
