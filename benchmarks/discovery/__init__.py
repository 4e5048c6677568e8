"""Discovery against a newspaper on loopback: is all found, and at what cost in requests?"""
