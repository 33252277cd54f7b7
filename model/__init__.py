"""How the trained parts are made: data in, weights out, scores printed. Not part of the package."""
