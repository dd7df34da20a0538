import type { CitySensor, CityUnit } from '../../core/places/city.ts';
import type { UnitReport } from '../../core/units/unit.ts';
import type { Clock } from '../../main/clock.ts';
import type { Place, Ports } from '../addresses.ts';
import type { Observation } from '../weather.ts';
import { createAirMonitors } from './airMonitors.ts';
import { freePorts } from './dialling.ts';
import type { FeedFile } from './system.ts';
import { createVehicles } from './vehicles.ts';
import { createWaterStations } from './waterStations.ts';
import { openWeatherService } from './weatherService.ts';

/** Where the hall listens for devices. */
const HALLS = ['air', 'water', 'vehicles'] as const;

/** Departments' systems that tell the hall of their parts of the city, each in the protocol of its kind. */
export interface Devices {
  /** Their files of the folder `feeds`. */
  readonly feeds: readonly FeedFile[];
  /** Where they or the hall listen. */
  readonly ports: Ports;
  /** Whether one of them tells of a sensor or unit. */
  has(id: string): boolean;
  /** Tells what of this is theirs. */
  say(observations: readonly Observation[], units: readonly UnitReport[]): void;
  close(): void;
}

/**
 * Opens what the hall dials, and begins to dial the hall.
 *
 * @param at.ports those of before; others are chosen
 */
export async function openDevices(
  { sensors, units }: { sensors: readonly CitySensor[]; units: readonly CityUnit[] },
  at: { ports: Ports; secret(place: Place): string },
  clock: Clock,
): Promise<Devices> {
  const free = await freePorts(HALLS.length);
  const ports: Ports = { ...Object.fromEntries(HALLS.map((name, i) => [name, free[i]])), ...at.ports };
  const place = (name: Place) => ({ port: ports[name] ?? 0, secret: at.secret(name) });
  const weatherService = await openWeatherService(sensors, place('weather'));
  const systems = [
    weatherService,
    createAirMonitors(sensors, place('air'), clock),
    createWaterStations(sensors, place('water'), clock),
    createVehicles(units, place('vehicles'), clock),
  ];
  return {
    feeds: systems.map(({ feed }) => feed),
    ports: { ...ports, weather: weatherService.port },
    has: (id) => systems.some((system) => system.has(id)),
    say(observations, reports) {
      for (const system of systems) system.say(observations, reports);
    },
    close() {
      for (const system of systems) system.close();
    },
  };
}
