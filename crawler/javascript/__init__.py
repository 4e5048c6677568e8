"""Pages whose text only scripts write: rendered by a headless Chromium. Most pages carry their data and need none."""
