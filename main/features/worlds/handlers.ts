import { ContractError } from '../../../contract/errors.ts';
import type { Handlers } from '../../../contract/wire/served.ts';
import type { DrillScript } from '../../../core/drills/script.ts';
import type { Found } from '../../config/catalogue.ts';
import type { Worlds } from '../../kernel/worlds.ts';

/** Opens drills beside the live work, and ends them. */
export function worldHandlers(options: {
  worlds: Pick<Worlds, 'open' | 'end' | 'dismiss'>;
  /** By name. */
  scripts(): ReadonlyMap<string, Found<DrillScript>>;
}): Pick<Handlers, 'worlds.open' | 'worlds.end' | 'worlds.dismiss' | 'worlds.scripts'> {
  const { worlds, scripts } = options;
  return {
    async 'worlds.open'({ script }) {
      const found = scripts().get(script);
      if (!found)
        throw new ContractError(
          'not-found',
          `there is no drill script ${script} that can be used; there are ${[...scripts().keys()].join(', ') || 'none'}`,
          { field: 'script' },
        );
      return { world: await worlds.open({ name: found.item.name, file: found.file }) };
    },
    'worlds.end'({ world }) {
      worlds.end(world);
      return {};
    },
    'worlds.dismiss'({ world }) {
      worlds.dismiss(world);
      return {};
    },
    'worlds.scripts': () => ({
      scripts: [...scripts().values()].map(({ item }) => ({ script: item.drill, name: item.name })).slice(0, 200),
    }),
  };
}
