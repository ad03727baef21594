"""The human door: pages, forms, and how they look."""
