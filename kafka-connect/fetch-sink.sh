#!/bin/sh
# Unpacks the connector into a folder of plugins: fetch-sink.sh FOLDER. Reads SINK_URL, SINK_ARCHIVE and SINK_SHA256,
# the build arguments of the Dockerfile.
set -eu
folder=$1
archive=/tmp/sink.zip

if [ -n "${SINK_ARCHIVE:-}" ]; then
    if [ ! -f "/context/$SINK_ARCHIVE" ]; then
        echo "SINK_ARCHIVE=$SINK_ARCHIVE: there is no such file under kafka-connect/" >&2
        exit 1
    fi
    cp "/context/$SINK_ARCHIVE" "$archive"
else
    curl --fail --location --silent --show-error --retry 3 --output "$archive" "$SINK_URL" || {
        echo "$SINK_URL cannot be fetched. Where it cannot be reached, put the archive into kafka-connect/archive/ and" >&2
        echo "build with SINK_ARCHIVE=archive/<its name>." >&2
        exit 1
    }
fi

if [ -n "${SINK_SHA256:-}" ]; then
    echo "$SINK_SHA256  $archive" | sha256sum --check --quiet - || {
        echo "The archive of the connector is not the one that SINK_SHA256 names." >&2
        exit 1
    }
fi
sha256sum "$archive"

mkdir -p "$folder"
unzip -q "$archive" -d "$folder"
for jar in "$folder"/*/lib/*.jar; do
    # Not through a pipe: grep would end before unzip has said all.
    unzip -l "$jar" >/tmp/names 2>/dev/null || continue
    ! grep -q com/clickhouse/kafka/connect/ClickHouseSinkConnector.class /tmp/names || exit 0
done
echo "The archive holds no ClickHouse sink connector." >&2
exit 1
