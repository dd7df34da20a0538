import { useSlice } from '../../desk/DeskProvider.tsx';
import type { OverDetailProps } from '../../desk/feature.ts';
import { sameSelection } from '../../desk/selection.ts';
import { NearPanel } from './NearPanel.tsx';
import { nearDesk } from './nearDesk.ts';

/** What is answered is never covered: while another alarm, incident or run is selected its detail stands. */
const ANSWERED = ['alarm', 'incident', 'run'];

/** While somebody looks around, what is near stands in place of the detail. */
export function NearOverDetail({ subject: { selection }, children }: OverDetailProps) {
  const around = useSlice(nearDesk, (near) => near.around);
  if (around === null || selection === null) return children;
  if (ANSWERED.includes(selection.kind) && !sameSelection(selection, around.selection)) return children;
  return <NearPanel key={`${around.selection.kind}/${around.selection.id}`} around={around} />;
}
