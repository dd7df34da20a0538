import { useEffect, useRef } from 'react';
import { LIVE } from '../../../contract/features/worlds.ts';
import { useNow } from '../../ui/ticker.tsx';
import { useDesk, useDeskStore } from '../DeskProvider.tsx';
import { useWorld } from '../world.ts';
import { createAnnunciator, QUIET, type Sound } from './hearing.ts';
import { createSpeaker, PERIOD, type Speaker } from './speaker.ts';
import { createTurn, soundTurn, type Turn } from './turn.ts';
import { useMute } from './useMute.ts';

/** Sounds; mounted once in a window. Of a seat's windows one sounds; when it closes or is hidden, another takes over. */
export function Sounding({ sounds }: { sounds: readonly Sound[] }) {
  const desk = useDeskStore();
  const seat = useDesk((state) => state.seat);
  const world = useWorld()?.id ?? LIVE;
  const mute = useMute();
  const now = useNow();
  const speaker = useRef<Speaker | null>(null);
  const turn = useRef<Turn | null>(null);
  /** Sounds what is due. */
  const due = useRef<() => void>(() => {});
  const annunciator = useRef(createAnnunciator());
  const repeat = useDesk((state) => state.hearing.repeat);

  useEffect(() => {
    const made = createSpeaker();
    speaker.current = made;
    const mine = createTurn(navigator.locks, soundTurn(seat, world), () => due.current());
    turn.current = mine;
    const unblock = () => made.unblock();
    // A browser slows the clock of a page that nobody sees.
    const onVisibility = () => {
      if (document.hidden) mine.yield();
    };
    window.addEventListener('keydown', unblock, true);
    window.addEventListener('pointerdown', unblock, true);
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      window.removeEventListener('keydown', unblock, true);
      window.removeEventListener('pointerdown', unblock, true);
      document.removeEventListener('visibilitychange', onVisibility);
      mine.want(false);
      made.close();
    };
  }, [seat, world]);

  useEffect(() => {
    const hearing = annunciator.current.hear(sounds, mute, now);
    const before = desk.getState().hearing;
    if (before.repeat !== hearing.repeat || before.held !== hearing.held)
      desk.getState().set({ hearing: { ...hearing, once: null } });
    if (hearing.once === null || hearing.repeat !== null || !speaker.current?.able()) return;
    turn.current?.want(true);
    if (turn.current?.mine()) speaker.current.sound(hearing.once);
  }, [desk, sounds, mute, now]);

  useEffect(() => () => desk.getState().set({ hearing: QUIET }), [desk]);

  useEffect(() => {
    if (repeat === null) return;
    const level = repeat;
    const sound = () => {
      const able = speaker.current?.able() === true;
      turn.current?.want(able);
      if (able && turn.current?.mine()) speaker.current?.sound(level);
      if (desk.getState().soundBlocked === able) desk.getState().set({ soundBlocked: !able });
    };
    due.current = sound;
    sound();
    const timer = setInterval(sound, PERIOD[level] * 1000);
    return () => {
      due.current = () => {};
      clearInterval(timer);
    };
  }, [repeat, desk]);

  return null;
}
