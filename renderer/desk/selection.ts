import type { Selection } from '../../contract/features/seats.ts';

export type { Selection } from '../../contract/features/seats.ts';

/** Whether two selections mean the same thing; where on the map it was clicked does not matter except for places. */
export function sameSelection(a: Selection | null, b: Selection | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.kind !== b.kind || a.id !== b.id) return false;
  return a.kind !== 'place' || (a.at?.lon === b.at?.lon && a.at?.lat === b.at?.lat);
}

/** What keeps a window's selection and its seat's selection the same, without echoes. */
export interface SelectionSync {
  /** The person chose something in this window; answers when the hall has it. */
  chosen(selection: Selection | null): void;
  /** The hall says what the seat has selected. */
  told(selection: Selection | null): void;
}

/**
 * A window shows its own choice at once and tells the hall. While that call is under way what the hall says is older than
 * the choice, so it waits; afterwards only something that is neither the choice nor what stood before it is taken over.
 */
export function createSelectionSync(hooks: {
  send(selection: Selection | null): Promise<unknown>;
  adopt(selection: Selection | null): void;
}): SelectionSync {
  let inFlight = 0;
  let mine: Selection | null = null;
  let before: Selection | null = null;
  let hall: Selection | null = null;

  return {
    chosen(selection) {
      if (inFlight === 0) before = hall;
      mine = selection;
      inFlight += 1;
      const settled = () => {
        inFlight -= 1;
        if (inFlight > 0 || sameSelection(hall, mine) || sameSelection(hall, before)) return;
        mine = hall;
        hooks.adopt(hall);
      };
      hooks.send(selection).then(settled, settled);
    },
    told(selection) {
      if (sameSelection(selection, hall)) return;
      hall = selection;
      if (inFlight > 0 || sameSelection(selection, mine)) return;
      mine = selection;
      hooks.adopt(selection);
    },
  };
}
