import { IconCast, IconDeviceTv, IconEraser, IconEye, IconEyeOff, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { WallView } from '../../../contract/features/walls.ts';
import { useTopic } from '../../bridge/index.ts';
import { useDeskStore, useSlice } from '../../desk/DeskProvider.tsx';
import { Refusals } from '../../desk/Refusals.tsx';
import { useMay } from '../../desk/rights.ts';
import { useSubjectOf } from '../../desk/useSubject.ts';
import { Who } from '../../desk/Who.tsx';
import { useSubjectName } from '../../desk/words.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { clockTime } from '../../ui/format.ts';
import { useWallActions } from './useWallActions.ts';
import styles from './Wall.module.css';
import { WallPreview } from './WallPreview.tsx';
import { SHEET, screensOf, targetOf, wallDesk } from './wallDesk.ts';
import { line, useSceneName } from './words.ts';

/** The screens of the wall over a seat's window: what is on each, and what can be done with it. */
export function WallsSheet() {
  return useSlice(wallDesk, (walls) => walls.list) ? <Sheet /> : null;
}

function Sheet() {
  const { t } = useTranslation();
  const desk = useDeskStore();
  const open = useTopic('screens');
  const shown = useTopic('walls');
  const last = useSlice(wallDesk, (walls) => walls.screen);
  const preview = useSlice(wallDesk, (walls) => walls.preview);
  const { push, clear } = useWallActions();
  const may = useMay();
  const list = useRef<HTMLDivElement>(null);
  const screens = screensOf(open.keys(), shown.keys());
  const chosen = targetOf(last, new Set(open.keys()), screens);
  const view = chosen === null ? undefined : shown.get(chosen);
  const mayClear = may.call('wall.clear') && view !== undefined;

  const choose = (screen: string | undefined) => screen !== undefined && desk.getState().setIn(wallDesk, { screen });
  const move = (by: number) =>
    choose(screens[Math.min(screens.length - 1, Math.max(0, screens.indexOf(chosen ?? '') + by))]);
  const close = () => desk.getState().setIn(wallDesk, { list: false });
  const look = () => desk.getState().setIn(wallDesk, { preview: !preview });

  useEffect(() => {
    const before = document.activeElement;
    list.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  const inList = () => list.current !== null && list.current === document.activeElement;
  const front = { front: true } as const;
  const listed = { ...front, overControl: true, enabled: inList };
  useShortcuts([
    { id: 'walls.up', keys: ['arrowup'], label: 'walls:key.choose', unlisted: true, ...listed, run: () => move(-1) },
    { id: 'walls.down', keys: ['arrowdown'], label: 'walls:key.choose', ...listed, run: () => move(1) },
    {
      ...{ id: 'walls.push', keys: ['enter'], label: 'walls:key.push-view', ...front, overControl: true },
      enabled: () => inList() && chosen !== null && may.call('wall.show'),
      run: () => void push(chosen ?? undefined),
    },
    {
      ...{ id: 'walls.clear', keys: ['delete'], label: 'walls:key.clear', ...front, enabled: () => mayClear },
      run: () => void clear(chosen ?? ''),
    },
    {
      id: 'walls.preview',
      keys: ['i'],
      label: 'walls:key.preview',
      ...front,
      enabled: () => view !== undefined,
      run: look,
    },
    { id: 'walls.close', keys: ['escape'], label: 'walls:key.close', ...front, whileTyping: true, run: close },
  ]);

  return (
    <div className={styles.sheet} role="dialog" aria-label={t('walls:list')}>
      <header className={styles.sheetHead}>
        <h2>{t('walls:list')}</h2>
        <button type="button" className={styles.close} aria-label={t('common:action.close')} onClick={close}>
          <IconX size="1rem" />
        </button>
      </header>
      <Refusals at={SHEET} />
      {chosen === null ? (
        <EmptyState
          icon={<IconDeviceTv size="2rem" stroke={1.4} />}
          title={t('walls:no-screens')}
          hint={t('walls:no-screens-hint', { address: `${location.origin}/#/wall/wall-1` })}
        />
      ) : (
        <div className={styles.sheetBody}>
          <div
            ref={list}
            className={styles.screens}
            role="listbox"
            aria-label={t('walls:screens')}
            aria-activedescendant={`wall-${chosen}`}
            tabIndex={0}
          >
            {screens.map((screen) => (
              <Screen
                key={screen}
                screen={screen}
                chosen={screen === chosen}
                windows={open.get(screen)?.windows ?? 0}
                view={shown.get(screen)}
                onChoose={() => choose(screen)}
              />
            ))}
          </div>
          <div className={styles.chosen}>
            <div className={styles.buttons}>
              {may.call('wall.show') && (
                <ActionButton primary keys="enter" icon={<IconCast />} onClick={() => void push(chosen)}>
                  {t('walls:action.push')}
                </ActionButton>
              )}
              {view && (
                <ActionButton keys="i" icon={preview ? <IconEyeOff /> : <IconEye />} onClick={look}>
                  {t(preview ? 'walls:action.no-preview' : 'walls:action.preview')}
                </ActionButton>
              )}
              {mayClear && (
                <ActionButton keys="delete" icon={<IconEraser />} onClick={() => void clear(chosen)}>
                  {t('walls:action.clear')}
                </ActionButton>
              )}
            </div>
            {view && preview && <WallPreview key={chosen} view={view} />}
          </div>
        </div>
      )}
    </div>
  );
}

function Screen(props: {
  screen: string;
  chosen: boolean;
  windows: number;
  view: WallView | undefined;
  onChoose: () => void;
}) {
  const { screen, chosen, windows, view } = props;
  const { t } = useTranslation();
  const sceneName = useSceneName();
  const subjectName = useSubjectName();
  const subject = useSubjectOf(view?.selection ?? null);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys
    <div
      id={`wall-${screen}`}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      className={styles.screen}
      onClick={props.onChoose}
    >
      <strong>{screen}</strong>
      <span className={styles.windows} data-none={windows === 0 || undefined}>
        {windows === 0 ? t('walls:not-open') : t('walls:windows', { count: windows })}
      </span>
      <span className={styles.what}>
        {view ? line(sceneName(view.scene), subjectName(subject)) : t('walls:nothing')}
      </span>
      {view?.shown && (
        <span className={styles.dim}>
          <Who {...view.shown} /> · {clockTime(view.shown.at)}
        </span>
      )}
    </div>
  );
}
