/**
 * Whether somebody still has to acknowledge it (ISA-18.2: unacknowledged, or gone back to normal before anyone did).
 *
 * @param alarm as it is shown: one that is shelved waits for nobody
 */
export function wantsAcknowledgement(alarm: { readonly state: string }): boolean {
  return alarm.state === 'unacknowledged' || alarm.state === 'returned';
}
