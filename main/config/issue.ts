import type { z } from 'zod';

/** One thing wrong with a piece of outside data: where, what, and what to do about it. */
export interface Issue {
  /** Dotted path from the root, `lanes.2.steps.0.title`; empty for the root itself. */
  path: string;
  message: string;
  remedy: string;
}

type ZodIssue = z.core.$ZodIssue;

/**
 * Turns a zod issue into a sentence and a remedy. A schema gives its own remedy by adding a custom issue with
 * `params: { remedy: '…' }`.
 *
 * @param at path of the value that was checked, put before the issue's own.
 */
export function describeIssue(issue: ZodIssue, at: readonly PropertyKey[] = []): Issue {
  const full = [...at, ...issue.path];
  const path = full.map(String).join('.');
  const last = full.at(-1);
  const what = last === undefined ? 'The document' : `\`${String(last)}\``;
  switch (issue.code) {
    case 'invalid_type':
      if (issue.message.endsWith('received undefined')) {
        return { path, message: `${what} is missing`, remedy: `Give ${what} as ${article(issue.expected)}.` };
      }
      return { path, message: issue.message, remedy: `Write ${article(issue.expected)} here.` };
    case 'unrecognized_keys': {
      const keys = issue.keys.map((k) => `\`${k}\``).join(', ');
      return { path, message: `unknown key ${keys}`, remedy: `Remove ${keys}, or correct the spelling.` };
    }
    case 'invalid_value':
      return { path, message: issue.message, remedy: `Write one of: ${issue.values.map(String).join(', ')}.` };
    case 'too_small':
      return {
        ...{ path, message: issue.message },
        remedy: `${bounds(issue.origin)} ${issue.inclusive === false ? `more than ${issue.minimum}` : `${issue.minimum} or more`}.`,
      };
    case 'too_big':
      return {
        ...{ path, message: issue.message },
        remedy: `${bounds(issue.origin)} ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}.`,
      };
    case 'invalid_format':
      return { path, message: issue.message, remedy: `Write ${what} as ${formOf(issue)}.` };
    case 'invalid_union':
      return describeUnion(issue, full);
    case 'custom': {
      const remedy: unknown = issue.params?.remedy;
      return {
        path,
        message: issue.message,
        remedy: typeof remedy === 'string' ? remedy : `Correct ${what} and load again.`,
      };
    }
    default:
      return { path, message: issue.message, remedy: `Correct ${what} and load again.` };
  }
}

/** What a schema calls the form that it wants: nobody reads a regular expression at night, unless there is nothing else. */
function formOf(issue: Extract<ZodIssue, { code: 'invalid_format' }>): string {
  return issue.message.startsWith('Invalid ') ? (issue.pattern ?? issue.format) : issue.message;
}

/** Of a union's branches the one that got furthest is what the writer meant; any other issue is itself. */
export function asMeant(issue: ZodIssue): ZodIssue {
  if (issue.code !== 'invalid_union') return issue;
  let best: ZodIssue | undefined;
  let depth = -1;
  for (const branch of issue.errors) {
    const first = branch[0];
    if (first !== undefined && first.path.length > depth) {
      best = first;
      depth = first.path.length;
    }
  }
  return best === undefined ? issue : asMeant(best);
}

function describeUnion(issue: Extract<ZodIssue, { code: 'invalid_union' }>, full: PropertyKey[]): Issue {
  const path = full.map(String).join('.');
  const options = 'options' in issue ? issue.options : undefined;
  if (options !== undefined && options.length > 0) {
    const { message } = issue;
    return { path, message, remedy: `Write one of: ${options.map(String).join(', ')}.` };
  }
  const best = asMeant(issue);
  return best === issue
    ? { path, message: issue.message, remedy: 'Write exactly one of the allowed forms.' }
    : describeIssue(best, full);
}

function article(expected: string): string {
  return `${/^[aeiou]/.test(expected) ? 'an' : 'a'} ${expected}`;
}

function bounds(origin: string): string {
  if (origin === 'string') return 'Give a length of';
  if (origin === 'array' || origin === 'set' || origin === 'map') return 'Give a count of';
  return 'Give a value of';
}
