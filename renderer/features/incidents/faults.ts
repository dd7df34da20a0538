import { incidents } from '../../../contract/features/incidents.ts';
import type { Bounds } from '../../../core/places/city.ts';
import { distanceM, type LonLat } from '../../../core/places/geo.ts';
import { distance } from '../../ui/format.ts';
import type { Field, Told } from './newForms.ts';
import { typedPoint } from './typedPoint.ts';

/** What is wrong with a field: an i18n key and its words. */
export interface Fault {
  readonly field: Field;
  readonly key: string;
  readonly words?: Readonly<Record<string, string | number>>;
}

const Params = incidents.methods['incidents.openByHand'].params;
/** Of each text, where the contract has it. */
const PATHS: Readonly<Record<string, Field>> = {
  ...{ 'place.name.zh': 'place', words: 'words', 'caller.name': 'caller', 'caller.phone': 'phone' },
};

/** The texts that the hall would refuse, by the contract's own schema; none for what it would take. */
export function textFaults(told: Told): readonly Fault[] {
  const rest = { type: 'any', title: { zh: 'any', en: 'any' }, level: 3 };
  const { error } = Params.safeParse({
    ...{ ...rest, words: told.words, caller: { name: told.caller, phone: told.phone } },
    place: { lon: 0, lat: 0, name: { zh: told.place, en: told.place } },
  });
  return (error?.issues ?? []).flatMap((issue): Fault[] => {
    const field = PATHS[issue.path.join('.')];
    if (!field) return [];
    if (issue.code !== 'too_big') return [{ field, key: 'incidents:new.unseen' }];
    const most = Number(issue.maximum);
    return [{ field, key: 'common:field.too-long', words: { over: told[field].trim().length - most, most } }];
  });
}

/** Metres from a place to the city's bounds; 0 within them. */
function outsideM({ lon, lat }: LonLat, [west, south, east, north]: Bounds): number {
  const nearest = { lon: Math.min(Math.max(lon, west), east), lat: Math.min(Math.max(lat, south), north) };
  return distanceM({ lon, lat }, nearest);
}

/**
 * What stops the form from being sent; null for nothing. A place outside the city is a question: sent again with the coordinates
 * that were `asked` about, it is taken. Without `bounds` nothing is asked.
 */
export function whatStops(told: Told, bounds: Bounds | null, asked: string | null): Fault | null {
  if (told.kind === '') return { field: 'kind', key: 'incidents:new.kind-missing' };
  const point = typedPoint(told.at);
  if (point === null) return { field: 'at', key: 'incidents:new.at-missing' };
  const [text] = textFaults(told);
  if (text) return text;
  const away = bounds === null || asked === told.at ? 0 : outsideM(point, bounds);
  return away > 0 ? { field: 'at', key: 'incidents:new.outside', words: { distance: distance(away) } } : null;
}
