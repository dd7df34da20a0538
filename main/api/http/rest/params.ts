import type { z } from 'zod';
import { ContractError } from '../../../../contract/errors.ts';
import { jsonSchema } from './jsonSchema.ts';

/** How one parameter is written in an address: numbers and truth values as they are, lists and objects as JSON. */
export type Written = 'text' | 'number' | 'boolean' | 'json';

/** How each parameter of a query is written. @param params an object's schema */
export function writtenParams(params: z.ZodType): ReadonlyMap<string, Written> {
  const { properties = {} } = jsonSchema(params, 'input');
  return new Map(Object.entries(properties).map(([name, schema]) => [name, writtenAs(schema)]));
}

export function writtenAs(schema: unknown): Written {
  const { type } = schema as { type?: unknown };
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'boolean') return 'boolean';
  return type === 'string' ? 'text' : 'json';
}

/**
 * The parameters of a query out of an address, for its schema to check.
 *
 * @throws ContractError 'bad-request' naming a parameter that is unknown, given twice, or not what it is written as
 */
export function readParams(written: ReadonlyMap<string, Written>, given: URLSearchParams): Record<string, unknown> {
  const params: Record<string, unknown> = {};
  for (const [field, text] of given) {
    const as = written.get(field);
    const fail = (why: string) => new ContractError('bad-request', `${field}: ${why}`, { field });
    if (as === undefined) throw fail('there is no such parameter');
    if (Object.hasOwn(params, field)) throw fail('given twice');
    const value = parse(as, text);
    if (value === undefined) throw fail(`should be ${as === 'json' ? 'JSON' : `a ${as}`}`);
    params[field] = value;
  }
  return params;
}

function parse(as: Written, text: string): unknown {
  if (as === 'text') return text;
  try {
    const value: unknown = JSON.parse(text);
    return as === 'json' || typeof value === as ? value : undefined;
  } catch {
    return undefined;
  }
}
