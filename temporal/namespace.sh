#!/bin/sh
# Makes the namespace and the search attributes by which Temporal's page tells runs apart. Does nothing where they are there
# already. TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE say where; TEMPORAL_RETENTION is how long a run that ended is kept.
set -eu
: "${TEMPORAL_ADDRESS:?}" "${TEMPORAL_NAMESPACE:=default}" "${TEMPORAL_RETENTION:=7d}"
export TEMPORAL_ADDRESS TEMPORAL_NAMESPACE

# patiently COMMAND…: again and again for a minute: a server that has just started takes calls before it can answer them, and
# a new namespace is known to all its parts some seconds later.
patiently() {
  attempt=1
  until said=$("$@" 2>&1); do
    if [ "$attempt" -ge 30 ]; then
      echo "$said" >&2
      echo "gave up: $*" >&2
      return 1
    fi
    attempt=$((attempt + 1))
    sleep 2
  done
}

patiently temporal operator cluster health

if ! temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
  patiently temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$TEMPORAL_RETENTION"
  echo "Namespace $TEMPORAL_NAMESPACE made"
else
  patiently temporal operator namespace update --namespace "$TEMPORAL_NAMESPACE" --retention "$TEMPORAL_RETENTION"
  echo "Namespace $TEMPORAL_NAMESPACE is there"
fi

# search_attribute NAME TYPE
search_attribute() {
  patiently temporal operator search-attribute list
  if echo "$said" | grep -Eq "^ *$1 "; then
    echo "Search attribute $1 is there"
    return
  fi
  patiently temporal operator search-attribute create --name "$1" --type "$2"
  echo "Search attribute $1 made"
}

for name in WeirPipeline WeirBranch WeirRunId WeirStatus; do search_attribute "$name" Keyword; done
for name in WeirExtracted WeirRejected WeirPublished; do search_attribute "$name" Int; done
