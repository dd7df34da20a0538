import type { Map as MapLibreMap } from 'maplibre-gl';
import type { Selection } from '../../../../contract/features/seats.ts';
import type { UnitEntry } from '../../../../contract/features/units.ts';
import { UNIT_STATUSES, type UnitStatus } from '../../../../core/units/unit.ts';
import type { Drawing } from '../../../map/layer.ts';
import { pickUnit } from './pick.ts';
import { statusBits, unitLooks } from './roster.ts';
import { UnitTrack } from './track.ts';
import { UnitLayer } from './unitLayer.ts';

const REACH_PX = 14;

/** The units of one map: where they are, who they are, and how they are drawn. */
export interface UnitsOnMap extends Drawing {
  readonly track: UnitTrack;
  /** Takes one frame off the wire. @throws RangeError when it is not one */
  accept(payload: Uint8Array): void;
  /** In the order that frames count in. */
  setDirectory(directory: readonly UnitEntry[]): void;
  hide(departments: ReadonlySet<string>, statuses: ReadonlySet<UnitStatus>): void;
  /** Where a unit is drawn now; null where no frame has it. */
  placeOf(unit: string): { lon: number; lat: number } | null;
}

/**
 * @param now monotonic ms: the units' time
 * @param onPlaced hears whether the card took the layer
 */
export function createUnits(now: () => number, onPlaced: (ok: boolean) => void = () => undefined): UnitsOnMap {
  const track = new UnitTrack();
  let directory: readonly UnitEntry[] = [];
  let indices: ReadonlyMap<string, number> = new Map();
  let hiddenDepartments: ReadonlySet<string> = new Set();
  let hiddenStatuses: ReadonlySet<UnitStatus> = new Set();
  let marked: readonly (Selection | null)[] = [null, null];

  const indexOf = (unit: string): number => indices.get(unit) ?? -1;
  const markAgain = (): void => {
    const [selected = -1, hovered = -1] = marked.map((thing) => (thing?.kind === 'unit' ? indexOf(thing.id) : -1));
    layer.setMarks(selected, hovered);
  };
  const lookAgain = (): void => {
    layer.setLooks(unitLooks(directory, hiddenDepartments));
    layer.setStatuses(statusBits(hiddenStatuses));
    markAgain();
  };
  const visible = (slot: number): boolean =>
    !hiddenDepartments.has(directory[track.indexAt(slot)]?.department ?? '') &&
    !hiddenStatuses.has(UNIT_STATUSES[track.statusAt(slot)] ?? 'off');
  const layer = new UnitLayer(track, now, visible);

  return {
    track,
    accept(payload) {
      track.accept(payload, now());
      layer.arrived();
    },
    setDirectory(next) {
      directory = next;
      indices = new Map(next.map((unit, i) => [unit.id, i]));
      lookAgain();
    },
    hide(departments, statuses) {
      hiddenDepartments = departments;
      hiddenStatuses = statuses;
      lookAgain();
    },
    placeOf(unit) {
      const slot = track.slotOf(indexOf(unit));
      return slot < 0 ? null : track.shown(slot, now());
    },
    dress: (palette) => layer.setPalette(palette),
    added: (map, gl, ask) => layer.added(map, gl, ask),
    removed: (gl) => layer.removed(gl),
    render: (gl, view) => layer.render(gl, view),
    placed: onPlaced,
    mark(...things) {
      marked = things;
      markAgain();
    },
    hit: (map, x, y) => unitAt(map, x, y),
  };

  function unitAt(map: MapLibreMap, x: number, y: number): ReturnType<Drawing['hit']> {
    const centre = map.getCenter();
    const shift = map.project(centre);
    const time = now();
    const view = { lon: centre.lng, lat: centre.lat, zoom: map.getZoom() };
    const reach = view.zoom < 13.2 ? REACH_PX / 2 : REACH_PX;
    const slot = pickUnit(track, view, x - shift.x, y - shift.y, reach, time, visible);
    if (slot < 0) return null;
    const { index, lon, lat, age } = track.shown(slot, time);
    const entry = directory[index];
    if (!entry) return null;
    return {
      selection: { kind: 'unit', id: entry.id, at: { lon, lat } },
      at: { lon, lat },
      title: entry.callSign,
      properties: { department: entry.department, status: UNIT_STATUSES[track.statusAt(slot)] ?? 'off', age },
    };
  }
}
