import { type FormText, withNode } from './yamlText.ts';

/** What a rule may look at, as a form offers it. */
export const LOOKS = ['value', 'change', 'silence', 'usual', 'inside', 'together'] as const;
export type Look = (typeof LOOKS)[number];

/** Members that say what a rule looks at, as they are begun; what a look does not name it has no use for. */
const BEGUN: Readonly<Record<Look, Readonly<Record<string, string>>>> = {
  value: { sensor: '{ kind: water-level }' },
  change: { sensor: '{ kind: water-level }', measure: '{ change: 10 }' },
  usual: { sensor: '{ kind: water-level }', measure: '{ usual: 14, spread: 0.1 }' },
  silence: { sensor: '{ kind: water-level }', measure: 'silence' },
  inside: { unit: '{ kind: car }', area: '{ around: "", metres: 200 }' },
  together: { conditions: '[]', within: '{ minutes: 10, metres: 500 }' },
};
const MEMBERS = [...new Set(Object.values(BEGUN).flatMap((members) => Object.keys(members)))];

/** What the rule at a place looks at. */
export function lookOf(form: FormText, at: readonly string[]): Look {
  const has = (...member: string[]) => form.jsonOf([...at, ...member]) !== '';
  if (has('conditions')) return 'together';
  if (has('area') || has('unit')) return 'inside';
  if (has('measure', 'change')) return 'change';
  if (has('measure', 'usual')) return 'usual';
  return form.valueOf([...at, 'measure']) === 'silence' ? 'silence' : 'value';
}

/** The text with the rule looking at something else: what that needs is there, and what it has no use for is gone. */
export function withLook(text: string, form: FormText, at: readonly string[], look: Look): string {
  // Of these only much is bad.
  const upwards = (look === 'together' || look === 'silence') && form.jsonOf([...at, 'direction']) !== '';
  const turned = upwards ? withNode(text, [...at, 'direction'], null) : text;
  return MEMBERS.reduce((before, member) => {
    const begun = BEGUN[look][member] ?? null;
    const isThere = form.jsonOf([...at, member]) !== '';
    const stays = isThere ? begun !== null && member !== 'measure' : begun === null;
    return stays ? before : withNode(before, [...at, member], begun);
  }, turned);
}
