"""Shapes only: what a body may hold, and what an answer does hold."""
