import { drills as contract } from '../../../contract/features/drills.ts';
import { CALL_SEATS, callAggregate, decideCall } from '../../../core/calls/call.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { drillHandlers } from './handlers.ts';
import { createPlay } from './play.ts';

type Takes = 'clock' | 'domain' | 'drillAfter' | 'drillByHand' | 'failed' | 'newId' | 'simulation' | 'strip';

/** The drill of a world that a simulator plays the city of: it begins when it is asked to, and tells the seats what its script has for them. */
export const drills = defineFeature({
  contract,
  start({ clock, domain, drillAfter, drillByHand, failed, newId, simulation, strip }: Pick<Kernel, Takes>) {
    const script = simulation?.script ?? null;
    if (!simulation || !script) return { handlers: drillHandlers(simulation, null) };
    const play = createPlay({
      ...{ script, clock, failed, startAfter: drillAfter, byHand: drillByHand },
      begin: simulation.begin,
      onChange: strip.changed,
      onInject({ text, to = CALL_SEATS, known: about = {} }) {
        const call = domain.of(callAggregate).get(`call:${newId()}`);
        domain
          .execute(() => decideCall(call, { do: 'come', text, to: [...to], about, actor: 'hall.drill' }))
          .catch((error: unknown) => failed(error, 'telling the seats of a call'));
      },
    });
    strip.add(() => ({ drill: { name: script.name, ...play.state() } }));
    return { handlers: drillHandlers(simulation, play), close: play.close };
  },
});
