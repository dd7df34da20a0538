import { useEffect, useMemo, useState } from 'react';
import { LIVE, type ScriptView } from '../../contract/features/worlds.ts';
import { useCall } from '../bridge/index.ts';
import { useAct } from './act.ts';
import { useMay } from './rights.ts';
import { goTo } from './world.ts';

/** What is refused stands in the list of worlds while that is open. */
const HERE = { place: 'worlds' };

/** What can be done with the worlds of the hall. */
export interface WorldActions {
  /** Opens a drill beside the live work and takes this window there. */
  begin(script: string): Promise<void>;
  join(world: string): void;
  /** Takes this window back to the live work. */
  leave(): void;
  end(world: string): Promise<void>;
  dismiss(world: string): Promise<void>;
}

/** @returns what can be done, and which of it the hall has not answered yet, by method */
export function useWorldActions(): { actions: WorldActions; busy: ReadonlySet<string> } {
  const { act, busy } = useAct();
  const actions = useMemo(
    (): WorldActions => ({
      async begin(script) {
        const opened = await act('worlds.open', { script }, HERE);
        if (opened) goTo(opened.world, window);
      },
      join: (world) => goTo(world, window),
      leave: () => goTo(LIVE, window),
      async end(world) {
        await act('worlds.end', { world }, HERE);
      },
      async dismiss(world) {
        await act('worlds.dismiss', { world }, HERE);
      },
    }),
    [act],
  );
  return { actions, busy };
}

const NONE: readonly ScriptView[] = [];

/** The drill scripts that can be played; asked for while `wanted`, and none for a seat that may open no drill. */
export function useScripts(wanted: boolean): readonly ScriptView[] {
  const call = useCall();
  const may = useMay().call('worlds.scripts');
  const [scripts, setScripts] = useState(NONE);
  useEffect(() => {
    if (!wanted || !may) return;
    let gone = false;
    call('worlds.scripts', {}).then(
      (answer) => {
        if (!gone) setScripts(answer.scripts);
      },
      // The hall is away, which the strip says: there is nothing to begin now.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [call, may, wanted]);
  return scripts;
}
