import { Menu } from 'electron';

/**
 * Keys of the shell, as everywhere on this PC: full screen, reload, close. The bar itself is never shown: Alt belongs to the
 * regions. The size of letters is the page's own, by Ctrl + and −.
 */
export function setMenu(): void {
  const menu = Menu.buildFromTemplate([
    {
      label: 'OpsHall',
      submenu: [
        { role: 'togglefullscreen', accelerator: 'F11' },
        { role: 'reload', accelerator: 'F5' },
        { role: 'close', accelerator: 'CmdOrCtrl+Shift+W' },
        { role: 'quit', accelerator: 'CmdOrCtrl+Q' },
      ],
    },
    { role: 'editMenu' },
  ]);
  Menu.setApplicationMenu(menu);
}
