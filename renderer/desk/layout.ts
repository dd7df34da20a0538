/**
 * How much room a region asks for: 0 where nothing is in it, 1 where something goes on, 2 where there is more than its usual
 * room shows, 3 where a form was opened that a person fills in: that is seen whole, at once and for as long as it is open.
 */
export type Need = 0 | 1 | 2 | 3;

/** How the workspace is divided: by what goes on, or for one situation whatever goes on. */
export const LAYOUTS = ['auto', 'calm', 'alarms', 'incident', 'two', 'video'] as const;
export type LayoutName = (typeof LAYOUTS)[number];

/** The layout after this one; the last is followed by the first. */
export function nextLayout(layout: LayoutName): LayoutName {
  return LAYOUTS[(LAYOUTS.indexOf(layout) + 1) % LAYOUTS.length] ?? 'auto';
}
