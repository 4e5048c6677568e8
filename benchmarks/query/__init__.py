"""What questions to a collection of generated articles cost: search, and taking slices away."""
