import type { AlarmRule } from './rules.ts';

/** Which rules watch which sensor, or unit, worked out once for a set of rules. */
export interface RuleIndex {
  /** The rules that watch this one, in the order of the set: those of its kind that name it, and those that name none. */
  of(thing: { id: string; kind: string }): readonly AlarmRule[];
}

/** One look at every rule and every id it names, and none at another rule afterwards. */
export function indexRules(rules: readonly AlarmRule[], what: 'sensor' | 'unit' = 'sensor'): RuleIndex {
  /** Places in `rules`, by what is named; by kind where nothing is. */
  const naming = new Map<string, number[]>();
  const ofKind = new Map<string, number[]>();
  const note = (into: Map<string, number[]>, key: string, at: number) => {
    const places = into.get(key);
    if (places) places.push(at);
    else into.set(key, [at]);
  };
  const kinds = rules.map(({ [what]: watched }, at) => {
    if (watched?.ids) for (const id of new Set(watched.ids)) note(naming, id, at);
    else if (watched) note(ofKind, watched.kind, at);
    return watched?.kind;
  });
  return {
    of({ id, kind }) {
      const named = (naming.get(id) ?? []).filter((at) => kinds[at] === kind);
      return [...named, ...(ofKind.get(kind) ?? [])].sort((a, b) => a - b).map((at) => rules[at] as AlarmRule);
    },
  };
}
