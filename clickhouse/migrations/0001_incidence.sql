-- Every revision of every figure. The order key is the row's identity and what readers ask for: one dataset, a few
-- regions, a span of days; the revision last, so that all revisions of a row lie together. The same row published twice
-- has the same key and merges away. Figures are small whole numbers or sevenths of them, days rise by one within a
-- region: ZSTD after Delta for days, plain ZSTD for the rest.
CREATE TABLE IF NOT EXISTS incidence_revisions
(
    dataset LowCardinality(String),
    region LowCardinality(String),
    region_name LowCardinality(String),
    date Date32 CODEC(Delta, ZSTD(1)),
    new_cases Nullable(Float64) CODEC(ZSTD(1)),
    new_deaths Nullable(Float64) CODEC(ZSTD(1)),
    new_recovered Nullable(Float64) CODEC(ZSTD(1)),
    new_hospitalized Nullable(Float64) CODEC(ZSTD(1)),
    basis Enum8('reported' = 1, 'spread' = 2),
    filled Array(LowCardinality(String)),
    source LowCardinality(String),
    run_id LowCardinality(String),
    revision UInt64 CODEC(Delta, ZSTD(1)),
    withdrawn Bool
)
ENGINE = ReplacingMergeTree
ORDER BY (dataset, region, date, revision);

-- What makes a revision visible: one row a run, written when all its rows are readable.
CREATE TABLE IF NOT EXISTS incidence_commits
(
    dataset LowCardinality(String),
    revision UInt64,
    run_id String,
    pipeline String,
    branch LowCardinality(String),
    plan_hash String,
    sources_hash String,
    rows UInt64,
    committed_at DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC')
)
ENGINE = ReplacingMergeTree
ORDER BY (dataset, revision);

-- What readers see: of each row the highest committed revision, unless that one withdraws it.
CREATE VIEW IF NOT EXISTS incidence AS
SELECT * EXCEPT (withdrawn)
FROM
(
    SELECT *
    FROM incidence_revisions
    WHERE (dataset, revision) IN (SELECT dataset, revision FROM incidence_commits)
    ORDER BY dataset, region, date, revision DESC
    LIMIT 1 BY dataset, region, date
)
WHERE NOT withdrawn;
