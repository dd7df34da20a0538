import { type FormText, withNode } from './yamlText.ts';

/** What a rule may look at, as a form offers it. */
export const LOOKS = ['value', 'change', 'silence', 'inside'] as const;
export type Look = (typeof LOOKS)[number];

/** What the rule at a place looks at. */
export function lookOf(form: FormText, at: readonly string[]): Look {
  if (form.jsonOf([...at, 'area']) !== '' || form.jsonOf([...at, 'unit']) !== '') return 'inside';
  if (form.jsonOf([...at, 'measure', 'change']) !== '') return 'change';
  return LOOKS.find((look) => look === form.valueOf([...at, 'measure'])) ?? 'value';
}

const MEASURES: Readonly<Record<Exclude<Look, 'inside'>, string | null>> = {
  ...{ value: null, change: '{ change: 10 }', silence: 'silence' },
};

/** The text with the rule looking at something else: what that needs is there, and what it has no use for is gone. */
export function withLook(text: string, form: FormText, at: readonly string[], look: Look): string {
  const has = (member: string) => form.jsonOf([...at, member]) !== '';
  const members: [string, string | null][] =
    look === 'inside'
      ? [
          ...(has('sensor') ? ([['sensor', null]] as [string, null][]) : []),
          ...(has('measure') ? ([['measure', null]] as [string, null][]) : []),
          ...(has('unit') ? [] : ([['unit', '{ kind: car }']] as [string, string][])),
          ...(has('area') ? [] : ([['area', '{ around: "", metres: 200 }']] as [string, string][])),
        ]
      : [
          ...['unit', 'area'].flatMap((member) => (has(member) ? [[member, null] as [string, null]] : [])),
          ...(has('sensor') ? [] : ([['sensor', '{ kind: water-level }']] as [string, string][])),
          ['measure', MEASURES[look]],
        ];
  return members.reduce((before, [member, source]) => withNode(before, [...at, member], source), text);
}
