/** A connector as its file in kafka-connect/connectors declares it. */
export interface DeclaredConnector {
  readonly name: string;
  readonly config: Readonly<Record<string, string>>;
}

/** Whether a connector does its work, and why it does not. */
export type ConnectorCondition =
  | { readonly running: true; readonly tasks: number }
  | {
      readonly running: false;
      /** `starting`: it will run in a moment, or nobody is there to run it. */
      readonly problem: 'failed' | 'paused' | 'stopped' | 'starting';
      /** For people; without a stack. */
      readonly message: string;
      /** Of its tasks, those that run all the same. */
      readonly running_tasks: number;
      readonly tasks: number;
    };

/** A connector as its host knows it. */
export interface FoundConnector extends DeclaredConnector {
  readonly condition: ConnectorCondition;
}

/**
 * Where connectors run. Away, or busy with itself: `dependency_unavailable`; a configuration that it does not take:
 * `connector_config_refused`, with its own words.
 */
export interface ConnectorHost {
  found(): Promise<readonly FoundConnector[]>;
  /** Registers a connector, or changes it, which restarts it. */
  configure(connector: DeclaredConnector): Promise<void>;
  /** Restarts what failed of a connector, and nothing else. */
  restartFailed(name: string): Promise<void>;
}

/** Why records cannot be written where the connectors write them. */
export type StoreProblem = 'store_unreachable' | 'login_refused' | 'table_missing' | 'insert_refused';

export interface StoreCondition {
  /** Null: a record could be written. */
  readonly problem: { readonly code: StoreProblem; readonly message: string } | null;
  /** Bytes that are left on the fullest of its disks; null where that cannot be told. */
  readonly free_bytes: number | null;
}

/** The table that the connectors write, seen as they see it: with their user, their password, their right to insert. */
export interface SinkStore {
  /** Never rejects. */
  look(): Promise<StoreCondition>;
}

/** The letters that one partition of the topic of dead letters keeps: at least one. */
export interface KeptLetters {
  readonly partition: number;
  /** Offset of the oldest. */
  readonly from: bigint;
  /** Offset behind the newest. */
  readonly to: bigint;
  /** When the oldest was refused: ISO 8601 in UTC, rounded down to the second. */
  readonly since: string;
}

/** How many letters there are in the topic of dead letters. */
export interface DeadLetterCounts {
  /** Ever written: it falls only where the topic is made anew. */
  readonly written: number;
  /** Not yet expired. */
  readonly kept: number;
  /** Where those that are kept are. */
  readonly ranges: readonly KeptLetters[];
}

/** Knows which letters were replayed. Away: `dependency_unavailable`. */
export interface ReplayCount {
  /**
   * How many different ones of these letters were replayed. A replay from before `since` was of another letter under the
   * same number: the topic was made anew.
   */
  replayedOf(kept: readonly KeptLetters[]): Promise<number>;
}

/** How far a connector is behind in a topic. */
export interface TopicLag {
  readonly topic: string;
  /** Records that it has not taken yet. */
  readonly records: number;
  /** Sum of its positions: it rises while the connector gets on. */
  readonly position: number;
}

/** The topics that the connectors read and write. Away: `dependency_unavailable`. */
export interface SinkTopics {
  lag(): Promise<readonly TopicLag[]>;
  deadLetters(): Promise<DeadLetterCounts>;
}
