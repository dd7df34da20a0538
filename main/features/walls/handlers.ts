import type { Handlers } from '../../../contract/wire/served.ts';
import { showScene } from '../../../core/walls/wall.ts';
import { decided } from '../../domain/decided.ts';
import type { Domain } from '../../domain/domain.ts';

/** Pushing a scene to a wall screen. */
export function wallHandlers({ domain }: { domain: Domain }): Pick<Handlers, 'wall.show'> {
  return {
    async 'wall.show'({ screen, ...scene }, caller) {
      await decided(domain, caller, (actor) => showScene(screen, scene, actor));
      return {};
    },
  };
}
