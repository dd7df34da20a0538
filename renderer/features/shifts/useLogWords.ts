import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogRow } from '../../../contract/features/log.ts';
import type { QueryRow } from '../../../contract/index.ts';
import { useQuery, useTopic } from '../../bridge/index.ts';
import { useRunLines } from '../../desk/runs.ts';
import { useWhatAndWhere } from '../../desk/words.ts';
import { useLang } from '../../i18n/index.ts';

/** What a line of the log says: what happened; to what, by name, and what was said with it. */
export interface LogWords {
  readonly what: string;
  readonly about: string;
}

type StepNames = QueryRow<'runs.steps'>;
/** So many runs are asked for at once: as many as a page of the log has lines. */
const RUNS = 50;

/** Types whose text is what the thing is called, in both languages: its name says it in the window's own. */
const NAMING = new Set(['alarm.raised', 'incident.opened', 'run.launched']);

/** Puts lines of the log into words; names are asked for once for all of them. */
export function useLogWords(rows: readonly LogRow[] | null): (row: LogRow) => LogWords {
  const { t, i18n } = useTranslation();
  const runs = useRunsOfLines(rows);
  const nameOf = useNames(rows, runs);
  const { stepOf, optionOf } = useStepNames(runs);
  return useCallback(
    ({ type, subject, step, text }) => {
      const key = `shifts:event.${type.replace('.', '-')}`;
      const what = i18n.exists(key) ? t(key) : t('shifts:event.other');
      const name = nameOf(subject);
      const said = step !== null && type === 'step.decided' ? optionOf(subject, step, text) : text;
      const parts = [name, step === null ? '' : stepOf(subject, step), NAMING.has(type) && name !== '' ? '' : said];
      return { what, about: parts.filter((part) => part !== '').join(' · ') };
    },
    [t, i18n, nameOf, stepOf, optionOf],
  );
}

/** Runs whose steps lines are about, by id. */
function useRunsOfLines(rows: readonly LogRow[] | null): ReadonlyMap<string, StepNames> {
  const ids = useMemo(
    () => [...new Set((rows ?? []).flatMap(({ subject, step }) => (step === null ? [] : [subject])))].slice(0, RUNS),
    [rows],
  );
  const runs = useQuery('runs.steps', ids.length === 0 ? null : { runs: ids }).rows;
  return useMemo(() => new Map((runs ?? []).map((run) => [run.id, run])), [runs]);
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

/** What subjects of lines are called; empty where that is not known here. */
function useNames(
  rows: readonly LogRow[] | null,
  stepped: ReadonlyMap<string, StepNames>,
): (subject: string) => string {
  const { text } = useLang();
  const whatAndWhere = useWhatAndWhere();
  const ids = useMemo(
    () => [...new Set((rows ?? []).flatMap(({ subject }) => (subject.startsWith('incident:') ? [subject] : [])))],
    [rows],
  );
  const incidents = useQuery('incidents.list', ids.length === 0 ? null : { ids, limit: ids.length }).rows;
  const runs = useRunLines();
  const alarms = useTopic('alarms');
  const rules = useQuery('alarms.rules', {}).rows;
  return useMemo(() => {
    const known = new Map<string, string>();
    for (const incident of incidents ?? []) known.set(incident.id, whatAndWhere(incident));
    for (const run of [...stepped.values(), ...runs]) known.set(run.id, text(run.name));
    for (const alarm of alarms.values()) known.set(alarm.id, whatAndWhere(alarm));
    const ofRules = new Map((rules ?? []).map(({ rule, name }) => [rule, text(name)]));
    return (subject) => known.get(subject) ?? ofRules.get(/^alarm:([^:]*)/.exec(subject)?.[1] ?? '') ?? '';
  }, [text, whatAndWhere, incidents, stepped, runs, alarms, rules]);
}
