import { useElementSize } from '@mantine/hooks';
import { useEffect, useMemo } from 'react';
import type { WallView } from '../../../contract/features/walls.ts';
import { DeskProvider, useDesk } from '../../desk/DeskProvider.tsx';
import { createDesk } from '../../desk/desk.ts';
import { useFeatures } from '../../desk/FeaturesProvider.tsx';
import { useScale } from '../../desk/useScale.ts';
import styles from './Wall.module.css';
import { WallScene } from './WallScene.tsx';

/** A wall screen of full HD, in rem of a desk: a screen's own rem is a thirtieth of its height. */
const SCREEN = { width: 59.26, height: 33.33 };

/** A screen of the wall as it looks, small: with a desk of its own, so that nothing of this window's follows it. */
export function WallPreview({ view }: { view: WallView }) {
  const { slices } = useFeatures();
  const lang = useDesk((desk) => desk.lang);
  const theme = useDesk((desk) => desk.theme);
  const textSize = useDesk((desk) => desk.textSize);
  const { ref, width } = useElementSize<HTMLDivElement>();
  const desk = useMemo(
    () => createDesk({ seat: 'wall', region: 'wall', named: null, lang, theme, textSize }, slices),
    [slices, lang, theme, textSize],
  );
  useEffect(() => desk.getState().adopt(view.selection), [desk, view]);
  const scale = width / (SCREEN.width * 16 * useScale());
  return (
    <div
      ref={ref}
      className={styles.preview}
      style={{ height: `${SCREEN.height * scale}rem` }}
      aria-hidden="true"
      inert
    >
      <div
        className={styles.previewScreen}
        style={{ width: `${SCREEN.width}rem`, height: `${SCREEN.height}rem`, transform: `scale(${scale})` }}
      >
        {scale > 0 && (
          <DeskProvider desk={desk}>
            <WallScene view={view} />
          </DeskProvider>
        )}
      </div>
    </div>
  );
}
