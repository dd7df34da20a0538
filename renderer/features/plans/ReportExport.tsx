import { IconDownload, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RunView } from '../../../contract/features/plans.ts';
import { useAct } from '../../desk/act.ts';
import { useDeskStore, useSlice } from '../../desk/DeskProvider.tsx';
import { download } from '../../desk/download.ts';
import { stateOf } from '../../desk/slice.ts';
import { useLang } from '../../i18n/index.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { SaidHere } from '../../ui/ErrorNote.tsx';
import { planDesk } from './planDesk.ts';
import styles from './Run.module.css';
import { wholeReport } from './wholeReport.ts';

/** Saves the report of a run as a file; while it is being read, how far that is, and how to take it back. */
export function ReportExport({ run }: { run: RunView }) {
  const { t } = useTranslation();
  const { text, lang } = useLang();
  const desk = useDeskStore();
  const { act } = useAct();
  const exporting = useSlice(planDesk, (plans) => plans.exporting);

  const save = async () => {
    const taken = new AbortController();
    const cancel = () => {
      taken.abort();
      desk.getState().setIn(planDesk, { exporting: null });
      desk.getState().say(t('plans:export-cancelled'));
    };
    const show = (share: number | null) =>
      !taken.signal.aborted &&
      desk.getState().setIn(planDesk, { exporting: { run: run.id, name: run.name, share, cancel } });
    show(null);
    const where = { place: 'plan', about: { kind: 'run' as const, id: run.id, at: null }, signal: taken.signal };
    const ask = (part: Parameters<typeof act<'runs.report'>>[1]) => act('runs.report', part, where);
    const report = await wholeReport(ask, { run: run.id, lang }, show, taken.signal);
    if (taken.signal.aborted) return;
    desk.getState().setIn(planDesk, { exporting: null });
    if (report === 'changed')
      desk.getState().refuse('runs.report', {
        ...{ place: where.place, about: where.about },
        why: new SaidHere('plans:export-changed'),
      });
    else if (report) {
      download(report.name, report.html, 'text/html');
      desk.getState().say(t('plans:exported', { name: report.name }));
    }
  };

  useShortcuts([{ id: 'run.export', keys: ['shift+s'], scope: 'plan', label: 'plans:key.export', run: () => turn() }]);
  /** As it is at the moment of the key: the second press takes back what the first asked for. */
  const turn = () => {
    const now = stateOf(desk.getState(), planDesk).exporting;
    if (now) now.cancel();
    else void save();
  };

  if (exporting === null)
    return (
      <ActionButton icon={<IconDownload />} keys="shift+s" onClick={turn}>
        {t('plans:export')}
      </ActionButton>
    );
  const { share } = exporting;
  const other = exporting.run === run.id ? '' : ` · ${text(exporting.name)}`;
  return (
    <span className={styles.exporting}>
      <progress max={1} {...(share === null ? {} : { value: share })} aria-label={t('plans:export-under-way')} />
      {share === null ? t('plans:export-begun') : t('plans:exporting', { percent: Math.floor(share * 100) })}
      {other}
      <ActionButton icon={<IconX />} keys="shift+s" onClick={turn}>
        {t('plans:export-cancel')}
      </ActionButton>
    </span>
  );
}
