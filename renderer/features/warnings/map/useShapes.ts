import { useCallback, useEffect, useMemo } from 'react';
import type { WarningShape } from '../../../../contract/features/warnings.ts';
import { useQuery } from '../../../bridge/index.ts';
import type { MapView, OnMap } from '../../../map/layer.ts';
import { warnedAreas, warnedMiddles } from './shapes.ts';

const NONE: readonly WarningShape[] = [];

/** Puts the areas of warnings onto the map, and that of the selected one, whether it holds or not. */
export function useShapes({ scene, say, selection }: MapView): OnMap {
  const chosen = selection?.kind === 'warning' ? selection.id : null;
  const shapes = useQuery('warnings.shapes', chosen === null ? {} : { also: chosen }).rows ?? NONE;
  useEffect(() => {
    scene?.setData('oh-warnings', warnedAreas(shapes, chosen));
    scene?.setData('oh-warnings-middle', warnedMiddles(shapes, say));
  }, [scene, shapes, chosen, say]);
  const placeOf = useCallback<NonNullable<OnMap['placeOf']>>(
    ({ kind, id }) => (kind === 'warning' ? (shapes.find((shape) => shape.id === id)?.at ?? null) : null),
    [shapes],
  );
  const found = useMemo(
    () => shapes.map(({ id, title, at }) => ({ kind: 'warning', id, at, zh: title.zh, en: title.en })),
    [shapes],
  );
  return { placeOf, found };
}
