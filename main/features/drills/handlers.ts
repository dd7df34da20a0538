import { ContractError } from '../../../contract/errors.ts';
import type { Handlers } from '../../../contract/wire/served.ts';

/** Begins the drill, or begins it again; makes its cameras vanish and come back. */
export function drillHandlers(options: {
  cameras: readonly { readonly id: string }[];
  /** Absent where there is no drill of this hall's own. */
  start?: (() => void) | undefined;
  /** Absent where there is no drill. */
  setGone?: ((camera: string, gone: boolean) => void) | undefined;
}): Pick<Handlers, 'drill.start' | 'cameras.setGone'> {
  const { cameras, start, setGone } = options;
  return {
    'drill.start'() {
      if (!start)
        throw new ContractError('unavailable', 'this hall has no drill of its own; start it with --profile drill');
      start();
      return {};
    },
    'cameras.setGone'({ camera, gone }) {
      if (!setGone) throw new ContractError('unavailable', 'only a drill can make a camera vanish');
      if (!cameras.some((each) => each.id === camera))
        throw new ContractError('not-found', `there is no camera ${camera}`);
      setGone(camera, gone);
      return {};
    },
  };
}
