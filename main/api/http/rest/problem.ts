import type { ErrorCode, WireError } from '../../../../contract/errors.ts';

/** The status of each error of the contract. */
const STATUS = {
  'bad-request': 400,
  'bad-response': 500,
  'not-found': 404,
  refused: 409,
  'not-recorded': 503,
  busy: 429,
  'too-large': 422,
  forbidden: 403,
  unauthorised: 401,
  'no-world': 404,
  'protocol-mismatch': 500,
  unavailable: 503,
  timeout: 504,
  'not-sent': 503,
  disconnected: 503,
  internal: 500,
} as const satisfies Record<ErrorCode, number>;

/** What a request may not be, before the contract sees it. */
const OWN_STATUS = { 'method-not-allowed': 405, 'body-too-large': 413, 'not-json': 415 } as const;

export type ProblemCode = ErrorCode | keyof typeof OWN_STATUS;

/** An error as HTTP says it: problem details (RFC 9457), with the contract's code and field as members of our own. */
export interface Problem {
  readonly type: `urn:opshall:error:${ProblemCode}`;
  readonly title: string;
  readonly status: number;
  /** The sentence for a person. */
  readonly detail: string;
  readonly code: ProblemCode;
  readonly field?: string;
}

export function problemOf({ code, message, field }: Omit<WireError, 'code'> & { code: ProblemCode }): Problem {
  const status = { ...STATUS, ...OWN_STATUS }[code];
  return {
    type: `urn:opshall:error:${code}`,
    title: code.replaceAll('-', ' '),
    status,
    detail: message,
    code,
    ...(field ? { field } : {}),
  };
}
