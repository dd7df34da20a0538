import type { z } from 'zod';
import { describeIssue } from './issue.ts';
import { ConfigError, readYaml, YAML_LIMITS } from './readYaml.ts';

/**
 * Reads one JSON document, which may be a long list, and checks it against a schema. What is wrong with a short one is told as of YAML,
 * which JSON is: with its line. Of a long one the path is told.
 *
 * @param file the name to put into errors; nothing is opened.
 * @throws ConfigError for anything wrong with the text.
 */
export function readJson<T>(file: string, text: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    if (isShort(text)) readYaml(file, text, schema);
    const line = lineAt(text, Number(/position (\d+)/.exec(String(cause))?.[1] ?? 0));
    const message = { zh: '不是 JSON', en: `is not JSON (${cause instanceof Error ? cause.message : String(cause)})` };
    const remedy = { zh: '请改正此处，或重新导入', en: 'Correct it here, or import it again.' };
    throw new ConfigError(file, line, 1, { path: '', message, remedy }, [], cause);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  if (isShort(text)) return readYaml(file, text, schema);
  const [issue] = result.error.issues;
  if (issue === undefined) throw result.error;
  throw new ConfigError(file, 1, 1, describeIssue(issue), [], result.error);
}

const isShort = (text: string): boolean => Buffer.byteLength(text) <= YAML_LIMITS.bytes;

/** 1-based. */
const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
