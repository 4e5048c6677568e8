"""Where articles' addresses come from: feeds, sitemaps, section pages."""
