import type { VehicleKind } from './traffic.ts';

/** Side view of a body: (along, up) metres from the middle of the vehicle, clockwise from the rear bottom; glass by edge. */
export interface VehicleBody {
  readonly width: number;
  readonly outline: readonly (readonly [number, number])[];
  readonly glassEdges: readonly number[];
  readonly sideGlass: readonly (readonly [number, number])[];
  readonly wheels: readonly number[];
  readonly wheelRadius: number;
}

const CAR: VehicleBody = {
  width: 1.8,
  outline: [
    [-2.25, 0.3],
    [-2.3, 0.75],
    [-2.15, 0.98],
    [-1.6, 1.02],
    [-0.95, 1.42],
    [0.35, 1.44],
    [1.05, 1.0],
    [2.05, 0.82],
    [2.3, 0.6],
    [2.25, 0.28],
  ],
  glassEdges: [3, 5],
  sideGlass: [
    [-1.45, 1.0],
    [-0.9, 1.34],
    [0.3, 1.36],
    [0.92, 1.0],
  ],
  wheels: [-1.4, 1.4],
  wheelRadius: 0.33,
};
const SUV: VehicleBody = {
  width: 1.9,
  outline: [
    [-2.35, 0.4],
    [-2.4, 1.0],
    [-2.2, 1.1],
    [-1.9, 1.68],
    [0.4, 1.72],
    [1.15, 1.15],
    [2.2, 1.0],
    [2.4, 0.75],
    [2.35, 0.35],
  ],
  glassEdges: [2, 4],
  sideGlass: [
    [-2.0, 1.12],
    [-1.8, 1.58],
    [0.35, 1.62],
    [1.0, 1.14],
  ],
  wheels: [-1.45, 1.45],
  wheelRadius: 0.38,
};
const VAN: VehicleBody = {
  width: 1.95,
  outline: [
    [-2.55, 0.35],
    [-2.6, 1.9],
    [-2.4, 2.05],
    [1.3, 2.05],
    [2.1, 1.2],
    [2.55, 1.0],
    [2.6, 0.35],
  ],
  glassEdges: [3],
  sideGlass: [
    [0.6, 1.25],
    [0.6, 1.85],
    [1.25, 1.85],
    [1.75, 1.25],
  ],
  wheels: [-1.6, 1.6],
  wheelRadius: 0.36,
};
const BUS: VehicleBody = {
  width: 2.5,
  outline: [
    [-5.5, 0.35],
    [-5.5, 3.0],
    [-5.3, 3.15],
    [5.3, 3.15],
    [5.5, 2.9],
    [5.5, 0.35],
  ],
  glassEdges: [],
  sideGlass: [
    [-5.1, 1.35],
    [-5.1, 2.55],
    [5.2, 2.55],
    [5.2, 1.35],
  ],
  wheels: [-3.2, 3.4],
  wheelRadius: 0.48,
};
const TRUCK: VehicleBody = {
  width: 2.4,
  outline: [
    [-4.25, 0.7],
    [-4.25, 3.2],
    [2.1, 3.2],
    [2.12, 2.5],
    [3.6, 2.45],
    [4.15, 1.5],
    [4.25, 0.5],
  ],
  glassEdges: [4],
  sideGlass: [
    [2.7, 1.6],
    [2.7, 2.3],
    [3.45, 2.3],
    [3.85, 1.6],
  ],
  wheels: [-3, -1.9, 3],
  wheelRadius: 0.5,
};
const SCOOTER: VehicleBody = {
  width: 0.45,
  outline: [
    [-0.9, 0.35],
    [-0.85, 0.75],
    [-0.2, 0.8],
    [0.4, 0.5],
    [0.65, 1.0],
    [0.8, 0.95],
    [0.9, 0.35],
  ],
  glassEdges: [],
  sideGlass: [],
  wheels: [-0.65, 0.65],
  wheelRadius: 0.28,
};
/** What each kind of vehicle looks like from the side. */
export const VEHICLE_BODIES: Readonly<Record<VehicleKind, VehicleBody>> = {
  car: CAR,
  taxi: CAR,
  suv: SUV,
  van: VAN,
  bus: BUS,
  truck: TRUCK,
  scooter: SCOOTER,
};
