"""MongoDB: connection, the local server, collections and indexes, queries."""
