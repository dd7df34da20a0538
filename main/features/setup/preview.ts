import {
  type ImportPreview,
  type ImportRefusal,
  MOST_EXAMPLE_IDS,
  MOST_WRONG_TOLD,
} from '../../../contract/features/setupImport.ts';
import type { Text } from '../../../core/words.ts';
import { type Complaint, shownCell, withoutPasswords } from '../../city/import/complaints.ts';
import type { ImportError } from '../../city/import/importError.ts';
import { mappingText } from '../../city/import/mapping.ts';
import type { ImportPlan } from '../../city/import/plan.ts';
import type { Thing } from '../../city/import/things.ts';
import { visible } from '../../city/import/visible.ts';

/** Characters of a value, and of an id, that are shown. */
const SHOWN = 200;
const MOST_SHEETS = 200;

/** Where an import lies in the hall's folder, as a person is told. */
export const fileOf = (name: string): string => `city/${name}.json`;

/** What an import would come to, as a window shows it: of everything the first few, of the rest how many. */
export function previewOf(plan: ImportPlan): ImportPreview {
  const { source, columns, mapping, first, wrong, wrongCount, wrongRows } = plan;
  return {
    outcome: 'planned',
    ...{ name: plan.name, file: fileOf(plan.name), crs: plan.crs },
    source: {
      format: source.format,
      encoding: source.encoding ?? null,
      sheet: source.sheet ?? null,
      sheets: (source.sheets ?? []).slice(0, MOST_SHEETS),
      rows: source.rows,
    },
    columns: columns.map(visible),
    mapping: visible(withoutPasswords(mappingText(mapping))),
    first: first.map(({ raw, mapped }) => ({
      row: raw.row,
      raw: columns.map((column) => visible(shownCell(raw.values[column] ?? null))),
      at: raw.at ? `${raw.at.lon}, ${raw.at.lat}` : null,
      thing: 'thing' in mapped ? membersOf(mapped.thing) : null,
      complaints: 'thing' in mapped ? [] : mapped.complaints.map(told),
    })),
    new: some(plan.new),
    changed: some(plan.changed.map(({ id }) => id)),
    same: plan.same,
    gone: some(plan.gone),
    wrong: {
      rows: wrongRows,
      count: wrongCount,
      told: wrong.slice(0, MOST_WRONG_TOLD).map((each) => ({ row: each.row, ...told(each) })),
    },
    notes: plan.notes.map(inWindow),
  };
}

/** Why there is no import, as a window says it. */
export function refusalOf({ said, proposal }: ImportError): ImportRefusal {
  return { outcome: 'refused', message: inWindow(said.message), remedy: inWindow(said.remedy), proposal };
}

const some = (ids: readonly string[]) => ({
  count: ids.length,
  examples: ids.slice(0, MOST_EXAMPLE_IDS).map((id) => id.slice(0, SHOWN)),
});

const told = ({ column, value, why, remedy }: Complaint) => ({
  ...{ column: visible(column), value: visible(value), why: inWindow(why), remedy: inWindow(remedy) },
});

const membersOf = (thing: Thing) =>
  Object.entries(thing).map(([member, value]) => {
    const text = withoutPasswords(valueText(value));
    return { member, value: visible(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text) };
  });

function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!isPair(value)) return JSON.stringify(value);
  return value.zh === value.en ? value.zh : `${value.zh} / ${value.en}`;
}

const isPair = (value: unknown): value is Text =>
  typeof value === 'object' && value !== null && 'zh' in value && 'en' in value;

/** In a window nothing is typed after a command: what the option is called there is said instead. */
const inWindow = ({ zh, en }: Text): Text => ({
  zh: visible(zh.replace(/ ?--crs /g, '坐标系 ')),
  en: visible(en.replaceAll('--crs ', 'the coordinate system ')),
});
