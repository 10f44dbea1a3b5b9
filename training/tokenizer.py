"""Train the tokenizer and sentence splitter, from scratch or from an existing model.

    python -m training.tokenizer --ud DIR --out DIR [--start FILE] [--steps 4000] [--rate 0.001] [--seed 7]

Uses Stanza's own trainer, with the treebank converted to its data format. The best model on the development part is
kept in ``OUT/tokenize/news.pt``, and the same command resumes from it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from stanza.models import tokenizer
from stanza.models.common import utils
from stanza.models.tokenization.trainer import Trainer

from training.conllu import find, read_text

NAME = "UD_English-EWT"  # Stanza's scripts identify a treebank by the name of its folder


def main() -> None:
    """Parse the options, prepare the data, train."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--ud", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--start", type=Path, help="a model to start from")
    options.add_argument("--steps", type=int, default=4000)
    options.add_argument("--rate", type=float, default=0.001)
    options.add_argument("--seed", type=int, default=7)
    given = options.parse_args()
    data = prepare(given.ud, given.out.absolute() / "data")
    folder = given.out.absolute() / "tokenize"
    folder.mkdir(parents=True, exist_ok=True)
    best = folder / "news.pt"
    start = best if best.exists() else given.start
    command = [
        *("--txt_file", data / "en_ewt.train.txt", "--label_file", data / "en_ewt-ud-train.toklabels"),
        *("--dev_txt_file", data / "en_ewt.dev.txt", "--dev_label_file", data / "en_ewt-ud-dev.toklabels"),
        *("--dev_conll_gold", data / "en_ewt.dev.gold.conllu", "--mwt_json_file", data / "en_ewt-ud-train-mwt.json"),
        *("--lang", "en", "--shorthand", "en_news", "--cpu", "--seed", given.seed, "--max_seqlen", 300),
        *("--lr0", given.rate, "--anneal", 0.9, "--anneal_after", 1, "--steps", given.steps, "--eval_steps", 200),
        *("--save_dir", folder, "--save_name", "news.pt", *(("--load_name", start.absolute()) if start else ())),
    ]
    Trainer.load = _load_to_go_on
    tokenizer.main([str(part) for part in command])


def prepare(ud: Path, out: Path) -> Path:
    """Convert the treebank to the format of Stanza's tokenizer trainer, and return the folder."""
    bank = out / "ud" / NAME
    bank.mkdir(parents=True, exist_ok=True)
    for part in ("train", "dev", "test"):
        text = read_text(find(ud, f"en-{part}.conllu"))
        (bank / f"en_ewt-ud-{part}.conllu").write_text(text, encoding="utf-8")
        raw = [line.removeprefix("# text = ") for line in text.splitlines() if line.startswith("# text = ")]
        (bank / f"en_ewt-ud-{part}.txt").write_text("\n".join(raw), encoding="utf-8")
    folder = out / "tokenize"
    folder.mkdir(exist_ok=True)
    environment = os.environ | {"UDBASE": str(out / "ud"), "TOKENIZE_DATA_DIR": str(folder)}
    command = [sys.executable, "-m", "stanza.utils.datasets.prepare_tokenizer_treebank", NAME]
    subprocess.run(command, env=environment, check=True)
    return folder


_load = Trainer.load


def _load_to_go_on(self: Any, filename: str, args: Any = None, foundation_cache: Any = None) -> None:
    """Load a model to continue with. Stanza 1.15 omits the arguments of ``load`` here and optimises the replaced weights."""
    keep = self.args
    if keep is None:
        _load(self, filename, args, foundation_cache)
        return
    characters = self.vocab._id2unit
    _load(self, filename, args, foundation_cache)
    if characters != self.vocab._id2unit:
        raise ValueError(f"{filename} was trained on other characters; give another --start or none")
    self.args = keep
    self.optimizer = utils.get_optimizer("adam", self.model, lr=keep["lr0"], betas=(0.9, 0.9), weight_decay=0.0)


if __name__ == "__main__":
    main()
