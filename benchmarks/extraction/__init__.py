"""Extraction beside its rivals, on pages whose records a careful reader has written down."""
