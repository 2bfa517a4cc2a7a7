#!/bin/sh
# Makes the roles and databases of Weir and of Temporal, each with rights on its own only. The image runs it on an empty volume;
# it may be run again at any time, for instance after a password was changed in .env:
#
#     docker compose up -d postgres && docker compose exec postgres sh /docker-entrypoint-initdb.d/10-roles.sh
#
# The superuser comes through the socket inside the container, where no password is asked.
set -eu

# role_and_databases ROLE PASSWORD DATABASE…
role_and_databases() {
  role=$1 password=$2
  shift 2
  for database in "$@"; do
    # Variables of psql are quoted by psql (:'x', :"x"), so that any character may be in a password.
    psql -X -q -v ON_ERROR_STOP=1 --no-password --username "${POSTGRES_USER:-postgres}" --dbname postgres \
      -v role="$role" -v password="$password" -v database="$database" <<'SQL'
SELECT format('CREATE ROLE %I LOGIN', :'role') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role') \gexec
ALTER ROLE :"role" PASSWORD :'password';
SELECT format('CREATE DATABASE %I OWNER %I', :'database', :'role')
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
SQL
  done
}

role_and_databases "$WEIR_DB_USER" "$WEIR_DB_PASSWORD" "$WEIR_DB_NAME"
role_and_databases "$TEMPORAL_DB_USER" "$TEMPORAL_DB_PASSWORD" temporal temporal_visibility
