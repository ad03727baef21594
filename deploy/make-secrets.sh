#!/bin/sh
# Draws the secrets of a new installation. Never overwrites one. EMAIL_URL is asked for by its variable.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p -m 0700 secrets
chmod 0700 secrets
# Containers get the files one by one and read them as users of their own, so the files are readable; on this
# machine nobody but the owner passes the folder.
random() { head -c 32 /dev/urandom | base64 | tr -d '\n'; }
word() { head -c 24 /dev/urandom | base64 | tr -d '\n' | tr '+/' '-_'; }
keep() { [ -e "secrets/$1" ] || { printf '%s' "$2" > "secrets/$1"; chmod 0444 "secrets/$1"; }; }
keep secret_key "$(random)$(random)"
keep helpline_keys "$(date -u +%Y-%m):$(random),index:$(random)"
keep postgres_password "$(word)"
keep redis_password "$(word)"
keep database_url "postgresql://helpline:$(cat secrets/postgres_password)@postgres:5432/helpline"
keep redis_url "redis://:$(cat secrets/redis_password)@redis:6379/0"
keep email_url "${EMAIL_URL:?set EMAIL_URL, for example smtps://user:password@mail.example:465}"
echo "Secrets are in $(pwd)/secrets. Keep a copy of helpline_keys away from this machine: without it nothing can be read."
