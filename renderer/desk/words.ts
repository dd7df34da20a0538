import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepView } from '../../contract/features/plans.ts';
import type { Text } from '../../contract/schema/basics.ts';
import { actorName, departmentName } from '../../core/people/names.ts';
import type { KindOf } from '../../core/places/kinds.ts';
import { useLang } from '../i18n/index.ts';
import { useDirectory } from './hallData.tsx';
import type { Subject } from './subject.ts';

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
      const own = `detail:conflict.value-of.${head}.${value || 'withdrawn'}`;
      if (i18n.exists(own)) return t(own);
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

/** Who decided, by name: a seat, a department, a rule, the hall. */
export function useSeatName(): (seat: string) => string {
  const { text } = useLang();
  const { departments } = useDirectory();
  return useCallback((seat) => text(actorName(seat, departments)), [text, departments]);
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

/** What is selected, in a line; empty for nothing and for what has no name. */
export function useSubjectName(): (subject: Subject) => string {
  const { text } = useLang();
  const whatAndWhere = useWhatAndWhere();
  return useCallback(
    ({ incident, alarm, sensor, camera }) => {
      const answered = incident ?? alarm;
      if (answered) return whatAndWhere(answered);
      const named = sensor ?? camera;
      return named ? text(named.name) : '';
    },
    [text, whatAndWhere],
  );
}

/** i18n keys of the names of the product's own kinds. */
const KIND_WORDS: Readonly<Record<KindOf, (kind: string) => string>> = {
  sensor: (kind) => `detail:sensor.${kind}`,
  unit: (kind) => `units:kind.${kind}`,
  facility: (kind) => `situation:facility.${kind}`,
};

/** What a kind of things is called: as the hall's files name it, in the product's words, or as it is written where there is neither. */
export function useKindName(): (of: KindOf, kind: string) => string {
  const { t, i18n } = useTranslation();
  const { text } = useLang();
  const { kinds } = useDirectory();
  return useCallback(
    (of, kind) => {
      const own = kinds.get(`${of}:${kind}`);
      if (own) return text(own.name);
      const key = KIND_WORDS[of](kind);
      return i18n.exists(key) ? t(key) : kind;
    },
    [t, i18n, text, kinds],
  );
}

/** A department's name; the id itself where there is no word. */
export function useDepartmentName(): (department: string) => string {
  const { text } = useLang();
  const { departments } = useDirectory();
  return useCallback((department) => text(departmentName(department, departments)), [text, departments]);
}
