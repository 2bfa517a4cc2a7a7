import { renameSync, rmSync } from 'node:fs';

/** Puts a folder that was made aside where it belongs, in place of a former one. Several processes may do so at once. */
export function takePlace(draft, folder) {
  const former = `${draft}.former`;
  moveUnless(['ENOENT'], folder, former);
  // Where another process was a moment faster, what it made is as good.
  moveUnless(['ENOTEMPTY', 'EEXIST'], draft, folder);
  for (const leftover of [draft, former]) rmSync(leftover, { recursive: true, force: true });
}

function moveUnless(codes, from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!codes.includes(error.code)) throw error;
  }
}
