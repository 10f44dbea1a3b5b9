"""What counts as a code block, and when shown and printed output agree."""

from __future__ import annotations

import pytest

from tests.docs.blocks import blocks_of, commands_of, complaint, exit_code_of, same_output, script_of
from tests.docs.conftest import ROOT

PAGE = """
<!-- file: a.csv -->
```csv
x
```

- item

   <!-- not run: it needs the network -->
   ```bash
   quotetrack watch feeds.toml
   ```

```python
print("ferry")
```

```text
ferry
```

```sql
SELECT 1
```

Words.

```text
not the output of the query
```
"""


def test_blocks_have_their_comments_and_outputs() -> None:
    """A comment counts only directly before its block, and a text block is an output only directly after a program."""
    found = [(block.language, block.marker, block.value, block.shown) for block in blocks_of(PAGE)]
    assert found == [
        ("csv", "file", "a.csv", None),
        ("bash", "not run", "it needs the network", None),
        ("python", "", "", "ferry\n"),
        ("sql", "", "", None),
        ("text", "", "", None),
    ]


@pytest.mark.parametrize(
    "page",
    ["```\nls\n```", "    ls", "```text\nx\n```", "```json\n{\n```", "<!-- tested by: nowhere.py -->\n```csv\nx\n```", "```mermaid\na\n```"],
)  # fmt: skip
def test_a_block_that_nothing_covers_is_a_complaint(page: str) -> None:
    """A block without a language, also an indented one, with broken data or with a test that does not exist is refused."""
    [block] = blocks_of(page)
    assert complaint(block, ROOT)


def test_commands_and_their_output_are_told_apart() -> None:
    """Lines after a dollar sign are commands, also when continued, and each has the lines below it as its output."""
    console = "$ export A=1\n$ quotetrack check x \\\n> --json  # exit code 1\n{}\n"
    assert list(commands_of(console)) == [("export A=1", []), ("quotetrack check x \\\n--json  # exit code 1", ["{}"])]
    assert [exit_code_of(command) for command, _ in commands_of(console)] == [0, 1]


def test_a_script_goes_on_after_a_stated_exit_code() -> None:
    """A command that says its exit code must end with it, and does not end the script."""
    assert "quotetrack check x || [ $? = 1 ]\nls\n" in script_of("quotetrack check x    # exit code 1\nls\n")


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\nb", "a  \nb\n", True),
        ("a\n...\nd", "a\nb\nc\nd", True),
        ("a\n...\nd", "a\nb\nc", False),
        ("news.duckdb (31 s)", "news.duckdb (4 s)", True),
        ("confidence 98 of 100", "confidence 97 of 100", True),
        ("desk, 2026-11-30 13:28 UTC: why", "desk, 2027-01-01 09:00 UTC: why", True),
        ("98 quotations", "97 quotations", False),
        ("a", "a\nb", False),
    ],
)
def test_outputs_agree_up_to_what_varies(shown: str, printed: str, same: bool) -> None:
    """Seconds, confidences and times of corrections may differ, and ``...`` stands for any lines; nothing else."""
    assert same_output(shown.split("\n"), printed.split("\n")) is same
