import type { FeatureContract } from '../../contract/define.ts';
import type { MethodName, QueryName, StreamName } from '../../contract/index.ts';
import type { BulkSources, Handlers } from '../../contract/wire/served.ts';
import type { Answerers } from '../wire/liveQueries.ts';
import type { Kernel } from './kernel.ts';

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

/** The hall's half of a feature: `main/features/<name>/index.ts`. */
export interface Feature<C extends FeatureContract = FeatureContract, K = Kernel> {
  readonly contract: C;
  /**
   * @param kernel the members it stands on
   * @throws Error that ends the hall's start
   */
  start(kernel: K): Started<C> | Promise<Started<C>>;
}

/** Declares the hall's half of a feature. */
export function defineFeature<C extends FeatureContract, K>(feature: {
  contract: C;
  start(kernel: K): Start<C> | Promise<Start<C>>;
}): Feature<C, K> {
  return {
    contract: feature.contract,
    start(kernel) {
      const whole = (started: Start<C>): Started<C> =>
        ({ handlers: {}, queries: {}, streams: {}, close() {}, ...started }) as unknown as Started<C>;
      const started = feature.start(kernel);
      return started instanceof Promise ? started.then(whole) : whole(started);
    },
  };
}
