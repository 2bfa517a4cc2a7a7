#!/usr/bin/env node
/** Bundles the workflow code to bundle/workflows.js, beside dist/, which a build tidies up. Needs dist/. */
import { bundleWorkflows } from '@weir/adapter-temporal/worker';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
mkdirSync(path('../bundle'), { recursive: true });
await bundleWorkflows(path('../dist/workflows.js'), path('../bundle/workflows.js'));
