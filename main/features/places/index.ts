import { ContractError } from '../../../contract/errors.ts';
import { places as contract, type FacilityRow } from '../../../contract/features/places.ts';
import { createGazetteer } from '../../../core/places/gazetteer.ts';
import { createRoadTimes } from '../../../core/places/roadTimes.ts';
import { openRegisters, type Registers } from '../../city/components/registers.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { listPage } from '../../wire/listPage.ts';
import type { Answerers } from '../../wire/liveQueries.ts';
import { findPlaces, placeRow } from './find.ts';
import { nearTo } from './near.ts';

type StandsOn = Pick<Kernel, 'city' | 'clock' | 'hallDir' | 'notices' | 'startedAt' | 'telemetry'>;

/** What the city has by name, and what is near a place. */
export const places = defineFeature({
  contract,
  start(kernel: StandsOn) {
    const { registers, notices } = openRegisters(kernel.hallDir, kernel.startedAt);
    for (const notice of notices) kernel.notices.raise(notice);
    return { queries: placeQueries(kernel, registers), close: () => registers.close() };
  },
});

function placeQueries(
  { city, telemetry, clock }: StandsOn,
  registers: Registers,
): Pick<Answerers, Extract<keyof Answerers, `places.${string}`>> {
  const gazetteer = createGazetteer(city.places);
  const roads = createRoadTimes(city.graph);
  const around = {
    ...{ cameras: city.cameras, facilities: city.facilities, units: telemetry.unitDirectory() },
    ...{ position: telemetry.position, components: registers.near },
  };
  const facilities = city.facilities.map(
    ({ id, kind, zh, en, department, lon, lat, capacity = null }): FacilityRow => ({
      ...{ id, kind, name: { zh, en }, department, lon, lat, capacity },
    }),
  );
  const kinds = city.kinds.map((kind) => ({ id: `${kind.of}:${kind.kind}`, ...kind }));
  return {
    'places.kinds': { reads: [], answer: (page) => listPage(kinds, ({ id }) => id, page) },
    'places.facilities': { reads: [], answer: (page) => listPage(facilities, ({ id }) => id, page) },
    'places.find': {
      reads: [],
      answer: ({ text, ...page }) => listPage(findPlaces(gazetteer, text, page.limit), (row) => row.id, page),
    },
    'places.one': {
      reads: [],
      answer({ id }) {
        const place = gazetteer.one(id);
        return { rows: place ? [placeRow(place)] : [], total: { count: place ? 1 : 0, exact: true }, more: null };
      },
    },
    'places.components': {
      reads: [],
      answer({ bounds, ...page }) {
        const found = registers.within(bounds, page);
        if (found === null)
          throw new ContractError('not-found', 'the list has changed: begin again at its first page', {
            field: 'after',
          });
        return { rows: found.rows, total: { count: found.total, exact: true }, more: found.more };
      },
    },
    'places.component': {
      reads: [],
      answer({ id }) {
        const found = registers.one(id);
        return { rows: found ? [found] : [], total: { count: found ? 1 : 0, exact: true }, more: null };
      },
    },
    'places.near': {
      reads: [],
      answer: ({ lon, lat, radius, but, ...page }) =>
        listPage(nearTo(around, roads, { at: { lon, lat }, radius, but, now: clock.now() }), (row) => row.id, page),
    },
  };
}
