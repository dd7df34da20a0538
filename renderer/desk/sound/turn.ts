/** Whose turn it is to sound, of a desk's windows: one at a time, or every alarm would be heard as often as there are windows. */
export interface Turn {
  /** Asks for the turn, or gives it up. Asking again while it is asked for changes nothing. */
  want(wanted: boolean): void;
  mine(): boolean;
  /** Goes behind the others that want it; takes it again at once where there are none. */
  yield(): void;
}

/** The turn of the windows of one seat in one world: a drill's window never keeps a live one silent. */
export function soundTurn(seat: string, world: string): string {
  return `opshall.sound.${seat}.${world}`;
}

/**
 * @param locks the browser's; a page that is not secure has none, and then every window sounds rather than none
 * @param onMine it has just become this window's turn
 */
export function createTurn(locks: Pick<LockManager, 'request'> | undefined, name: string, onMine: () => void): Turn {
  let wanted = false;
  let mine = false;
  let end: (() => void) | null = null;

  function ask(): void {
    const asking = new AbortController();
    let release = () => asking.abort();
    const over = () => release();
    end = over;
    const held = () =>
      new Promise<void>((resolve) => {
        if (end !== over) return resolve();
        release = resolve;
        mine = true;
        onMine();
      });
    locks?.request(name, { signal: asking.signal }, held).catch(() => {
      // Given up before it came.
    });
  }
  function giveUp(): void {
    const over = end;
    end = null;
    mine = false;
    over?.();
  }

  return {
    want(next) {
      if (wanted === next) return;
      wanted = next;
      if (locks === undefined) {
        mine = next;
        if (next) onMine();
      } else if (next) ask();
      else giveUp();
    },
    mine: () => mine,
    yield() {
      if (!wanted || locks === undefined) return;
      giveUp();
      ask();
    },
  };
}
