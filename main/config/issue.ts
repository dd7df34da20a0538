import type { z } from 'zod';
import { type complaint, oneOf } from '../../core/complaint.ts';
import type { Text } from '../../core/words.ts';

/** What is wrong with a piece of outside data and what to do about it. In Chinese without a full stop. */
export interface Said {
  readonly message: Text;
  readonly remedy: Text;
}

/** One thing wrong with a piece of outside data: where, what, and what to do about it. */
export interface Issue extends Said {
  /** Dotted path from the root, `lanes.2.steps.0.title`; empty for the root itself. */
  readonly path: string;
}

type ZodIssue = z.core.$ZodIssue;

/**
 * Turns a zod issue into a sentence and a remedy, in both languages. A schema gives its own by adding a custom issue (core/complaint.ts).
 *
 * @param at path of the value that was checked, put before the issue's own.
 */
export function describeIssue(issue: ZodIssue, at: readonly PropertyKey[] = []): Issue {
  const full = [...at, ...issue.path];
  const meant = meantBy(issue);
  return meant ? describeIssue(meant, full) : { path: full.map(String).join('.'), ...said(issue, full.at(-1)) };
}

/** The issue within an issue: of a union's branches the one that got furthest is what the writer meant. */
function meantBy(issue: ZodIssue): ZodIssue | undefined {
  if (issue.code === 'invalid_key') return issue.issues[0];
  if (issue.code !== 'invalid_union' || optionsOf(issue)) return undefined;
  let best: ZodIssue | undefined;
  for (const [first] of issue.errors)
    if (first !== undefined && first.path.length > (best?.path.length ?? -1)) best = first;
  return best;
}

/** The values that a union is told apart by. */
function optionsOf(issue: Extract<ZodIssue, { code: 'invalid_union' }>): string[] | null {
  const options = ('options' in issue ? issue.options : undefined) ?? [];
  return options.length > 0 ? options.map(String) : null;
}

function said(issue: ZodIssue, key: PropertyKey | undefined): Said {
  const en = issue.message;
  const what = key === undefined ? 'The document' : `\`${String(key)}\``;
  const correct = { zh: '请改正此处', en: `Correct ${what} and load again.` };
  switch (issue.code) {
    case 'invalid_type': {
      const type = TYPES[issue.expected] ?? issue.expected;
      return en.endsWith('received undefined')
        ? {
            message: { zh: '缺少此项', en: `${what} is missing` },
            remedy: { zh: `请补上此项，应为${type}`, en: `Give ${what} as ${article(issue.expected)}.` },
          }
        : {
            message: { zh: '此项的类型不对', en },
            remedy: { zh: `此处应为${type}`, en: `Write ${article(issue.expected)} here.` },
          };
    }
    case 'unrecognized_keys': {
      const keys = issue.keys.map((k) => `\`${k}\``).join(', ');
      return {
        message: { zh: `不认识的项 ${issue.keys.map((k) => `“${k}”`).join('、')}`, en: `unknown key ${keys}` },
        remedy: { zh: '请删去，或改正拼写', en: `Remove ${keys}, or correct the spelling.` },
      };
    }
    case 'invalid_value':
      return { message: { zh: '此项的值不在允许之列', en }, remedy: oneOf(issue.values.map(String)) };
    case 'invalid_union': {
      const options = optionsOf(issue);
      return {
        message: { zh: '此项的值不在允许之列', en },
        remedy: options
          ? oneOf(options)
          : { zh: '请按允许的形式之一书写', en: 'Write exactly one of the allowed forms.' },
      };
    }
    case 'too_small': {
      const { measure, small } = measureOf(issue.origin);
      const { minimum, inclusive } = issue;
      const remedy =
        inclusive === false
          ? { zh: `${measure.zh}应大于 ${minimum}`, en: `Give a ${measure.en} of more than ${minimum}.` }
          : { zh: `${measure.zh}应不小于 ${minimum}`, en: `Give a ${measure.en} of ${minimum} or more.` };
      return { message: { zh: small, en }, remedy };
    }
    case 'too_big': {
      const { measure, big } = measureOf(issue.origin);
      const { maximum, inclusive } = issue;
      const remedy =
        inclusive === false
          ? { zh: `${measure.zh}应小于 ${maximum}`, en: `Give a ${measure.en} of less than ${maximum}.` }
          : { zh: `${measure.zh}应不大于 ${maximum}`, en: `Give a ${measure.en} of at most ${maximum}.` };
      return { message: { zh: big, en }, remedy };
    }
    case 'invalid_format': {
      const form = formOf(issue);
      return {
        message: { zh: '此项的格式不对', en },
        remedy: { zh: `此处应为${form.zh}`, en: `Write ${what} as ${form.en}.` },
      };
    }
    case 'custom': {
      const { zh, remedy }: Partial<ReturnType<typeof complaint>['params']> = issue.params ?? {};
      return { message: { zh: zh ?? UNFIT, en }, remedy: remedy ?? correct };
    }
    default:
      return { message: { zh: UNFIT, en }, remedy: correct };
  }
}

const UNFIT = '此处不符合要求';

const TYPES: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数值',
  int: '整数',
  boolean: ' true 或 false',
  array: '列表',
  tuple: '列表',
  object: '一组键与值',
  record: '一组键与值',
};

/** Of the forms that are asked for, by what their schemas say in English. */
const FORMS: Readonly<Record<string, string>> = {
  'lower-case letters, digits and hyphens': '小写字母、数字与连字符',
  'small letters, digits and - after a letter': '字母开头的小写字母、数字与连字符',
  'an identifier of letters, digits and : . _ ~ @ -': '由字母、数字与 : . _ ~ @ - 组成的编号',
  'a number of 1 to 120 characters': '1 到 120 个字符的编号',
  'a time such as 90s, 2m or 1h': '时间，例如 90s、2m 或 1h',
  'a time such as 12, 12s or 1m': '时间，例如 12、12s 或 1m',
  'a step, or incident/step': '任务，或“事件/任务”',
  'a text in each language': '不为空的文字',
  'an Ed25519 key in base64url': ' base64url 编码的 Ed25519 公钥',
  'an Ed25519 signature in base64url': ' base64url 编码的 Ed25519 签名',
};

/** What a schema calls the form that it wants: nobody reads a regular expression at night, unless there is nothing else. */
function formOf({ message, pattern, format }: Extract<ZodIssue, { code: 'invalid_format' }>): Text {
  const plain = pattern ?? format;
  return message.startsWith('Invalid ')
    ? { zh: ` ${plain}`, en: plain }
    : { zh: FORMS[message] ?? ` ${plain}`, en: message };
}

function article(expected: string): string {
  return `${/^[aeiou]/.test(expected) ? 'an' : 'a'} ${expected}`;
}

/** What a bound is of, and how it is said in Chinese that something is beyond it. */
function measureOf(origin: string): { measure: Text; small: string; big: string } {
  if (origin === 'string') return { measure: { zh: '字符数', en: 'length' }, small: '文字过短', big: '文字过长' };
  if (origin === 'array' || origin === 'set' || origin === 'map')
    return { measure: { zh: '条目数', en: 'count' }, small: '条目过少', big: '条目过多' };
  return { measure: { zh: '数值', en: 'value' }, small: '数值过小', big: '数值过大' };
}
