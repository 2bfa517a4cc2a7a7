import { connectorCondition, rootCause, type ConnectorState, type ConnectorStatus } from './connector-status.js';

const trace = `org.apache.kafka.connect.errors.ConnectException: Exiting WorkerSinkTask due to unrecoverable exception.
\tat org.apache.kafka.connect.runtime.WorkerSinkTask.deliverMessages(WorkerSinkTask.java:635)
Caused by: org.apache.kafka.connect.errors.ConnectException: Number of records: 1
\tat com.clickhouse.kafka.connect.sink.ClickHouseSinkTask.put(ClickHouseSinkTask.java:124)
\t... 12 more
Caused by: com.clickhouse.client.ServerException: Code: 516. Authentication failed
\tat com.clickhouse.client.Client.send(Client.java:67)
\t... 16 more
`;

const status = (connector: ConnectorState, ...tasks: ConnectorState[]): ConnectorStatus => ({
  name: 'incidence-sink',
  connector: { state: connector, worker_id: 'connect:8083', ...(connector === 'FAILED' ? { trace } : {}) },
  tasks: tasks.map((state, id) => ({ id, state, worker_id: 'connect:8083', ...(state === 'FAILED' ? { trace } : {}) })),
});

describe('a connector', () => {
  it('runs where it and all its tasks do', () => {
    expect(connectorCondition(status('RUNNING', 'RUNNING', 'RUNNING'))).toEqual({ running: true, tasks: 2 });
  });

  it.each([
    ['failed', status('FAILED')],
    ['failed', status('RUNNING', 'RUNNING', 'FAILED')],
    ['failed', status('PAUSED', 'FAILED')],
    ['paused', status('PAUSED', 'PAUSED')],
    ['stopped', status('STOPPED')],
    ['starting', status('RUNNING')],
    ['starting', status('RUNNING', 'RUNNING', 'UNASSIGNED')],
    ['starting', status('UNASSIGNED', 'UNASSIGNED')],
    ['starting', status('RESTARTING', 'RUNNING')],
    ['starting', null],
  ])('is %s, not running: %j', (problem, found) => {
    expect(connectorCondition(found)).toMatchObject({ running: false, problem });
  });

  it('says which of its tasks failed, and of what', () => {
    expect(connectorCondition(status('RUNNING', 'RUNNING', 'FAILED'))).toEqual({
      running: false,
      problem: 'failed',
      message: 'task 1 of 2 failed: Code: 516. Authentication failed',
      running_tasks: 1,
      tasks: 2,
    });
    expect(connectorCondition(status('RUNNING', 'FAILED', 'FAILED', 'RUNNING'))).toMatchObject({
      message: expect.stringMatching(/^2 tasks of 3 failed: /),
    });
  });

  it('counts no task that works for a connector that does not', () => {
    expect(connectorCondition(status('FAILED', 'RUNNING'))).toMatchObject({ running_tasks: 0 });
  });
});

describe('the cause in a Java stack', () => {
  it('is the innermost one, without its class and its frames', () => {
    expect(rootCause(trace)).toBe('Code: 516. Authentication failed');
  });

  it.each([
    ['java.lang.IllegalStateException: closed\n\tat A.b(A.java:1)', 'closed'],
    ['java.lang.NullPointerException\n\tat A.b(A.java:1)', 'java.lang.NullPointerException'],
    ['out of memory', 'out of memory'],
    ['', 'no reason given'],
    [undefined, 'no reason given'],
  ])('of %j is %j', (text, cause) => {
    expect(rootCause(text)).toBe(cause);
  });

  it('is cut where it is long', () => {
    expect(rootCause(`java.io.IOException: ${'x'.repeat(5_000)}`)).toHaveLength(301);
  });
});
