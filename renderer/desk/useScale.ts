import { useViewportSize } from '@mantine/hooks';
import { useDesk } from './DeskProvider.tsx';

/** A wall's root, in parts of the shorter side of its screen: as `tokens.css` has it. */
const WALL_ROOT = 0.03;

/** How many times its usual size everything of this window is drawn: what is not measured in rem is multiplied by it. */
export function useScale(): number {
  const theme = useDesk((desk) => desk.theme);
  const textSize = useDesk((desk) => desk.textSize) / 100;
  useViewportSize(); // A wall's window that is another size draws anew.
  if (document.documentElement.dataset.region === 'wall')
    return ((WALL_ROOT * Math.min(window.innerWidth, window.innerHeight)) / 16) * textSize;
  return (theme === 'wall' ? 1.6 : 1) * textSize;
}
