#!/usr/bin/env node
/** The fault proxies as a program, for a container between two others; docker-compose.faults.yml starts it. */
import { runFaultProxies } from '../dist/fault-proxy-control.js';

for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => process.exit(0));
await runFaultProxies(process.argv.slice(2));
