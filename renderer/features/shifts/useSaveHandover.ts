import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { HandoverView } from '../../../contract/features/shifts.ts';
import { type Sheet, sectionsOf } from '../../../core/shifts/sheet.ts';
import { NUMERAL } from '../../../core/words.ts';
import { download } from '../../desk/download.ts';
import { useSeatName } from '../../desk/words.ts';
import { dateTime } from '../../ui/format.ts';
import { zoneOf } from './dutyLog.ts';
import { handoverMarkdown } from './markdown.ts';
import { useSayLines } from './useSheetLines.ts';

/** Saves a handover, or the sheet as it is now, as a Markdown file that can be printed and kept; nothing without a sheet. */
export function useSaveHandover(view: HandoverView | null, sheet: Sheet | null): () => void {
  const { t } = useTranslation();
  const say = useSayLines();
  const seatName = useSeatName();
  return useCallback(() => {
    if (sheet === null) return;
    const lines = say(sheet);
    const at = (time: number) => `${dateTime(time)} ${zoneOf(time)}`;
    const notes = view?.notes.map(({ text, by }) => `${at(by.at)} ${seatName(by.actor)}: ${text}`) ?? [];
    const page = handoverMarkdown({
      title: t('shifts:region'),
      facts: [
        ...(view
          ? ([
              [t('shifts:field.seat'), seatName(view.seat)],
              [t('shifts:field.from'), `${view.from} · ${at(view.begun.at)}`],
              [
                t('shifts:field.to'),
                view.to !== null && view.ended ? `${view.to} · ${at(view.ended.at)}` : t('shifts:not-yet'),
              ],
            ] as const)
          : []),
        [t('shifts:field.sheet-at'), at(sheet.at)],
      ],
      sections: [
        ...(view
          ? [{ title: t('shifts:notes'), count: notes.length, none: t('shifts:none'), lines: notes, more: '' }]
          : []),
        ...sectionsOf(sheet).map(({ section, count }) => {
          const left = count - lines[section].length;
          return {
            ...{ title: t(`shifts:section.${section}`), count, none: t('shifts:none') },
            lines: lines[section].map(({ level, name, facts, bad }) =>
              [level === null ? '' : NUMERAL[level], name, ...facts, bad].filter((part) => part !== '').join(' · '),
            ),
            more: left > 0 ? t('shifts:more', { count: left }) : '',
          };
        }),
      ],
    });
    const day = dateTime(view?.begun.at ?? sheet.at).replace(/[: ]/g, '-');
    download(`handover-${day}.md`, page, 'text/markdown');
  }, [t, say, seatName, view, sheet]);
}
