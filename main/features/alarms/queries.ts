import type { RuleView } from '../../../contract/features/alarms.ts';
import { alarmAggregate } from '../../../core/alarms/alarm.ts';
import type { AlarmRule } from '../../../core/alarms/rules.ts';
import type { RuleFile } from '../../config/hallFiles.ts';
import type { Domain } from '../../domain/domain.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { listPage } from '../../wire/listPage.ts';
import type { ListAnswerer, OneAnswerer } from '../../wire/liveQueries.ts';
import type { Shelving } from './shelving.ts';
import { alarmView } from './view.ts';

/** Whatever alarm a window asks for, as those of the queue are shown. */
export function oneAlarm(
  domain: Pick<Domain, 'of'>,
  ledger: Pick<Ledger, 'isUnwritten'>,
  shelving: Pick<Shelving, 'until'>,
): OneAnswerer<'alarms.one'> {
  const alarms = domain.of(alarmAggregate);
  return {
    reads: ({ id }) => [id],
    atOnce({ id }) {
      const alarm = alarms.get(id);
      const rows = alarm.occurrence === 0 ? [] : [alarmView(alarm, shelving.until(id), ledger.isUnwritten(id))];
      return { rows, total: { count: rows.length, exact: true }, more: null };
    },
  };
}

/**
 * The rules as windows show them: they are read at the start, and stay as they are until the next.
 *
 * @param knows how much of a rule of what is usual is known at present
 */
export function alarmQueries(
  files: { rules: readonly AlarmRule[]; ruleFiles: ReadonlyMap<string, RuleFile> },
  knows: (rule: AlarmRule) => RuleView['knows'],
): {
  'alarms.rules': ListAnswerer<'alarms.rules'>;
} {
  const viewOf = (of: AlarmRule): RuleView => {
    const { rule, name, sensor, unit, area, conditions, measure, direction, levels } = of;
    return {
      ...{
        rule,
        name,
        kind: (sensor ?? unit)?.kind ?? '',
        measure: area ? 'inside' : conditions ? 'together' : measure,
        direction,
        levels,
      },
      ...{ knows: knows(of), ...(files.ruleFiles.get(rule) ?? { file: '', own: false }) },
    };
  };
  return {
    'alarms.rules': {
      reads: ['usual'],
      answer: ({ rule, ...page }) =>
        listPage(
          files.rules.filter((each) => rule === undefined || each.rule === rule).map(viewOf),
          (each) => each.rule,
          page,
        ),
    },
  };
}
