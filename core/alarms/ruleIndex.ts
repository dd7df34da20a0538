import type { AlarmRule } from './rules.ts';

/** Which rules watch which sensor, worked out once for a set of rules. */
export interface RuleIndex {
  /** The rules that watch this sensor, in the order of the set: those of its kind that name it, and those that name none. */
  of(sensor: { id: string; kind: string }): readonly AlarmRule[];
}

/** One look at every rule and every id it names, and none at another rule afterwards. */
export function indexRules(rules: readonly AlarmRule[]): RuleIndex {
  /** Places in `rules`, by the sensor named; by kind where none is. */
  const naming = new Map<string, number[]>();
  const ofKind = new Map<string, number[]>();
  const note = (into: Map<string, number[]>, key: string, at: number) => {
    const places = into.get(key);
    if (places) places.push(at);
    else into.set(key, [at]);
  };
  const kinds = rules.map(({ sensor }, at) => {
    if (sensor.ids) for (const id of new Set(sensor.ids)) note(naming, id, at);
    else note(ofKind, sensor.kind, at);
    return sensor.kind;
  });
  return {
    of({ id, kind }) {
      const named = (naming.get(id) ?? []).filter((at) => kinds[at] === kind);
      return [...named, ...(ofKind.get(kind) ?? [])].sort((a, b) => a - b).map((at) => rules[at] as AlarmRule);
    },
  };
}
