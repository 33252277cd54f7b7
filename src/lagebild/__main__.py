"""``python -m lagebild``: the same as the command ``lagebild``."""

import sys

from lagebild.cli.main import main

if __name__ == "__main__":  # not again in the processes of --jobs
    sys.exit(main())
