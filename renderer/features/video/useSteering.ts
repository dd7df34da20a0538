import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Result } from '../../../contract/index.ts';
import { useAct } from '../../desk/act.ts';
import { type Direction, releasedBy, velocityOf } from './steering.ts';

type Presets = Result<'cameras.presets'>['presets'];

/** A camera turns for so long without being told again, ms: what it does when the window or its way to the hall breaks. */
const MOVE_MS = 2_000;
const AGAIN_MS = 1_000;

/** A camera in hand. */
export interface InHand {
  /** Turns until it is released. */
  hold(direction: Direction): void;
  release(direction: Direction): void;
  /** Its places, as far as they have been told. */
  readonly presets: Presets;
  goTo(preset: string): void;
}

/** Turns a camera by what is held down, as long as the component stands; keys that are let go are heard here. */
export function useSteering(camera: string): InHand {
  const { act } = useAct();
  const held = useRef(new Set<Direction>());
  const again = useRef<ReturnType<typeof setInterval> | undefined>(undefined);
  const [presets, setPresets] = useState<Presets>([]);
  const where = useMemo(() => ({ place: 'video', about: { kind: 'camera', id: camera, at: null } }) as const, [camera]);

  const tell = useCallback(() => {
    clearInterval(again.current);
    if (held.current.size === 0) {
      void act('cameras.stop', { camera }, where);
      return;
    }
    const move = async () => {
      const done = await act('cameras.move', { camera, ...velocityOf(held.current), ms: MOVE_MS }, where);
      // Whoever is refused holds nothing, and is told once.
      if (done === undefined) {
        held.current.clear();
        clearInterval(again.current);
      }
    };
    void move();
    again.current = setInterval(() => void move(), AGAIN_MS);
  }, [act, camera, where]);

  const hold = useCallback(
    (direction: Direction) => {
      if (held.current.has(direction)) return;
      held.current.add(direction);
      tell();
    },
    [tell],
  );
  const release = useCallback(
    (direction: Direction) => {
      if (held.current.delete(direction)) tell();
    },
    [tell],
  );
  const goTo = useCallback(
    (preset: string) => void act('cameras.preset', { camera, preset }, where),
    [act, camera, where],
  );

  useEffect(() => {
    const ended = new AbortController();
    const { signal } = ended;
    void act('cameras.presets', { camera }, { ...where, signal }).then((told) => told && setPresets(told.presets));
    const letGo = () => {
      if (held.current.size === 0) return;
      held.current.clear();
      tell();
    };
    const onKey = ({ key }: KeyboardEvent) => {
      const direction = releasedBy(key);
      if (direction) release(direction);
    };
    window.addEventListener('keyup', onKey, { signal });
    window.addEventListener('blur', letGo, { signal });
    return () => {
      letGo();
      ended.abort();
    };
  }, [act, camera, where, tell, release]);

  return { hold, release, presets, goTo };
}
