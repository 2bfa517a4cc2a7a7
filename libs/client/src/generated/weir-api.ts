// Made by tools/generate.mjs from openapi.json.

export interface paths {
  '/users': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Register and get an API key
     * @description The key has the scope `data`.
     */
    post: operations['users_register'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/key': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Replace your API key
     * @description The old key stops working at once. Keys that an operator granted you stay as they are.
     */
    post: operations['users_reissue'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/users/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who holds this key
     * @description And what the key may do.
     */
    get: operations['users_me'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/covid/incidence': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Figures per region and day, week or month
     * @description JSON comes in pages; CSV and NDJSON without `limit` stream everything. All pages of an answer come from the state that the first page saw, whatever is loaded meanwhile.
     */
    get: operations['covid_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/covid/regions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Regions that have figures
     * @description All of them, ordered by code.
     */
    get: operations['covid_regions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/covid/summary': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Latest figures, totals and seven-day sums of each region
     * @description With the change on the week before. A region’s seven days end on its own latest day.
     */
    get: operations['covid_summary'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What ran, and how it ended
     * @description Newest first. Runs that begin while you page are on no later page, and shift none.
     */
    get: operations['runs_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/{run_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One run with its steps
     * @description Per step its tries, seconds, rows and failure.
     */
    get: operations['runs_report'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/{run_id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * End a run before its end
     * @description The run comes to a safe place first, then ends as `cancelled`: ask `GET /runs/{run_id}` until `finished_at` is there. What it had published is never seen. A run that has begun to make its rows visible may still end as `succeeded`.
     */
    post: operations['runs_cancel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/{run_id}/artefacts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The files that a run left
     * @description Names, sizes and checksums, never contents. A run that found nothing new leaves none.
     */
    get: operations['runs_artefacts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/{run_id}/rejects': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The rows that a run left out
     * @description With the place and the reason of each. A page may hold fewer than `limit` where rows are long.
     */
    get: operations['runs_rejects'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/pipelines': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Which pipelines there are
     * @description With their sources, schedule and last run. One whose file has mistakes is listed with them.
     */
    get: operations['pipelines_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/pipelines/{pipeline_id}/status': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How a pipeline is doing
     * @description What runs now, how the last run ended, when one last went well, and when the next comes.
     */
    get: operations['pipelines_status'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/dlq': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What the sink refused
     * @description Records that ClickHouse would not take even alone, the oldest first, with the reason and what they hold. The operator mends the sink and publishes them once more with `npx weir dlq replay`. A page may hold fewer than `limit`. Embedded, nothing is refused without failing its run, and this is empty.
     */
    get: operations['deadletters_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/workers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who executes runs
     * @description What each does now, how much it has done, and when it was last seen.
     */
    get: operations['workers_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/live': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Does the process answer
     * @description Asks nobody else: for a probe of liveness.
     */
    get: operations['health_live'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Can it be used
     * @description Until what it needs is there, 503 says what it is waiting for: embedded, the first load; in the stack, its databases. For a probe of readiness.
     */
    get: operations['health_ready'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Each dependency with its latency
     * @description 503 where all of them are down.
     */
    get: operations['health_health'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/metrics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Metrics for Prometheus
     * @description Prometheus' text format 0.0.4, without a key. What each metric means stands in docs/reference/metrics.md.
     */
    get: operations['metrics_text'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    FieldError: {
      /**
       * @description The parameter or field at fault.
       * @example from
       */
      field: string;
      /**
       * @description What is wrong with it; reads on after its name.
       * @example must be a day that exists, as YYYY-MM-DD
       */
      message: string;
    };
    Problem: {
      /**
       * @description The code as a URI.
       * @example urn:weir:problem:validation_failed
       */
      type: string;
      /**
       * @description What the code means, for people.
       * @example A parameter or field is wrong
       */
      title: string;
      /**
       * @description The status of the answer.
       * @example 400
       */
      status: number;
      /**
       * @description What is wrong, for people.
       * @example from must be a day that exists, as YYYY-MM-DD.
       */
      detail: string;
      /**
       * @description What is wrong, for programs; stable.
       * @example validation_failed
       * @enum {string}
       */
      code:
        | 'validation_failed'
        | 'malformed_json'
        | 'bad_request'
        | 'invalid_cursor'
        | 'unknown_region'
        | 'missing_api_key'
        | 'invalid_api_key'
        | 'invalid_credentials'
        | 'missing_scope'
        | 'not_found'
        | 'artefact_missing'
        | 'method_not_allowed'
        | 'not_acceptable'
        | 'request_timeout'
        | 'email_taken'
        | 'run_ended'
        | 'body_too_large'
        | 'unsupported_media_type'
        | 'too_many_requests'
        | 'headers_too_large'
        | 'internal_error'
        | 'dependency_unavailable'
        | 'not_ready';
      /**
       * @description Names the request in the log.
       * @example 0b4f6c1e-6c1e-4f0e-9a53-0c8f6c1e0b4f
       */
      request_id: string;
      /** @description Where fields are at fault, each of them. */
      errors?: components['schemas']['FieldError'][];
    };
    Credentials: {
      /**
       * Format: email
       * @description Compared without regard to letter case.
       * @example ada@example.org
       */
      email: string;
      /**
       * Format: password
       * @description 8 characters to 72 bytes in UTF-8, without NUL.
       * @example correct horse battery
       */
      password: string;
    };
    RegisteredUser: {
      /**
       * Format: uuid
       * @description Of the user.
       * @example 6f1c2a9e-3b7d-4c58-9e0a-1d2b3c4d5e6f
       */
      id: string;
      /**
       * Format: email
       * @description As it was registered.
       * @example ada@example.org
       */
      email: string;
      /**
       * @description To be sent as `x-key`. It is shown this once and cannot be read again.
       * @example weir_a1B2c3D4_0YyWc7kYb2mT4rHq9LxVnP5sZeJgUd8fAoRi3KtBw61_5d2c8f0e
       */
      api_key: string;
    };
    IssuedKey: {
      /**
       * @description To be sent as `x-key`. It is shown this once and cannot be read again.
       * @example weir_a1B2c3D4_0YyWc7kYb2mT4rHq9LxVnP5sZeJgUd8fAoRi3KtBw61_5d2c8f0e
       */
      api_key: string;
    };
    ProfileKey: {
      /**
       * @description The part of the key that is no secret.
       * @example a1B2c3D4
       */
      id: string;
      /**
       * Format: date-time
       * @description UTC.
       * @example 2026-11-21T09:30:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @description UTC; written at most once a minute.
       * @example 2026-11-21T12:01:30.000Z
       */
      last_used_at: string | null;
    };
    Profile: {
      /**
       * Format: uuid
       * @description Of the user.
       * @example 6f1c2a9e-3b7d-4c58-9e0a-1d2b3c4d5e6f
       */
      id: string;
      /**
       * Format: email
       * @description As it was registered.
       * @example ada@example.org
       */
      email: string;
      /**
       * @description What the key may do.
       * @example [
       *       "data"
       *     ]
       */
      scopes: ('data' | 'pipelines')[];
      /** @description The key that this request was made with. */
      key: components['schemas']['ProfileKey'];
    };
    IncidenceRow: {
      /**
       * @description Code of the region.
       * @example XA-01
       */
      region: string;
      /**
       * @description Of a week or month: the name on its last day.
       * @example Northmarch (synthetic)
       */
      region_name: string;
      /**
       * Format: date
       * @description Of a week or month its first day, even where that lies before `from`.
       * @example 2023-05-16
       */
      date: string;
      /**
       * @description Persons that day, or in all of the interval’s days; never rounded, negative where a source corrected itself; null where it is not known. Absent where `metrics` does not name it.
       * @example 12.142857142857142
       */
      new_cases?: number | null;
      /**
       * @description Persons, as `new_cases`.
       * @example 12.142857142857142
       */
      new_deaths?: number | null;
      /**
       * @description Persons, as `new_cases`.
       * @example 12.142857142857142
       */
      new_recovered?: number | null;
      /**
       * @description Persons, as `new_cases`.
       * @example 12.142857142857142
       */
      new_hospitalized?: number | null;
      /**
       * @description `reported` for that day, or an equal share of a published week (`spread`); `mixed` where the days of a week or month differ.
       * @enum {string}
       */
      basis: 'reported' | 'spread' | 'mixed';
      /**
       * @description Metrics that were carried forward from an earlier day, on any day of it.
       * @example [
       *       "new_deaths"
       *     ]
       */
      filled: ('new_cases' | 'new_deaths' | 'new_recovered' | 'new_hospitalized')[];
      /**
       * @description File or page that the figures came from; null of a week or month.
       * @example sample/history/daily.csv
       */
      source: string | null;
      /**
       * @description The run that published the row; null of a week or month.
       * @example 5f1c0f6e-0d0c-4a57-9a43-6f0a1f3a9d11
       */
      run_id: string | null;
      /**
       * @description Rises with every run that changes figures; of a week or month the highest of its days.
       * @example 1042
       */
      revision: number;
      /**
       * @description Days that were summed up. Only with `interval=week` or `month`.
       * @example 7
       */
      days?: number;
    };
    IncidencePage: {
      /**
       * @description Gets the next page; null on the last.
       * @example null
       */
      next_cursor: string | null;
      /** @description Rows in the order asked for. */
      data: components['schemas']['IncidenceRow'][];
    };
    RegionSummary: {
      /**
       * @description Code of the region.
       * @example XA-01
       */
      region: string;
      /**
       * @description Its name on its last day.
       * @example Northmarch (synthetic)
       */
      region_name: string;
      /**
       * Format: date
       * @description First day with figures.
       * @example 2020-03-01
       */
      first_date: string;
      /**
       * Format: date
       * @description Last day with figures.
       * @example 2024-01-07
       */
      last_date: string;
      /**
       * @description Days with figures.
       * @example 1408
       */
      count: number;
    };
    RegionPage: {
      /**
       * @description Gets the next page; null on the last.
       * @example null
       */
      next_cursor: string | null;
      /** @description All regions, by code. */
      data: components['schemas']['RegionSummary'][];
    };
    Figures: {
      /**
       * @description Of new cases; null where it is not known.
       * @example 28
       */
      new_cases: number | null;
      /**
       * @description Of new deaths; null where it is not known.
       * @example 28
       */
      new_deaths: number | null;
      /**
       * @description Of new recoveries; null where it is not known.
       * @example 28
       */
      new_recovered: number | null;
      /**
       * @description Of new hospitalisations; null where it is not known.
       * @example 28
       */
      new_hospitalized: number | null;
    };
    RegionFigures: {
      /**
       * @description Code of the region.
       * @example XA-01
       */
      region: string;
      /**
       * @description Its name on its last day.
       * @example Northmarch (synthetic)
       */
      region_name: string;
      /**
       * Format: date
       * @description The last day with figures.
       * @example 2024-01-07
       */
      latest_date: string;
      /** @description Persons on that day. */
      latest: components['schemas']['Figures'];
      /**
       * @description How the figures of that day came about.
       * @enum {string}
       */
      basis: 'reported' | 'spread';
      /**
       * @description Metrics of that day that were carried forward from an earlier one.
       * @example [
       *       "new_deaths"
       *     ]
       */
      filled: ('new_cases' | 'new_deaths' | 'new_recovered' | 'new_hospitalized')[];
      /** @description Persons on all days; null where every day is null. */
      totals: components['schemas']['Figures'];
      /** @description Persons in the seven days that end on the latest. */
      seven_days: components['schemas']['Figures'];
      /** @description Persons in the seven days before those. */
      seven_days_before: components['schemas']['Figures'];
      /** @description `seven_days / seven_days_before - 1`, a share: 0.25 is a quarter more than the week before; null where either is null or the latter is not positive. */
      change: components['schemas']['Figures'];
      /**
       * @description Days with figures.
       * @example 1408
       */
      days: number;
      /**
       * @description The highest of all its rows.
       * @example 1042
       */
      revision: number;
    };
    SummaryPage: {
      /**
       * @description Gets the next page; null on the last.
       * @example null
       */
      next_cursor: string | null;
      /** @description One for each region, by code. */
      data: components['schemas']['RegionFigures'][];
    };
    RunCounts: {
      /**
       * @description Records that the source gave.
       * @example 16708
       */
      extracted: number;
      /**
       * @description Records or rows left out, each with a reason.
       * @example 0
       */
      rejected: number;
      /**
       * @description Rows published, withdrawals included.
       * @example 19466
       */
      published: number;
    };
    RunWarning: {
      /**
       * @description What is meant, for programs; stable.
       * @example duplicate_rows
       */
      code: string;
      /**
       * @description Reads on after the count.
       * @example rows that stand twice in north.csv, counted once
       */
      message: string;
      /**
       * @description How often.
       * @example 4
       */
      count: number;
    };
    RunFailure: {
      /**
       * @description What went wrong, for programs; stable.
       * @example table_not_found
       */
      code: string;
      /**
       * @description What went wrong, for people; without paths, secrets and SQL.
       * @example page.html: expected a table at ".figures", found none; if the page has changed, adapt table.selector
       */
      message: string;
    };
    Run: {
      /**
       * Format: uuid
       * @description Its id.
       * @example 5b7c2f9e-3f6a-4c1d-9a53-0c8f6c1e0b4f
       */
      run_id: string;
      /**
       * @description Name of the pipeline.
       * @example covid
       */
      pipeline: string;
      /**
       * @description Null until the run has decided.
       * @enum {string|null}
       */
      branch: 'backfill' | 'update' | null;
      /**
       * @description `nothing_new`: the source shows only what is stored. A run that was killed goes on after a restart.
       * @enum {string}
       */
      status: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'nothing_new';
      /**
       * Format: date-time
       * @description UTC; null while it is queued.
       * @example 2026-11-20T23:14:05.120Z
       */
      started_at: string | null;
      /**
       * Format: date-time
       * @description UTC; null until it has ended.
       * @example 2026-11-20T23:14:09.480Z
       */
      finished_at: string | null;
      /** @description Rows that went through it; zeros until it has ended. */
      counts: components['schemas']['RunCounts'];
      /** @description What was put right on the way. */
      warnings: components['schemas']['RunWarning'][];
      /** @description Why it failed; null where it did not. */
      error: components['schemas']['RunFailure'] | null;
    };
    RunPage: {
      /**
       * @description Gets the next page, given back as `cursor`; null on the last.
       * @example null
       */
      next_cursor: string | null;
      /** @description Newest first. */
      data: components['schemas']['Run'][];
    };
    RunTask: {
      /**
       * Format: uuid
       * @description Its id.
       * @example 0d1f7f52-2b86-4a53-8f0e-5b8a2f3c6e11
       */
      task_id: string;
      /**
       * @description The step of the run.
       * @example transform
       */
      name: string;
      /**
       * @description Of its latest try.
       * @enum {string}
       */
      status: 'running' | 'succeeded' | 'failed';
      /**
       * @description Tries, the first included.
       * @example 1
       */
      attempts: number;
      /**
       * Format: date-time
       * @description UTC, of its first try.
       * @example 2026-11-20T23:14:05.300Z
       */
      started_at: string;
      /**
       * Format: date-time
       * @description UTC; null while it goes on.
       * @example 2026-11-20T23:14:07.050Z
       */
      finished_at: string | null;
      /**
       * @description Seconds from the beginning of its first try to its end; null while it goes on.
       * @example 1.75
       */
      seconds: number | null;
      /**
       * @description Rows: of `transform` those it made, of `compare_with_stored` those that differ, of `load_data` those it published. Null for other steps.
       * @example 19466
       */
      rows: number | null;
      /** @description Of its latest try; null where that did not fail. */
      error: components['schemas']['RunFailure'] | null;
    };
    RunReport: {
      /**
       * Format: uuid
       * @description Its id.
       * @example 5b7c2f9e-3f6a-4c1d-9a53-0c8f6c1e0b4f
       */
      run_id: string;
      /**
       * @description Name of the pipeline.
       * @example covid
       */
      pipeline: string;
      /**
       * @description Null until the run has decided.
       * @enum {string|null}
       */
      branch: 'backfill' | 'update' | null;
      /**
       * @description `nothing_new`: the source shows only what is stored. A run that was killed goes on after a restart.
       * @enum {string}
       */
      status: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'nothing_new';
      /**
       * Format: date-time
       * @description UTC; null while it is queued.
       * @example 2026-11-20T23:14:05.120Z
       */
      started_at: string | null;
      /**
       * Format: date-time
       * @description UTC; null until it has ended.
       * @example 2026-11-20T23:14:09.480Z
       */
      finished_at: string | null;
      /** @description Rows that went through it; zeros until it has ended. */
      counts: components['schemas']['RunCounts'];
      /** @description What was put right on the way. */
      warnings: components['schemas']['RunWarning'][];
      /** @description Why it failed; null where it did not. */
      error: components['schemas']['RunFailure'] | null;
      /**
       * @description The revision that its rows bear; null while it has published none.
       * @example 1042
       */
      revision: number | null;
      /** @description Its steps, in the order in which they began. */
      tasks: components['schemas']['RunTask'][];
    };
    Artefact: {
      /**
       * @description Its name in the run's folder.
       * @example raw/001-north.csv
       */
      file: string;
      /**
       * @description `raw`: landed as it was fetched; `manifest`: what was landed; `plan`: what the pipeline file said; `rows`: after the transforms; `rejects`: left out, with reasons; `state`: what was stored before; `changes`: what was published; `report`: what a step gave.
       * @enum {string}
       */
      kind: 'plan' | 'raw' | 'manifest' | 'state' | 'rejects' | 'rows' | 'changes' | 'report' | 'other';
      /**
       * @description Its size in bytes.
       * @example 48213
       */
      bytes: number;
      /**
       * @description Of landed files: what the source calls it. Null for others.
       * @example sample/history/north.csv
       */
      name: string | null;
      /**
       * @description Of landed files: SHA-256 of the bytes, in hex.
       * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
       */
      sha256: string | null;
      /**
       * Format: date-time
       * @description Of landed files: when, in UTC.
       * @example 2026-11-20T23:14:05.410Z
       */
      fetched_at: string | null;
      /**
       * @description Of landed files: what the server said they are; null where nobody said anything.
       * @example text/csv
       */
      content_type: string | null;
    };
    ArtefactPage: {
      /**
       * @description Gets the next page, given back as `cursor`; null on the last.
       * @example null
       */
      next_cursor: string | null;
      /** @description All files of the run, in order of name. */
      data: components['schemas']['Artefact'][];
    };
    Reject: {
      /**
       * @description What the source calls the file.
       * @example sample/history/north.csv
       */
      file: string;
      /**
       * @description Line or row of the file, from 1.
       * @example 17
       */
      row: number | null;
      /**
       * @description Why it was left out, for programs; stable.
       * @example invalid_figure
       */
      code: string;
      /**
       * @description Why it was left out, for people.
       * @example new_cases: "n/a" is no figure
       */
      reason: string;
      /**
       * @description The row as it was read: its columns with their texts.
       * @example {
       *       "region": "Alder",
       *       "date": "2023-05-14",
       *       "new_cases": "n/a"
       *     }
       */
      record: Record<string, never> | null;
    };
    RejectPage: {
      /**
       * @description Gets the next page, given back as `cursor`; null on the last.
       * @example null
       */
      next_cursor: string | null;
      /** @description In order of file and row. */
      data: components['schemas']['Reject'][];
    };
    PipelineSchedule: {
      /**
       * @description Minute, hour, day of month, month, day of week.
       * @example *\/5 * * * *
       */
      cron: string;
      /**
       * @description Always UTC.
       * @enum {string}
       */
      timezone: 'UTC';
    };
    BranchSource: {
      /**
       * @description Its kind.
       * @example csv
       */
      type: string;
      /**
       * @description What it reads, 20 at most; empty where that cannot be told now, such as for files that are gone.
       * @example [
       *       "sample/history/north.csv",
       *       "sample/history/south.csv"
       *     ]
       */
      names: string[];
      /**
       * @description How many files or pages it reads; null where that cannot be told now.
       * @example 2
       */
      count: number | null;
    };
    PipelineBranch: {
      /**
       * @description `backfill` loads the history, `update` what is new.
       * @enum {string}
       */
      branch: 'backfill' | 'update';
      /** @description Where its records come from. */
      source: components['schemas']['BranchSource'];
    };
    PipelineProblem: {
      /**
       * @description Line of its file, from 1.
       * @example 12
       */
      line: number;
      /**
       * @description Column, from 1.
       * @example 5
       */
      column: number;
      /**
       * @description What is wrong, for programs; stable.
       * @example unknown_key
       */
      code: string;
      /**
       * @description What is wrong, for people.
       * @example branches.update.source.uri: unknown key
       */
      message: string;
      /**
       * @description What would be right.
       * @example one of type, url, table, columns
       */
      expected: string;
      /**
       * @description What to do; null where nothing near enough is known.
       * @example did you mean url?
       */
      hint: string | null;
    };
    Pipeline: {
      /**
       * @description Its id: the name of its folder.
       * @example covid
       */
      pipeline_id: string;
      /**
       * @description Its name.
       * @example covid
       */
      name: string;
      /**
       * @description What it is for; may be empty.
       * @example Daily covid figures per region
       */
      description: string;
      /**
       * @description Under which name its rows are kept; null while its file has mistakes.
       * @example covid
       */
      dataset: string | null;
      /**
       * @description The kinds of its sources, by branch.
       * @example backfill: csv, update: html
       */
      source: string;
      /**
       * @description Where its rows go.
       * @example incidence
       */
      sink: string;
      /** @description Null where it runs only when it is told to. */
      schedule: components['schemas']['PipelineSchedule'] | null;
      /**
       * Format: date-time
       * @description When its schedule comes next, in UTC; null without a schedule.
       * @example 2026-11-20T23:15:00.000Z
       */
      next_run: string | null;
      /** @description Empty while its file has mistakes. */
      branches: components['schemas']['PipelineBranch'][];
      /**
       * @description `invalid`: its file has mistakes, and no run can begin.
       * @enum {string}
       */
      status: 'ok' | 'invalid';
      /** @description What is wrong with its file, in the order of the file; empty where nothing is. */
      problems: components['schemas']['PipelineProblem'][];
      /** @description The newest run that has ended; null where none has. */
      last_run: components['schemas']['Run'] | null;
    };
    PipelinePage: {
      /**
       * @description Gets the next page, given back as `cursor`; null on the last.
       * @example null
       */
      next_cursor: string | null;
      /** @description All of them, by name. */
      data: components['schemas']['Pipeline'][];
    };
    PipelineStatus: {
      /**
       * @description Its id.
       * @example covid
       */
      pipeline_id: string;
      /**
       * @description `queued`: a run waits for its turn; `invalid`: its file has mistakes, and no run can begin.
       * @enum {string}
       */
      status: 'running' | 'queued' | 'idle' | 'invalid';
      /**
       * @description Whether its history is loaded, as its file says it now. `none`: it has none; `unknown`: its files or the store of the figures cannot be asked now.
       * @enum {string}
       */
      history: 'loaded' | 'missing' | 'none' | 'unknown';
      /** @description The run that is under way, or else waits; or null. */
      current_run: components['schemas']['Run'] | null;
      /** @description The newest run that has ended; null where none has. */
      last_run: components['schemas']['Run'] | null;
      /** @description The newest run that succeeded or found nothing new; null where none did. */
      last_success: components['schemas']['Run'] | null;
      /**
       * Format: date-time
       * @description When its schedule comes next, in UTC; null without a schedule.
       * @example 2026-11-20T23:15:00.000Z
       */
      next_run: string | null;
      /** @description What is wrong with its file, in the order of the file; empty where nothing is. */
      problems: components['schemas']['PipelineProblem'][];
    };
    DeadLetterOrigin: {
      /**
       * @description Its topic.
       * @example incidence.retry
       */
      topic: string;
      /**
       * @description Its partition.
       * @example 0
       */
      partition: number;
      /**
       * @description Its place there.
       * @example 4711
       */
      offset: string;
    };
    DeadLetterRow: {
      /**
       * @description Under which name it was to be kept.
       * @example covid
       */
      dataset: string;
      /**
       * @description Its region.
       * @example XA-01
       */
      region: string;
      /**
       * @description Its day.
       * @example 2023-05-16
       */
      date: string;
      /**
       * @description The run that published it.
       * @example 5b7c2f9e-3f6a-4c1d-9a53-0c8f6c1e0b4f
       */
      run_id: string;
      /**
       * @description The revision that it bears.
       * @example 1042
       */
      revision: number;
    };
    DeadLetter: {
      /**
       * @description Its id: its place in the topic of dead letters.
       * @example 0-17
       */
      letter_id: string;
      /**
       * Format: date-time
       * @description When, in UTC.
       * @example 2026-11-20T23:14:09.480Z
       */
      refused_at: string;
      /**
       * Format: date-time
       * @description When it was last published once more, in UTC; null while it waits.
       * @example null
       */
      replayed_at: string | null;
      /**
       * @description What the sink said, without paths and secrets.
       * @example Cannot parse string "many" as Float64: while executing input format JSONEachRow
       */
      reason: string;
      /**
       * @description Kind of the sink's error; null where it named none.
       * @example com.clickhouse.client.api.ServerException
       */
      error_class: string | null;
      /** @description Where it was when it was refused. */
      origin: components['schemas']['DeadLetterOrigin'] | null;
      /**
       * @description Its key in the topic.
       * @example XA-01
       */
      key: string | null;
      /** @description Which row it is; null where its value cannot be read. */
      row: components['schemas']['DeadLetterRow'] | null;
      /**
       * @description The record as it travelled, its first 4,000 characters: JSON, unless that is what is wrong with it.
       * @example {"dataset":"covid","region":"XA-01","date":"2023-05-16","new_cases":"many","run_id":"5b7c2f9e-3f6a-4c1d-9a53-0c8f6c1e0b4f","revision":1042}
       */
      value: string | null;
      /**
       * @description Characters of the whole value; null where there is none.
       * @example 141
       */
      value_length: number | null;
    };
    DeadLetterPage: {
      /**
       * @description Gets the next page, given back as `cursor`; null on the last.
       * @example null
       */
      next_cursor: string | null;
      /** @description The oldest first. */
      data: components['schemas']['DeadLetter'][];
    };
    RunningStep: {
      /**
       * Format: uuid
       * @description Its run.
       * @example 5b7c2f9e-3f6a-4c1d-9a53-0c8f6c1e0b4f
       */
      run_id: string;
      /**
       * @description The run's pipeline.
       * @example covid
       */
      pipeline: string;
      /**
       * @description Its name.
       * @example transform
       */
      step: string;
      /**
       * Format: date-time
       * @description When this try began, in UTC.
       * @example 2026-11-20T23:14:05.300Z
       */
      since: string;
    };
    Worker: {
      /**
       * @description Its id: host and process.
       * @example gauge-4711
       */
      worker_id: string;
      /**
       * @description `inline`: in the process that serves the API; `temporal`: a process of its own, fed by Temporal.
       * @enum {string}
       */
      engine: 'inline' | 'temporal';
      /**
       * @description What it takes its steps from.
       * @example inline
       */
      queue: string;
      /**
       * @description Name of its machine.
       * @example gauge
       */
      host: string;
      /**
       * @description Its process there.
       * @example 4711
       */
      pid: number;
      /**
       * Format: date-time
       * @description UTC.
       * @example 2026-11-20T22:00:00.000Z
       */
      started_at: string;
      /**
       * Format: date-time
       * @description When it last showed, in UTC.
       * @example 2026-11-20T23:14:06.000Z
       */
      last_seen: string;
      /**
       * @description `busy`: it executes a step; embedded, also while a run waits for its turn, or for its next try.
       * @enum {string}
       */
      status: 'idle' | 'busy';
      /** @description The steps that it executes now, the oldest first. */
      running: components['schemas']['RunningStep'][];
      /**
       * @description Steps that ended well since it started.
       * @example 412
       */
      finished: number;
      /**
       * @description Tries of steps that failed since it started, those that were repeated included.
       * @example 3
       */
      failed: number;
    };
    WorkerPage: {
      /**
       * @description Gets the next page, given back as `cursor`; null on the last.
       * @example null
       */
      next_cursor: string | null;
      /** @description All that were seen within the last minute. */
      data: components['schemas']['Worker'][];
    };
    Live: {
      /**
       * @description Always this: the process answers.
       * @enum {string}
       */
      status: 'ok';
    };
    Ready: {
      /**
       * @description Always this; what is waited for is a 503.
       * @enum {string}
       */
      status: 'ready';
    };
    DependencyHealth: {
      /**
       * @description `down`: it refused, or did not answer in time.
       * @enum {string}
       */
      status: 'ok' | 'down';
      /**
       * @description Milliseconds until it answered, or was given up.
       * @example 1.4
       */
      latency_ms: number;
    };
    Health: {
      /**
       * @description `degraded`: some dependencies are down; `down`: all are.
       * @enum {string}
       */
      status: 'ok' | 'degraded' | 'down';
      /**
       * @description By name; which there are depends on how Weir is run.
       * @example {
       *       "postgres": {
       *         "status": "ok",
       *         "latency_ms": 1.4
       *       }
       *     }
       */
      dependencies: {
        [key: string]: components['schemas']['DependencyHealth'];
      };
    };
  };
  responses: {
    /** @description `method_not_allowed`: This method cannot be used here */
    MethodNotAllowed: {
      headers: {
        'X-Request-Id': components['headers']['X-Request-Id'];
        'X-Correlation-Id': components['headers']['X-Correlation-Id'];
        Allow: components['headers']['Allow'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
  };
  parameters: {
    /** @description Names this request; up to 128 printable ASCII characters. Made by the server where there is none. */
    'X-Request-Id': string;
    /** @description Names the errand that the request belongs to, in every line of the log; as X-Request-Id. */
    'X-Correlation-Id': string;
  };
  requestBodies: never;
  headers: {
    /** @description Names this request in the log: yours, or made here. */
    'X-Request-Id': string;
    /** @description Names the errand that the request belongs to: yours, or the request’s id. */
    'X-Correlation-Id': string;
    /** @description Requests a minute that are allowed. Absent where limits are off. */
    'RateLimit-Limit': number;
    /** @description Requests that are left in this minute. */
    'RateLimit-Remaining': number;
    /** @description Seconds until the minute is over. */
    'RateLimit-Reset': number;
    /** @description Seconds after which trying again may help. */
    'Retry-After': number;
    /** @description How to authenticate. */
    'WWW-Authenticate': string;
    /** @description The methods that the path has. */
    Allow: string;
  };
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  users_register: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names this request; up to 128 printable ASCII characters. Made by the server where there is none. */
        'X-Request-Id'?: components['parameters']['X-Request-Id'];
        /** @description Names the errand that the request belongs to, in every line of the log; as X-Request-Id. */
        'X-Correlation-Id'?: components['parameters']['X-Correlation-Id'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "email": "ada@example.org",
         *       "password": "correct horse battery"
         *     }
         */
        'application/json': components['schemas']['Credentials'];
      };
    };
    responses: {
      /** @description The user, and a key that is shown this once */
      201: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "6f1c2a9e-3b7d-4c58-9e0a-1d2b3c4d5e6f",
           *       "email": "ada@example.org",
           *       "api_key": "weir_a1B2c3D4_0YyWc7kYb2mT4rHq9LxVnP5sZeJgUd8fAoRi3KtBw61_5d2c8f0e"
           *     }
           */
          'application/json': components['schemas']['RegisteredUser'];
        };
      };
      /** @description `validation_failed`: A parameter or field is wrong; `malformed_json`: The body is no JSON; `bad_request`: The request cannot be understood */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `email_taken`: The e-mail is taken */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body is of a kind that is not understood */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal_error`: Something went wrong here */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `dependency_unavailable`: Something that Weir depends on cannot be reached */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  users_reissue: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names this request; up to 128 printable ASCII characters. Made by the server where there is none. */
        'X-Request-Id'?: components['parameters']['X-Request-Id'];
        /** @description Names the errand that the request belongs to, in every line of the log; as X-Request-Id. */
        'X-Correlation-Id'?: components['parameters']['X-Correlation-Id'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "email": "ada@example.org",
         *       "password": "correct horse battery"
         *     }
         */
        'application/json': components['schemas']['Credentials'];
      };
    };
    responses: {
      /** @description The new key, shown this once */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "api_key": "weir_a1B2c3D4_0YyWc7kYb2mT4rHq9LxVnP5sZeJgUd8fAoRi3KtBw61_5d2c8f0e"
           *     }
           */
          'application/json': components['schemas']['IssuedKey'];
        };
      };
      /** @description `validation_failed`: A parameter or field is wrong; `malformed_json`: The body is no JSON; `bad_request`: The request cannot be understood */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `invalid_credentials`: E-mail or password is wrong */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body is of a kind that is not understood */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal_error`: Something went wrong here */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `dependency_unavailable`: Something that Weir depends on cannot be reached */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  users_me: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names this request; up to 128 printable ASCII characters. Made by the server where there is none. */
        'X-Request-Id'?: components['parameters']['X-Request-Id'];
        /** @description Names the errand that the request belongs to, in every line of the log; as X-Request-Id. */
        'X-Correlation-Id'?: components['parameters']['X-Correlation-Id'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The user, and the key of this request */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "id": "6f1c2a9e-3b7d-4c58-9e0a-1d2b3c4d5e6f",
           *       "email": "ada@example.org",
           *       "scopes": [
           *         "data"
           *       ],
           *       "key": {
           *         "id": "a1B2c3D4",
           *         "created_at": "2026-11-21T09:30:00.000Z",
           *         "last_used_at": "2026-11-21T12:01:30.000Z"
           *       }
           *     }
           */
          'application/json': components['schemas']['Profile'];
        };
      };
      /** @description `validation_failed`: A parameter or field is wrong; `bad_request`: The request cannot be understood; `malformed_json`: The body is no JSON */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `missing_api_key`: An API key is needed; `invalid_api_key`: The API key is not valid */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body is of a kind that is not understood */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal_error`: Something went wrong here */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `dependency_unavailable`: Something that Weir depends on cannot be reached */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  covid_list: {
    parameters: {
      query?: {
        /** @description Code or exact name of a region; may be repeated. All regions without it. */
        region?: string[];
        /** @description First day, inclusive. */
        from?: string;
        /** @description Last day, inclusive. */
        to?: string;
        /** @description Which figures a row holds: names separated by commas, in any order. All without it. */
        metrics?: ('new_cases' | 'new_deaths' | 'new_recovered' | 'new_hospitalized')[];
        /** @description Only days whose present figures came about so: `reported` for that day, or `spread`, an equal share of a published week. Both without it. */
        basis?: 'reported' | 'spread';
        /** @description What a row sums up. Weeks begin on Monday; weeks and months are clipped to `from` and `to`, and `days` says how many days were summed. */
        interval?: 'day' | 'week' | 'month';
        /** @description The data as it was then, before later loads and corrections: a timestamp (UTC without an offset; write the + of one as `%2B`; finer than a millisecond is cut off), or a day, which means its last millisecond. As it is now without it; empty where nothing was loaded yet. */
        as_of?: string;
        /** @description `date`: by day, then by region. `-date`: the latest day first. `region`: by region, then by day. `-region`: the last code first, its latest day first. */
        order?: 'date' | '-date' | 'region' | '-region';
        /** @description Rows a page, at most. Without it 1000 in JSON; CSV and NDJSON then hold everything. */
        limit?: number;
        /** @description The `next_cursor` (or `X-Next-Cursor`) of the page before, with the same filters and order. Its pages show the state that the first one saw. */
        cursor?: string;
        /** @description Wins over the Accept header, which decides without it. */
        format?: 'json' | 'csv' | 'ndjson';
      };
      header?: {
        /** @description Names this request; up to 128 printable ASCII characters. Made by the server where there is none. */
        'X-Request-Id'?: components['parameters']['X-Request-Id'];
        /** @description Names the errand that the request belongs to, in every line of the log; as X-Request-Id. */
        'X-Correlation-Id'?: components['parameters']['X-Correlation-Id'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Figures. In CSV null is empty and `filled` is joined by `|`; NDJSON has one row a line. */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          /** @description Names the answer; changes only when the data does. Send it back as If-None-Match. */
          ETag: string;
          /** @description Keep it, but ask each time whether it still holds. */
          'Cache-Control': string;
          /** @description Of CSV and NDJSON with `limit`: gets the next page. Absent on the last. */
          'X-Next-Cursor'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IncidencePage'];
          /**
           * @example region,region_name,date,new_cases,basis,filled,source,run_id,revision
           *     XA-01,Northmarch (synthetic),2023-05-15,9,reported,,sample/history/daily.csv,5f1c0f6e-0d0c-4a57-9a43-6f0a1f3a9d11,1
           *     XA-01,Northmarch (synthetic),2023-05-16,6.166666666666667,spread,,sample/history/weekly.csv,5f1c0f6e-0d0c-4a57-9a43-6f0a1f3a9d11,1
           */
          'text/csv': string;
          /**
           * @example {"region":"XA-01","region_name":"Northmarch (synthetic)","date":"2023-05-15","new_cases":9,"new_deaths":0,"new_recovered":16,"new_hospitalized":0,"basis":"reported","filled":[],"source":"sample/history/daily.csv","run_id":"5f1c0f6e-0d0c-4a57-9a43-6f0a1f3a9d11","revision":1}
           *     {"region":"XA-01","region_name":"Northmarch (synthetic)","date":"2023-05-16","new_cases":6.166666666666667,"new_deaths":0.3333333333333333,"new_recovered":22.5,"new_hospitalized":0.6666666666666666,"basis":"spread","filled":[],"source":"sample/history/weekly.csv","run_id":"5f1c0f6e-0d0c-4a57-9a43-6f0a1f3a9d11","revision":1}
           */
          'application/x-ndjson': string;
        };
      };
      /** @description The data has not changed since the answer with this ETag: no body. */
      304: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          /** @description Names the answer; changes only when the data does. Send it back as If-None-Match. */
          ETag: string;
          /** @description Keep it, but ask each time whether it still holds. */
          'Cache-Control': string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `validation_failed`: A parameter or field is wrong; `invalid_cursor`: The cursor cannot be used; `unknown_region`: There is no such region; `bad_request`: The request cannot be understood; `malformed_json`: The body is no JSON */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `missing_api_key`: An API key is needed; `invalid_api_key`: The API key is not valid */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `missing_scope`: The key lacks a scope */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_acceptable`: No format that there is is accepted */
      406: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body is of a kind that is not understood */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal_error`: Something went wrong here */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `dependency_unavailable`: Something that Weir depends on cannot be reached */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  covid_regions: {
    parameters: {
      query?: {
        /** @description The data as it was then, before later loads and corrections: a timestamp (UTC without an offset; write the + of one as `%2B`; finer than a millisecond is cut off), or a day, which means its last millisecond. As it is now without it; empty where nothing was loaded yet. */
        as_of?: string;
      };
      header?: {
        /** @description Names this request; up to 128 printable ASCII characters. Made by the server where there is none. */
        'X-Request-Id'?: components['parameters']['X-Request-Id'];
        /** @description Names the errand that the request belongs to, in every line of the log; as X-Request-Id. */
        'X-Correlation-Id'?: components['parameters']['X-Correlation-Id'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All regions */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          /** @description Names the answer; changes only when the data does. Send it back as If-None-Match. */
          ETag: string;
          /** @description Keep it, but ask each time whether it still holds. */
          'Cache-Control': string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "data": [
           *         {
           *           "region": "XA-01",
           *           "region_name": "Northmarch (synthetic)",
           *           "first_date": "2020-03-01",
           *           "last_date": "2024-01-07",
           *           "count": 1408
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['RegionPage'];
        };
      };
      /** @description The data has not changed since the answer with this ETag: no body. */
      304: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          /** @description Names the answer; changes only when the data does. Send it back as If-None-Match. */
          ETag: string;
          /** @description Keep it, but ask each time whether it still holds. */
          'Cache-Control': string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `validation_failed`: A parameter or field is wrong; `bad_request`: The request cannot be understood; `malformed_json`: The body is no JSON */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `missing_api_key`: An API key is needed; `invalid_api_key`: The API key is not valid */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `missing_scope`: The key lacks a scope */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body is of a kind that is not understood */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal_error`: Something went wrong here */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `dependency_unavailable`: Something that Weir depends on cannot be reached */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  covid_summary: {
    parameters: {
      query?: {
        /** @description The data as it was then, before later loads and corrections: a timestamp (UTC without an offset; write the + of one as `%2B`; finer than a millisecond is cut off), or a day, which means its last millisecond. As it is now without it; empty where nothing was loaded yet. */
        as_of?: string;
        /** @description Code or exact name of a region; may be repeated. All regions without it. */
        region?: string[];
      };
      header?: {
        /** @description Names this request; up to 128 printable ASCII characters. Made by the server where there is none. */
        'X-Request-Id'?: components['parameters']['X-Request-Id'];
        /** @description Names the errand that the request belongs to, in every line of the log; as X-Request-Id. */
        'X-Correlation-Id'?: components['parameters']['X-Correlation-Id'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One entry for each region that has figures, by code */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          /** @description Names the answer; changes only when the data does. Send it back as If-None-Match. */
          ETag: string;
          /** @description Keep it, but ask each time whether it still holds. */
          'Cache-Control': string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "data": [
           *         {
           *           "region": "XA-01",
           *           "region_name": "Northmarch (synthetic)",
           *           "latest_date": "2024-01-07",
           *           "latest": {
           *             "new_cases": 68.14285714285714,
           *             "new_deaths": 0.2857142857142857,
           *             "new_recovered": 71,
           *             "new_hospitalized": 4.142857142857143
           *           },
           *           "basis": "spread",
           *           "filled": [],
           *           "totals": {
           *             "new_cases": 150245,
           *             "new_deaths": 1215,
           *             "new_recovered": 141977,
           *             "new_hospitalized": 8026
           *           },
           *           "seven_days": {
           *             "new_cases": 477,
           *             "new_deaths": 2,
           *             "new_recovered": 497,
           *             "new_hospitalized": 29
           *           },
           *           "seven_days_before": {
           *             "new_cases": 581,
           *             "new_deaths": 3,
           *             "new_recovered": 520,
           *             "new_hospitalized": 27
           *           },
           *           "change": {
           *             "new_cases": -0.17900172117039592,
           *             "new_deaths": -0.33333333333333337,
           *             "new_recovered": -0.044230769230769185,
           *             "new_hospitalized": 0.07407407407407418
           *           },
           *           "days": 1408,
           *           "revision": 2
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['SummaryPage'];
        };
      };
      /** @description The data has not changed since the answer with this ETag: no body. */
      304: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          /** @description Names the answer; changes only when the data does. Send it back as If-None-Match. */
          ETag: string;
          /** @description Keep it, but ask each time whether it still holds. */
          'Cache-Control': string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `validation_failed`: A parameter or field is wrong; `unknown_region`: There is no such region; `bad_request`: The request cannot be understood; `malformed_json`: The body is no JSON */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `missing_api_key`: An API key is needed; `invalid_api_key`: The API key is not valid */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `missing_scope`: The key lacks a scope */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body is of a kind that is not understood */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal_error`: Something went wrong here */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `dependency_unavailable`: Something that Weir depends on cannot be reached */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  runs_list: {
    parameters: {
      query?: {
        /** @description Entries of a page, at most. */
        limit?: number;
        /** @description The `next_cursor` of the page before, with the same filters. */
        cursor?: string;
        /** @description Runs of this pipeline only, whether or not it is still there. */
        pipeline?: string;
        /** @description Runs of this branch only. */
        branch?: 'backfill' | 'update';
        /** @description Runs that are in this state now. */
        status?: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'nothing_new';
      };
      header?: {
        /** @description Names this request; up to 128 printable ASCII characters. Made by the server where there is none. */
        'X-Request-Id'?: components['parameters']['X-Request-Id'];
        /** @description Names the errand that the request belongs to, in every line of the log; as X-Request-Id. */
        'X-Correlation-Id'?: components['parameters']['X-Correlation-Id'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of runs */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "next_cursor": null,
           *       "data": [
           *         {
           *           "run_id": "5b7c2f9e-3f6a-4c1d-9a53-0c8f6c1e0b4f",
           *           "pipeline": "covid",
           *           "branch": "backfill",
           *           "status": "queued",
           *           "started_at": "2026-11-20T23:14:05.120Z",
           *           "finished_at": "2026-11-20T23:14:09.480Z",
           *           "counts": {
           *             "extracted": 16708,
           *             "rejected": 0,
           *             "published": 19466
           *           },
           *           "warnings": [
           *             {
           *               "code": "duplicate_rows",
           *               "message": "rows that stand twice in north.csv, counted once",
           *               "count": 4
           *             }
           *           ],
           *           "error": {
           *             "code": "table_not_found",
           *             "message": "page.html: expected a table at \".figures\", found none; if the page has changed, adapt table.selector"
           *           }
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['RunPage'];
        };
      };
      /** @description `validation_failed`: A parameter or field is wrong; `invalid_cursor`: The cursor cannot be used; `bad_request`: The request cannot be understood; `malformed_json`: The body is no JSON */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `missing_api_key`: An API key is needed; `invalid_api_key`: The API key is not valid */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `missing_scope`: The key lacks a scope */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body is of a kind that is not understood */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal_error`: Something went wrong here */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `dependency_unavailable`: Something that Weir depends on cannot be reached */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  runs_report: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names this request; up to 128 printable ASCII characters. Made by the server where there is none. */
        'X-Request-Id'?: components['parameters']['X-Request-Id'];
        /** @description Names the errand that the request belongs to, in every line of the log; as X-Request-Id. */
        'X-Correlation-Id'?: components['parameters']['X-Correlation-Id'];
      };
      path: {
        /** @description Id of a run, as `GET /runs` lists it. */
        run_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The run */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "run_id": "5b7c2f9e-3f6a-4c1d-9a53-0c8f6c1e0b4f",
           *       "pipeline": "covid",
           *       "branch": "backfill",
           *       "status": "queued",
           *       "started_at": "2026-11-20T23:14:05.120Z",
           *       "finished_at": "2026-11-20T23:14:09.480Z",
           *       "counts": {
           *         "extracted": 16708,
           *         "rejected": 0,
           *         "published": 19466
           *       },
           *       "warnings": [
           *         {
           *           "code": "duplicate_rows",
           *           "message": "rows that stand twice in north.csv, counted once",
           *           "count": 4
           *         }
           *       ],
           *       "error": {
           *         "code": "table_not_found",
           *         "message": "page.html: expected a table at \".figures\", found none; if the page has changed, adapt table.selector"
           *       },
           *       "revision": 1042,
           *       "tasks": [
           *         {
           *           "task_id": "0d1f7f52-2b86-4a53-8f0e-5b8a2f3c6e11",
           *           "name": "transform",
           *           "status": "running",
           *           "attempts": 1,
           *           "started_at": "2026-11-20T23:14:05.300Z",
           *           "finished_at": "2026-11-20T23:14:07.050Z",
           *           "seconds": 1.75,
           *           "rows": 19466,
           *           "error": {
           *             "code": "table_not_found",
           *             "message": "page.html: expected a table at \".figures\", found none; if the page has changed, adapt table.selector"
           *           }
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['RunReport'];
        };
      };
      /** @description `validation_failed`: A parameter or field is wrong; `bad_request`: The request cannot be understood; `malformed_json`: The body is no JSON */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `missing_api_key`: An API key is needed; `invalid_api_key`: The API key is not valid */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `missing_scope`: The key lacks a scope */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is nothing here */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body is of a kind that is not understood */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal_error`: Something went wrong here */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `dependency_unavailable`: Something that Weir depends on cannot be reached */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  runs_cancel: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names this request; up to 128 printable ASCII characters. Made by the server where there is none. */
        'X-Request-Id'?: components['parameters']['X-Request-Id'];
        /** @description Names the errand that the request belongs to, in every line of the log; as X-Request-Id. */
        'X-Correlation-Id'?: components['parameters']['X-Correlation-Id'];
      };
      path: {
        /** @description Id of a run, as `GET /runs` lists it. */
        run_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The wish was taken; the run as it is now */
      202: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "run_id": "5b7c2f9e-3f6a-4c1d-9a53-0c8f6c1e0b4f",
           *       "pipeline": "covid",
           *       "branch": "backfill",
           *       "status": "queued",
           *       "started_at": "2026-11-20T23:14:05.120Z",
           *       "finished_at": "2026-11-20T23:14:09.480Z",
           *       "counts": {
           *         "extracted": 16708,
           *         "rejected": 0,
           *         "published": 19466
           *       },
           *       "warnings": [
           *         {
           *           "code": "duplicate_rows",
           *           "message": "rows that stand twice in north.csv, counted once",
           *           "count": 4
           *         }
           *       ],
           *       "error": {
           *         "code": "table_not_found",
           *         "message": "page.html: expected a table at \".figures\", found none; if the page has changed, adapt table.selector"
           *       }
           *     }
           */
          'application/json': components['schemas']['Run'];
        };
      };
      /** @description `validation_failed`: A parameter or field is wrong; `bad_request`: The request cannot be understood; `malformed_json`: The body is no JSON */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `missing_api_key`: An API key is needed; `invalid_api_key`: The API key is not valid */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `missing_scope`: The key lacks a scope */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is nothing here */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `run_ended`: The run has ended */
      409: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body is of a kind that is not understood */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal_error`: Something went wrong here */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `dependency_unavailable`: Something that Weir depends on cannot be reached */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  runs_artefacts: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names this request; up to 128 printable ASCII characters. Made by the server where there is none. */
        'X-Request-Id'?: components['parameters']['X-Request-Id'];
        /** @description Names the errand that the request belongs to, in every line of the log; as X-Request-Id. */
        'X-Correlation-Id'?: components['parameters']['X-Correlation-Id'];
      };
      path: {
        /** @description Id of a run, as `GET /runs` lists it. */
        run_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All files */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "next_cursor": null,
           *       "data": [
           *         {
           *           "file": "raw/001-north.csv",
           *           "kind": "plan",
           *           "bytes": 48213,
           *           "name": "sample/history/north.csv",
           *           "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
           *           "fetched_at": "2026-11-20T23:14:05.410Z",
           *           "content_type": "text/csv"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ArtefactPage'];
        };
      };
      /** @description `validation_failed`: A parameter or field is wrong; `bad_request`: The request cannot be understood; `malformed_json`: The body is no JSON */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `missing_api_key`: An API key is needed; `invalid_api_key`: The API key is not valid */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `missing_scope`: The key lacks a scope */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is nothing here; `artefact_missing`: The files of this run are gone */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body is of a kind that is not understood */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal_error`: Something went wrong here */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `dependency_unavailable`: Something that Weir depends on cannot be reached */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  runs_rejects: {
    parameters: {
      query?: {
        /** @description Entries of a page, at most. */
        limit?: number;
        /** @description The `next_cursor` of the page before, with the same filters. */
        cursor?: string;
      };
      header?: {
        /** @description Names this request; up to 128 printable ASCII characters. Made by the server where there is none. */
        'X-Request-Id'?: components['parameters']['X-Request-Id'];
        /** @description Names the errand that the request belongs to, in every line of the log; as X-Request-Id. */
        'X-Correlation-Id'?: components['parameters']['X-Correlation-Id'];
      };
      path: {
        /** @description Id of a run, as `GET /runs` lists it. */
        run_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of rows */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "next_cursor": null,
           *       "data": [
           *         {
           *           "file": "sample/history/north.csv",
           *           "row": 17,
           *           "code": "invalid_figure",
           *           "reason": "new_cases: \"n/a\" is no figure",
           *           "record": {
           *             "region": "Alder",
           *             "date": "2023-05-14",
           *             "new_cases": "n/a"
           *           }
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['RejectPage'];
        };
      };
      /** @description `validation_failed`: A parameter or field is wrong; `invalid_cursor`: The cursor cannot be used; `bad_request`: The request cannot be understood; `malformed_json`: The body is no JSON */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `missing_api_key`: An API key is needed; `invalid_api_key`: The API key is not valid */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `missing_scope`: The key lacks a scope */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is nothing here; `artefact_missing`: The files of this run are gone */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body is of a kind that is not understood */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal_error`: Something went wrong here */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `dependency_unavailable`: Something that Weir depends on cannot be reached */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  pipelines_list: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names this request; up to 128 printable ASCII characters. Made by the server where there is none. */
        'X-Request-Id'?: components['parameters']['X-Request-Id'];
        /** @description Names the errand that the request belongs to, in every line of the log; as X-Request-Id. */
        'X-Correlation-Id'?: components['parameters']['X-Correlation-Id'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All pipelines */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "next_cursor": null,
           *       "data": [
           *         {
           *           "pipeline_id": "covid",
           *           "name": "covid",
           *           "description": "Daily covid figures per region",
           *           "dataset": "covid",
           *           "source": "backfill: csv, update: html",
           *           "sink": "incidence",
           *           "schedule": {
           *             "cron": "*\/5 * * * *",
           *             "timezone": "UTC"
           *           },
           *           "next_run": "2026-11-20T23:15:00.000Z",
           *           "branches": [
           *             {
           *               "branch": "backfill",
           *               "source": {
           *                 "type": "csv",
           *                 "names": [
           *                   "sample/history/north.csv",
           *                   "sample/history/south.csv"
           *                 ],
           *                 "count": 2
           *               }
           *             }
           *           ],
           *           "status": "ok",
           *           "problems": [
           *             {
           *               "line": 12,
           *               "column": 5,
           *               "code": "unknown_key",
           *               "message": "branches.update.source.uri: unknown key",
           *               "expected": "one of type, url, table, columns",
           *               "hint": "did you mean url?"
           *             }
           *           ],
           *           "last_run": {
           *             "run_id": "5b7c2f9e-3f6a-4c1d-9a53-0c8f6c1e0b4f",
           *             "pipeline": "covid",
           *             "branch": "backfill",
           *             "status": "queued",
           *             "started_at": "2026-11-20T23:14:05.120Z",
           *             "finished_at": "2026-11-20T23:14:09.480Z",
           *             "counts": {
           *               "extracted": 16708,
           *               "rejected": 0,
           *               "published": 19466
           *             },
           *             "warnings": [
           *               {
           *                 "code": "duplicate_rows",
           *                 "message": "rows that stand twice in north.csv, counted once",
           *                 "count": 4
           *               }
           *             ],
           *             "error": {
           *               "code": "table_not_found",
           *               "message": "page.html: expected a table at \".figures\", found none; if the page has changed, adapt table.selector"
           *             }
           *           }
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['PipelinePage'];
        };
      };
      /** @description `validation_failed`: A parameter or field is wrong; `bad_request`: The request cannot be understood; `malformed_json`: The body is no JSON */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `missing_api_key`: An API key is needed; `invalid_api_key`: The API key is not valid */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `missing_scope`: The key lacks a scope */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body is of a kind that is not understood */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal_error`: Something went wrong here */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `dependency_unavailable`: Something that Weir depends on cannot be reached */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  pipelines_status: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names this request; up to 128 printable ASCII characters. Made by the server where there is none. */
        'X-Request-Id'?: components['parameters']['X-Request-Id'];
        /** @description Names the errand that the request belongs to, in every line of the log; as X-Request-Id. */
        'X-Correlation-Id'?: components['parameters']['X-Correlation-Id'];
      };
      path: {
        /** @description Id of a pipeline, as `GET /pipelines` lists it. */
        pipeline_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The pipeline */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "pipeline_id": "covid",
           *       "status": "running",
           *       "history": "loaded",
           *       "current_run": {
           *         "run_id": "5b7c2f9e-3f6a-4c1d-9a53-0c8f6c1e0b4f",
           *         "pipeline": "covid",
           *         "branch": "backfill",
           *         "status": "queued",
           *         "started_at": "2026-11-20T23:14:05.120Z",
           *         "finished_at": "2026-11-20T23:14:09.480Z",
           *         "counts": {
           *           "extracted": 16708,
           *           "rejected": 0,
           *           "published": 19466
           *         },
           *         "warnings": [
           *           {
           *             "code": "duplicate_rows",
           *             "message": "rows that stand twice in north.csv, counted once",
           *             "count": 4
           *           }
           *         ],
           *         "error": {
           *           "code": "table_not_found",
           *           "message": "page.html: expected a table at \".figures\", found none; if the page has changed, adapt table.selector"
           *         }
           *       },
           *       "last_run": {
           *         "run_id": "5b7c2f9e-3f6a-4c1d-9a53-0c8f6c1e0b4f",
           *         "pipeline": "covid",
           *         "branch": "backfill",
           *         "status": "queued",
           *         "started_at": "2026-11-20T23:14:05.120Z",
           *         "finished_at": "2026-11-20T23:14:09.480Z",
           *         "counts": {
           *           "extracted": 16708,
           *           "rejected": 0,
           *           "published": 19466
           *         },
           *         "warnings": [
           *           {
           *             "code": "duplicate_rows",
           *             "message": "rows that stand twice in north.csv, counted once",
           *             "count": 4
           *           }
           *         ],
           *         "error": {
           *           "code": "table_not_found",
           *           "message": "page.html: expected a table at \".figures\", found none; if the page has changed, adapt table.selector"
           *         }
           *       },
           *       "last_success": {
           *         "run_id": "5b7c2f9e-3f6a-4c1d-9a53-0c8f6c1e0b4f",
           *         "pipeline": "covid",
           *         "branch": "backfill",
           *         "status": "queued",
           *         "started_at": "2026-11-20T23:14:05.120Z",
           *         "finished_at": "2026-11-20T23:14:09.480Z",
           *         "counts": {
           *           "extracted": 16708,
           *           "rejected": 0,
           *           "published": 19466
           *         },
           *         "warnings": [
           *           {
           *             "code": "duplicate_rows",
           *             "message": "rows that stand twice in north.csv, counted once",
           *             "count": 4
           *           }
           *         ],
           *         "error": {
           *           "code": "table_not_found",
           *           "message": "page.html: expected a table at \".figures\", found none; if the page has changed, adapt table.selector"
           *         }
           *       },
           *       "next_run": "2026-11-20T23:15:00.000Z",
           *       "problems": [
           *         {
           *           "line": 12,
           *           "column": 5,
           *           "code": "unknown_key",
           *           "message": "branches.update.source.uri: unknown key",
           *           "expected": "one of type, url, table, columns",
           *           "hint": "did you mean url?"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['PipelineStatus'];
        };
      };
      /** @description `validation_failed`: A parameter or field is wrong; `bad_request`: The request cannot be understood; `malformed_json`: The body is no JSON */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `missing_api_key`: An API key is needed; `invalid_api_key`: The API key is not valid */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `missing_scope`: The key lacks a scope */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_found`: There is nothing here */
      404: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body is of a kind that is not understood */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal_error`: Something went wrong here */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `dependency_unavailable`: Something that Weir depends on cannot be reached */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deadletters_list: {
    parameters: {
      query?: {
        /** @description Entries of a page, at most. */
        limit?: number;
        /** @description The `next_cursor` of the page before, with the same filters. */
        cursor?: string;
        /** @description `waiting`: those that nobody has published once more yet; `replayed`: those that somebody has. */
        state?: 'waiting' | 'replayed' | 'all';
      };
      header?: {
        /** @description Names this request; up to 128 printable ASCII characters. Made by the server where there is none. */
        'X-Request-Id'?: components['parameters']['X-Request-Id'];
        /** @description Names the errand that the request belongs to, in every line of the log; as X-Request-Id. */
        'X-Correlation-Id'?: components['parameters']['X-Correlation-Id'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of dead letters */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "next_cursor": null,
           *       "data": [
           *         {
           *           "letter_id": "0-17",
           *           "refused_at": "2026-11-20T23:14:09.480Z",
           *           "replayed_at": null,
           *           "reason": "Cannot parse string \"many\" as Float64: while executing input format JSONEachRow",
           *           "error_class": "com.clickhouse.client.api.ServerException",
           *           "origin": {
           *             "topic": "incidence.retry",
           *             "partition": 0,
           *             "offset": "4711"
           *           },
           *           "key": "XA-01",
           *           "row": {
           *             "dataset": "covid",
           *             "region": "XA-01",
           *             "date": "2023-05-16",
           *             "run_id": "5b7c2f9e-3f6a-4c1d-9a53-0c8f6c1e0b4f",
           *             "revision": 1042
           *           },
           *           "value": "{\"dataset\":\"covid\",\"region\":\"XA-01\",\"date\":\"2023-05-16\",\"new_cases\":\"many\",\"run_id\":\"5b7c2f9e-3f6a-4c1d-9a53-0c8f6c1e0b4f\",\"revision\":1042}",
           *           "value_length": 141
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['DeadLetterPage'];
        };
      };
      /** @description `validation_failed`: A parameter or field is wrong; `invalid_cursor`: The cursor cannot be used; `bad_request`: The request cannot be understood; `malformed_json`: The body is no JSON */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `missing_api_key`: An API key is needed; `invalid_api_key`: The API key is not valid */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `missing_scope`: The key lacks a scope */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body is of a kind that is not understood */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal_error`: Something went wrong here */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `dependency_unavailable`: Something that Weir depends on cannot be reached */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  workers_list: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names this request; up to 128 printable ASCII characters. Made by the server where there is none. */
        'X-Request-Id'?: components['parameters']['X-Request-Id'];
        /** @description Names the errand that the request belongs to, in every line of the log; as X-Request-Id. */
        'X-Correlation-Id'?: components['parameters']['X-Correlation-Id'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All workers */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "next_cursor": null,
           *       "data": [
           *         {
           *           "worker_id": "gauge-4711",
           *           "engine": "inline",
           *           "queue": "inline",
           *           "host": "gauge",
           *           "pid": 4711,
           *           "started_at": "2026-11-20T22:00:00.000Z",
           *           "last_seen": "2026-11-20T23:14:06.000Z",
           *           "status": "idle",
           *           "running": [
           *             {
           *               "run_id": "5b7c2f9e-3f6a-4c1d-9a53-0c8f6c1e0b4f",
           *               "pipeline": "covid",
           *               "step": "transform",
           *               "since": "2026-11-20T23:14:05.300Z"
           *             }
           *           ],
           *           "finished": 412,
           *           "failed": 3
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['WorkerPage'];
        };
      };
      /** @description `validation_failed`: A parameter or field is wrong; `bad_request`: The request cannot be understood; `malformed_json`: The body is no JSON */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `missing_api_key`: An API key is needed; `invalid_api_key`: The API key is not valid */
      401: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `missing_scope`: The key lacks a scope */
      403: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body is of a kind that is not understood */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too_many_requests`: Too many requests */
      429: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal_error`: Something went wrong here */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `dependency_unavailable`: Something that Weir depends on cannot be reached */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'RateLimit-Limit': components['headers']['RateLimit-Limit'];
          'RateLimit-Remaining': components['headers']['RateLimit-Remaining'];
          'RateLimit-Reset': components['headers']['RateLimit-Reset'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  health_live: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names this request; up to 128 printable ASCII characters. Made by the server where there is none. */
        'X-Request-Id'?: components['parameters']['X-Request-Id'];
        /** @description Names the errand that the request belongs to, in every line of the log; as X-Request-Id. */
        'X-Correlation-Id'?: components['parameters']['X-Correlation-Id'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It does */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "status": "ok"
           *     }
           */
          'application/json': components['schemas']['Live'];
        };
      };
      /** @description `bad_request`: The request cannot be understood; `malformed_json`: The body is no JSON */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body is of a kind that is not understood */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal_error`: Something went wrong here */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  health_ready: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names this request; up to 128 printable ASCII characters. Made by the server where there is none. */
        'X-Request-Id'?: components['parameters']['X-Request-Id'];
        /** @description Names the errand that the request belongs to, in every line of the log; as X-Request-Id. */
        'X-Correlation-Id'?: components['parameters']['X-Correlation-Id'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It can */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "status": "ready"
           *     }
           */
          'application/json': components['schemas']['Ready'];
        };
      };
      /** @description `bad_request`: The request cannot be understood; `malformed_json`: The body is no JSON */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body is of a kind that is not understood */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal_error`: Something went wrong here */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not_ready`: Not ready yet */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  health_health: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names this request; up to 128 printable ASCII characters. Made by the server where there is none. */
        'X-Request-Id'?: components['parameters']['X-Request-Id'];
        /** @description Names the errand that the request belongs to, in every line of the log; as X-Request-Id. */
        'X-Correlation-Id'?: components['parameters']['X-Correlation-Id'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Some dependency answers */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "status": "ok",
           *       "dependencies": {
           *         "postgres": {
           *           "status": "ok",
           *           "latency_ms": 1.4
           *         }
           *       }
           *     }
           */
          'application/json': components['schemas']['Health'];
        };
      };
      /** @description `bad_request`: The request cannot be understood; `malformed_json`: The body is no JSON */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body is of a kind that is not understood */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal_error`: Something went wrong here */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description All dependencies are down. */
      503: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "status": "ok",
           *       "dependencies": {
           *         "postgres": {
           *           "status": "ok",
           *           "latency_ms": 1.4
           *         }
           *       }
           *     }
           */
          'application/json': components['schemas']['Health'];
        };
      };
    };
  };
  metrics_text: {
    parameters: {
      query?: never;
      header?: {
        /** @description Names this request; up to 128 printable ASCII characters. Made by the server where there is none. */
        'X-Request-Id'?: components['parameters']['X-Request-Id'];
        /** @description Names the errand that the request belongs to, in every line of the log; as X-Request-Id. */
        'X-Correlation-Id'?: components['parameters']['X-Correlation-Id'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Everything that is measured */
      200: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          [name: string]: unknown;
        };
        content: {
          /**
           * @example # HELP weir_ready 1 when `/health/ready` says so, else 0.
           *     # TYPE weir_ready gauge
           *     weir_ready 1
           *
           *     # HELP weir_dependency_up 1 where the dependency answered at this scrape, 0 where it refused or did not answer in time.
           *     # TYPE weir_dependency_up gauge
           *     weir_dependency_up{dependency="postgres"} 1
           *     weir_dependency_up{dependency="clickhouse"} 1
           */
          'text/plain': string;
        };
      };
      /** @description `bad_request`: The request cannot be understood; `malformed_json`: The body is no JSON */
      400: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `body_too_large`: The body is too large */
      413: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported_media_type`: The body is of a kind that is not understood */
      415: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal_error`: Something went wrong here */
      500: {
        headers: {
          'X-Request-Id': components['headers']['X-Request-Id'];
          'X-Correlation-Id': components['headers']['X-Correlation-Id'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
}
