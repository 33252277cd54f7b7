"""spaCy comes without its command line, which is there all the same for whoever asks."""

from __future__ import annotations

import subprocess
import sys


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def test_the_pipeline_brings_no_download_client() -> None:
    heavy = "sorted({'requests', 'weasel', 'spacy.cli'} & set(sys.modules))"
    assert run(f"import sys, lagebild.pipeline; print({heavy})") == "[]"


def test_the_command_line_is_the_real_one_afterwards() -> None:
    code = "import lagebild.pipeline, spacy, spacy.cli; print(spacy.cli.info.__module__, 'spacy_version' in spacy.info(silent=True))"
    assert run(code) == "spacy.cli.info True"
