import type { EventDraft } from '../../core/ledger/envelope.ts';
import type { Aggregate } from '../../core/ledger/projection.ts';

/** One kind of aggregate, and which of its states matter when nobody asks for them. */
export interface Kind<S> {
  readonly aggregate: Aggregate<S>;
  /** It goes on: a start finds it, whatever its age. */
  goesOn(state: S): boolean;
  /** Wall time at which it was over, for the newest of which a start looks too; null for one that is not, or of whose end nobody is told. */
  overAt(state: S): number | null;
  /** It stays in memory, however long nobody asks for it, and is among those that can be looked through. Left out: what goes on. */
  stays?(state: S): boolean;
  /** So many that nobody needs stay in memory, and up to twice as many. Left out: a few. */
  readonly idle?: number;
  /**
   * What says that a person has seen what stations decided differently while apart. Left out: they cannot.
   *
   * @throws Refusal where there is no such conflict
   */
  see?(state: S, conflict: string, actor: string): readonly EventDraft[];
}
