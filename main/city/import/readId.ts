import { pinyin } from 'pinyin-pro';
import type { Said } from '../../config/issue.ts';
import { cellText, saidText } from './cellText.ts';
import type { IdSpec } from './mapping.ts';
import type { RawRow } from './table.ts';

/** Excel keeps fifteen digits of a number and makes zeros of the others. */
const MOST_EXACT = 999_999_999_999_999;

/** The id that a mapping makes of a row, or why there is none. Whether it is one is for the schema to say. */
export function readId(
  spec: IdSpec,
  { values }: RawRow,
): { id: string; column: string } | { fault: Said; column: string } {
  const columns = 'from' in spec ? spec.from : [spec.column];
  const column = columns.join(' + ');
  const parts: string[] = [];
  for (const each of columns) {
    const cell = values[each] ?? null;
    if (typeof cell === 'number' && Math.abs(cell) > MOST_EXACT) return { fault: ROUNDED, column };
    if (saidText(cell) === '') return { fault: NO_ID, column };
    parts.push(cellText(cell));
  }
  if (!('from' in spec)) return { id: parts.join(''), column };
  const spelled = spec.spell === 'pinyin' ? parts.map(spell) : parts;
  return spelled.some((part) => part === '')
    ? { fault: NO_ID, column }
    : { id: spelled.join(spec.join ?? '-'), column };
}

/** Chinese as it is spoken, without tones, and nothing that an id may not hold. */
const spell = (text: string): string =>
  pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true })
    .join('')
    .replace(/[^\w:.~@-]/g, '');

const ROUNDED: Said = {
  message: {
    zh: '超过 15 位，Excel 已改动末尾几位',
    en: 'has more than 15 digits, of which Excel has changed the last',
  },
  remedy: { zh: '请在 Excel 中把该列设为文本并重新填写', en: 'Make the column text in Excel, and fill it in again.' },
};
const NO_ID: Said = {
  message: { zh: '没有编号', en: 'has no id' },
  remedy: {
    zh: '请补上编号，或在映射中写 id: { from: [名称列], spell: pinyin }',
    en: 'Fill it in, or write id: { from: [the column of names], spell: pinyin } in the mapping.',
  },
};
