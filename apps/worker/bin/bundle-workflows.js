#!/usr/bin/env node
/** Bundles the workflow code to dist/workflow-bundle.js, where it is older than what it is made of. Needs dist/. */
import { bundleWorkflows } from '@weir/adapter-temporal/worker';
import { fileURLToPath } from 'node:url';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
await bundleWorkflows(path('../dist/workflows.js'), path('../dist/workflow-bundle.js'));
