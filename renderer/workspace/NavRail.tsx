import { Tooltip } from '@mantine/core';
import {
  IconBell,
  IconCommand,
  IconDeviceCctv,
  IconExternalLink,
  IconFileText,
  IconHelp,
  IconMap2,
  IconSearch,
  IconSitemap,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useTopic } from '../bridge/index.ts';
import { useActions } from '../desk/actions.ts';
import { wantsAcknowledgement } from '../desk/alarmQueue.ts';
import { useDesk, useDeskStore } from '../desk/DeskProvider.tsx';
import type { PanelRegion } from '../desk/desk.ts';
import { useElsewhere } from '../desk/windows.ts';
import { PANEL_REGIONS } from './regions.tsx';
import styles from './Workspace.module.css';

const ICONS: Record<PanelRegion, typeof IconBell> = {
  situation: IconMap2,
  alarms: IconBell,
  detail: IconFileText,
  video: IconDeviceCctv,
  plan: IconSitemap,
};

/** The rail at the left: a way to each region by mouse, with its key; below, everything by name and all keys. */
export function NavRail() {
  const { t } = useTranslation();
  const actions = useActions();
  const desk = useDeskStore();
  const active = useDesk((state) => state.activeRegion);
  const elsewhere = useElsewhere();
  const waiting = [...useTopic('alarms').values()].filter(wantsAcknowledgement).length;
  return (
    <nav className={styles.rail} aria-label={t('common:nav')}>
      {PANEL_REGIONS.map((region, i) => {
        const Icon = ICONS[region];
        const name = t(`common:region.${region}`);
        return (
          <Tooltip
            key={region}
            label={`${elsewhere.has(region) ? t('common:region.elsewhere', { region: name }) : name} · Alt+${i + 1}`}
            position="right"
          >
            <button
              type="button"
              className={styles.railButton}
              aria-label={elsewhere.has(region) ? t('common:region.elsewhere', { region: name }) : name}
              data-elsewhere={elsewhere.has(region) || undefined}
              aria-current={active === region}
              onClick={() => actions.focusRegion(region)}
            >
              <Icon size="1.375rem" stroke={1.5} />
              {elsewhere.has(region) && (
                <IconExternalLink size="0.75rem" className={styles.railElsewhere} aria-hidden="true" />
              )}
              {region === 'alarms' && waiting > 0 && <span className={styles.railCount}>{waiting}</span>}
            </button>
          </Tooltip>
        );
      })}
      <span className={styles.grow} />
      <Tooltip label={`${t('common:palette.title')} · Ctrl+K`} position="right">
        <button
          type="button"
          className={styles.railButton}
          aria-label={t('common:palette.title')}
          onClick={() => desk.getState().set({ palette: 'open' })}
        >
          <IconCommand size="1.375rem" stroke={1.5} />
        </button>
      </Tooltip>
      <Tooltip label={`${t('common:search')} · /`} position="right">
        <button
          type="button"
          className={styles.railButton}
          aria-label={t('common:search')}
          onClick={actions.focusSearch}
        >
          <IconSearch size="1.375rem" stroke={1.5} />
        </button>
      </Tooltip>
      <Tooltip label={`${t('keys:title')} · ?`} position="right">
        <button
          type="button"
          className={styles.railButton}
          aria-label={t('keys:title')}
          onClick={() => desk.getState().set({ keysSheet: true })}
        >
          <IconHelp size="1.375rem" stroke={1.5} />
        </button>
      </Tooltip>
    </nav>
  );
}
