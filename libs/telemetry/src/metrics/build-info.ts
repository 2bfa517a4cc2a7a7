import { Gauge, type Registry } from 'prom-client';

/** Which version it is that measures. */
export function buildInfo(registry: Registry, version: string): void {
  new Gauge({
    registers: [registry],
    name: 'weir_build_info',
    help: 'Always 1; `version` is that of Weir.',
    labelNames: ['version'] as const,
  }).set({ version }, 1);
}
