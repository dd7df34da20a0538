import { warnings as contract } from '../../../contract/features/warnings.ts';
import { allSeen } from '../../../core/ledger/register.ts';
import type { LonLat } from '../../../core/places/geo.ts';
import { takeWarning } from '../../../core/warnings/chain.ts';
import { decideWarning } from '../../../core/warnings/decide.ts';
import { holds, type Warning, warningAggregate } from '../../../core/warnings/warning.ts';
import type { HallCity } from '../../city/hallCity.ts';
import { defineFeature } from '../../kernel/feature.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Kind } from '../../kernel/kind.ts';
import { keepTime } from '../../kernel/timed.ts';
import { sha256 } from '../../ledger/sha256.ts';
import { warningHandlers } from './handlers.ts';
import { warningsModel } from './model.ts';
import { warningQueries } from './queries.ts';
import { warningsOver } from './timeOver.ts';

const warningKind: Kind<Warning> = {
  aggregate: warningAggregate,
  goesOn: (warning) => holds(warning) || !allSeen(warning),
  overAt: () => null,
  see: (warning, conflict, actor) => decideWarning(warning, { do: 'see-conflict', conflict, actor }),
};

/** Hex digits of a hash that tell one message from all others. */
const KEY_DIGITS = 32;

/** The subject of a message: what names it may be long, and of any characters. */
const subjectOf = (sender: string, identifier: string): string =>
  `warning:${sha256(`${sender}\n${identifier}`).slice(0, KEY_DIGITS)}`;

type Takes = 'city' | 'clock' | 'deadlines' | 'domain' | 'failed' | 'feeds' | 'newId' | 'readers';

/** Warnings of other authorities come in by feeds, stand while they hold, are acknowledged, and become incidents. */
export const warnings = defineFeature({
  contract,
  kinds: [warningKind],
  readModels: [warningsModel],
  start({ city, clock, deadlines, domain, failed, feeds, newId, readers }: Pick<Kernel, Takes>) {
    const all = domain.of(warningAggregate);
    feeds.warningsTo(async (feed, message) => {
      await domain.execute(() =>
        takeWarning(message, { get: (id) => all.get(id), subjectOf }, { now: clock.now(), actor: `feed.${feed}` }),
      );
    });
    const stopTime = keepTime(warningsOver({ domain, clock }), { domain, deadlines, clock, onError: failed });
    return {
      handlers: warningHandlers({ domain, newId, middle: middleOf(city) }),
      queries: warningQueries({ domain, readers }),
      close: stopTime,
    };
  },
});

/** The middle of everything that lies somewhere; null where nothing does. */
function middleOf({ places, facilities, sensors, cameras }: HallCity): LonLat | null {
  const all = [...places, ...facilities, ...sensors, ...cameras];
  if (all.length === 0) return null;
  const sum = all.reduce((a, b) => ({ lon: a.lon + b.lon, lat: a.lat + b.lat }), { lon: 0, lat: 0 });
  return { lon: sum.lon / all.length, lat: sum.lat / all.length };
}
