import type { Department } from '../../../core/places/city.ts';
import type { Said } from '../../config/issue.ts';
import { cellNumber, cellText, saidText, shownText } from './cellText.ts';
import { departmentNamed } from './departmentNamed.ts';
import type { FieldRule } from './fields.ts';
import type { FieldSpec } from './mapping.ts';
import type { Cell, RawRow } from './table.ts';
import { BEARING_WORDS, namedExactly, namedWithin } from './words.ts';

/** The value of a field; undefined where nothing is said; or why there is none. */
export type FieldValue = { value: unknown } | { fault: Said };

/** What a mapping takes out of a row for a field, and from where. */
export interface Taken {
  readonly column: string;
  /** As it stands in the file. */
  readonly cell: Cell;
  /** Through the table of the mapping. */
  readonly value: Cell;
  readonly fault?: Said;
}

/** How a mapping takes a field out of every row. */
export function taker(spec: FieldSpec): (row: RawRow) => Taken {
  if (typeof spec === 'string')
    return ({ values }) => {
      const cell = values[spec] ?? null;
      return { column: spec, cell, value: cell };
    };
  if ('value' in spec) {
    const same = { column: '', cell: spec.value, value: spec.value };
    return () => same;
  }
  const { column, table, default: standard = null } = spec;
  const entries = table && new Map(Object.entries(table).map(([word, value]) => [cellText(word), value]));
  return ({ values }) => {
    const cell = values[column] ?? null;
    if (!entries) return { column, cell, value: saidText(cell) === '' ? standard : cell };
    const value = entries.get(cellText(cell)) ?? standard;
    return value === null && saidText(cell) !== ''
      ? { column, cell, value, fault: NOT_IN_TABLE }
      : { column, cell, value };
  };
}

/** Reads a field of every row. Words are looked up once: there are few of them, however many rows. */
export function fieldReader(rule: FieldRule, departments: readonly Department[]): (value: Cell) => FieldValue {
  if (rule.reads !== 'word' && rule.reads !== 'department') return (value) => readField(rule, value, departments);
  const known = new Map<Cell, FieldValue>();
  return (value) => {
    const had = known.get(value);
    if (had) return had;
    const read = readField(rule, value, departments);
    known.set(value, read);
    return read;
  };
}

/** Makes a field's value of what was taken. */
function readField({ reads, words }: FieldRule, value: Cell, departments: readonly Department[]): FieldValue {
  const text = saidText(value);
  if (text === '') return { value: undefined };
  switch (reads) {
    case 'number':
      return numberOf(value);
    case 'bearing': {
      const named = namedExactly(text, BEARING_WORDS);
      const read = named === null ? numberOf(value) : { value: Number(named) };
      if ('fault' in read) return { fault: NO_BEARING };
      // A direction within the circle stays what it is to the last digit.
      const turned = (read.value as number) % 360;
      return { value: turned < 0 ? (turned + 360) % 360 : turned };
    }
    case 'department': {
      const id = departmentNamed(text, departments);
      return id === null ? { fault: noSuchDepartment(departments) } : { value: id };
    }
    case 'list':
      return { value: [...new Set(partsOf(text))] };
    case 'word': {
      const all = words ?? {};
      if (Object.hasOwn(all, text)) return { value: text };
      const [found, other] = namedWithin(text, all);
      if (found !== undefined && other === undefined) return { value: found };
      return { fault: found === undefined ? noSuchWord(text, all) : several(text, [found, other ?? '']) };
    }
    default:
      return { value: shownText(value) };
  }
}

/** Parts of a list: blanks part them where nothing else does. */
const partsOf = (text: string): string[] =>
  text
    .split(/[、,;/|]/.test(text) ? /[、,;/|]/ : /\s/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

function numberOf(value: Cell): FieldValue {
  const number = cellNumber(value);
  return number === null || !Number.isFinite(number) ? { fault: NO_NUMBER } : { value: number };
}

const NOT_IN_TABLE: Said = {
  message: { zh: '不在映射的 table 中', en: "is not in the mapping's table" },
  remedy: { zh: '请在 table 中加上，或写 default', en: 'Add it to the table, or write a default.' },
};
const NO_NUMBER: Said = {
  message: { zh: '不是数值', en: 'is no number' },
  remedy: { zh: '请改成数值，或留空', en: 'Write a number, or leave it empty.' },
};
const NO_BEARING: Said = {
  message: { zh: '不是方向', en: 'is no direction' },
  remedy: { zh: '请写度数（北为 0）或东、西南等', en: 'Write degrees from north, or N, SW and such.' },
};

function noSuchWord(text: string, words: object): Said {
  const [shown, kinds] = [text.slice(0, 20), Object.keys(words)];
  const example = `table: { "${shown}": ${kinds[0]} }`;
  return {
    message: { zh: '不知道是哪一种', en: 'is of no kind that is known' },
    remedy: {
      zh: `请在映射中写明，例如 ${example}，可写 ${kinds.join('、')}；其他类别请先写入 kinds.yaml`,
      en: `Say in the mapping what it is, such as ${example}; there are ${kinds.join(', ')}. Others go into kinds.yaml first.`,
    },
  };
}

const several = (text: string, [one, other]: [string, string]): Said => ({
  message: { zh: `既像 ${one} 又像 ${other}`, en: `reads as ${one} and as ${other}` },
  remedy: {
    zh: `请在映射中写明，例如 table: { "${text.slice(0, 20)}": ${one} }`,
    en: `Say in the mapping what it is, such as table: { "${text.slice(0, 20)}": ${one} }.`,
  },
});

function noSuchDepartment(departments: readonly Department[]): Said {
  const ids = departments.slice(0, 30).map(({ id }) => id);
  return {
    message: { zh: '不知道是哪个部门', en: 'is no department that is known' },
    remedy: {
      zh: `请在映射中用 table 写成部门编号${ids.length > 0 ? `：${ids.join('、')}` : '，或先导入 departments'}`,
      en: `Write the department's id by a table in the mapping${ids.length > 0 ? `: ${ids.join(', ')}` : ', or import the departments first'}.`,
    },
  };
}
