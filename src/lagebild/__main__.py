"""``python -m lagebild``: the same as the command ``lagebild``."""

import sys

from lagebild.cli.main import main

sys.exit(main())
