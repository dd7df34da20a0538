import type { Caller } from '../../contract/wire/served.ts';
import { type Principal, principalOf, type Via } from '../../core/people/principal.ts';

/** Whoever it is has all rights of the operations seats: for tests of something else than rights. */
export function trusting(seat: string, via: Via = 'window'): Principal {
  return { ...principalOf({ seat: 'commander', station: 'S1', via: 'window' }), seat, via };
}

/** A window in English at a seat, with the rights the seat has. */
export function callerAt(seat: string): Caller {
  return { ...principalOf({ seat, station: 'S1', via: 'window' }), client: 'test', lang: 'en' };
}
