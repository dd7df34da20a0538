import { useDesk } from './DeskProvider.tsx';

/** How many times its usual size everything of this window is drawn: what is not measured in rem is multiplied by it. */
export function useScale(): number {
  return useDesk(({ theme, textSize }) => (theme === 'wall' ? 1.6 : 1) * (textSize / 100));
}
