"""Stage 4: mentions become who, where and when, within an article and across articles."""
