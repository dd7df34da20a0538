import { decideWarning } from '../../../core/warnings/decide.ts';
import { holds, warningAggregate } from '../../../core/warnings/warning.ts';
import type { Clock } from '../../clock.ts';
import type { Domain } from '../../domain/domain.ts';
import type { Timed } from '../../kernel/timed.ts';

/** Warnings end when their time is over (N8). */
export function warningsOver(options: { domain: Pick<Domain, 'of'>; clock: Pick<Clock, 'monotonic' | 'now'> }): Timed {
  const { clock } = options;
  const warnings = options.domain.of(warningAggregate);
  return {
    name: 'warning-over',
    kind: warningAggregate.kind,
    *begin() {
      for (const [warning] of warnings.staying()) yield warning;
    },
    due(id) {
      const warning = warnings.get(id);
      if (warning.said === null || !holds(warning)) return null;
      // The message says a wall time: of a clock that was put right meanwhile the rest is waited for again.
      return clock.monotonic() + Math.max(0, warning.said.until - clock.now());
    },
    decide: (id) => decideWarning(warnings.get(id), { do: 'check-time', now: clock.now(), actor: 'hall.timer' }),
  };
}
