import { AccountsService, KeyService, PasswordHasher } from '@weir/accounts';
import type { Config } from '@weir/config';
import { HealthService, systemOperations, type Operations } from '@weir/operations';
import type { Log } from '@weir/telemetry';
import type { Stack } from './connect-stack.js';

/** What the command line asks of the stack, in its own process. */
export function stackOperations(stack: Stack, { api: { bcryptCost } }: Pick<Config, 'api'>, log: Log): Operations {
  const { launcher, migrations, probes, services, users, keys, workers } = stack;
  const health = new HealthService(Object.values(probes), (dependency, reason) => {
    const message = `${dependency} does not answer: ${reason}`;
    log({ level: 'warn', event: 'dependency_down', message, dependency, reason });
  });
  return systemOperations({
    services,
    accounts: new AccountsService(users, keys, new KeyService(keys), new PasswordHasher(bcryptCost)),
    health,
    workers,
    run: (order, report) => (order.wait === false ? launcher.start(order) : launcher.execute(order, report)),
    migrations: {
      status: () => migrations.status(),
      /** Topics belong to what is migrated: the sink, and every worker, need them. A dry run cannot tell what they lack. */
      async run(dryRun) {
        const applied = await migrations.run(dryRun);
        if (dryRun) return applied;
        return [...applied, ...(await stack.ensureTopics()).map((done) => `kafka: ${done}`)];
      },
    },
  });
}
