"""The domain: what a helpline knows and does. No HTTP in here."""
