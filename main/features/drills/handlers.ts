import { ContractError } from '../../../contract/errors.ts';
import type { Handlers } from '../../../contract/wire/served.ts';
import type { Simulation } from '../../simulation/simulation.ts';
import type { Play } from './play.ts';

/** Begins the drill, or begins it again; makes its cameras vanish and come back. */
export function drillHandlers(
  simulation: Pick<Simulation, 'setGone'> | null,
  play: Pick<Play, 'start'> | null,
): Pick<Handlers, 'drill.start' | 'cameras.setGone'> {
  return {
    async 'drill.start'() {
      if (!play) throw new ContractError('unavailable', 'nothing is played here; open a drill');
      await play.start();
      return {};
    },
    async 'cameras.setGone'({ camera, gone }) {
      if (!simulation) throw new ContractError('unavailable', 'only a drill can make a camera vanish');
      await simulation.setGone(camera, gone);
      return {};
    },
  };
}
