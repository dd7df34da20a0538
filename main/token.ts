import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomToken } from './ids.ts';

/** The hall's token, made at the first start and kept in its data folder where only its owner can read it. */
export function keptToken(dataDir: string, name: string): string {
  const file = join(dataDir, name);
  try {
    const token = readFileSync(file, 'utf8').trim();
    if (/^[\w-]{32,}$/.test(token)) return token;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const token = randomToken();
  keepSecret(dataDir, name, token);
  return token;
}

/** Writes a secret to a file of the data folder that only its owner can read. */
export function keepSecret(dataDir: string, name: string, secret: string): void {
  const file = join(dataDir, name);
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, `${secret}\n`, { mode: 0o600 });
  chmodSync(file, 0o600); // The file may have been there already, open to others.
}
