import { execFileSync } from 'node:child_process';
import type { Scratch } from './scratch.ts';

/** Mounts a disk of so many megabytes for one test; null where this machine does not allow it. */
export function smallDisk(scratch: Scratch, megabytes: number): string | null {
  const folder = scratch.folder('disk');
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return null;
  }
  return scratch.keep(folder, () => execFileSync('umount', ['-l', folder]));
}
