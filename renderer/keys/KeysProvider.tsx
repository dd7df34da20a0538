import { createContext, type ReactNode, useContext, useEffect, useRef, useSyncExternalStore } from 'react';
import type { KeyPlace, KeyRegistry, KeyScope, Shortcut } from './registry.ts';

const KeysContext = createContext<KeyRegistry | null>(null);

const TYPING =
  'input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable=true]';
const CONTROL =
  'button, a[href], summary, [role=button], [role=menuitem], [role=menuitemradio], [role=option], [role=switch], [role=tab], [role=separator], [role=radio], input';

/** Listens for keys on the window and gives them to the registry. `scope` says which region has the attention. */
export function KeysProvider(props: { keys: KeyRegistry; scope: () => KeyScope | null; children: ReactNode }) {
  const { keys, scope, children } = props;
  const scopeNow = useRef(scope);
  scopeNow.current = scope;

  useEffect(() => {
    // A button that was clicked keeps the focus; Space there means "acknowledge", not "click again".
    let reachedByPointer = false;
    const onPointer = () => {
      reachedByPointer = true;
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Tab' || event.key.startsWith('Arrow')) reachedByPointer = false;
      if (event.defaultPrevented || event.repeat) return;
      const target = event.target instanceof Element ? event.target : null;
      // The map moves by arrows and answers Enter itself; Space stays the alarm's everywhere.
      const onMap = (target?.matches('canvas') ?? false) && event.key !== ' ' && !reachedByPointer;
      const inList = target?.closest('[role=menu], [role=listbox], [role=dialog]') != null;
      const place: KeyPlace = {
        scope: scopeNow.current(),
        typing: target?.matches(TYPING) ?? false,
        onControl: onMap || inList || ((target?.matches(CONTROL) ?? false) && !reachedByPointer),
      };
      if (!keys.press(event, place)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('pointerdown', onPointer, true);
    window.addEventListener('keydown', onKey, true);
    return () => {
      window.removeEventListener('pointerdown', onPointer, true);
      window.removeEventListener('keydown', onKey, true);
    };
  }, [keys]);

  return <KeysContext value={keys}>{children}</KeysContext>;
}

function useKeyRegistry(): KeyRegistry {
  const keys = useContext(KeysContext);
  if (keys === null) throw new Error('keys need a <KeysProvider> above them');
  return keys;
}

/** Keys that work while the component is on the screen. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const keys = useKeyRegistry();
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  const signature = shortcuts.map((shortcut) => shortcut.id).join(' ');

  useEffect(() => {
    const find = (id: string) => latest.current.find((shortcut) => shortcut.id === id);
    const removals = signature
      .split(' ')
      .map(find)
      .filter((shortcut) => shortcut !== undefined)
      .map((shortcut) =>
        keys.add({
          ...shortcut,
          enabled: () => find(shortcut.id)?.enabled?.() ?? true,
          run: () => find(shortcut.id)?.run(),
        }),
      );
    return () => {
      for (const remove of removals) remove();
    };
  }, [keys, signature]);
}

/** Every key that works now, for the sheet. */
export function useShortcutList(): readonly Shortcut[] {
  const keys = useKeyRegistry();
  return useSyncExternalStore(keys.subscribe, keys.list);
}
