import { useEffect, useRef } from 'react';
import { position } from '../../ui/format.ts';
import styles from '../map.module.css';
import { lengthText, scaleBar } from '../measure/measure.ts';
import { metresPerPixel } from '../mercator.ts';
import type { Scene } from '../scene.ts';

const WIDEST_PX = 110;

/**
 * Scale bar, position under the pointer and zoom. Written straight to the page: they change with every frame.
 *
 * @param props.magnified how much larger than drawn the map is shown
 */
export function Readout({ scene, magnified }: { scene: Scene; magnified: number }) {
  const bar = useRef<HTMLDivElement>(null);
  const length = useRef<HTMLSpanElement>(null);
  const where = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    const { map } = scene;
    let pointer: { lng: number; lat: number } | null = null;
    const write = () => {
      const centre = map.getCenter();
      const scale = scaleBar(metresPerPixel(centre.lat, map.getZoom()), WIDEST_PX);
      const at = pointer ?? centre;
      if (bar.current) bar.current.style.width = `${scale.pixels * magnified}px`;
      if (length.current) length.current.textContent = lengthText(scale.metres);
      if (where.current) where.current.textContent = `${position(at.lng, at.lat)}   z${map.getZoom().toFixed(1)}`;
    };
    const moved = map.on('move', write);
    const pointed = map.on('mousemove', (event) => {
      pointer = event.lngLat;
      write();
    });
    const left = map.on('mouseout', () => {
      pointer = null;
      write();
    });
    write();
    return () => {
      for (const subscription of [moved, pointed, left]) subscription.unsubscribe();
    };
  }, [scene, magnified]);

  return (
    <div className={styles.bottomLeft} aria-hidden="true">
      <div>
        <span className={styles.scaleText} ref={length} />
        <div className={styles.scale} ref={bar} />
      </div>
      <span className={styles.coordinates} ref={where} />
    </div>
  );
}
