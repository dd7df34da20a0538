import { alarmAggregate, alarmSubject, isUp } from '../../../core/alarms/alarm.ts';
import { decideAlarm } from '../../../core/alarms/decide.ts';
import { type AlarmRule, acted, initialWatch, termsOf, type WatchState, watch } from '../../../core/alarms/rules.ts';
import type { Said } from '../../../core/alarms/said.ts';
import type { EventDraft } from '../../../core/ledger/envelope.ts';
import type { Place } from '../../../core/words.ts';
import type { Domain } from '../../domain/domain.ts';

/** One rule watching one source. */
export interface Point {
  readonly rule: AlarmRule;
  readonly source: { readonly kind: 'sensor' | 'unit'; readonly id: string };
  /** In what its values are told. */
  unit: string;
  /** Where the source is. */
  place: Place;
  state: WatchState;
  /** While what it decided is being written: what was said meanwhile and would have to be acted upon. */
  writing: { again: Said | null } | null;
}

/** Raises and clears the alarms of points. It keeps only timers: whether an alarm is up it asks the ledger, each time, because other stations write to the same alarm. */
export interface Points {
  make(of: Pick<Point, 'rule' | 'source' | 'unit' | 'place'>): Point;
  take(point: Point, said: Said): void;
  /** Whether a value that is calm may still change something: a time runs, or the alarm is up. */
  isAstir(point: Point): boolean;
}

export function createPoints(options: {
  /** This station's name: what its rules say of an alarm replaces what they said before. */
  station: string;
  domain: Pick<Domain, 'of' | 'execute'>;
  onError(error: unknown, what: string): void;
}): Points {
  const { station, domain, onError } = options;
  const alarms = domain.of(alarmAggregate);
  const subjectOf = ({ rule, source }: Point) => alarmSubject(rule.rule, source.id);

  function take(point: Point, said: Said): void {
    const { rule, source, unit } = point;
    const id = subjectOf(point);
    const { state, verdict } = watch(rule, point.state, said, alarms.get(id), station);
    point.state = state;
    if (!verdict) return;
    if (point.writing) {
      point.writing.again = said;
      return;
    }
    const actor = `rule.${rule.rule}`;
    const terms = termsOf(rule);
    const { value } = said;
    const { place } = point;
    const decide = (): EventDraft[] => {
      const alarm = alarms.get(id);
      if ('clear' in verdict) return decideAlarm(alarm, { do: 'clear', value, actor });
      if ('hold' in verdict) return decideAlarm(alarm, { do: 'hold', terms, station, actor });
      const finding = {
        ...{ rule: rule.rule, title: rule.name, level: verdict.raise, source, value, unit, place },
        clears: terms,
      };
      return decideAlarm(alarm, { do: 'raise', finding, actor });
    };
    const writing: NonNullable<Point['writing']> = { again: null };
    point.writing = writing;
    domain
      .execute(decide, { keep: true })
      .then((events) => {
        if (events.length > 0) point.state = acted(point.state, verdict, alarms.get(id).occurrence);
      })
      .catch((error: unknown) => onError(error, id)) // The next observation asks the ledger and tries again.
      .finally(() => {
        point.writing = null;
        if (writing.again) take(point, writing.again);
      });
  }

  return {
    make: (of) => ({ ...of, state: initialWatch(of.rule), writing: null }),
    take,
    isAstir: (point) =>
      point.writing !== null || point.state.since.some((since) => since !== null) || isUp(alarms.get(subjectOf(point))),
  };
}
