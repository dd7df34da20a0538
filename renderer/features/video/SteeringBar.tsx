import {
  IconArrowDown,
  IconArrowLeft,
  IconArrowRight,
  IconArrowUp,
  IconHandStop,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SteeringView } from '../../../contract/features/cameras.ts';
import { useDesk } from '../../desk/DeskProvider.tsx';
import { useSeatName } from '../../desk/words.ts';
import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { DIRECTIONS, type Direction } from './steering.ts';
import { type InHand, useSteering } from './useSteering.ts';
import styles from './VideoPanel.module.css';

const ICONS: Readonly<Record<Direction, typeof IconArrowUp>> = {
  ...{ left: IconArrowLeft, right: IconArrowRight, up: IconArrowUp, down: IconArrowDown },
  ...{ nearer: IconZoomIn, farther: IconZoomOut },
};

/** Taking one camera in hand and turning it. @param props.on it is in hand: keys turn it */
export function SteeringBar(props: { view: SteeringView; on: boolean; turn(on: boolean): void }) {
  const { view, on, turn } = props;
  const { t } = useTranslation();
  const seat = useDesk((desk) => desk.seat);
  const seatName = useSeatName();
  useShortcuts([
    { id: 'steer', keys: ['z'], label: 'video:key.steer', scope: 'video', run: () => turn(!on) },
    {
      ...{ id: 'steer.leave', keys: ['escape'], label: 'video:key.steer-leave', scope: 'video' },
      ...{ enabled: () => on, run: () => turn(false) },
    },
  ]);
  return (
    <div className={styles.pages} role="toolbar" aria-label={t('video:steer.bar')}>
      <button type="button" className={styles.all} aria-pressed={on} onClick={() => turn(!on)}>
        {t(on ? 'video:steer.off' : 'video:steer.on')} <Kbd keys="z" />
      </button>
      {view.by && view.by.seat !== seat && (
        <span role="status">
          <IconHandStop size="0.875rem" aria-hidden /> {t('video:steer.by', { seat: seatName(view.by.seat) })}
        </span>
      )}
      {on && <Hand key={view.camera} camera={view.camera} />}
    </div>
  );
}

function Hand({ camera }: { camera: string }) {
  const { t } = useTranslation();
  const hand = useSteering(camera);
  useHandKeys(hand);
  return (
    <>
      {DIRECTIONS.map((direction) => {
        const Icon = ICONS[direction];
        const release = () => hand.release(direction);
        return (
          <button
            key={direction}
            type="button"
            className={styles.close}
            aria-label={t(`video:steer.${direction}`)}
            onPointerDown={() => hand.hold(direction)}
            onPointerUp={release}
            onPointerLeave={release}
            onPointerCancel={release}
          >
            <Icon size="1rem" />
          </button>
        );
      })}
      <span className={styles.presets}>
        {hand.presets.map(({ token, name }, i) => (
          <button key={token} type="button" className={styles.all} onClick={() => hand.goTo(token)}>
            {i < 9 ? `${i + 1} ${name}` : name}
          </button>
        ))}
      </span>
    </>
  );
}

const HELD = [
  { direction: 'left', keys: ['arrowleft'], does: 'turn' },
  { direction: 'right', keys: ['arrowright'], does: 'turn' },
  { direction: 'up', keys: ['arrowup'], does: 'turn' },
  { direction: 'down', keys: ['arrowdown'], does: 'turn' },
  // The same key, with Shift and without.
  { direction: 'nearer', keys: ['+', '='], does: 'zoom' },
  { direction: 'farther', keys: ['-'], does: 'zoom' },
] as const satisfies readonly { direction: Direction; keys: readonly string[]; does: string }[];
const PRESETS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** Keys of a camera in hand; they go before those of the pages of pictures. */
function useHandKeys({ hold, presets, goTo }: InHand): void {
  useShortcuts([
    ...HELD.map(({ direction, keys, does }) => ({
      ...{ id: `steer.${direction}`, keys, label: `video:key.steer-${does}`, scope: 'video' },
      ...{ repeats: true, overControl: true },
      run: () => hold(direction),
    })),
    ...PRESETS.map((number) => ({
      ...{ id: `steer.preset-${number}`, keys: [String(number)], label: 'video:key.steer-preset', scope: 'video' },
      enabled: () => presets[number - 1] !== undefined,
      run: () => goTo(presets[number - 1]?.token ?? ''),
    })),
  ]);
}
