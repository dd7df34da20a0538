/** Rings of slots around a place: how many are on each, and how far off, in pixels. */
const RINGS = [
  { slots: 8, radius: 40 },
  { slots: 14, radius: 72 },
] as const;

/** As many alarms of one place are spread out; the rest of them stays one mark in the middle. */
export const MOST_SPREAD = RINGS.reduce((sum, { slots }) => sum + slots, 0);

/** Where each slot is drawn, in pixels from the place: the first at the place, the others around it, clockwise from the top. */
export const SLOTS: readonly (readonly [number, number])[] = [
  [0, 0],
  ...RINGS.flatMap(({ slots, radius }) =>
    Array.from({ length: slots }, (_, i): [number, number] => {
      const angle = (2 * Math.PI * i) / slots;
      return [Math.round(radius * Math.sin(angle)), Math.round(-radius * Math.cos(angle))];
    }),
  ),
];
