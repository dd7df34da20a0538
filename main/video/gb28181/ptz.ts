import type { Velocity } from '../turning.ts';

/**
 * Commands for turning a camera as they stand in `PTZCmd` (GB/T 28181-2016 annex A.3): eight bytes in hex, A5, the version with the sum
 * of its halves, the low part of an address that devices pass over, the command, two parameters, a third with the high part of the
 * address, and the sum of them all.
 */
const START = 0xa5;
const VERSION = 0x0f;
const ADDRESS = 0x01;
const BITS = { right: 0x01, left: 0x02, down: 0x04, up: 0x08, nearer: 0x10, farther: 0x20 } as const;
const GO_TO_PRESET = 0x82;
const FASTEST = { turn: 0xff, zoom: 0x0f } as const;

/** Presets have numbers from 1 to this. */
export const MOST_PRESET = 255;

function command(what: number, first: number, second: number, third: number): string {
  const bytes = [START, VERSION, ADDRESS, what, first, second, third << 4];
  const sum = bytes.reduce((all, byte) => all + byte, 0) & 0xff;
  return Buffer.from([...bytes, sum])
    .toString('hex')
    .toUpperCase();
}

/** Turns and zooms until something else is told; what moves at all moves at the slowest at least. */
export function ptzMove({ pan, tilt, zoom }: Velocity): string {
  const bit = (value: number, more: number, less: number) => (value > 0 ? more : value < 0 ? less : 0);
  const speed = (value: number, fastest: number) =>
    value === 0 ? 0 : Math.max(1, Math.min(fastest, Math.round(Math.abs(value) * fastest)));
  return command(
    bit(pan, BITS.right, BITS.left) | bit(tilt, BITS.up, BITS.down) | bit(zoom, BITS.nearer, BITS.farther),
    speed(pan, FASTEST.turn),
    speed(tilt, FASTEST.turn),
    speed(zoom, FASTEST.zoom),
  );
}

export const PTZ_STOP = command(0, 0, 0, 0);

/** @param number from 1 to {@link MOST_PRESET} */
export const ptzPreset = (number: number): string => command(GO_TO_PRESET, 0, number, 0);
