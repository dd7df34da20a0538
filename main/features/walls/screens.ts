import { ContractError } from '../../../contract/errors.ts';
import { type ScreenView, WallStreamParams } from '../../../contract/features/walls.ts';
import type { Collection } from '../../../contract/wire/collection.ts';
import type { BulkSource } from '../../../contract/wire/served.ts';
import { streamParams } from '../../wire/streamParams.ts';

/** Screens of the wall that may be open at one time. */
const MOST_SCREENS = 64;

/** The `wall` stream of the contract: a window that opens it is the screen that it names, for as long as it is connected. */
export function wallSource(screens: Collection<ScreenView>): BulkSource {
  const change = (screen: string, by: 1 | -1) => {
    const windows = (screens.items.get(screen)?.windows ?? 0) + by;
    if (windows > 0) screens.set(screen, { screen, windows });
    else screens.delete(screen);
  };
  return (params) => {
    const { screen } = streamParams('wall', WallStreamParams, params);
    if (!screens.items.has(screen) && screens.items.size >= MOST_SCREENS)
      throw new ContractError('refused', `${MOST_SCREENS} screens of the wall are open; close the windows of one`);
    change(screen, 1);
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      change(screen, -1);
    };
  };
}
