#!/bin/bash
# Formats an empty volume and starts the broker, with the configuration beside this file. Arguments go to the broker, such as
# --override listeners=…. The image's own start script is not used, because it writes into /opt/kafka, which is read-only here.
set -euo pipefail
configuration=$(dirname "$0")/server.properties

# The id is the one that the image would take. A volume that is formatted already stays as it is.
/opt/kafka/bin/kafka-storage.sh format --ignore-formatted \
  --cluster-id "${CLUSTER_ID:-5L6g3nShT-eMCtK--X86sw}" --config "$configuration"
exec /opt/kafka/bin/kafka-server-start.sh "$configuration" "$@"
