import { useShortcuts } from '../../keys/KeysProvider.tsx';
import { type PageSize, pageAfter, type View } from './videoDesk.ts';

const SIZES: readonly PageSize[] = [1, 4, 9];

/**
 * Keys of the video region: how many pictures at once, and which.
 * @param inHand a camera is in hand: its keys stand in their place
 */
export function useViewKeys(
  watched: readonly string[],
  view: View,
  inHand: boolean,
  show: (part: Partial<View>) => void,
): void {
  const several = () => !inHand && watched.length > 1;
  const paged = () => !inHand && watched.length > view.size;
  useShortcuts([
    ...SIZES.map((size) => ({
      id: `video-${size}`,
      keys: [String(size)],
      label: `video:key.show-${size}`,
      scope: 'video',
      enabled: several,
      run: () => show({ size }),
    })),
    ...([-1, 1] as const).map((steps) => ({
      id: `video-page${steps}`,
      keys: [steps < 0 ? 'arrowleft' : 'arrowright'],
      label: 'video:key.page',
      scope: 'video',
      enabled: paged,
      run: () => show({ at: pageAfter(watched, view, steps) }),
    })),
  ]);
}
