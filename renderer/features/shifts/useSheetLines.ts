import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Section, Sheet } from '../../../core/shifts/sheet.ts';
import type { Level, Text } from '../../../core/words.ts';
import { useSeatName, useWhatAndWhere } from '../../desk/words.ts';
import { useLang } from '../../i18n/index.ts';
import { age, dateTime } from '../../ui/format.ts';

/** One line of a section, in the window's words. */
export interface SheetLine {
  readonly id: string;
  readonly level: Level | null;
  /** What it is, and where. */
  readonly name: string;
  /** How it stands. */
  readonly facts: readonly string[];
  /** What is wrong with it; empty for nothing. */
  readonly bad: string;
}

type Lines = Readonly<Record<Section, readonly SheetLine[]>>;

/** Puts the lines of a sheet into the window's words: ages are as of the moment of the sheet. */
export function useSayLines(): (sheet: Sheet) => Lines {
  const { t } = useTranslation();
  const { text, lang } = useLang();
  const seatName = useSeatName();
  const whatAndWhere = useWhatAndWhere();
  return useCallback(
    (sheet) => {
      const since = (at: number) => t('shifts:fact.since', { at: dateTime(at), age: age(sheet.at - at, lang) });
      const placed = (thing: { id: string; title: Text; place: Text; level: Level }) => ({
        ...{ id: thing.id, level: thing.level, bad: '' },
        name: whatAndWhere({ title: thing.title, place: { name: thing.place } }),
      });
      return {
        incidents: sheet.incidents.lines.map((each) => ({
          ...placed(each),
          facts: [since(each.openedAt), t('shifts:fact.owner', { seat: seatName(each.owner) })],
        })),
        runs: sheet.runs.lines.map((run) => ({
          ...{ id: run.id, level: null, name: text(run.name) },
          facts: [since(run.launchedAt), t('shifts:fact.steps', { settled: run.settled, total: run.total })],
          bad:
            run.late === 0
              ? ''
              : t('shifts:fact.late', {
                  count: run.late,
                  steps: run.lateSteps.map(text).join(t('common:list-comma')),
                }),
        })),
        calls: (sheet.calls?.lines ?? []).map((call) => ({
          ...{ id: call.id, level: null, bad: '', facts: [since(call.cameAt)] },
          name: whatAndWhere({ title: call.text, place: { name: call.place } }),
        })),
        unacknowledged: sheet.unacknowledged.lines.map((each) => ({ ...placed(each), facts: [since(each.raisedAt)] })),
        shelved: sheet.shelved.lines.map((each) => ({
          ...placed(each),
          facts: each.until === null ? [] : [t('shifts:fact.until', { at: dateTime(each.until) })],
        })),
        conflicts: sheet.conflicts.lines.map(({ id, title, unseen }) => ({
          ...{ id, level: null, name: text(title), facts: [], bad: t('shifts:fact.unseen', { count: unseen }) },
        })),
        feeds: sheet.feeds.lines.map((feed) => ({
          ...{ id: feed.id, level: null, name: text(feed.name), facts: [since(feed.since)] },
          bad: t(`shifts:feed.${feed.state}`),
        })),
      };
    },
    [t, text, lang, seatName, whatAndWhere],
  );
}

/** {@link useSayLines} of one sheet. */
export function useSheetLines(sheet: Sheet): Lines {
  const say = useSayLines();
  return useMemo(() => say(sheet), [say, sheet]);
}
