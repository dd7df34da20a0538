import { Tooltip } from '@mantine/core';
import { IconCommand, IconExternalLink, IconHelp, IconLayout, IconSearch } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useActions } from '../desk/actions.ts';
import { useDesk, useDeskStore } from '../desk/DeskProvider.tsx';
import { useFeatures } from '../desk/FeaturesProvider.tsx';
import type { RegionDeclaration } from '../desk/feature.ts';
import { nextLayout } from '../desk/layout.ts';
import { useElsewhere } from '../desk/windows.ts';
import { useChooseLayout } from './layout/useChooseLayout.ts';
import styles from './Workspace.module.css';

/** The rail at the left: a way to each region by mouse, with its key; below, everything by name and all keys. */
export const NavRail = memo(function NavRail() {
  const { t } = useTranslation();
  const actions = useActions();
  const desk = useDeskStore();
  const { byNumber } = useFeatures();
  const elsewhere = useElsewhere();
  return (
    <nav className={styles.rail} aria-label={t('common:nav')}>
      {byNumber.map((region) => (
        <RegionButton key={region.id} region={region} elsewhere={elsewhere.has(region.id)} />
      ))}
      <span className={styles.grow} />
      <LayoutButton />
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
});

/** The next layout at each press, so that no menu ever hangs over the map. */
function LayoutButton() {
  const { t } = useTranslation();
  const layout = useDesk((desk) => desk.layout);
  const choose = useChooseLayout();
  const name = `${t('common:layout.title')}: ${t(`common:layout.${layout}`)}`;
  return (
    <Tooltip label={`${name} · V`} position="right">
      <button type="button" className={styles.railButton} aria-label={name} onClick={() => choose(nextLayout(layout))}>
        <IconLayout size="1.375rem" stroke={1.5} />
      </button>
    </Tooltip>
  );
}

const none = () => 0;

function RegionButton({ region, elsewhere }: { region: RegionDeclaration; elsewhere: boolean }) {
  const { id, number, icon: Icon, useCount = none } = region;
  const { t } = useTranslation();
  const actions = useActions();
  const active = useDesk((state) => state.activeRegion === id);
  const count = useCount();
  const name = elsewhere ? t('common:region.elsewhere', { region: t(region.title) }) : t(region.title);
  return (
    <Tooltip label={number < 10 ? `${name} · Alt+${number}` : name} position="right">
      <button
        type="button"
        className={styles.railButton}
        aria-label={count > 0 ? `${name} ${count}` : name}
        data-elsewhere={elsewhere || undefined}
        aria-current={active}
        onClick={() => actions.focusRegion(id)}
      >
        <Icon size="1.375rem" stroke={1.5} />
        {elsewhere && <IconExternalLink size="0.75rem" className={styles.railElsewhere} aria-hidden="true" />}
        {count > 0 && <span className={styles.railCount}>{count}</span>}
      </button>
    </Tooltip>
  );
}
