import type { Text } from '../../../core/words.ts';
import { type Complaint, shownCell, withoutPasswords } from './complaints.ts';
import { mappingText } from './mapping.ts';
import type { ImportPlan } from './plan.ts';
import type { RawRow } from './table.ts';
import { visible } from './visible.ts';

export type ReportLanguage = keyof Text;

/** Ids, and wrong rows, that are written out; the others are counted. */
const SOME_IDS = 20;
const SOME_WRONG = 50;

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

/** Columns of a terminal that a text takes: a Chinese character is two wide. */
export const widthOf = (text: string): number => [...text].reduce((sum, each) => sum + (WIDE.test(each) ? 2 : 1), 0);

const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** So many, the first of them by id. */
interface Counted {
  readonly count: number;
  readonly some: readonly string[];
}

/** What is told of an import. */
export interface Reported
  extends Pick<
    ImportPlan,
    | 'file'
    | 'target'
    | 'source'
    | 'crs'
    | 'columns'
    | 'mapping'
    | 'guessed'
    | 'first'
    | 'same'
    | 'wrong'
    | 'wrongCount'
    | 'wrongRows'
    | 'notes'
  > {
  readonly new: Counted;
  readonly changed: Counted;
  readonly gone: Counted;
}

/** What is told of an import that is planned in memory; of what changes, its fields too. */
export function reportedOf(plan: ImportPlan, lang: ReportLanguage): Reported {
  const counted = (all: readonly string[]): Counted => ({ count: all.length, some: all });
  const changed = plan.changed.map(({ id, fields }) =>
    lang === 'zh' ? `${id}（${fields.join('、')}）` : `${id} (${fields.join(', ')})`,
  );
  return { ...plan, new: counted(plan.new), changed: counted(changed), gone: counted(plan.gone) };
}

/**
 * What an import would do, for a person at a terminal: the file, the mapping, the first rows as they are and as they come in, what is new,
 * changed, gone and wrong. Passwords in addresses are starred out.
 */
export function reportText(plan: Reported, lang: ReportLanguage): string {
  const say = (zh: string, en: string): string => (lang === 'zh' ? zh : en);
  const list = ({ count, some }: Counted): string =>
    some.slice(0, SOME_IDS).join(say('、', ', ')) +
    (count > SOME_IDS ? say(` 等 ${count} 个`, ` and ${count - SOME_IDS} more`) : '');
  const colon = say('：', ': ');
  const lines = [
    `${plan.file} → ${plan.target}`,
    `${say('来源', 'source')}${colon}${sourceWords(plan, say)}`,
    `${say('列', 'columns')}${colon}${plan.columns.join(say('、', ', '))}`,
    ...plan.notes.map((note) => `${say('注意', 'note')}${colon}${note[lang]}`),
    '',
    plan.guessed
      ? say('映射（按列名猜测，可存为文件再改）：', 'mapping (guessed by the names; save it and correct it):')
      : say('映射：', 'mapping:'),
    ...indented(mappingText(plan.mapping)),
    '',
    say(`前 ${plan.first.length} 行：`, `the first ${plan.first.length} rows:`),
    ...plan.first.flatMap(({ raw, mapped }) => [
      `  ${padded(String(raw.row), 6)} ${rawWords(raw)}`,
      ...('thing' in mapped
        ? [
            `       → ${JSON.stringify(mapped.thing, (_, value) => (typeof value === 'string' ? withoutPasswords(value) : value))}`,
          ]
        : mapped.complaints.map((each) => `       ✗ ${complaintWords(each, lang)}`)),
    ]),
    '',
    say(
      `新增 ${plan.new.count}，更改 ${plan.changed.count}，不变 ${plan.same}，不再有 ${plan.gone.count}；有误 ${plan.wrongRows} 行`,
      `${plan.new.count} new, ${plan.changed.count} changed, ${plan.same} the same, ${plan.gone.count} gone; ${plan.wrongRows} rows wrong`,
    ),
    ...(
      [
        [say('新增', 'new'), plan.new],
        [say('更改', 'changed'), plan.changed],
        [say('不再有', 'gone'), plan.gone],
      ] as const
    ).flatMap(([word, ids]) => (ids.count > 0 ? [`  ${word}${colon}${list(ids)}`] : [])),
    ...wrongTable(plan, lang),
  ];
  return visible(`${lines.join('\n')}\n`);
}

const indented = (text: string): string[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`);

function sourceWords({ source, crs }: Reported, say: (zh: string, en: string) => string): string {
  const parts = [
    source.format,
    source.sheet === undefined ? '' : say(`表 ${source.sheet}`, `sheet ${source.sheet}`),
    source.encoding ?? '',
    say(`${source.rows} 行`, `${source.rows} rows`),
    crs === null ? '' : say(`坐标系 ${crs}`, `coordinates ${crs}`),
  ];
  return parts.filter((part) => part !== '').join(say('，', ', '));
}

const rawWords = ({ values, at }: RawRow): string => {
  const cells = Object.entries(values).filter(([, cell]) => cell !== null);
  const place = at ? [`(${at.lon}, ${at.lat})`] : [];
  return [...cells.map(([column, cell]) => `${column}=${shownCell(cell)}`), ...place].join(' | ');
};

function complaintWords({ column, value, why, remedy }: Complaint, lang: ReportLanguage): string {
  const where = [column, value === '' ? '' : lang === 'zh' ? `“${value}”` : `"${value}"`].filter((part) => part !== '');
  return lang === 'zh'
    ? `${where.join('')}${why.zh}。${remedy.zh}`
    : `${where.join(' ')} ${why.en}. ${remedy.en}`.trim();
}

function wrongTable({ wrong, wrongCount }: Reported, lang: ReportLanguage): string[] {
  if (wrong.length === 0) return [];
  const head = lang === 'zh' ? ['行', '列', '内容', '原因', '办法'] : ['row', 'column', 'value', 'why', 'what to do'];
  const rows = [
    head,
    ...wrong
      .slice(0, SOME_WRONG)
      .map(({ row, column, value, why, remedy }) => [String(row), column, value, why[lang], remedy[lang]]),
  ];
  const widths = head.map((_, i) => Math.max(...rows.map((row) => widthOf(row[i] ?? ''))));
  const lines = rows.map((row) => `  ${row.map((cell, i) => padded(cell, widths[i] ?? 0)).join('  ')}`.trimEnd());
  const more = wrongCount - Math.min(wrong.length, SOME_WRONG);
  const rest = lang === 'zh' ? `  另有 ${more} 处` : `  and ${more} more`;
  return ['', lang === 'zh' ? '有误：' : 'wrong:', ...lines, ...(more > 0 ? [rest] : [])];
}
