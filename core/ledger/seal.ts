import { z } from 'zod';
import type { Checkpoint } from './checkpoint.ts';

/**
 * A station's signature under one event of a chain of its own: it covers all before it, because each hash does. One is made for each
 * commit group, since a signature for each event would cost minutes to look at.
 */
export interface Seal {
  /** Key of the chain, `<stream>/<chain>`. */
  chain: string;
  seq: number;
  alg: 'ed25519';
  /** The public key, 32 bytes in base64url. */
  key: string;
  /** 64 bytes in base64url. */
  sig: string;
}

/** A seal as it comes from outside. */
export const SealSchema = z.object({
  chain: z.string().max(250),
  seq: z.number().int().positive(),
  alg: z.literal('ed25519'),
  key: z.string().regex(/^[\w-]{43}$/, 'an Ed25519 key in base64url'),
  sig: z.string().regex(/^[\w-]{86}$/, 'an Ed25519 signature in base64url'),
});

/** Signs as this station. */
export interface Signer {
  /** The public key, as seals name it. */
  readonly key: string;
  sign(text: string): string;
}

/** Whether `sig` is the key's signature under the text. Never throws. */
export type VerifySignature = (key: string, text: string, sig: string) => boolean;

function sealText(chain: string, seq: number, hash: string): string {
  return `opshall-seal-v1\n${chain}\n${seq}\n${hash}\n`;
}

export function sealWith(signer: Signer, { chain, seq, hash }: { chain: string; seq: number; hash: string }): Seal {
  return { chain, seq, alg: 'ed25519', key: signer.key, sig: signer.sign(sealText(chain, seq, hash)) };
}

/** Whether the key that the seal names signed the event of this hash. */
export function isSealOf({ chain, seq, key, sig }: Seal, hash: string, verify: VerifySignature): boolean {
  return verify(key, sealText(chain, seq, hash), sig);
}

/** What a station signs of a checkpoint; `digest` is the ledger's digest of its heads. */
export function checkpointText({ at, events }: Pick<Checkpoint, 'at' | 'events'>, digest: string): string {
  return `opshall-checkpoint-v1\n${at}\n${events}\n${digest}\n`;
}
