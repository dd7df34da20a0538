import { Tooltip } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../bridge/index.ts';
import { useActions } from '../desk/actions.ts';
import { useDesk, useDeskStore } from '../desk/DeskProvider.tsx';
import type { PanelRegion } from '../desk/desk.ts';
import { useFeatures } from '../desk/FeaturesProvider.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import styles from './Region.module.css';
import workspaceStyles from './Workspace.module.css';

/** A region of the screen: its name, its number, its tear-off, and what stands in it. */
export function RegionFrame(props: {
  region: PanelRegion;
  /** Whether its Alt+number works in this window. */
  numbered?: boolean;
  aside?: ReactNode;
  /** In a window of its own there is nothing to tear off. */
  alone?: boolean;
  children: ReactNode;
}) {
  const { region } = props;
  const { title: name, number, scroll } = useFeatures().region(region);
  const { t } = useTranslation();
  const desk = useDeskStore();
  const actions = useActions();
  const active = useDesk((state) => state.activeRegion === region);
  const lost = useConnection().state === 'lost';
  const title = useId();
  const attend = () => {
    if (desk.getState().activeRegion !== region) desk.getState().set({ activeRegion: region });
  };
  return (
    <section
      className={styles.region}
      aria-labelledby={title}
      data-region={region}
      data-active={active || undefined}
      data-lost={lost || undefined}
      tabIndex={-1}
      onFocusCapture={attend}
      onPointerDownCapture={attend}
    >
      <header className={styles.regionHead}>
        <h2 id={title}>{t(name)}</h2>
        {props.numbered && <Kbd keys={`alt+${number}`} />}
        {lost && <span className={styles.lostTag}>{t('common:connection.not-live')}</span>}
        <span className={workspaceStyles.grow} />
        {props.aside}
        {!props.alone && (
          <Tooltip label={t('common:region.tear-off')}>
            <button
              type="button"
              className={styles.iconButton}
              aria-label={t('common:region.tear-off-named', { region: t(name) })}
              onClick={() => void actions.tearOff(region)}
            >
              <IconExternalLink size="1rem" stroke={1.6} />
            </button>
          </Tooltip>
        )}
      </header>
      <div className={styles.regionBody} data-scroll={scroll || undefined}>
        {props.children}
      </div>
    </section>
  );
}
