"""The program's version, stated once."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("lagebild")
except PackageNotFoundError:  # run from a source tree that is not installed
    __version__ = "0+source"
