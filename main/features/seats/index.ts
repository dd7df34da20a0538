import { seats as contract } from '../../../contract/features/seats.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { seatHandlers } from './handlers.ts';

/** What each seat has selected, watches and has silenced. */
export const seats = defineFeature({
  contract,
  start({ city, clock, topics, windows }: Pick<Kernel, 'city' | 'clock' | 'topics' | 'windows'>) {
    const cameras = new Set(city.cameras.map(({ id }) => id));
    const connected = () => windows.callers();
    return { handlers: seatHandlers({ seats: topics.seats, clock, isCamera: (id) => cameras.has(id), connected }) };
  },
});
