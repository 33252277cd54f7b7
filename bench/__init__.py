"""Gates: gold, scorers, a floor per layer, speed. ``python -m bench`` prints one table."""
