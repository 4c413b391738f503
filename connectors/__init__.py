"""The outside world: web, robots, feeds and sitemaps, archives, the bucket."""
