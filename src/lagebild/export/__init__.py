"""Records in the forms that users' tools read; one module per format."""
