/** The variables that docker-compose.yml reads: from the environment, or from the `.env` beside it. */

/** What those mean that no program reads, in the order in which they are shown. */
const about = {
  POSTGRES_PASSWORD: "Password of PostgreSQL's superuser; counts where the volume is empty.",
  WEIR_DB_PASSWORD: "Password of Weir's role in PostgreSQL: letters, digits, - and _, because it stands in a URL.",
  TEMPORAL_DB_PASSWORD: "Password of Temporal's role in PostgreSQL.",
  TEMPORAL_DB_HOST: "Where Temporal's databases are.",
  TEMPORAL_DB_PORT: 'Its port.',
  TEMPORAL_DB_USER: "Temporal's role there.",
  API_PORT: 'Port of the API on loopback of the host.',
  TEMPORAL_UI_PORT: "Port of Temporal's page, likewise.",
  PROMETHEUS_PORT: 'Port of Prometheus, likewise.',
  HISTORY_DIR: 'A folder of the host that the containers see as /data, so that COVID_HISTORY=/data/*.csv.',
  API_DUCKDB_MEMORY: 'DUCKDB_MEMORY of the API; that one is for the workers.',
  CONNECT_SINK_TASKS: 'Tasks of the sink, at most as many as the topic has partitions.',
  TEMPORAL_RETENTION: 'How long Temporal keeps a run that ended; PostgreSQL keeps its record for good.',
  TEMPORAL_LOG_LEVEL: 'What Temporal logs: debug, info, warn or error.',
  KAFKA_HEAP: "The broker's heap. Heaps are less than the container's limit of memory.",
  CONNECT_HEAP: "Kafka Connect's heap.",
  CONNECT_YOUNG_HEAP: 'The part of it for what is young; must be less than CONNECT_HEAP.',
  WORKER_HEAP: "A worker's heap in MB, beside DUCKDB_MEMORY.",
  API_HEAP: "The API's heap in MB.",
  WEIR_IMAGE: 'Name of the image of our programs.',
  CONNECT_IMAGE: 'Name of the image of Kafka Connect.',
  SINK_ARCHIVE: "The sink connector's archive, a file under kafka-connect/; empty: the official download.",
  SINK_SHA256: 'Its SHA-256; empty: not compared.',
};

/**
 * The default of each variable that a compose file reads, by name; `${…}` inside of a default loses its own.
 * @throws where a variable has no default, because .env may be absent, or two of them.
 */
export function composeVariables(text) {
  const defaults = new Map();
  const lines = text.split('\n').filter((line) => !line.trimStart().startsWith('#'));
  // A doubled $ is one for the container.
  for (const reference of references(lines.join('\n').replaceAll('$$', ''))) {
    const [, name, fallback] = /^(\w+)(?::-([^]*))?$/.exec(reference) ?? [];
    if (fallback === undefined) throw new Error(`docker-compose.yml: \${${reference}} is not \${NAME:-default}`);
    const shown = fallback.replace(/\$\{(\w+):-[^}]*\}/g, '${$1}');
    if ((defaults.get(name) ?? shown) !== shown)
      throw new Error(`docker-compose.yml: ${name} has two defaults, ${defaults.get(name)} and ${shown}`);
    defaults.set(name, shown);
  }
  return defaults;
}

/** What stands between `${` and its `}`, inner ones too. */
function* references(text) {
  for (let at = text.indexOf('${'); at !== -1; at = text.indexOf('${', at + 2)) {
    let open = 1;
    let end = at + 2;
    for (; open > 0; end += 1) {
      if (end >= text.length) throw new Error(`docker-compose.yml: no } for ${text.slice(at, at + 40)}`);
      if (text.startsWith('${', end)) open += 1;
      if (text[end] === '}') open -= 1;
    }
    yield text.slice(at + 2, end - 1);
  }
}

/**
 * Those that the compose file alone reads, with what they mean.
 * @param ofPrograms names of those that programs read.
 * @throws where one has no explanation here, or one that is explained is not read.
 */
export function composeOnly(defaults, ofPrograms) {
  const only = [...defaults.keys()].filter((name) => !ofPrograms.includes(name));
  const unexplained = only.filter((name) => !(name in about));
  const unread = Object.keys(about).filter((name) => !only.includes(name));
  if (unexplained.length + unread.length > 0)
    throw new Error(
      `tools/compose-variables.mjs: ${[...unexplained.map((name) => `${name} has no explanation`), ...unread.map((name) => `${name} is not read by docker-compose.yml alone`)].join('; ')}`,
    );
  return Object.entries(about).map(([name, meaning]) => ({ name, about: meaning, default: defaults.get(name) }));
}
