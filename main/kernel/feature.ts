import type { FeatureContract } from '../../contract/define.ts';
import type { MethodName, QueryName, StreamName } from '../../contract/index.ts';
import type { BulkSources, Handlers } from '../../contract/wire/served.ts';
import type { EventFamily } from '../../core/ledger/family.ts';
import type { Domain } from '../domain/domain.ts';
import type { Answerers } from '../wire/liveQueries.ts';
import type { Kernel } from './kernel.ts';
import type { Kind } from './kind.ts';
import type { ReadModel } from './readModel.ts';
import type { Shows } from './shows.ts';

/** A feature that runs: what it answers, and how to end it. */
export interface Started<C extends FeatureContract> {
  /** One for every method of its contract. */
  readonly handlers: Pick<Handlers, keyof C['methods'] & MethodName>;
  /** One for every query of its contract. */
  readonly queries: Pick<Answerers, keyof C['queries'] & QueryName>;
  /** One for every stream of its contract. */
  readonly streams: Pick<BulkSources, keyof C['streams'] & StreamName>;
  close(): unknown;
}

/** What a feature's `start` answers: parts that it has nothing of are left out. */
type Start<C extends FeatureContract> = Pick<Partial<Started<C>>, 'close'> &
  PartOf<'handlers', Started<C>> &
  PartOf<'queries', Started<C>> &
  PartOf<'streams', Started<C>>;
type PartOf<P extends 'handlers' | 'queries' | 'streams', S extends Record<P, object>> = keyof S[P] extends never
  ? Partial<Pick<S, P>>
  : Pick<S, P>;

/** What a feature has shown windows before it starts, and what of that its start needs. */
export interface Showing {
  readonly shows: Shows;
}

/** What showing stands on. */
export interface ShowsOn extends Pick<Kernel, 'clock' | 'ledger' | 'topics'> {
  readonly domain: Pick<Domain, 'of'>;
}

/** The hall's half of a feature: `main/features/<name>/index.ts`. */
export interface Feature<C extends FeatureContract = FeatureContract, K = Kernel, S extends Showing = Showing> {
  readonly contract: C;
  /** The aggregates it brings, with the events they are folded from. */
  readonly kinds: readonly Kind<unknown>[];
  /** What it writes beside them, which nobody folds. */
  readonly families: readonly EventFamily[];
  /** The tables that its queries read. */
  readonly readModels: readonly ReadModel[];
  /** Makes ready what shows its aggregates, before the first of them is there. */
  show(stand: ShowsOn): S;
  /**
   * @param kernel the members it stands on
   * @param showing what its `show` answered
   * @throws Error that ends the hall's start
   */
  start(kernel: K, showing: S): Started<C> | Promise<Started<C>>;
}

/** Declares the hall's half of a feature: what it has nothing of is left out. */
export function defineFeature<C extends FeatureContract, K, S extends Showing = Showing>(feature: {
  contract: C;
  kinds?: readonly Kind<unknown>[];
  families?: readonly EventFamily[];
  readModels?: readonly ReadModel[];
  show?(stand: ShowsOn): S;
  start(kernel: K, showing: S): Start<C> | Promise<Start<C>>;
}): Feature<C, K, S> {
  const nothing = (): Showing => ({ shows: {} });
  const whole = (started: Start<C>): Started<C> =>
    ({ handlers: {}, queries: {}, streams: {}, close() {}, ...started }) as unknown as Started<C>;
  return {
    contract: feature.contract,
    kinds: feature.kinds ?? [],
    families: feature.families ?? [],
    readModels: feature.readModels ?? [],
    // Where a feature shows nothing, its start asks for nothing of it.
    show: feature.show ?? (nothing as () => S),
    start(kernel, showing) {
      const started = feature.start(kernel, showing);
      return started instanceof Promise ? started.then(whole) : whole(started);
    },
  };
}
