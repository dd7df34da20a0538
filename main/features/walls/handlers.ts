import type { Handlers } from '../../../contract/wire/served.ts';
import { clearScreen, showScene, wallAggregate } from '../../../core/walls/wall.ts';
import { decided } from '../../domain/decided.ts';
import type { Domain } from '../../domain/domain.ts';

/** Pushing a scene to a screen of the wall, and taking it off. */
export function wallHandlers({ domain }: { domain: Domain }): Pick<Handlers, 'wall.show' | 'wall.clear'> {
  const screens = domain.of(wallAggregate);
  return {
    async 'wall.show'({ screen, ...scene }, caller) {
      await decided(domain, caller, (actor) => showScene(screen, scene, actor));
      return {};
    },
    async 'wall.clear'({ screen }, caller) {
      await decided(domain, caller, (actor) => clearScreen(screens.get(`wall:${screen}`), actor));
      return {};
    },
  };
}
