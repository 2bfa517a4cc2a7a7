import { writeFile } from 'node:fs/promises';
import { bundleWorkflowCode } from '@temporalio/worker';

/**
 * Bundles workflow code for the sandbox it runs in, at build time, so that a worker starts in a moment and needs no bundler.
 * Fails where the code imports what a sandbox does not have.
 */
export async function bundleWorkflows(workflowsPath: string, target: string): Promise<void> {
  const quiet = () => undefined;
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    logger: { log: quiet, trace: quiet, debug: quiet, info: quiet, warn: console.warn, error: console.error },
  });
  await writeFile(target, code);
}
