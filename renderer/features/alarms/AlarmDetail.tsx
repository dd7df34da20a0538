import { Menu } from '@mantine/core';
import { IconBellCheck, IconCircleX, IconClockPause } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlarmView } from '../../../contract/features/alarms.ts';
import type { SensorEntry } from '../../../contract/features/sensors.ts';
import { wantsAcknowledgement } from '../../../core/alarms/acknowledgement.ts';
import { useBridge } from '../../bridge/index.ts';
import { useAct } from '../../desk/act.ts';
import { useForm } from '../../desk/DraftsProvider.tsx';
import { Conflicts } from '../../desk/detail/ConflictCard.tsx';
import styles from '../../desk/detail/Detail.module.css';
import { DetailHead, Facts } from '../../desk/detail/Facts.tsx';
import { NotUnderstood } from '../../desk/detail/NotUnderstood.tsx';
import { Sparkline } from '../../desk/detail/Sparkline.tsx';
import { SubjectActions } from '../../desk/detail/SubjectActions.tsx';
import { ReasonForm } from '../../desk/ReasonForm.tsx';
import { useMay } from '../../desk/rights.ts';
import { Who } from '../../desk/Who.tsx';
import { useWhatAndWhere } from '../../desk/words.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { Age } from '../../ui/Age.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { clockTime, dateTime, measured, position } from '../../ui/format.ts';
import { LevelBadge } from '../../ui/LevelBadge.tsx';
import { AlarmStateLabel } from './AlarmStateLabel.tsx';
import { AlarmStory } from './AlarmStory.tsx';
import { useAcknowledge } from './useAcknowledge.ts';
import { useRuleFacts } from './useRuleFacts.ts';
import { WorseSinceClosed } from './WorseSinceClosed.tsx';

const SHELVE_MINUTES = [10, 30, 60, 240] as const;

/** One alarm: what, where, how bad, who has it, and what can be done about it. */
export function AlarmDetail({ alarm, sensor }: { alarm: AlarmView; sensor: SensorEntry | null }) {
  const { t } = useTranslation();
  const whatAndWhere = useWhatAndWhere();
  const { observations } = useBridge();
  const { act, busy, failure: refused } = useAct({ beside: true });
  const { act: shelve, busy: shelving, failure } = useAct({ beside: true });
  const acknowledge = useAcknowledge();
  const [menu, setMenu] = useState(false);
  const may = useMay();
  const wanted = wantsAcknowledgement(alarm) && may.call('alarms.acknowledge');
  const mayShelve = may.call('alarms.shelve') && alarm.state !== 'normal';
  const raised = { value: alarm.value, how: alarm.worsenedAt === null ? 'raised' : 'worsened' } as const;
  const shelved = alarm.state === 'shelved';
  const shelveWhy = (minutes: number) => t('alarms:shelve.why', { minutes });
  const name = whatAndWhere(alarm);
  const { threshold, facts: ruleFacts, here } = useRuleFacts(alarm);
  const up = alarm.clearedAt === null && alarm.state !== 'normal' && alarm.state !== 'returned';
  // Which sensors there are is known a moment after the window is there.
  const gone = sensor === null && observations.directory().length > 0;
  // Its rule or its sensor was taken away: no value will ever clear it.
  const orphan = up && (here === false || (here === true && gone));
  const withdrawal = useForm(alarm.id, 'withdraw', `${t('alarms:withdraw.why')} · ${name}`);
  const forms = {
    10: useForm(alarm.id, 'shelve-10', `${shelveWhy(10)} · ${name}`),
    30: useForm(alarm.id, 'shelve-30', `${shelveWhy(30)} · ${name}`),
    60: useForm(alarm.id, 'shelve-60', `${shelveWhy(60)} · ${name}`),
    240: useForm(alarm.id, 'shelve-240', `${shelveWhy(240)} · ${name}`),
  };
  /** One form at a time; what was written in the others is kept. */
  const ask = (minutes: (typeof SHELVE_MINUTES)[number]) => {
    for (const other of SHELVE_MINUTES) if (forms[other].open) forms[other].leave();
    forms[minutes].show();
  };

  useShortcuts([
    {
      id: 'alarm.shelve',
      keys: ['s'],
      scope: 'alarms',
      label: 'alarms:key.shelve',
      unlisted: !mayShelve,
      enabled: () => mayShelve,
      run: () => (shelved ? void act('alarms.unshelve', { alarm: alarm.id }) : setMenu(true)),
    },
  ]);

  return (
    <div className={styles.body}>
      <div data-alarm={alarm.id}>
        <DetailHead
          kind={t('detail:kind.alarm')}
          title={whatAndWhere(alarm)}
          badge={<LevelBadge level={alarm.level} long />}
        />
      </div>
      <NotUnderstood subject={alarm.id} />
      <WorseSinceClosed alarm={alarm} />
      <div className={styles.buttons} data-action>
        {wanted && (
          <ActionButton
            primary
            keys="space"
            icon={<IconBellCheck />}
            busy={busy.has('alarms.acknowledge')}
            onClick={() => acknowledge.one(alarm)}
          >
            {t('alarms:action.acknowledge')}
          </ActionButton>
        )}
        <SubjectActions quiet={wanted} />
        {!mayShelve ? null : shelved ? (
          <ActionButton icon={<IconClockPause />} onClick={() => void act('alarms.unshelve', { alarm: alarm.id })}>
            {t('alarms:action.unshelve')}
          </ActionButton>
        ) : (
          <Menu opened={menu} onChange={setMenu} position="bottom-end" returnFocus={false}>
            <Menu.Target>
              <ActionButton icon={<IconClockPause />} keys="s" onClick={() => setMenu(true)}>
                {t('alarms:action.shelve')}
              </ActionButton>
            </Menu.Target>
            <Menu.Dropdown>
              {SHELVE_MINUTES.map((choice) => (
                <Menu.Item key={choice} onClick={() => ask(choice)}>
                  {t('alarms:shelve.minutes', { minutes: choice })}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {refused !== null && <ErrorNote error={refused} reveal />}
      {orphan && (
        <p className={styles.dim}>
          {t(here === false ? 'alarms:withdraw.no-rule' : 'alarms:withdraw.no-sensor')}{' '}
          {mayShelve && !withdrawal.open && (
            <ActionButton icon={<IconCircleX />} onClick={withdrawal.show}>
              {t('alarms:action.withdraw')}
            </ActionButton>
          )}
        </p>
      )}
      {withdrawal.open && (
        <ReasonForm
          form={withdrawal}
          label={t('alarms:withdraw.why')}
          submit={t('alarms:action.withdraw')}
          busy={shelving.has('alarms.withdraw')}
          over={orphan ? null : t('alarms:withdraw.over')}
          failure={failure}
          onSubmit={async (reason) => (await shelve('alarms.withdraw', { alarm: alarm.id, reason })) !== undefined}
        />
      )}
      {SHELVE_MINUTES.filter((minutes) => forms[minutes].open).map((minutes) => (
        <ReasonForm
          key={minutes}
          form={forms[minutes]}
          label={shelveWhy(minutes)}
          submit={t('alarms:action.shelve')}
          busy={shelving.has('alarms.shelve')}
          over={shelved ? t('alarms:shelve.over') : null}
          failure={failure}
          onSubmit={async (reason) =>
            (await shelve('alarms.shelve', { alarm: alarm.id, minutes, reason })) !== undefined
          }
        />
      ))}
      <Conflicts conflicts={alarm.conflicts} />
      {sensor && <Sparkline sensor={sensor} threshold={threshold?.raise ?? null} raised={raised} />}
      <Facts
        rows={[
          [t('detail:fact.state'), <AlarmStateLabel key="state" alarm={alarm} />],
          [t(`detail:fact.value-${raised.how}`), `${measured(alarm.value)} ${alarm.unit}`],
          [
            t('detail:fact.raised'),
            <span key="raised">
              {dateTime(alarm.raisedAt)} · <Age since={alarm.raisedAt} />
            </span>,
          ],
          [t('detail:fact.occurrence'), t('detail:fact.times', { count: alarm.occurrence })],
          ...ruleFacts,
          [t('detail:fact.position'), position(alarm.place.lon, alarm.place.lat)],
          [t('detail:fact.source'), alarm.source.id],
          ...(alarm.acknowledged
            ? ([
                [
                  t('detail:fact.acknowledged'),
                  <span key="acknowledged">
                    <Who {...alarm.acknowledged} /> · {clockTime(alarm.acknowledged.at)}
                  </span>,
                ],
              ] as const)
            : []),
          ...(alarm.clearedAt !== null ? ([[t('detail:fact.cleared'), dateTime(alarm.clearedAt)]] as const) : []),
          ...(alarm.clearedValue !== null
            ? ([[t('detail:fact.value-cleared'), `${measured(alarm.clearedValue)} ${alarm.unit}`]] as const)
            : []),
          ...(alarm.shelvedUntil !== null ? ([[t('detail:fact.shelved'), dateTime(alarm.shelvedUntil)]] as const) : []),
        ]}
      />
      <AlarmStory alarm={alarm} />
    </div>
  );
}
