import type { Aggregate } from '../../core/ledger/projection.ts';

/** One kind of aggregate, and which of its states matter when nobody asks for them. */
export interface Kind<S> {
  readonly aggregate: Aggregate<S>;
  /** It goes on: a start finds it, whatever its age. */
  goesOn(state: S): boolean;
  /** Wall time at which it was over, for the newest of which a start looks too; null for one that is not, or of whose end nobody is told. */
  overAt(state: S): number | null;
}
