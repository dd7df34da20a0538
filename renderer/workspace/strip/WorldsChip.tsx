import { Popover } from '@mantine/core';
import { IconPlayerPlay, IconTarget } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorldView } from '../../../contract/features/worlds.ts';
import { useTopic } from '../../bridge/index.ts';
import { Refusals } from '../../desk/Refusals.tsx';
import { useMay } from '../../desk/rights.ts';
import { useWorld } from '../../desk/world.ts';
import { useScripts, useWorldActions } from '../../desk/worldActions.ts';
import { useLang } from '../../i18n/index.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { clockTime } from '../../ui/format.ts';
import drop from './Drop.module.css';
import styles from './Strip.module.css';

/** The drills beside the live work: to join one, to end it, to begin another. */
export function WorldsChip() {
  const { t } = useTranslation();
  const { text } = useLang();
  const [shown, setShown] = useState(false);
  const worlds = useTopic('worlds');
  const mayOpen = useMay().call('worlds.open');
  const scripts = useScripts(shown);
  const { actions, busy } = useWorldActions();
  const drills = [...worlds.values()].filter(({ kind }) => kind === 'drill');
  if (drills.length === 0 && !mayOpen) return null;
  const running = drills.some(({ state }) => state === 'open');
  return (
    <Popover position="bottom-end" width={440} withinPortal opened={shown} onChange={setShown}>
      <Popover.Target>
        <button
          type="button"
          className={styles.chipButton}
          data-strong={running || undefined}
          data-warn={drills.some(({ state }) => state === 'interrupted') || undefined}
          onClick={() => setShown((before) => !before)}
        >
          <IconTarget size="0.9375rem" aria-hidden="true" />
          <span className={`${styles.words} ${running ? '' : styles.signed}`}>
            {t(running ? 'worlds:running' : 'worlds:chip')}
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={drop.drop ?? ''}>
        <h3>{t('worlds:panel')}</h3>
        <p className={styles.dim}>{t('worlds:panel-means')}</p>
        <Refusals at="worlds" />
        {drills.length === 0 && <p>{t('worlds:none')}</p>}
        {drills.map((drill) => (
          <Drill key={drill.id} drill={drill} />
        ))}
        {scripts.map(({ script, name }) => (
          <div key={script} className={drop.facts}>
            <ActionButton
              icon={<IconPlayerPlay />}
              busy={busy.has('worlds.open')}
              onClick={() => void actions.begin(script)}
            >
              {t('worlds:begin', { name: text(name) })}
            </ActionButton>
          </div>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}

function Drill({ drill }: { drill: WorldView }) {
  const { t } = useTranslation();
  const { text } = useLang();
  const { actions, busy } = useWorldActions();
  const here = useWorld()?.id === drill.id;
  const may = useMay().call('worlds.end');
  const [sure, setSure] = useState(false);
  const name = drill.name ? text(drill.name) : drill.id;
  return (
    <div className={drop.item}>
      <div className={drop.itemHead}>
        <strong>{name}</strong>
        <span>{t('worlds:since', { time: clockTime(drill.since) })}</span>
      </div>
      <div className={drop.facts}>
        <span>{here ? t('worlds:here') : t(`worlds:state.${drill.state}`)}</span>
        {drill.state === 'open' &&
          (here ? (
            <ActionButton onClick={actions.leave}>{t('worlds:leave')}</ActionButton>
          ) : (
            <ActionButton onClick={() => actions.join(drill.id)}>{t('worlds:join', { name })}</ActionButton>
          ))}
        {drill.state === 'open' && may && (
          // Others are at work in it: one click does not end it.
          <ActionButton
            busy={busy.has('worlds.end')}
            onClick={() => (sure ? void actions.end(drill.id) : setSure(true))}
          >
            {t(sure ? 'worlds:end-sure' : 'worlds:end-short')}
          </ActionButton>
        )}
        {drill.state === 'interrupted' && may && (
          <ActionButton onClick={() => void actions.dismiss(drill.id)}>{t('worlds:dismiss')}</ActionButton>
        )}
      </div>
    </div>
  );
}
