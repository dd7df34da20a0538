import { IconArrowBackUp, IconTarget } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk, useDeskStore } from '../../desk/DeskProvider.tsx';
import { useStation } from '../../desk/hallData.tsx';
import { useMay } from '../../desk/rights.ts';
import { useWorld } from '../../desk/world.ts';
import { useWorldActions } from '../../desk/worldActions.ts';
import { useLang } from '../../i18n/index.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { clockTime } from '../../ui/format.ts';
import { courseWord } from './course.ts';
import styles from './Strip.module.css';

const WALL_MS = 60_000;

/** Over everything in a drill's window: that it is one, which, whether its course runs, and the way out. */
export function WorldBar() {
  const { t } = useTranslation();
  const { text } = useLang();
  const world = useWorld();
  const { actions } = useWorldActions();
  const mayStart = useMay().call('drill.start');
  const course = courseWord(useStation()?.drill ?? null, mayStart);
  const drill = world?.kind === 'drill' ? world : null;
  if (drill === null) return null;
  const name = drill.name ? text(drill.name) : drill.id;
  return (
    <section className={styles.world} aria-label={t('worlds:word')} data-world={drill.id}>
      <IconTarget size="1.25rem" aria-hidden="true" />
      <strong>{t('worlds:word')}</strong>
      <span className={styles.worldName}>{name}</span>
      <span>{t('worlds:since', { time: clockTime(drill.since) })}</span>
      {course && <strong className={styles.course}>{t(`worlds:course.${course}`)}</strong>}
      <span className={styles.grow} />
      <span>{t('worlds:means')}</span>
      <ActionButton icon={<IconArrowBackUp />} onClick={actions.leave}>
        {t('worlds:leave')}
      </ActionButton>
    </section>
  );
}

/** Which drill this window was in until it ended, until somebody has read it. */
export function EndedWorld() {
  const { t } = useTranslation();
  const { text } = useLang();
  const desk = useDeskStore();
  const ended = useDesk((state) => state.ended);
  const wall = useDesk((state) => state.region === 'wall');
  useEffect(() => {
    if (ended === null || !wall) return; // At a wall nobody says that it was read.
    const timer = setTimeout(() => desk.getState().set({ ended: null }), WALL_MS);
    return () => clearTimeout(timer);
  }, [desk, ended, wall]);
  if (ended === null) return null;
  return (
    <div className={styles.banner} role="alert">
      <IconTarget size="1.125rem" aria-hidden="true" />
      <strong>{ended.name === null ? t('worlds:ended-unnamed') : t('worlds:ended', { name: text(ended.name) })}</strong>
      <span className={styles.grow} />
      <ActionButton onClick={() => desk.getState().set({ ended: null })}>{t('worlds:dismiss')}</ActionButton>
    </div>
  );
}
