import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { naming } from './files/fileFault.ts';
import { writeWhole } from './files/writeWhole.ts';
import { randomToken } from './ids.ts';

/**
 * The hall's token, made at the first start and kept in its data folder where only its owner can read it.
 *
 * @throws FileFault
 */
export function keptToken(dataDir: string, name: string): string {
  const file = join(dataDir, name);
  return naming(file, () => {
    try {
      const token = readFileSync(file, 'utf8').trim();
      if (/^[\w-]{32,}$/.test(token)) return token;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    const token = randomToken();
    writeWhole(file, `${token}\n`);
    return token;
  });
}

/**
 * Writes a secret to a file of the data folder that only its owner can read.
 *
 * @throws FileFault
 */
export function keepSecret(dataDir: string, name: string, secret: string): void {
  const file = join(dataDir, name);
  naming(file, () => writeWhole(file, `${secret}\n`));
}
