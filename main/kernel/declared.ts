import type { EventFamily } from '../../core/ledger/family.ts';
import { type Stream, splitKey } from '../../core/ledger/stream.ts';
import { auditFamily } from '../../core/people/audit.ts';
import type { Feature, Showing, ShowsOn } from './feature.ts';
import type { Kind } from './kind.ts';
import type { ReadModel } from './readModel.ts';
import type { Shows } from './shows.ts';

type Declares = Pick<Feature, 'contract' | 'kinds' | 'families' | 'readModels' | 'show'>;

/** What the features of a list declare, joined. What one shows of another's is known by then, where it stands behind it. */
export interface Declared {
  readonly kinds: readonly Kind<unknown>[];
  /** Every kind of event that this version writes. */
  readonly families: readonly EventFamily[];
  readonly readModels: readonly ReadModel[];
}

/** @throws Error where two features declare a kind or a table of one name, with both and the name */
export function declaredBy(features: readonly Declares[]): Declared {
  const familiesOf = ({ kinds, families }: Declares) => [...kinds.map(({ aggregate }) => aggregate), ...families];
  once(features, 'kind of events', (feature) => familiesOf(feature).map(({ kind }) => kind));
  once(features, 'read model', ({ readModels }) => readModels.map(({ name }) => name));
  return {
    kinds: features.flatMap((feature) => feature.kinds),
    families: [...features.flatMap(familiesOf), auditFamily],
    readModels: features.flatMap((feature) => feature.readModels),
  };
}

/** The same, written to the one stream of a rehearsal, and taken from no other: an event of it that came into another ledger folds nowhere. */
export function rehearsed({ kinds, families, readModels }: Declared, stream: Stream): Declared {
  return {
    kinds: kinds.map((kind) => ({ ...kind, aggregate: { ...kind.aggregate, stream } })),
    families: families.map((family) => ({ ...family, stream })),
    readModels,
  };
}

/** The rehearsal that a ledger is the record of: all that was written there is of its stream. Null for any other ledger. */
export function rehearsalOf(ownKeys: readonly string[]): Stream | null {
  const [stream, ...more] = new Set(ownKeys.map((key) => splitKey(key).stream));
  return more.length === 0 && stream?.startsWith('drill:') ? stream : null;
}

function once(features: readonly Declares[], what: string, namesOf: (feature: Declares) => readonly string[]): void {
  const owners = new Map<string, string>();
  for (const feature of features) {
    for (const name of namesOf(feature)) {
      const before = owners.get(name);
      const { name: owner } = feature.contract;
      if (before !== undefined)
        throw new Error(`the features ${before} and ${owner} both declare the ${what} "${name}": rename one`);
      owners.set(name, owner);
    }
  }
}

/** What the features of a list show. */
export interface ShowingOf {
  readonly shows: readonly Shows[];
  /** What one of them made ready, for its start. */
  of<S extends Showing>(feature: Declares & { show(stand: ShowsOn): S }): S;
}

/** Makes ready what the features show, each once. */
export function showingOf(features: readonly Declares[], stand: ShowsOn): ShowingOf {
  const all = new Map(features.map((feature) => [feature, feature.show(stand)] as const));
  return {
    shows: [...all.values()].map(({ shows }) => shows),
    of<S extends Showing>(feature: Declares): S {
      const found = all.get(feature);
      if (!found) throw new Error(`the feature ${feature.contract.name} is not of this list`);
      return found as S; // What its own `show` answered.
    },
  };
}
