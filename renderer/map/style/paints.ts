import type { RoadClass } from '../../../core/places/roads.ts';

export type BasemapTheme = 'dark' | 'light' | 'wall';

/** Every colour of the basemap. */
export interface BasemapPaint {
  /** Sea from the open water to the shore. */
  readonly sea: readonly [string, string, string, string, string];
  readonly shore: string;
  readonly land: string;
  readonly pier: string;
  readonly relief: readonly [string, string, string, string, string];
  readonly fresh: string;
  readonly landuse: Readonly<Record<string, string>>;
  readonly building: readonly [string, string, string];
  readonly buildingEdge: string;
  readonly buildingShade: string;
  readonly road: Readonly<Record<RoadClass, string>>;
  readonly casing: Readonly<Record<RoadClass, string>>;
  readonly rail: string;
  readonly railTie: string;
  readonly border: string;
  readonly ink: string;
  readonly inkQuiet: string;
  readonly inkWater: string;
  readonly inkGreen: string;
  readonly halo: string;
  /** How pictures of others are brought near to our own ground: darker, and with less colour. */
  readonly picture: { readonly brightness: number; readonly saturation: number; readonly contrast: number };
  /** Multiplies letters and thin lines. */
  readonly scale: number;
}

const DARK: BasemapPaint = {
  sea: ['#050a11', '#07101a', '#091623', '#0b1c2d', '#0d2336'],
  shore: '#234864',
  land: '#121a25',
  pier: '#1a2432',
  relief: ['#131f2a', '#14242e', '#162932', '#182e37', '#1b343d'],
  fresh: '#0d2336',
  landuse: {
    park: '#152b2e',
    campus: '#192635',
    industry: '#18212d',
    port: '#1b2635',
    commerce: '#1b2737',
    square: '#1e2b3c',
    oldtown: '#1a2637',
    housing: '#17212e',
  },
  building: ['#223042', '#2a3b50', '#3d546f'],
  buildingEdge: '#32455c',
  buildingShade: '#090e16',
  road: { expressway: '#6b83a3', arterial: '#51657f', secondary: '#3d4e63', local: '#303e4f', service: '#2a3745' },
  casing: { expressway: '#0a1019', arterial: '#0b121b', secondary: '#0d141e', local: '#0f1721', service: '#0f1721' },
  rail: '#4a596c',
  railTie: '#141c27',
  border: '#5b7390',
  ink: '#c3d0de',
  inkQuiet: '#8496ab',
  inkWater: '#4d7596',
  inkGreen: '#5f8781',
  halo: '#0c131d',
  picture: { brightness: 0.38, saturation: -0.6, contrast: -0.1 },
  scale: 1,
};

export const PAINTS: Readonly<Record<BasemapTheme, BasemapPaint>> = {
  dark: DARK,
  wall: {
    ...DARK,
    sea: ['#04080e', '#060d16', '#08131f', '#0a1a2a', '#0d2336'],
    land: '#0f1722',
    ink: '#e3ebf4',
    inkQuiet: '#a3b4c7',
    road: { expressway: '#7d97b8', arterial: '#5f7693', secondary: '#455870', local: '#324152', service: '#2a3745' },
    picture: { brightness: 0.34, saturation: -0.6, contrast: -0.05 },
    scale: 1.6,
  },
  light: {
    sea: ['#a9c0d5', '#b3c8db', '#bccfe0', '#c5d6e5', '#cddce9'],
    shore: '#93adc5',
    land: '#e9edf2',
    pier: '#e3e8ee',
    relief: ['#e0e8e7', '#d8e3e1', '#d0dddb', '#c7d6d4', '#becfcd'],
    fresh: '#cddce9',
    landuse: {
      park: '#cfe0d8',
      campus: '#dfe5ee',
      industry: '#dde1e8',
      port: '#d6dde6',
      commerce: '#dce3ed',
      square: '#d5deea',
      oldtown: '#dde2ea',
      housing: '#e1e6ed',
    },
    building: ['#cfd8e3', '#c2cddb', '#a9b8ca'],
    buildingEdge: '#b3c0cf',
    buildingShade: '#a9b5c3',
    road: { expressway: '#fbfcfe', arterial: '#ffffff', secondary: '#ffffff', local: '#fdfdfe', service: '#f8f9fb' },
    casing: { expressway: '#71879f', arterial: '#8f9fb3', secondary: '#abb8c7', local: '#c2ccd8', service: '#c9d2dd' },
    rail: '#93a2b3',
    railTie: '#eef1f5',
    border: '#7289a5',
    ink: '#26374b',
    inkQuiet: '#566a82',
    inkWater: '#4c7aa3',
    inkGreen: '#4f7a6c',
    halo: '#f6f8fb',
    picture: { brightness: 1, saturation: -0.35, contrast: -0.15 },
    scale: 1,
  },
};
