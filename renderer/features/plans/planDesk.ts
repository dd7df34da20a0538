import type { Text } from '../../../contract/schema/basics.ts';
import type { DeskStore } from '../../desk/desk.ts';
import { isDepartment } from '../../desk/seats.ts';
import type { Slice } from '../../desk/slice.ts';

/** What a person has opened, picked and pressed among plans, in one window. */
export interface PlanDesk {
  /** The incident for which plans are on offer, and the region of this window where they are. */
  readonly launchFor: { readonly incident: string; readonly region: 'plan' | 'detail' } | null;
  /** The run the plan region was told to show; null: the one that goes with the selection. */
  readonly run: string | null;
  /** The step that the person chose or did something with, in the run shown; null: the most urgent. */
  readonly step: string | null;
  /** The option whose number was pressed once, `run/step/option`: pressed again it is taken. */
  readonly deciding: string | null;
  /** What was done last in this window and can be taken back for a while; null once that is over. */
  readonly undoable: Undoable | null;
  /** The report that is being read to be saved. */
  readonly exporting: Exporting | null;
}

/** A report on its way. */
export interface Exporting {
  readonly run: string;
  readonly name: Text;
  /** How much of it is here, 0…1; null while the hall makes it. */
  readonly share: number | null;
  cancel(): void;
}

/** Something done that one key takes back: a step that was settled, or the end of a run. */
export interface Undoable {
  readonly run: string;
  /** Null: the run's end. */
  readonly step: string | null;
  /** What was done, in words. */
  readonly said: string;
  /** `performance.now()`. */
  readonly at: number;
}

/** A window opened for a run returns to it whatever is selected. A department's task is its own and does not go with what is selected. */
export const planDesk: Slice<PlanDesk> = {
  name: 'plans',
  initial: ({ region, named }) => ({
    ...{ launchFor: null, step: null, deciding: null, undoable: null, exporting: null },
    run: region === 'plan' ? named : null,
  }),
  selected: ({ seat, region, named }) => ({
    run: region === 'plan' ? named : null,
    ...(region === 'workspace' && isDepartment(seat) ? {} : { step: null }),
  }),
};

/**
 * A person does something with this run: it stays under the hands from here on, also where nothing was chosen, whatever is launched beside it
 * and when it ends. So what was done is taken back where it was done, and what ended is rated there.
 */
export function stayWith(desk: DeskStore, run: string): void {
  desk.getState().setIn(planDesk, { run });
}
