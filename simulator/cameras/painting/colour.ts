/** Red, green, blue, 0…255. */
export type Rgb = readonly [number, number, number];

/** As CSS has it. */
export function css([r, g, b]: Rgb, alpha = 1): string {
  return `rgba(${Math.round(r)},${Math.round(g)},${Math.round(b)},${alpha.toFixed(3)})`;
}

/** The same colour under more or less light. */
export function lit([r, g, b]: Rgb, light: number): Rgb {
  return [clamp(r * light), clamp(g * light), clamp(b * light)];
}

/** Between two colours. */
export function mix(a: Rgb, b: Rgb, t: number): Rgb {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

function clamp(value: number): number {
  return Math.max(0, Math.min(255, value));
}
