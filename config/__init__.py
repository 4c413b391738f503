"""What people write: settings, sites, debris phrases."""
