"""The wiring of the site: settings, addresses, and what stands around every request."""
