#!/bin/sh
# Brings the two databases of Temporal to the schema of this image's version. Does nothing where they are there already, and
# never takes anything away: it may run before every start. Address and login come from SQL_HOST, SQL_PORT, SQL_USER and
# SQL_PASSWORD, which temporal-sql-tool reads itself.
set -eu

# sql_tool ARGUMENT…: says nothing but what went wrong.
sql_tool() {
  said=$(temporal-sql-tool --plugin postgres12 "$@" 2>&1) || {
    echo "$said" >&2
    echo "failed: temporal-sql-tool $*" >&2
    return 1
  }
}

# bring_up DATABASE SCHEMA
bring_up() {
  # With 0.0 this makes the tables in which versions are kept, and leaves a later version as it is.
  sql_tool --db "$1" setup-schema -v 0.0
  sql_tool --db "$1" update-schema -d "/etc/temporal/schema/postgresql/v12/$2/versioned"
  echo "Schema of $1: $(echo "$said" | sed -nE 's/.*(found zero updates from current version|Schema updated from .* to) ([0-9.]+).*/\2/p' | tail -n 1)"
}

bring_up "${DBNAME:-temporal}" temporal
bring_up "${VISIBILITY_DBNAME:-temporal_visibility}" visibility
