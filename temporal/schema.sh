#!/bin/sh
# Brings the two databases of Temporal to the schema of this image's version. Does nothing where they are there already, and
# never takes anything away: it may run before every start. Address and login come from SQL_HOST, SQL_PORT, SQL_USER and
# SQL_PASSWORD, which temporal-sql-tool reads itself.
set -eu

# bring_up DATABASE SCHEMA
bring_up() {
  echo "Schema of $1"
  # With 0.0 this makes the tables in which versions are kept, and leaves a later version as it is.
  temporal-sql-tool --plugin postgres12 --db "$1" setup-schema -v 0.0
  temporal-sql-tool --plugin postgres12 --db "$1" update-schema -d "/etc/temporal/schema/postgresql/v12/$2/versioned"
}

bring_up "${DBNAME:-temporal}" temporal
bring_up "${VISIBILITY_DBNAME:-temporal_visibility}" visibility
