import type { Level } from '../../contract/schema/basics.ts';

/** Themes of the map; `wall` is read from five metres away. */
export type MapTheme = 'dark' | 'light' | 'wall';

/** Colours of what lies on the base map. Colour says severity; blue is for what can be touched. */
export interface MapPalette {
  ink: string;
  paper: string;
  muted: string;
  faint: string;
  touch: string;
  levels: Record<Level, string>;
  /** Text on a level's colour. */
  onLevel: Record<Level, string>;
  /** Multiplies every sign and letter. */
  scale: number;
}

const LEVELS: Record<Level, string> = { 1: '#ff4d4f', 2: '#ff9f1a', 3: '#ffd60a', 4: '#4d8dff' };
const ON_LEVEL: Record<Level, string> = { 1: '#1a0506', 2: '#1f1200', 3: '#1f1a00', 4: '#04102a' };

export const PALETTES: Record<MapTheme, MapPalette> = {
  dark: {
    ink: '#dfe9f4',
    paper: '#0b121c',
    muted: '#9fb0c3',
    faint: '#64748b',
    touch: '#3da9fc',
    levels: LEVELS,
    onLevel: ON_LEVEL,
    scale: 1,
  },
  light: {
    ink: '#1d2b3c',
    paper: '#ffffff',
    muted: '#4a5d74',
    faint: '#7b8a9c',
    touch: '#0b72c9',
    levels: { 1: '#d9252a', 2: '#d97400', 3: '#b99700', 4: '#2563d9' },
    onLevel: { 1: '#ffffff', 2: '#1f1200', 3: '#1f1a00', 4: '#ffffff' },
    scale: 1,
  },
  wall: {
    ink: '#f2f7fc',
    paper: '#070b12',
    muted: '#b9c7d6',
    faint: '#7c8ca1',
    touch: '#3da9fc',
    levels: LEVELS,
    onLevel: ON_LEVEL,
    scale: 1.6,
  },
};

/** A `#rrggbb` colour as red, green and blue from 0 to 1. */
export function rgb(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}
