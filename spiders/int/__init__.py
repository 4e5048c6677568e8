"""International services in Arabic."""
