import { z } from 'zod';
import type { Text } from '../core/words.ts';

/**
 * Codes a caller can act upon. The sentence for a person travels beside the code, in `message` (English) and, where the
 * window has a translation, under the i18n key `error.<code>`.
 */
export const ErrorCode = z.enum([
  'bad-request', // the call breaks its schema; `field` names where
  'bad-response', // the hall's answer breaks its schema; `field` names where
  'not-found',
  'refused', // a domain rule says no; the message gives the rule
  'not-recorded', // the disk does not take it: nothing was done; the message says why and what to do
  'busy', // too much was asked for at once: nothing was done; it may be asked again later
  'too-large', // the answer would not fit a frame; ask for less
  'forbidden', // the seat has no right to it: nothing was done; the message names seat and right
  'unauthorised',
  'no-world', // the world that the window names has ended, or never was
  'protocol-mismatch',
  'unavailable', // something the call needs is not running
  'timeout',
  'not-sent', // there is no connection: nothing was sent, nothing was done
  'disconnected', // the call was under way when the connection was lost; its outcome is not known
  'internal',
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

/** What crosses the wire when a call fails. */
export const WireError = z.object({
  code: ErrorCode,
  message: z.string(),
  /** Path of the offending field, for schema violations: `steps.0.action`. */
  field: z.string().optional(),
});
export type WireError = z.infer<typeof WireError>;

/** Thrown by the client for every failed call, and by handlers to answer with a code. */
export class ContractError extends Error {
  readonly code: ErrorCode;
  readonly field: string | undefined;
  /** The sentence in both languages, where it is known: it does not cross the wire. */
  readonly text: Text | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options?: { field?: string | undefined; text?: Text; cause?: unknown },
  ) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ContractError';
    this.code = code;
    this.field = options?.field;
    this.text = options?.text;
  }

  toWire(): WireError {
    return {
      code: this.code,
      message: this.message,
      ...(this.field === undefined ? {} : { field: this.field }),
    };
  }
}

/** Dotted path of the first issue of a zod error, and its sentence. */
export function firstIssue(error: z.ZodError): { field: string; message: string } {
  const issue = error.issues[0];
  return { field: issue?.path.map(String).join('.') ?? '', message: issue?.message ?? 'does not fit the schema' };
}
