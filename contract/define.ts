import type { z } from 'zod';
import type { Right } from '../core/people/right.ts';
import type { Text } from '../core/words.ts';

/** What a window may call: asked once, answered once. */
export interface MethodSpec {
  readonly right: Right;
  readonly params: z.ZodType;
  readonly result: z.ZodType;
  /**
   * Work or answer grows with what the hall holds. Of a window one such call runs at a time, when it has read what it asked for before, and not
   * without a pause.
   */
  readonly long?: true;
}

/** A list that a window pages through and that follows what changes on its page. */
export interface QuerySpec {
  readonly right: Right;
  readonly params: z.ZodType;
  readonly row: z.ZodType;
  /** The member of a row that tells it from the others. */
  readonly key: string;
}

/**
 * A keyed collection: a snapshot, then deltas `{ set, del }`, each with a version one above the last. A window that sees a gap asks for the
 * snapshot again.
 */
export interface TopicSpec {
  /** What its items are, for the sentence that says that some are shown in no window. */
  readonly words: Text;
  readonly right: Right;
  readonly item: z.ZodType;
  /** Its items are folded from events, which may be another station's: what windows would refuse is left out and said. */
  readonly folded?: true;
  /** The one list of an item that may be long (contract/wire/encode.ts). */
  readonly long?: { readonly list: string; readonly member: z.ZodType };
}

/** A binary stream. Its params are parsed by whoever serves it. */
export interface StreamSpec {
  readonly right: Right;
}

type Specs<S> = Readonly<Record<string, S>>;

/** What one feature asks and answers: each entry with the right that it needs. */
export interface FeatureContract<
  M extends Specs<MethodSpec> = Specs<MethodSpec>,
  Q extends Specs<QuerySpec> = Specs<QuerySpec>,
  T extends Specs<TopicSpec> = Specs<TopicSpec>,
  S extends Specs<StreamSpec> = Specs<StreamSpec>,
> {
  readonly name: string;
  readonly methods: M;
  readonly queries: Q;
  readonly topics: T;
  readonly streams: S;
}

type None = Readonly<Record<never, never>>;

/** Declares the contract of a feature: `contract/features/<name>.ts`. Parts that it has nothing of are left out. */
export function defineContract<
  const M extends Specs<MethodSpec> = None,
  const Q extends Specs<QuerySpec> = None,
  const T extends Specs<TopicSpec> = None,
  const S extends Specs<StreamSpec> = None,
>(slice: { name: string; methods?: M; queries?: Q; topics?: T; streams?: S }): FeatureContract<M, Q, T, S> {
  const { name, methods = {} as M, queries = {} as Q, topics = {} as T, streams = {} as S } = slice;
  return { name, methods, queries, topics, streams };
}

/** Names a contract takes. Methods and queries share one space, as they do in addresses of HTTP. */
type NamesOf<C extends FeatureContract> =
  | `${keyof C['methods'] & string}`
  | `${keyof C['queries'] & string}`
  | `topic ${keyof C['topics'] & string}`
  | `stream ${keyof C['streams'] & string}`;

/** Names that two contracts of a list take. */
export type Clashes<L extends readonly FeatureContract[], Taken extends string = never> = L extends readonly [
  infer C extends FeatureContract,
  ...infer Rest extends readonly FeatureContract[],
]
  ? Extract<NamesOf<C>, Taken> | Clashes<Rest, Taken | NamesOf<C>>
  : never;

type Both<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer A) => void ? A : never;
/** The entries of one part of all contracts of a list, as one record. */
type Part<L extends readonly FeatureContract[], P extends 'methods' | 'queries' | 'topics' | 'streams'> = {
  readonly [K in keyof Both<L[number][P]>]: Both<L[number][P]>[K];
};

/** What contracts joined ask and answer, whatever the features are: what carries it knows none of them. */
export interface Contract {
  readonly methods: Specs<MethodSpec>;
  readonly queries: Specs<QuerySpec>;
  readonly topics: Specs<TopicSpec>;
  readonly streams: Specs<StreamSpec>;
}

/** All contracts of a list as one. */
export interface JoinedContract<L extends readonly FeatureContract[]> {
  readonly methods: Part<L, 'methods'>;
  readonly queries: Part<L, 'queries'>;
  readonly topics: Part<L, 'topics'>;
  readonly streams: Part<L, 'streams'>;
}

/** Joins the contracts of features. Two that ask for the same name do not compile: the error says which name it is. */
export function joinContracts<const L extends readonly FeatureContract[]>(
  features: [Clashes<L>] extends [never] ? L : readonly [`two features ask for "${Clashes<L>}": rename one`],
): JoinedContract<L> {
  const list = features as L;
  const part = (name: 'methods' | 'queries' | 'topics' | 'streams') =>
    Object.assign({}, ...list.map((feature) => feature[name]));
  return {
    methods: part('methods'),
    queries: part('queries'),
    topics: part('topics'),
    streams: part('streams'),
  } as JoinedContract<L>;
}
