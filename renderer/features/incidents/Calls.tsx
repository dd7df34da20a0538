import { IconPhoneIncoming } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallView } from '../../../contract/features/incidents.ts';
import { useTopic } from '../../bridge/index.ts';
import { useAct } from '../../desk/act.ts';
import { useActions } from '../../desk/actions.ts';
import { useDesk } from '../../desk/DeskProvider.tsx';
import { Conflicts } from '../../desk/detail/ConflictCard.tsx';
import { useMay } from '../../desk/rights.ts';
import { useLang } from '../../i18n/index.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { Age } from '../../ui/Age.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import styles from './Calls.module.css';
import { pointText } from './typedPoint.ts';
import { useNewForms } from './useNewForms.ts';
import { useKinds } from './words.ts';

/** What is told to this seat from outside and waits, the oldest first, at the foot of the window: it covers nothing. */
export function Calls() {
  const { t } = useTranslation();
  const seat = useDesk((desk) => desk.seat);
  const calls = useTopic('calls');
  const may = useMay().call('incidents.openByHand');
  const waiting = useMemo(
    () => [...calls.values()].filter(({ to }) => to.includes(seat)).sort((a, b) => a.cameAt - b.cameAt),
    [calls, seat],
  );
  const [first] = waiting;
  if (!first || !may) return null;
  return (
    <section className={styles.calls} aria-label={t('incidents:call.title')}>
      <One key={first.id} call={first} more={waiting.length - 1} />
    </section>
  );
}

function One({ call, more }: { call: CallView; more: number }) {
  const { t } = useTranslation();
  const { text } = useLang();
  const { act, busy, failure } = useAct({ beside: true });
  const { focusRegion, isHere } = useActions();
  const { show } = useNewForms();
  const kinds = useKinds();
  const { caller, kind, place, source } = call;
  const note = () => void act('calls.note', { call: call.id });
  const answer = () => {
    focusRegion('detail'); // The form that comes up in it takes the caret.
    const known = {
      words: text(call.text),
      ...(caller ? { caller: caller.name, phone: caller.phone } : {}),
      // What another system calls a kind the form may have no word for.
      ...(kind && kinds.includes(kind) ? { kind } : {}),
      ...(place ? { at: pointText(place), place: text(place.name) } : {}),
    };
    show(call.id, known, isHere('detail'));
  };
  useShortcuts([
    { id: 'call.answer', keys: ['y'], label: 'incidents:key.answer', run: answer },
    { id: 'call.note', keys: ['k'], label: 'incidents:key.note-call', run: note },
  ]);
  if (call.conflicts.length > 0) return <Conflicts conflicts={call.conflicts} />;
  return (
    <>
      <IconPhoneIncoming size="1.125rem" aria-hidden="true" />
      <span className={styles.text} role="status">
        {text(call.text)}
      </span>
      {source !== null && (
        <span className={styles.more}>
          {text(source.name)} {source.id}
        </span>
      )}
      <Age since={source?.at ?? call.cameAt} />
      {more > 0 && <span className={styles.more}>{t('incidents:call.more', { count: more })}</span>}
      <ActionButton primary keys="y" onClick={answer}>
        {t('incidents:call.answer')}
      </ActionButton>
      <ActionButton keys="k" busy={busy.has('calls.note')} onClick={note}>
        {t('incidents:call.note')}
      </ActionButton>
      {failure !== null && <ErrorNote error={failure} reveal />}
    </>
  );
}
