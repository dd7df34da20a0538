import { Tooltip } from '@mantine/core';
import {
  IconChevronDown,
  IconChevronUp,
  IconExternalLink,
  IconMaximize,
  IconMinimize,
  type TablerIcon,
} from '@tabler/icons-react';
import { Fragment, memo, type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../bridge/index.ts';
import { type Actions, useActions } from '../desk/actions.ts';
import { useDesk, useDeskStore } from '../desk/DeskProvider.tsx';
import type { PanelRegion } from '../desk/desk.ts';
import { useFeatures } from '../desk/FeaturesProvider.tsx';
import { Refusals } from '../desk/Refusals.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import styles from './Region.module.css';
import workspaceStyles from './Workspace.module.css';

/** How a region shows its head alone: as a low row, or as a narrow column. */
export type Collapsed = 'row' | 'column';

/** A region of the screen: its name, its number, its tear-off, and what stands in it. */
export function RegionFrame(props: {
  region: PanelRegion;
  /** Whether its Alt+number works in this window. */
  numbered?: boolean;
  /** The regions that stand at this place in this window, itself among them. */
  beside?: readonly PanelRegion[] | undefined;
  aside?: ReactNode;
  /** In a window of its own there is nothing to tear off. */
  alone?: boolean;
  /** Whether it can make room for others. */
  collapsible?: boolean;
  collapsed?: Collapsed | null;
  children: ReactNode;
}) {
  const { region, collapsed = null } = props;
  const { title: name, number, place, scroll, useCount = none } = useFeatures().region(region);
  const { t } = useTranslation();
  const desk = useDeskStore();
  const active = useDesk((state) => state.activeRegion === region);
  const whole = useDesk((state) => state.whole === region);
  const lost = useConnection().state === 'lost';
  const count = useCount();
  const title = useId();
  const attend = () => {
    if (desk.getState().activeRegion !== region) desk.getState().set({ activeRegion: region });
  };
  return (
    <section
      className={styles.region}
      aria-labelledby={title}
      data-region={region}
      data-place={place}
      data-active={active || undefined}
      data-lost={lost || undefined}
      data-whole={whole || undefined}
      data-collapsed={collapsed ?? undefined}
      tabIndex={-1}
      onFocusCapture={attend}
      onPointerDownCapture={attend}
    >
      <header className={styles.regionHead}>
        {(props.beside ?? [region]).map((each) =>
          each === region ? (
            <Fragment key={each}>
              <h2 id={title}>{t(name)}</h2>
              {collapsed !== null && count > 0 && <span className={workspaceStyles.count}>{count}</span>}
              {props.numbered && collapsed !== 'column' && (
                <span className={styles.headKey}>{number < 10 && <Kbd keys={`alt+${number}`} />}</span>
              )}
            </Fragment>
          ) : (
            <Behind key={each} region={each} />
          ),
        )}
        {lost && <span className={styles.lostTag}>{t('common:connection.not-live')}</span>}
        <span className={workspaceStyles.grow} />
        {props.aside}
        {props.collapsible && !whole && (
          <HeadButton
            icon={collapsed === null ? IconChevronDown : IconChevronUp}
            does={collapsed === null ? 'collapse' : 'expand'}
            region={region}
          />
        )}
        {props.numbered && (
          <HeadButton icon={whole ? IconMinimize : IconMaximize} does={whole ? 'as-before' : 'whole'} region={region} />
        )}
        {!props.alone && <HeadButton icon={IconExternalLink} does="tear-off" region={region} />}
      </header>
      {collapsed === null && <Refusals at={region} />}
      {collapsed === null && (
        <div className={styles.regionBody} data-scroll={scroll || undefined}>
          {props.children}
        </div>
      )}
    </section>
  );
}

const none = () => 0;

const ACTIONS = {
  collapse: 'collapse',
  expand: 'collapse',
  whole: 'makeWhole',
  'as-before': 'makeWhole',
  'tear-off': 'tearOff',
} as const satisfies Record<string, keyof Actions>;

/** Drawn again only when it is another: the count beside it changes with each alarm. */
const HeadButton = memo(function HeadButton(props: {
  icon: TablerIcon;
  does: keyof typeof ACTIONS;
  region: PanelRegion;
}) {
  const { icon: Icon, does, region } = props;
  const { t } = useTranslation();
  const actions = useActions();
  const { title } = useFeatures().region(region);
  return (
    <Tooltip label={t(`common:region.${does}`)}>
      <button
        type="button"
        className={styles.iconButton}
        aria-label={t(`common:region.${does}-named`, { region: t(title) })}
        onClick={() => void actions[ACTIONS[does]](region)}
      >
        <Icon size="1rem" stroke={1.6} />
      </button>
    </Tooltip>
  );
});

/** A region behind this one, with how many things in it wait, and its key. */
function Behind({ region }: { region: PanelRegion }) {
  const { t } = useTranslation();
  const actions = useActions();
  const { title, number, useCount = none } = useFeatures().region(region);
  const count = useCount();
  return (
    <button type="button" className={styles.behind} onClick={() => actions.focusRegion(region)}>
      {t(title)}
      {count > 0 && <span className={styles.behindCount}>{count}</span>}
      <span className={styles.headKey} aria-hidden="true">
        {number < 10 && <Kbd keys={`alt+${number}`} quiet />}
      </span>
    </button>
  );
}
