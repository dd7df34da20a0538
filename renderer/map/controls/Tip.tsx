import { useEffect, useRef, useState } from 'react';
import type { Hit } from '../pointed.ts';
import type { Scene } from '../scene.ts';
import styles from './Tip.module.css';

/** Names what is under the pointer. It looks once a frame at most, and renders only when the thing changes. */
export function Tip(props: {
  scene: Scene;
  /** What is said below its title. */
  words: (hit: Hit) => readonly string[];
  idle: boolean;
  onHover: (hit: Hit | null) => void;
}) {
  const { scene, idle, onHover } = props;
  const [hit, setHit] = useState<Hit | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const at = useRef({ x: 0, y: 0 });

  useEffect(() => {
    const { map } = scene;
    let frame = 0;
    let shown = '';
    setHit(null);
    const show = (next: Hit | null) => {
      const key = next ? keyOf(next) : '';
      if (key === shown) return;
      shown = key;
      setHit(next);
      onHover(next);
      map.getCanvas().style.cursor = next && !idle ? 'pointer' : '';
    };
    const look = () => {
      frame = 0;
      const { x, y } = at.current;
      show(idle ? null : scene.hit(x, y));
      place(box.current, x, y, map.getCanvas().clientWidth);
    };
    const moved = map.on('mousemove', (event) => {
      at.current = { x: event.point.x, y: event.point.y };
      if (frame === 0) frame = requestAnimationFrame(look);
    });
    const left = map.on('mouseout', () => show(null));
    return () => {
      cancelAnimationFrame(frame);
      moved.unsubscribe();
      left.unsubscribe();
    };
  }, [scene, idle, onHover]);

  useEffect(() => {
    if (hit) place(box.current, at.current.x, at.current.y, scene.map.getCanvas().clientWidth);
  }, [hit, scene]);

  if (!hit) return null;
  const words = props.words(hit);
  const [first, ...second] = hit.title === null ? words : [hit.title, ...words];
  return (
    <div className={styles.tip} ref={box} aria-hidden="true">
      {first}
      {second.length > 0 && <small>{second.join(' · ')}</small>}
    </div>
  );
}

function keyOf({ layer, selection, at }: Hit): string {
  return selection ? `${selection.kind}/${selection.id}` : `${layer}/${at.lon}/${at.lat}`;
}

function place(box: HTMLElement | null, x: number, y: number, width: number): void {
  if (!box) return;
  const left = x + 16 + box.offsetWidth > width ? x - 12 - box.offsetWidth : x + 16;
  box.style.transform = `translate(${Math.round(left)}px, ${Math.round(y + 14)}px)`;
}
