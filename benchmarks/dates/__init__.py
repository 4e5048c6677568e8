"""This project's reading of Arabic date lines beside the libraries that read dates."""
