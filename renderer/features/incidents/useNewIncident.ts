import { useCallback } from 'react';
import { useActions } from '../../desk/actions.ts';
import { placeOf } from './placeOf.ts';
import { pointText } from './typedPoint.ts';
import { useNewForms } from './useNewForms.ts';

/** Asks about an incident that no alarm told of, at what is selected. */
export function useNewIncident(): () => void {
  const { subject, focusRegion, isHere } = useActions();
  const { show } = useNewForms();
  return useCallback(() => {
    const here = placeOf(subject());
    // First the region: the form that comes up in it takes the caret.
    focusRegion('detail');
    show(null, here ? { at: pointText(here), place: here.name } : {}, isHere('detail'));
  }, [subject, focusRegion, isHere, show]);
}
