"""The pages, each read from top to bottom: visible row, form, action, redirect."""
