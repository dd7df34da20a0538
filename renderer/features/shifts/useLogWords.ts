import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogRow } from '../../../contract/features/log.ts';
import type { QueryRow } from '../../../contract/index.ts';
import { useQuery, useSensors, useTopic } from '../../bridge/index.ts';
import { useFeatures } from '../../desk/FeaturesProvider.tsx';
import { useRunLines } from '../../desk/runs.ts';
import { useSeatName, useWhatAndWhere } from '../../desk/words.ts';
import { useLang } from '../../i18n/index.ts';
import { alarmParts, ruleOf } from './dutyLog.ts';

/** What a line of the log says: what happened; to what, by name, and what was said with it. */
export interface LogWords {
  readonly what: string;
  readonly about: string;
  /** Who decided: a seat, a rule, the hall. */
  readonly who: string;
}

type StepNames = QueryRow<'runs.steps'>;
type CallTold = QueryRow<'calls.told'>;
/** So many runs and calls are asked for at once: as many as a page of the log has lines. */
const MOST = 50;

/** Types whose text is what the thing is called, in both languages: its name says it in the window's own. */
const NAMING = new Set(['alarm.raised', 'call.came', 'incident.opened', 'run.launched', 'warning.came']);

/** Puts lines of the log into words; names are asked for once for all of them. */
export function useLogWords(rows: readonly LogRow[] | null): (row: LogRow) => LogWords {
  const { t, i18n } = useTranslation();
  const runs = useRunsOfLines(rows);
  const rules = useRules();
  const calls = useCallsOfLines(rows);
  const nameOf = useNames(rows, runs, calls, rules);
  const seatName = useSeatName();
  const whatAndWhere = useWhatAndWhere();
  const { regions } = useFeatures();
  const { stepOf, optionOf } = useStepNames(runs);
  return useCallback(
    ({ type, subject, step, text, actor, seat }) => {
      const call = type === 'call.answered' ? calls.get(subject) : undefined;
      const event = `shifts:event.${type.replace('.', '-')}`;
      const key = call ? (call.incident ? 'shifts:log.call-became' : 'shifts:log.call-noted') : event;
      const what = i18n.exists(key) ? t(key) : t('shifts:event.other');
      const name = nameOf(subject);
      const became = call?.incident ? whatAndWhere(call.incident) : '';
      const scene = type === 'wall.scene-shown' && regions.find(({ id }) => id === text);
      const said = scene
        ? t(scene.title)
        : step !== null && type === 'step.decided'
          ? optionOf(subject, step, text)
          : text;
      const parts = [
        ...[name, step === null ? '' : stepOf(subject, step), NAMING.has(type) && name !== '' ? '' : said],
        became === '' ? '' : t('shifts:log.became', { incident: became }),
      ];
      const who = (seat === null ? ruleOf(actor, rules) : null) ?? seatName(actor);
      return { what, who, about: parts.filter((part) => part !== '').join(' · ') };
    },
    [t, i18n, regions, rules, calls, nameOf, whatAndWhere, seatName, stepOf, optionOf],
  );
}

/** Runs whose steps lines are about, by id. */
function useRunsOfLines(rows: readonly LogRow[] | null): ReadonlyMap<string, StepNames> {
  const ids = useMemo(
    () => [...new Set((rows ?? []).flatMap(({ subject, step }) => (step === null ? [] : [subject])))].slice(0, MOST),
    [rows],
  );
  const runs = useQuery('runs.steps', ids.length === 0 ? null : { runs: ids }).rows;
  return useMemo(() => new Map((runs ?? []).map((run) => [run.id, run])), [runs]);
}

/** Calls that lines are about, by id: what they said, who called, what became of them. */
function useCallsOfLines(rows: readonly LogRow[] | null): ReadonlyMap<string, CallTold> {
  const ids = useMemo(
    () =>
      [...new Set((rows ?? []).flatMap(({ subject }) => (subject.startsWith('call:') ? [subject] : [])))].slice(
        0,
        MOST,
      ),
    [rows],
  );
  const calls = useQuery('calls.told', ids.length === 0 ? null : { calls: ids }).rows;
  return useMemo(() => new Map((calls ?? []).map((call) => [call.id, call])), [calls]);
}

/** What steps and their options are called; empty where that is not known here, or not yet. */
function useStepNames(runs: ReadonlyMap<string, StepNames>): {
  stepOf(run: string, step: string): string;
  optionOf(run: string, step: string, option: string): string;
} {
  const { text } = useLang();
  return useMemo(() => {
    const find = (run: string, step: string) => runs.get(run)?.steps.find(({ id }) => id === step);
    return {
      stepOf(run, step) {
        const found = find(run, step);
        return found ? text(found.title) : '';
      },
      optionOf(run, step, option) {
        const found = find(run, step)?.options.find(({ id }) => id === option);
        return found ? text(found.title) : '';
      },
    };
  }, [runs, text]);
}

/** What rules are called, by their ids. */
function useRules(): ReadonlyMap<string, string> {
  const { text } = useLang();
  const rules = useQuery('alarms.rules', {}).rows;
  return useMemo(() => new Map((rules ?? []).map(({ rule, name }) => [rule, text(name)])), [rules, text]);
}

/** Subjects of lines that are of one kind, each once. */
function useSubjects(rows: readonly LogRow[] | null, kind: `${string}:`): string[] {
  return useMemo(
    () => [...new Set((rows ?? []).flatMap(({ subject }) => (subject.startsWith(kind) ? [subject] : [])))],
    [rows, kind],
  );
}

/** What subjects of lines are called; empty where that is not known here. */
function useNames(
  rows: readonly LogRow[] | null,
  stepped: ReadonlyMap<string, StepNames>,
  calls: ReadonlyMap<string, CallTold>,
  rules: ReadonlyMap<string, string>,
): (subject: string) => string {
  const { text } = useLang();
  const whatAndWhere = useWhatAndWhere();
  const ids = useSubjects(rows, 'incident:');
  const incidents = useQuery('incidents.list', ids.length === 0 ? null : { ids, limit: ids.length }).rows;
  const warned = useSubjects(rows, 'warning:');
  const warnings = useQuery('warnings.list', warned.length === 0 ? null : { ids: warned, limit: warned.length }).rows;
  const runs = useRunLines();
  const alarms = useTopic('alarms');
  const sensors = useSensors();
  const { t } = useTranslation();
  return useMemo(() => {
    const known = new Map<string, string>();
    for (const incident of incidents ?? []) known.set(incident.id, whatAndWhere(incident));
    for (const warning of warnings ?? []) known.set(warning.id, text(warning.title));
    for (const run of [...stepped.values(), ...runs]) known.set(run.id, text(run.name));
    for (const alarm of alarms.values()) known.set(alarm.id, whatAndWhere(alarm));
    for (const { id, text: said, caller } of calls.values()) {
      const who = [caller?.name, caller?.phone].filter((part) => part).join(' ');
      known.set(id, who === '' ? text(said) : t('shifts:log.caller', { said: text(said), who }));
    }
    /** An alarm that is over is told by its rule, and by its sensor, which says where. */
    const over = (subject: string) => {
      const parts = alarmParts(subject);
      const what = parts && rules.get(parts.rule);
      if (!what) return '';
      const sensor = sensors.find(({ id }) => id === parts.source);
      return sensor ? t('common:what-where', { where: text(sensor.name), what }) : what;
    };
    return (subject) =>
      known.get(subject) ?? (subject.startsWith('wall:') ? subject.slice('wall:'.length) : over(subject));
  }, [t, text, whatAndWhere, sensors, incidents, warnings, stepped, runs, alarms, calls, rules]);
}
