import { Global, Module, type DynamicModule } from '@nestjs/common';
import { AccountsService, ApiKeyRepository, KeyService, PasswordHasher, UserRepository } from '@weir/accounts';
import { IncidenceRepository, IncidenceService } from '@weir/incidence';
import {
  DeadLettersService,
  HealthService,
  PipelinesService,
  RunsService,
  WorkerDirectory,
  WorkersService,
} from '@weir/operations';
import { Bindings, type ApiBindings } from './bindings.js';

/** Makes the services, which know nothing of Nest, over the repositories that the process bound. */
@Global()
@Module({})
export class ServicesModule {
  static over(bindings: ApiBindings): DynamicModule {
    return {
      module: ServicesModule,
      providers: [
        { provide: Bindings, useValue: bindings },
        { provide: UserRepository, useValue: bindings.users },
        { provide: ApiKeyRepository, useValue: bindings.keys },
        { provide: IncidenceRepository, useValue: bindings.incidence },
        { provide: RunsService, useValue: bindings.runs },
        { provide: PipelinesService, useValue: bindings.pipelines },
        { provide: DeadLettersService, useValue: bindings.deadLetters },
        {
          provide: HealthService,
          useFactory: () =>
            new HealthService(bindings.health, (dependency, reason) => {
              const message = `${dependency} does not answer: ${reason}`;
              bindings.log({ level: 'warn', event: 'dependency_down', message, dependency, reason });
            }),
        },
        { provide: WorkerDirectory, useValue: bindings.workers },
        {
          provide: WorkersService,
          useFactory: (workers: WorkerDirectory) => new WorkersService(workers),
          inject: [WorkerDirectory],
        },
        { provide: PasswordHasher, useFactory: () => new PasswordHasher(bindings.settings.bcryptCost) },
        {
          provide: KeyService,
          useFactory: (keys: ApiKeyRepository) => new KeyService(keys),
          inject: [ApiKeyRepository],
        },
        {
          provide: AccountsService,
          useFactory: (
            users: UserRepository,
            keys: ApiKeyRepository,
            keyService: KeyService,
            passwords: PasswordHasher,
          ) => new AccountsService(users, keys, keyService, passwords),
          inject: [UserRepository, ApiKeyRepository, KeyService, PasswordHasher],
        },
        {
          provide: IncidenceService,
          useFactory: (incidence: IncidenceRepository) =>
            new IncidenceService(incidence, { version: bindings.settings.version }),
          inject: [IncidenceRepository],
        },
      ],
      exports: [
        Bindings,
        AccountsService,
        KeyService,
        IncidenceService,
        RunsService,
        PipelinesService,
        DeadLettersService,
        HealthService,
        WorkersService,
      ],
    };
  }
}
