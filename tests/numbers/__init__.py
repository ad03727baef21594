"""Numbers proved from outside: what pages show, what the API answers, what SQL written by hand counts."""
