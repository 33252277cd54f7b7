"""The scope engine: which cues hold for which word. One engine serves every layer that decides by cues."""

from lagebild.layers.scope.engine import Hit, Scope, cue_forms
from lagebild.layers.scope.tree import Tree, tree_of
from lagebild.layers.scope.verbs import Reading, read_verb

__all__ = ["Hit", "Reading", "Scope", "Tree", "cue_forms", "read_verb", "tree_of"]
