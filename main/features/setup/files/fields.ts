import { z } from 'zod';
import type { FormField } from '../../../../contract/features/setupFiles.ts';
import type { Text } from '../../../../core/words.ts';

/** What a schema says of a member, as JSON Schema has it. */
interface Member {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly (string | number)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Member>>;
  readonly required?: readonly string[];
}

/** A form made of a schema: the members that it asks for, and what tells it from the other forms. */
export interface SchemaForm {
  /** The value of the member by which the schema is told from others. */
  readonly id: string;
  readonly fields: readonly FormField[];
}

/** Of several lines, by their names. */
const LINES = new Set(['ca']);
const SECRETS = new Set(['password', 'token']);
/** What nearly everybody fills in, though it may be left out. */
const FRONT = new Set(['listen', 'username', ...SECRETS, 'crs', 'every', 'folder']);
/** Integers as a schema has them stand in JSON Schema with the bounds of JavaScript. */
const SAFE = Number.MAX_SAFE_INTEGER;

/**
 * Forms of a schema that is one of several by a member.
 *
 * @param by the member, `protocol`
 * @param words how members are called on screen; one without words goes by its name
 */
export function formsOf(schema: z.ZodType, by: string, words: Readonly<Record<string, Text>>): SchemaForm[] {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as { oneOf?: readonly Member[] };
  return (json.oneOf ?? []).map(({ properties = {}, required = [] }) => ({
    id: String(properties[by]?.const),
    fields: Object.entries(properties)
      .filter(([, member]) => member.const === undefined)
      .map(([name, member]) => fieldOf(name, member, required.includes(name), words[name])),
  }));
}

function fieldOf(member: string, schema: Member, needed: boolean, label: Text = { zh: member, en: member }): FormField {
  const { default: fallback, minimum, maximum, type } = schema;
  const within = (bound: number | undefined) => (bound === undefined || Math.abs(bound) >= SAFE ? null : bound);
  return {
    ...{ member, label, hint: hintOf(schema), is: sortOf(member, schema), needed },
    front: FRONT.has(member),
    fallback: typeof fallback === 'string' || typeof fallback === 'number' ? String(fallback) : null,
    ...{ least: within(minimum), most: within(maximum), whole: type === 'integer' },
    choices: [...(schema.enum ?? [])],
  };
}

function sortOf(member: string, { type, enum: choices, properties }: Member): FormField['is'] {
  if (choices) return 'choice';
  if (type === 'number' || type === 'integer') return 'number';
  if (type === 'string') return SECRETS.has(member) ? 'secret' : LINES.has(member) ? 'lines' : 'text';
  return properties && 'zh' in properties && 'en' in properties ? 'names' : 'yaml';
}

/** What core/told.ts wrote: Chinese, an empty line, English. */
function hintOf({ description }: Member): Text | null {
  const [zh, en] = description?.split('\n\n') ?? [];
  return zh === undefined || en === undefined ? null : { zh, en };
}
