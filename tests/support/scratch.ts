import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Folders and open things of one test, put away after it in reverse order. */
export interface Scratch {
  /** A fresh folder. */
  folder(name?: string): string;
  /** Closes it after the test, however the test ends. Answers what it was given. */
  keep<T>(thing: T, close: (thing: T) => unknown): T;
  clear(): Promise<void>;
}

export function createScratch(): Scratch {
  let closers: (() => unknown)[] = [];
  return {
    folder(name = 'hall') {
      const folder = mkdtempSync(join(tmpdir(), `opshall-${name}-`));
      closers.push(() => rmSync(folder, { recursive: true, force: true }));
      return folder;
    },
    keep(thing, close) {
      closers.push(() => close(thing));
      return thing;
    },
    async clear() {
      const all = closers.reverse();
      closers = [];
      for (const close of all) await close();
    },
  };
}
