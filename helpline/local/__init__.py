"""Everything on one machine: embedded PostgreSQL and Redis for development, tests and the first hour."""
