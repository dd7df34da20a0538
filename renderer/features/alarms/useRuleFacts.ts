import { useTranslation } from 'react-i18next';
import type { AlarmView, RuleView } from '../../../contract/features/alarms.ts';
import { useQuery } from '../../bridge/index.ts';
import { useLang } from '../../i18n/index.ts';
import { measured } from '../../ui/format.ts';

/** Which sentence says what a rule asks. */
function asked({
  measure,
  direction,
}: RuleView):
  | 'high'
  | 'low'
  | 'rises'
  | 'falls'
  | 'silent'
  | 'in'
  | 'out'
  | 'together'
  | 'above-usual'
  | 'below-usual' {
  if (measure === 'inside') return direction === 'high' ? 'in' : 'out';
  if (measure === 'together') return 'together';
  if (measure === 'silence') return 'silent';
  if (measure === 'value') return direction;
  if ('usual' in measure) return direction === 'high' ? 'above-usual' : 'below-usual';
  return direction === 'high' ? 'rises' : 'falls';
}

/** Why an alarm was raised: its rule by name, what it asks at the alarm's level, for how long, and who may change that. */
export function useRuleFacts(alarm: AlarmView): {
  /** The value at which the alarm's level begins; null while it is not known, where the rule looks at another thing, or this hall has no such rule. */
  threshold: RuleView['levels'][number] | null;
  facts: readonly (readonly [string, string])[];
  /** Whether this hall has the rule; null while it is not known. */
  here: boolean | null;
} {
  const { t } = useTranslation();
  const { text } = useLang();
  const { rows } = useQuery('alarms.rules', { rule: alarm.rule });
  if (rows === null) return { threshold: null, facts: [], here: null };
  const rule = rows[0];
  if (rule === undefined)
    return {
      ...{ threshold: null, here: false },
      facts: [[t('alarms:rule.title'), t('alarms:rule.not-here', { rule: alarm.rule })]],
    };
  const threshold = rule.levels.find(({ level }) => level === alarm.level) ?? null;
  const { unit } = alarm;
  const looked = rule.measure === 'value' ? threshold : null;
  const when = threshold && [
    t(`alarms:rule.threshold.${asked(rule)}`, {
      value: measured(rule.measure === 'value' ? threshold.raise : Math.abs(threshold.raise)),
      unit,
      seconds: threshold.for,
    }),
    t('alarms:rule.clears', { value: measured(threshold.clear), unit }),
  ];
  return {
    here: true,
    threshold: looked,
    facts: [
      [t('alarms:rule.title'), `${text(rule.name)} · ${rule.rule}`],
      ...(when ? [[t('alarms:rule.when'), when.join(' · ')] as const] : []),
      ...(rule.knows ? [[t('alarms:rule.knows'), t('alarms:rule.knows-days', rule.knows)] as const] : []),
      [t('alarms:rule.who'), t(rule.own ? 'alarms:rule.who-own' : 'alarms:rule.who-product', { file: rule.file })],
    ],
  };
}
