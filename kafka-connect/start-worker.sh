#!/bin/sh
# Starts the worker, once everything that its configuration and those of the connectors name is there: an unknown ${env:…}
# would stay as it is written, and fail much later as a wrong password or a strange number.
set -eu
missing=''
for name in KAFKA_BROKERS KAFKA_REPLICATION CONNECT_GROUP CONNECT_SINK_TASKS CONNECT_LOG_LEVEL \
    CLICKHOUSE_HOST CLICKHOUSE_PORT CLICKHOUSE_SSL CLICKHOUSE_USER CLICKHOUSE_DATABASE; do
    eval "value=\${$name:-}"
    [ -n "$value" ] || missing="$missing $name"
done
# It may be empty, but whoever means that has to say so.
[ -n "${CLICKHOUSE_PASSWORD+set}" ] || missing="$missing CLICKHOUSE_PASSWORD"
if [ -n "$missing" ]; then
    echo "The environment is not right; these must be set:$missing" >&2
    exit 2
fi
exec /opt/kafka/bin/connect-distributed.sh /opt/connect/connect-distributed.properties
