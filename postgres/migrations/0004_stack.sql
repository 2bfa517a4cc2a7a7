-- What the processes of the stack leave for one another: who executes steps, and which dead letters were replayed.

CREATE TABLE workers (
  worker_id text PRIMARY KEY,
  engine text NOT NULL,
  queue text NOT NULL,
  host text NOT NULL,
  pid int NOT NULL,
  started_at timestamptz NOT NULL,
  -- Written every few seconds: who is silent for a minute is gone.
  last_seen timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- The steps under way: run_id, pipeline, step, since.
  running jsonb NOT NULL DEFAULT '[]',
  finished bigint NOT NULL DEFAULT 0,
  failed bigint NOT NULL DEFAULT 0
);

-- A topic cannot be told to forget a letter: what was replayed stands here, the time being that of the last replay.
CREATE TABLE replayed_dead_letters (
  letter_id text PRIMARY KEY,
  replayed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Migrations are locked by an advisory lock, which dies with its holder.
DROP TABLE IF EXISTS schema_migration_lock;
