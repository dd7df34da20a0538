import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepView } from '../../contract/features/plans.ts';
import type { Text } from '../../contract/schema/basics.ts';
import { useLang } from '../i18n/index.ts';

/** `level` → "Response level", `step.pump-on` → "Step pump-on", values and rules likewise; the id itself where there is no word. */
export function useDecisionWords(steps: readonly StepView[] = []): {
  field(field: string): string;
  value(field: string, value: string): string;
  rule(rule: string): string;
} {
  const { t, i18n } = useTranslation();
  const { text } = useLang();
  const stepOf = (field: string) => steps.find((step) => step.id === field.split('.').slice(1).join('.'));
  const word = (key: string, otherwise: string) => (i18n.exists(key) ? t(key) : otherwise);
  return {
    field(field) {
      const [head = field, ...rest] = field.split('.');
      const name = word(`detail:conflict.field.${head}`, head);
      const step = stepOf(field);
      return rest.length === 0 ? name : `${name} · ${step ? text(step.title) : rest.join('.')}`;
    },
    value(field, value) {
      const head = field.split('.')[0];
      const option = stepOf(field)?.options.find((each) => each.id === value);
      if (option) return text(option.title);
      if (head === 'level' && /^[1-4]$/.test(value)) return t(`common:level.long.${value}`);
      if (i18n.exists(`detail:conflict.value.${value}`)) return t(`detail:conflict.value.${value}`);
      return word(`plans:state.${value}`, value);
    },
    rule: (rule) =>
      word(`detail:conflict.by.${rule}`, word(`detail:conflict.by.${rule.split('.').at(-1) ?? rule}`, rule)),
  };
}

/** A seat's or department's name on the screen. Actors that are not seats (rules, the hall) keep their own. */
export function useSeatName(): (seat: string) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    (seat) => {
      const rule = /^rule[.:](.+)$/.exec(seat)?.[1];
      if (rule !== undefined) return t('common:seat.rule', { rule });
      if (/^hall\./.test(seat) || seat === 'timer') return t('common:seat.hall'); // `timer` in ledgers of before.
      const bare = seat.replace(/^seat[:.]/, '');
      if (i18n.exists(`common:seat.${bare}`)) return t(`common:seat.${bare}`);
      if (i18n.exists(`common:department.${bare}`)) return t(`common:department.${bare}`);
      return seat;
    },
    [t, i18n],
  );
}

/** Where and what, in one line: `滨河路下穿 · 道路积水`. */
export function useWhatAndWhere(): (thing: {
  readonly title: Text;
  readonly place: { readonly name: Text };
}) => string {
  const { t } = useTranslation();
  const { text } = useLang();
  return useCallback(
    ({ title, place }) => {
      const [what, where] = [text(title), text(place.name)];
      return where === '' || what.includes(where) ? what : t('common:what-where', { where, what });
    },
    [t, text],
  );
}

/** A department's name; the id itself where there is no word. */
export function useDepartmentName(): (department: string) => string {
  const { t, i18n } = useTranslation();
  return (department) =>
    i18n.exists(`common:department.${department}`) ? t(`common:department.${department}`) : department;
}
