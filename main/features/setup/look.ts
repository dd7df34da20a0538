import { MOST_EXAMPLES, type SetupPart, type SetupView } from '../../../contract/features/setup.ts';
import type { HallFolder } from '../../kernel/hallFolder.ts';

/** What the parts of a hall come to: everything that files of its folder can change, by id. */
export type Parts = Readonly<Record<SetupPart, ReadonlyMap<string, string>>>;

const byId = <T>(all: readonly T[], idOf: (each: T) => string): ReadonlyMap<string, string> =>
  new Map(all.map((each) => [idOf(each), JSON.stringify(each)]));

/** @param feeds configurations of the hall's own feeds */
export function partsOf(
  city: HallFolder['city'],
  files: Pick<HallFolder['files'], 'rules' | 'plans'>,
  feeds: readonly { readonly id: string }[],
): Parts {
  const id = (each: { readonly id: string }) => each.id;
  return {
    departments: byId(city.departments, id),
    places: byId(city.places, id),
    facilities: byId(city.facilities, id),
    sensors: byId(city.sensors, id),
    units: byId(city.units, id),
    cameras: byId(city.cameras, id),
    kinds: byId(city.kinds, ({ of, kind }) => `${of}:${kind}`),
    feeds: byId(feeds, id),
    rules: byId(files.rules, ({ rule }) => rule),
    plans: byId(files.plans, ({ plan, version }) => `${plan} ${version}`),
  };
}

/** Part by part, what is with the files as they are now that was not, is another, or is not any more. */
export function differences(now: Parts, next: Parts): SetupView['parts'] {
  return (Object.keys(now) as SetupPart[]).map((part) => {
    const [before, after] = [now[part], next[part]];
    const ids = (from: ReadonlyMap<string, string>, is: (id: string) => boolean) => {
      const found = [...from.keys()].filter(is);
      return { count: found.length, examples: found.slice(0, MOST_EXAMPLES).map((id) => id.slice(0, 100)) };
    };
    return {
      ...{ part, count: before.size },
      added: ids(after, (id) => !before.has(id)),
      changed: ids(after, (id) => before.has(id) && before.get(id) !== after.get(id)),
      gone: ids(before, (id) => !after.has(id)),
    };
  });
}
