"""Plain text: exactness, encodings and the header block."""

from pathlib import Path

import pytest

from quotetrack.inputs import Metadata, read
from quotetrack.model import Article, Failure


def one(folder: Path, data: bytes, given: Metadata | None = None) -> Article | Failure:
    path = folder / "article.txt"
    path.write_bytes(data)
    (result,) = read(path, given)
    return result


def article(folder: Path, data: bytes, given: Metadata | None = None) -> Article:
    result = one(folder, data, given)
    assert isinstance(result, Article), result
    return result


@pytest.mark.parametrize(
    "text", ["“We go,” said Vale.", "a\r\nb\rc\n\n", "  spaces \n", "\ufeffWith a mark.", "Wait: no header.\n\nText."]
)
def test_text_is_the_file_to_the_character(tmp_path: Path, text: str) -> None:
    """Offsets count in the file as UTF-8 with its line ends untouched, a byte order mark included."""
    assert article(tmp_path, text.encode()).text == text


def test_header_block_is_read_and_left_out(tmp_path: Path) -> None:
    """A header block gives the metadata, and the text is what follows its empty line."""
    data = (
        "\ufeffOutlet: The Tidewater Echo\nURL: https://echo.example/a\nTitle: Ferry: the inquiry\nBy Nora Quill\n"
        "Published: 2 March 2026\nSection: World\nLanguage: en-GB\n\nThe text.\r\nMore.\n"
    ).encode()
    found = article(tmp_path, data)
    assert found.text == "The text.\r\nMore.\n"
    assert (found.outlet, found.url, found.title) == (
        "The Tidewater Echo",
        "https://echo.example/a",
        "Ferry: the inquiry",
    )
    assert (found.author, found.published, found.language) == ("Nora Quill", "2026-03-02", "en")


@pytest.mark.parametrize(
    "text",
    [
        "Title: We should go.\n\nAuthor: No.\n",
        "Title: We should go.\nAuthor: I disagree.\n\nTitle: Why?\n",
        "Outlet: The Echo\n\nText.\n",
        "Outlet: The Echo\nA line that is no key\nURL: https://echo.example\n\nText.\n",
        "Date: no.\nDate: yes.\n\nText.\n",
        "Outlet: The Echo\nURL: https://echo.example",
    ],
)
def test_what_only_resembles_a_header_stays_text(tmp_path: Path, text: str) -> None:
    """The first turns of a transcript are never eaten as a header block."""
    assert article(tmp_path, text.encode()).text == text


def test_given_metadata_wins(tmp_path: Path) -> None:
    """What the user gives as options wins over the header block."""
    found = article(tmp_path, b"Outlet: A\nDate: 2026-01-01\n\nText.", Metadata(outlet="B"))
    assert (found.outlet, found.published) == ("B", "2026-01-01")


def test_outlet_from_url_and_language_by_default(tmp_path: Path) -> None:
    """With no outlet the host of the url stands for it; with no language the text is taken for English."""
    found = article(tmp_path, b"Text.", Metadata(url="https://www.echo.example/a"))
    assert (found.outlet, found.language) == ("echo.example", "en")


def test_old_encodings_keep_their_marks(tmp_path: Path) -> None:
    """A Windows-1252 file's curly marks come out as marks, not as accents or control characters."""
    assert article(tmp_path, b"\x93We go,\x94 said Vale. It\x92s over.").text == "“We go,” said Vale. It’s over."


def test_one_stray_byte_does_not_spoil_the_marks(tmp_path: Path) -> None:
    """A UTF-8 file cut off inside a character loses that character, not every mark before it."""
    assert article(tmp_path, "“We go,” said Vale. “We stay.”".encode() + b" caf\xc3").text.startswith("“We go,” said")


def test_utf_16_is_read(tmp_path: Path) -> None:
    """A file that begins with a UTF-16 mark is decoded by it."""
    assert article(tmp_path, "“We go,” said Vale.".encode("utf-16")).text == "“We go,” said Vale."


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\n", "\ufeff".encode(), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", bytes(range(256)) * 9]
)
def test_no_text_is_a_failure_in_a_sentence(tmp_path: Path, data: bytes) -> None:
    """Empty and binary files are reported in a sentence and stop nothing."""
    failure = one(tmp_path, data)
    assert isinstance(failure, Failure)
    assert failure.reason.endswith(".")
