/** What a step of a run can be, as P2–P6 have it. */
export const STEP_STATES = ['waiting', 'ready', 'acknowledged', 'started', 'done', 'skipped', 'not-taken'] as const;
export type StepState = (typeof STEP_STATES)[number];

/** Nothing more is done about a step in this state (P2). */
export function isSettledState(state: StepState): boolean {
  return state === 'done' || state === 'skipped' || state === 'not-taken';
}
