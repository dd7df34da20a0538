import { OwnComponent } from '../components/ownComponent.ts';
import { MOST, MOST_DEPARTMENTS, OwnFile } from '../ownFile.ts';

/** What can be imported: the lists of a file of the hall's folder `city`. */
export const IMPORT_KINDS = ['sensors', 'units', 'facilities', 'cameras', 'departments', 'places'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** What columns are mapped to: those, and components, which are too many for a file that is read whole. */
export const MAPPED_KINDS = [...IMPORT_KINDS, 'components'] as const;
export type MappedKind = (typeof MAPPED_KINDS)[number];

const lists = OwnFile.shape;

/** What one thing of each kind has to be like, for the hall to read it at its start. */
export const THINGS = {
  sensors: lists.sensors.unwrap().element,
  units: lists.units.unwrap().element,
  facilities: lists.facilities.unwrap().element,
  cameras: lists.cameras.unwrap().element,
  departments: lists.departments.unwrap().element,
  places: lists.places.unwrap().element,
  components: OwnComponent,
} as const;

/** How many of each a file of the hall may hold. */
export const MOST_THINGS: Readonly<Record<ImportKind, number>> = {
  ...{ sensors: MOST, units: MOST, facilities: MOST, cameras: MOST, places: MOST },
  departments: MOST_DEPARTMENTS,
};

/** A thing as it is written: its id and whatever its kind has. What is left out is the hall's to fill in. */
export type Thing = { readonly id: string } & Readonly<Record<string, unknown>>;

/** Whether things of that kind stand somewhere. */
export const isPlaced = (kind: MappedKind): boolean => kind !== 'units' && kind !== 'departments';
