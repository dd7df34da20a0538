import type { z } from 'zod';
import { ContractError, firstIssue } from '../../contract/errors.ts';

/** What a window asks a stream for. @throws ContractError 'bad-request' naming the stream and what is wrong */
export function streamParams<T>(stream: string, schema: z.ZodType<T>, params: unknown): T {
  const read = schema.safeParse(params);
  if (read.success) return read.data;
  const { field, message } = firstIssue(read.error);
  throw new ContractError('bad-request', `${stream}: ${field || 'params'}: ${message}`, { field });
}
