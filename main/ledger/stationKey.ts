import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Signer, VerifySignature } from '../../core/ledger/seal.ts';
import { naming } from '../files/fileFault.ts';
import { writeWhole } from '../files/writeWhole.ts';

/** The private half of what this station signs with, PKCS #8 in PEM, readable by its owner alone. Never logged, never sent. */
export const KEY_FILE = 'station.key';

/**
 * The station's key pair, made at its first start and kept in its data folder.
 *
 * @throws FileFault when the file cannot be read or written, or is no such key: another one would not be this station's.
 */
export function keptStationKey(dataDir: string): Signer {
  const file = join(dataDir, KEY_FILE);
  return naming(file, () => {
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      text = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
      writeWhole(file, text);
    }
    return signerOf(createPrivateKey(text));
  });
}

/** @throws TypeError for a key of another kind. */
export function signerOf(privateKey: KeyObject): Signer {
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new TypeError('it holds no Ed25519 key');
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (x === undefined) throw new TypeError('it holds no Ed25519 key');
  return { key: x, sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64url') };
}

/** Keys that are kept ready: as many as there are stations at most. */
const MOST_KEYS = 1000;

/** A verifier of Ed25519 signatures that keeps the keys it has met. */
export function createVerifySignature(): VerifySignature {
  const keys = new Map<string, KeyObject>();
  const keyOf = (x: string): KeyObject => {
    const known = keys.get(x);
    if (known) return known;
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    if (keys.size >= MOST_KEYS) keys.clear();
    keys.set(x, key);
    return key;
  };
  return (key, text, sig) => {
    try {
      return verify(null, Buffer.from(text), keyOf(key), Buffer.from(sig, 'base64url'));
    } catch {
      return false; // No point of the curve.
    }
  };
}
