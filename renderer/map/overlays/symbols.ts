import type { Map as MapLibreMap } from 'maplibre-gl';
import type { Level } from '../../../contract/schema/basics.ts';
import { FACILITY_KINDS, type FacilityKind } from '../../../core/places/city.ts';
import { NUMERAL } from '../../../core/words.ts';
import type { MapPalette } from '../palette.ts';
import { DEPARTMENT_SIGNS } from '../units/glyphs.ts';

const LEVELS: readonly Level[] = [1, 2, 3, 4];

/** A level's shape on a 14 × 14 grid, the same as in lists: octagon, triangle, diamond, circle. */
const LEVEL_SHAPES: Record<Level, string> = {
  1: 'M4.1.6h5.8l3.5 3.5v5.8l-3.5 3.5H4.1L.6 9.9V4.1Z',
  2: 'M7 .6 13.8 12.9H.2Z',
  3: 'M7 .2 13.8 7 7 13.8.2 7Z',
  4: 'M7 .8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 7 .8Z',
};

/** Glyphs on a 24 × 24 grid. */
const FACILITY_GLYPHS: Record<FacilityKind, string> = {
  hospital: DEPARTMENT_SIGNS.medical.path,
  'fire-station': DEPARTMENT_SIGNS.fire.path,
  'police-station': DEPARTMENT_SIGNS.police.path,
  shelter: 'M12 2 23 20h-5.5L12 10.5 6.5 20H1ZM12 14l3.5 6h-7Z',
  'pump-station': DEPARTMENT_SIGNS.water.path,
  school: 'M12 3 23.5 9 12 15 .5 9ZM5 13.2l7 3.6 7-3.6V18c-4 3.5-10 3.5-14 0Z',
  'rail-station':
    'M7 1.5h10a3 3 0 0 1 3 3V15a3 3 0 0 1-3 3l2.5 4h-3l-1.5-2.5h-6L7.5 22h-3L7 18a3 3 0 0 1-3-3V4.5a3 3 0 0 1 3-3ZM7 5v6h10V5ZM8.5 13.5a1.5 1.5 0 1 0 0 3a1.5 1.5 0 0 0 0-3ZM15.5 13.5a1.5 1.5 0 1 0 0 3a1.5 1.5 0 0 0 0-3Z',
  government:
    'M12 1.5 22.5 7.5V10h-21V7.5ZM3.5 11.5h3V18h-3ZM10.5 11.5h3V18h-3ZM17.5 11.5h3V18h-3ZM1.5 19.5h21V22.5h-21Z',
};

const SENSOR_GLYPHS = {
  rain: 'M7 3.5a5 5 0 0 1 9.5 1A4.5 4.5 0 0 1 18 13H6.5A4.7 4.7 0 0 1 7 3.5ZM7 15l-2 6h2.5l2-6ZM12 15l-2 6h2.5l2-6ZM17 15l-2 6h2.5l2-6Z',
  'water-level':
    'M11 1h2v8h3l-4 5-4-5h3ZM1.5 16c2.5 0 2.5 1.5 5 1.5s3-1.5 5.5-1.5 3 1.5 5.5 1.5 2.5-1.5 5-1.5v2.5c-2.5 0-2.5 1.5-5 1.5s-3-1.5-5.5-1.5-3 1.5-5.5 1.5-2.5-1.5-5-1.5Z',
  gas: DEPARTMENT_SIGNS.gas.path,
  other: 'M12 6a6 6 0 1 0 0 12a6 6 0 0 0 0-12Z',
} as const;

const CAMERA_GLYPH = 'M3 5h11a2 2 0 0 1 2 2v2.5L22 6v12l-6-3.5V17a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2Z';

/** Outlines of the classes of city components (GB/T 30428.2), on a 12 × 12 grid: utilities, traffic, sanitation, greenery, other. */
const COMPONENT_SHAPES: Readonly<Record<string, string>> = {
  '01': 'M6 2.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 0 1 0-7Z',
  '02': 'M2.8 2.8h6.4v6.4H2.8Z',
  '03': 'M2.5 3.5h7l-1 6h-5Z',
  '04': 'M6 1.8 10 9.5H2Z',
  '05': 'M6 1.5 10.5 6 6 10.5 1.5 6Z',
};

interface Paper {
  ink: CanvasRenderingContext2D;
  size: number;
}

/** Draws every symbol of the overlays in the palette's colours and gives them to the map. */
export function addSymbols(map: MapLibreMap, palette: MapPalette): void {
  const dpr = Math.max(2, Math.ceil(map.getPixelRatio()));
  const add = (name: string, size: number, draw: (paper: Paper) => void): void => {
    const side = size * palette.scale;
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(side * dpr);
    canvas.height = canvas.width;
    const ink = canvas.getContext('2d');
    if (!ink) return;
    ink.scale(canvas.width / size, canvas.width / size);
    draw({ ink, size });
    const image = ink.getImageData(0, 0, canvas.width, canvas.height);
    if (map.hasImage(name)) map.removeImage(name);
    map.addImage(name, image, { pixelRatio: dpr });
  };

  for (const level of LEVELS) {
    add(`alarm-new-${level}`, 26, (paper) => drawLevel(paper, level, palette, true));
    add(`alarm-seen-${level}`, 26, (paper) => drawLevel(paper, level, palette, false));
    add(`incident-${level}`, 40, (paper) => drawPin(paper, level, palette));
  }
  for (const kind of FACILITY_KINDS) {
    add(`facility-${kind}`, 20, (paper) => drawTile(paper, FACILITY_GLYPHS[kind], palette.paper, palette.muted));
  }
  for (const [kind, glyph] of Object.entries(SENSOR_GLYPHS)) {
    add(`sensor-${kind}-0`, 18, (paper) => drawDisc(paper, glyph, palette.paper, palette.muted, palette.muted));
    for (const level of LEVELS) {
      add(`sensor-${kind}-${level}`, 20, (paper) =>
        drawDisc(paper, glyph, palette.levels[level], palette.onLevel[level], palette.paper),
      );
    }
  }
  for (const [kind, shape] of Object.entries(COMPONENT_SHAPES)) {
    add(`component-${kind}`, 12, (paper) => drawShape(paper, shape, palette));
  }
  add('camera', 18, (paper) => drawDisc(paper, CAMERA_GLYPH, palette.paper, palette.muted, palette.faint));
  add('camera-on', 22, (paper) => drawDisc(paper, CAMERA_GLYPH, palette.touch, palette.paper, palette.paper));
  add('camera-gone', 18, (paper) => {
    drawDisc(paper, CAMERA_GLYPH, palette.paper, palette.faint, palette.faint);
    strike(paper, palette);
  });
}

function drawLevel({ ink, size }: Paper, level: Level, palette: MapPalette, filled: boolean): void {
  const shape = new Path2D(LEVEL_SHAPES[level]);
  ink.translate(size / 2, size / 2);
  ink.scale(1.36, 1.36);
  ink.translate(-7, level === 2 ? -7.8 : -7);
  ink.lineJoin = 'round';
  ink.strokeStyle = palette.paper;
  ink.lineWidth = 3.2;
  ink.stroke(shape);
  ink.fillStyle = filled ? palette.levels[level] : palette.paper;
  ink.fill(shape);
  ink.strokeStyle = palette.levels[level];
  ink.lineWidth = 1.4;
  ink.stroke(shape);
  ink.fillStyle = filled ? palette.onLevel[level] : palette.levels[level];
  const middle = level === 2 ? 8.6 : 7;
  ink.fillRect(6.3, middle - 3.3, 1.4, 3.9);
  ink.fillRect(6.3, middle + 1.5, 1.4, 1.5);
}

function drawPin({ ink }: Paper, level: Level, palette: MapPalette): void {
  // A head with a point; the point is the place.
  const pin = new Path2D('M20 38.5 12.5 29A13.5 13.5 0 1 1 27.5 29Z');
  ink.lineJoin = 'round';
  ink.strokeStyle = palette.paper;
  ink.lineWidth = 4;
  ink.stroke(pin);
  ink.fillStyle = palette.levels[level];
  ink.fill(pin);
  ink.save();
  ink.translate(20, level === 2 ? 16 : 17);
  ink.scale(1.5, 1.5);
  ink.translate(-7, -7);
  ink.fillStyle = palette.paper;
  ink.globalAlpha = 0.92;
  ink.fill(new Path2D(LEVEL_SHAPES[level]));
  ink.restore();
  ink.fillStyle = palette.levels[level];
  ink.font = '700 11px system-ui, sans-serif';
  ink.textAlign = 'center';
  ink.textBaseline = 'middle';
  ink.fillText(NUMERAL[level], 20, level === 2 ? 19.5 : 17.5);
}

function drawTile({ ink, size }: Paper, glyph: string, ground: string, mark: string): void {
  ink.beginPath();
  ink.roundRect(1.5, 1.5, size - 3, size - 3, 4);
  ink.fillStyle = ground;
  ink.globalAlpha = 0.9;
  ink.fill();
  ink.globalAlpha = 0.55;
  ink.strokeStyle = mark;
  ink.lineWidth = 1;
  ink.stroke();
  ink.globalAlpha = 1;
  drawGlyph(ink, glyph, size, size * 0.6, mark);
}

function drawDisc({ ink, size }: Paper, glyph: string, ground: string, mark: string, edge: string): void {
  ink.beginPath();
  ink.arc(size / 2, size / 2, size / 2 - 1.2, 0, Math.PI * 2);
  ink.fillStyle = ground;
  ink.globalAlpha = 0.94;
  ink.fill();
  ink.globalAlpha = 0.8;
  ink.strokeStyle = edge;
  ink.lineWidth = 1.1;
  ink.stroke();
  ink.globalAlpha = 1;
  drawGlyph(ink, glyph, size, size * 0.56, mark);
}

function drawGlyph(ink: CanvasRenderingContext2D, glyph: string, size: number, side: number, colour: string): void {
  ink.save();
  ink.translate((size - side) / 2, (size - side) / 2);
  ink.scale(side / 24, side / 24);
  ink.fillStyle = colour;
  ink.fill(new Path2D(glyph), 'evenodd');
  ink.restore();
}

function strike({ ink, size }: Paper, palette: MapPalette): void {
  ink.beginPath();
  ink.moveTo(size * 0.2, size * 0.8);
  ink.lineTo(size * 0.8, size * 0.2);
  ink.lineCap = 'round';
  ink.lineWidth = 3.4;
  ink.strokeStyle = palette.paper;
  ink.stroke();
  ink.lineWidth = 1.6;
  ink.strokeStyle = palette.muted;
  ink.stroke();
}

function drawShape({ ink }: Paper, shape: string, palette: MapPalette): void {
  const outline = new Path2D(shape);
  ink.fillStyle = palette.paper;
  ink.strokeStyle = palette.muted;
  ink.lineWidth = 1.2;
  ink.lineJoin = 'round';
  ink.fill(outline);
  ink.stroke(outline);
}
