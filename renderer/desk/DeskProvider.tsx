import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { Desk, DeskActions, DeskStore } from './desk.ts';
import type { Selection } from './selection.ts';
import { type Slice, stateOf } from './slice.ts';

const DeskContext = createContext<DeskStore | null>(null);

export function DeskProvider({ desk, children }: { desk: DeskStore; children: ReactNode }) {
  return <DeskContext value={desk}>{children}</DeskContext>;
}

/** The store itself, for event handlers. */
export function useDeskStore(): DeskStore {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('useDesk needs a <DeskProvider> above it');
  return desk;
}

/** A part of the window's desk. */
export function useDesk<T>(part: (desk: Desk & DeskActions) => T): T {
  return useStore(useDeskStore(), part);
}

/** A part of what a feature keeps in the window. */
export function useSlice<S extends object, T>(slice: Slice<S>, part: (state: S) => T): T {
  return useDesk((desk) => part(stateOf(desk, slice)));
}

/** Selects something, here and in all windows of the seat. */
export function useSelect(): (selection: Selection | null) => void {
  return useDesk((desk) => desk.select);
}
