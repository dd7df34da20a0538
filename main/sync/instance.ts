import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { randomToken } from '../ids.ts';
import { keptToken } from '../token.ts';

/**
 * What tells this data folder from every other: random, made at its first start, kept in its file `instance`. Where that cannot
 * be kept it is made anew at each start, and a copied folder is then called another station of the name.
 */
export function keptInstance(dataDir: string, log: Logger): string {
  let kept: string;
  try {
    kept = keptToken(dataDir, 'instance');
  } catch (error) {
    log.warn({ err: error }, 'what tells this data folder from others could not be read or kept');
    kept = randomToken();
  }
  // Others see only that it is the same.
  return createHash('sha256').update(kept).digest('base64url');
}
