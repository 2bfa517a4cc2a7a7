import { Client } from 'pg';

/**
 * A connection that is closed once a query on it got no answer in time. pg only stops waiting: the connection would go
 * back to the pool with the query still open, and whatever is asked on it next would wait behind that.
 */
export class ImpatientClient extends Client {
  // pg's overloads, one signature: what is called here is called with promises.
  override query(...question: never[]): never {
    const answer = (super.query as (...question: never[]) => unknown)(...question);
    if (answer instanceof Promise) answer.catch((error: unknown) => this.giveUp(error));
    return answer as never;
  }

  private giveUp(error: unknown): void {
    if (!(error instanceof Error) || error.message !== 'Query read timeout') return;
    const { connection } = this as unknown as { readonly connection: { readonly stream: { destroy(): void } } };
    connection.stream.destroy();
  }
}
