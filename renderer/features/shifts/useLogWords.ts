import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogRow } from '../../../contract/features/log.ts';
import { useQuery, useTopic } from '../../bridge/index.ts';
import { useRunLines } from '../../desk/runs.ts';
import { useWhatAndWhere } from '../../desk/words.ts';
import { useLang } from '../../i18n/index.ts';

/** What a line of the log says: what happened; to what, by name, and what was said with it. */
export interface LogWords {
  readonly what: string;
  readonly about: string;
}

/** Types whose text is what the thing is called, in both languages: its name says it in the window's own. */
const NAMING = new Set(['alarm.raised', 'incident.opened', 'run.launched']);

/** Puts lines of the log into words; names are asked for once for all of them. */
export function useLogWords(rows: readonly LogRow[] | null): (row: LogRow) => LogWords {
  const { t, i18n } = useTranslation();
  const nameOf = useNames(rows);
  return useCallback(
    ({ type, subject, text: said }) => {
      const key = `shifts:event.${type.replace('.', '-')}`;
      const what = i18n.exists(key) ? t(key) : t('shifts:event.other');
      const name = nameOf(subject);
      const parts = [name, NAMING.has(type) && name !== '' ? '' : said];
      return { what, about: parts.filter((part) => part !== '').join(' · ') };
    },
    [t, i18n, nameOf],
  );
}

/** What subjects of lines are called; empty where that is not known here. */
function useNames(rows: readonly LogRow[] | null): (subject: string) => string {
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
    for (const run of runs) known.set(run.id, text(run.name));
    for (const alarm of alarms.values()) known.set(alarm.id, whatAndWhere(alarm));
    const ofRules = new Map((rules ?? []).map(({ rule, name }) => [rule, text(name)]));
    return (subject) => known.get(subject) ?? ofRules.get(/^alarm:([^:]*)/.exec(subject)?.[1] ?? '') ?? '';
  }, [text, whatAndWhere, incidents, runs, alarms, rules]);
}
