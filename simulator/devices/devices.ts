import type { CitySensor, CityUnit } from '../../core/places/city.ts';
import type { UnitReport } from '../../core/units/unit.ts';
import type { Clock } from '../../main/clock.ts';
import type { Observation } from '../weather.ts';
import { createAirMonitors } from './airMonitors.ts';
import { freePorts } from './dialling.ts';
import type { FeedFile } from './system.ts';
import { createVehicles } from './vehicles.ts';
import { createWaterStations } from './waterStations.ts';
import { openWeatherService } from './weatherService.ts';

/** Departments' systems that tell the hall of their parts of the city, each in the protocol of its kind. */
export interface Devices {
  /** Their files of the folder `feeds`. */
  readonly feeds: readonly FeedFile[];
  /** Whether one of them tells of a sensor or unit. */
  has(id: string): boolean;
  /** Tells what of this is theirs. */
  say(observations: readonly Observation[], units: readonly UnitReport[]): void;
  close(): void;
}

/** Opens what the hall dials, and begins to dial the hall. */
export async function openDevices(
  city: { sensors: readonly CitySensor[]; units: readonly CityUnit[] },
  clock: Clock,
): Promise<Devices> {
  const weatherService = await openWeatherService(city.sensors);
  const [airPort = 0, vehiclePort = 0, waterPort = 0] = await freePorts(3);
  const systems = [
    weatherService,
    createAirMonitors(city.sensors, airPort, clock),
    createVehicles(city.units, vehiclePort, clock),
    createWaterStations(city.sensors, waterPort, clock),
  ];
  return {
    feeds: systems.map(({ feed }) => feed),
    has: (id) => systems.some((system) => system.has(id)),
    say(observations, units) {
      for (const system of systems) system.say(observations, units);
    },
    close() {
      for (const system of systems) system.close();
    },
  };
}
