"""One short file a site, by country."""
