"""What a verified badge says, of any version, in one shape: texts cleaned and bounded, addresses http(s) only."""
