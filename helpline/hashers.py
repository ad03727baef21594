"""How secrets are kept that a machine has drawn."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class RandomSecretHasher(PBKDF2PasswordHasher):
    """One round of salted SHA-256, for client secrets of 128 random characters.

    Nobody can guess those, so slow hashing would protect nothing and would let anybody keep this
    machine busy through the token address (0.2 s of processor time a request).
    """

    algorithm = "random_secret"
    iterations = 1
