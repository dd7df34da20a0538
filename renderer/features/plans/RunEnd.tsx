import { IconBan, IconRotate2, IconShieldCheck, IconStar } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunView } from '../../../contract/features/plans.ts';
import { useAct } from '../../desk/act.ts';
import { useDeskStore } from '../../desk/DeskProvider.tsx';
import { type Form, useForm } from '../../desk/DraftsProvider.tsx';
import { ReasonForm } from '../../desk/ReasonForm.tsx';
import { useMay } from '../../desk/rights.ts';
import { useLang } from '../../i18n/index.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import type { Shortcut } from '../../keys/registry.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { stayWith } from './planDesk.ts';
import { RateForm } from './RateForm.tsx';
import styles from './Run.module.css';
import { useDid } from './useDid.ts';

/** What a run as a whole comes to, each with its key, its form, and the state of the run in which it is asked for. */
const ENDS = [
  { id: 'all-clear', key: 'e', method: 'runs.allClear', icon: IconShieldCheck, state: 'running' },
  { id: 'abort', key: 'q', method: 'runs.abort', icon: IconBan, state: 'running' },
  { id: 'rate', key: 'p', method: 'runs.rate', icon: IconStar, state: 'ended' },
  { id: 'reopen', key: 'shift+r', method: 'runs.reopen', icon: IconRotate2, state: 'ended' },
] as const;
type End = (typeof ENDS)[number]['id'];

/** Drafts of what is said about the end of a run. */
function useEndForms(run: RunView): Readonly<Record<End, Form>> {
  const { t } = useTranslation();
  const { text } = useLang();
  const about = (end: string) => `${end} · ${text(run.name)}`;
  return {
    'all-clear': useForm(run.id, 'all-clear', about(t('plans:end.all-clear'))),
    abort: useForm(run.id, 'abort', about(t('plans:end.abort'))),
    rate: useForm(run.id, 'rate', about(t('plans:end.rate'))),
    reopen: useForm(run.id, 'reopen', about(t('plans:end.reopen'))),
  };
}

/** Ends a run, or has an ended one go on or rated. */
export function RunEndButtons({ run }: { run: RunView }) {
  const { t } = useTranslation();
  const desk = useDeskStore();
  const may = useMay();
  const forms = useEndForms(run);
  const settled = run.done + run.skipped === run.total;
  const offered = ENDS.filter(({ method, state }) => state === run.state && may.call(method));
  const ask = (end: End) => {
    stayWith(desk, run.id);
    for (const each of ENDS) if (each.id !== end && forms[each.id].open) forms[each.id].leave();
    forms[end].show();
  };
  useShortcuts(
    ENDS.map(
      ({ id, key, method, state }): Shortcut => ({
        id: `run.${id}`,
        keys: [key],
        scope: 'plan',
        label: `plans:key.end.${id}`,
        enabled: () => run.state === state && may.call(method),
        run: () => ask(id),
      }),
    ),
  );
  return offered.map(({ id, key, icon: Icon }) => (
    <ActionButton
      key={id}
      icon={<Icon />}
      keys={key}
      primary={(id === 'all-clear' && settled) || (id === 'rate' && run.rating === null)}
      onClick={() => ask(id)}
    >
      {t(`plans:end.${id}`)}
    </ActionButton>
  ));
}

/** The form of what is said about the end of a run, while one is open. */
export function RunEndForm({ run }: { run: RunView }) {
  const { t } = useTranslation();
  const { text } = useLang();
  const forms = useEndForms(run);
  const desk = useDeskStore();
  const did = useDid();
  const { act, busy, failure } = useAct({ beside: true });
  const [force, setForce] = useState(false);
  const open = ENDS.find(({ id }) => forms[id].open);
  if (!open) return null;
  const { id, method, state } = open;
  const over = run.state === state ? null : t(state === 'running' ? 'plans:run-over' : 'plans:goes-on');
  if (id === 'rate')
    return (
      <div className={styles.ending}>
        <RateForm run={run} form={forms.rate} over={over} />
      </div>
    );
  const left = run.total - run.done - run.skipped;
  const name = text(run.name);
  const send = async (reason: string): Promise<boolean> => {
    stayWith(desk, run.id); // After a reload the form stands open though nobody has chosen the run since.
    if (id === 'reopen') return (await act('runs.reopen', { run: run.id, reason })) !== undefined;
    const done =
      id === 'abort'
        ? await act('runs.abort', { run: run.id, reason })
        : await act('runs.allClear', { run: run.id, reason, ...(left > 0 ? { force } : {}) });
    if (done) did(run.id, null, t(id === 'abort' ? 'plans:undo.abort' : 'plans:undo.all-clear', { name }));
    return done !== undefined;
  };
  return (
    <div className={styles.ending}>
      <ReasonForm
        key={id}
        form={forms[id]}
        label={t(`plans:end-why.${id}`)}
        submit={t(`plans:end.${id}`)}
        busy={busy.has(method)}
        over={over}
        failure={failure}
        onSubmit={send}
      >
        {id === 'all-clear' && over === null && left > 0 && (
          <label className={styles.force}>
            <input
              type="checkbox"
              checked={force}
              onChange={(event) => setForce(event.currentTarget.checked)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                event.preventDefault();
                setForce(!force);
              }}
            />
            {t('plans:force', { count: left })}
          </label>
        )}
      </ReasonForm>
    </div>
  );
}
