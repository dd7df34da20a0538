import type { RuleView } from '../../../contract/features/alarms.ts';
import type { AlarmRule } from '../../../core/alarms/rules.ts';
import type { RuleFile } from '../../config/hallFiles.ts';
import { listPage } from '../../wire/listPage.ts';
import type { ListAnswerer } from '../../wire/liveQueries.ts';

/** The rules as windows show them: they are read at the start, and stay as they are until the next. */
export function alarmQueries(files: { rules: readonly AlarmRule[]; ruleFiles: ReadonlyMap<string, RuleFile> }): {
  'alarms.rules': ListAnswerer<'alarms.rules'>;
} {
  const all = files.rules.map(
    ({ rule, name, sensor, direction, levels }): RuleView => ({
      ...{ rule, name, kind: sensor.kind, direction, levels },
      ...(files.ruleFiles.get(rule) ?? { file: '', own: false }),
    }),
  );
  return {
    'alarms.rules': {
      reads: [],
      answer: ({ rule, ...page }) =>
        listPage(rule === undefined ? all : all.filter((each) => each.rule === rule), (each) => each.rule, page),
    },
  };
}
