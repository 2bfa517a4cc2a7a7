-- Runs of pipelines, their tasks, and who may write a dataset under which revision.

CREATE TABLE runs (
  run_id uuid PRIMARY KEY,
  pipeline text NOT NULL,
  dataset text NOT NULL,
  branch text CHECK (branch IN ('backfill', 'update')),
  status text NOT NULL CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled', 'nothing_new')),
  -- What the execution was started with (IngestInput): a restart takes it up with the same.
  input jsonb NOT NULL,
  -- Allotted once, at the first attempt to publish.
  revision bigint,
  counts jsonb NOT NULL DEFAULT '{"extracted": 0, "rejected": 0, "published": 0}',
  warnings jsonb NOT NULL DEFAULT '[]',
  error jsonb,
  -- Order of creation: two runs may be created in the same instant of the clock.
  number bigint GENERATED ALWAYS AS IDENTITY,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  started_at timestamptz,
  finished_at timestamptz,
  UNIQUE (dataset, revision)
);

CREATE INDEX runs_by_pipeline ON runs (pipeline, number DESC);
CREATE INDEX runs_open ON runs (number) WHERE status IN ('queued', 'running');

CREATE TABLE tasks (
  task_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  run_id uuid NOT NULL REFERENCES runs (run_id) ON DELETE CASCADE,
  number bigint GENERATED ALWAYS AS IDENTITY,
  name text NOT NULL,
  status text NOT NULL CHECK (status IN ('running', 'succeeded', 'failed')),
  attempts int NOT NULL,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_at timestamptz,
  result jsonb,
  error jsonb,
  -- How far the step had got: where its next attempt goes on.
  cursor jsonb,
  UNIQUE (run_id, name)
);

CREATE TABLE datasets (
  dataset text PRIMARY KEY,
  last_revision bigint NOT NULL DEFAULT 0,
  -- The open run that writes the dataset.
  claimed_by uuid REFERENCES runs (run_id) ON DELETE SET NULL
);
