import { type EventDraft, kindOf, type LedgerEvent } from '../../core/ledger/envelope.ts';
import { type Aggregate, createProjection, type Folded, type Projection } from '../../core/ledger/projection.ts';
import type { Foreign } from '../kernel/foreign.ts';
import type { Kind } from '../kernel/kind.ts';
import type { Shows, Since } from '../kernel/shows.ts';
import type { Views } from '../kernel/views.ts';
import type { Ledger } from '../ledger/ledger.ts';

/** The aggregates of one kind. */
export interface States<S> {
  /** As it is, or as one is about which nothing was written. */
  get(id: string): S;
  /** Those that stay in memory, whoever asks (`Kind.stays`). */
  staying(): IterableIterator<[string, S]>;
}

/** The domain's present state, folded from the ledger, and the one way to change it. */
export interface Domain {
  /** @throws TypeError for an aggregate that no feature declares */
  of<S>(aggregate: Aggregate<S>): States<S>;
  /** The state of any subject; undefined for one that nothing was written about, or of a kind that no feature declares. */
  state(subject: string): object | undefined;
  /**
   * What says that a person has seen what was decided differently about a subject; null for one that has no conflicts.
   *
   * @throws Refusal where there is no such conflict
   */
  see(subject: string, conflict: string, actor: string): readonly EventDraft[] | null;
  /**
   * Decides against the present state and answers when what was decided is durable. Decisions are taken one after another.
   *
   * @param options keep: takes effect in memory when the disk refuses it, and is written later. For what the hall itself finds.
   * @throws Refusal when a rule stands against it; nothing is written then.
   * @throws LedgerWriteError when the disk refuses it.
   */
  execute(decide: () => readonly EventDraft[], options?: { keep?: boolean }): Promise<LedgerEvent[]>;
  /** Events of the ledger that this version does not understand (L9). */
  foreign(): Foreign;
  onChange(listener: (subjects: readonly string[]) => void): () => void;
}

/** Of most kinds a few are in use. */
const IDLE = 500;

/** One kind, and its states as they are folded. */
interface Fold extends States<unknown> {
  readonly kind: Kind<unknown>;
  readonly projection: Projection<unknown>;
}

/**
 * Begins with what goes on and follows the ledger: what windows see changes only after it is durable, or while the disk refuses what
 * the hall itself finds. What is over is in memory only while somebody asks for it.
 */
export function createDomain(options: {
  ledger: Ledger;
  /** Prepared. */
  views: Pick<Views, 'savedOf' | 'beginning' | 'follow' | 'passedOver' | 'foreign'>;
  kinds: readonly Kind<unknown>[];
}): Domain & {
  /** Takes up what the ledger holds, shows it, and follows the ledger from then on. Once. */
  begin(shows: readonly Shows[]): void;
} {
  const { ledger, views, kinds } = options;
  const folds = new Map(kinds.map((kind) => [kind.aggregate.kind, fold(kind)]));
  const every = [...folds.values()].map(({ projection }) => projection);
  const listeners = new Set<(subjects: readonly string[]) => void>();

  function fold(kind: Kind<unknown>): Fold {
    const { aggregate, idle = IDLE } = kind;
    const savedOf = (subject: string): Folded<unknown> | undefined => views.savedOf(subject);
    const pins = (state: unknown) => kind.stays?.(state) ?? kind.goesOn(state);
    const projection = createProjection(aggregate, ledger.eventsOf, { savedOf, pins, idle }, views.passedOver);
    return {
      ...{ kind, projection },
      get: (id) => projection.get(id) ?? aggregate.initialState(id),
      staying: () => projection.entries(),
    };
  }

  const of = <S>({ kind }: Aggregate<S>): States<S> => {
    const found = folds.get(kind);
    if (!found)
      throw new TypeError(`no feature declares the kind "${kind}"; there are ${[...folds.keys()].join(', ')}`);
    return found as States<unknown> as States<S>;
  };

  let shows: readonly Shows[] = [];
  const show = (subject: string, since: Since): void => {
    const kind = kindOf(subject);
    for (const each of shows) if (Object.hasOwn(each, kind)) each[kind]?.(subject, since);
  };
  function showAll(events: readonly LedgerEvent[]): void {
    const subjects = [...new Set(events.map((event) => event.subject))];
    for (const subject of subjects) show(subject, 'now');
    for (const listener of [...listeners]) listener(subjects);
  }

  return {
    begin(given) {
      shows = given;
      for (const [subject, folded] of views.beginning()) {
        folds.get(kindOf(subject))?.projection.restore(subject, folded);
        show(subject, 'its-event');
      }
      ledger.listen({
        fold(events) {
          for (const event of events) if (!folds.has(kindOf(event.subject))) views.passedOver(event);
          for (const each of every) each.apply(events);
        },
        rolledBack(subjects) {
          for (const each of every) each.refold(subjects);
        },
        committed: showAll,
        kept: showAll,
      });
      views.follow({
        *unsaved() {
          for (const each of every) yield* each.unsaved();
        },
        saved() {
          for (const each of every) each.saved();
        },
      });
    },
    of,
    state: (subject) => folds.get(kindOf(subject))?.projection.get(subject) as object | undefined,
    see(subject, conflict, actor) {
      const found = folds.get(kindOf(subject));
      return found?.kind.see?.(found.get(subject), conflict, actor) ?? null;
    },
    execute: (decide, how) => ledger.transact(decide, how),
    foreign: views.foreign,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
