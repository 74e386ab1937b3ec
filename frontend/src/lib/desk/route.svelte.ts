/** Which screen is shown, kept in the address so that back, reload and links work: #/board, #/load/L480100. */
export type Screen = 'board' | 'load' | 'exceptions' | 'tasks' | 'rules' | 'documents' | 'reports' | 'quarantine' | 'outgoing' | 'compare' | 'playbooks' | 'handover' | 'edi' | 'sources' | 'dashboard' | 'design';

const screens: readonly Screen[] = ['board', 'load', 'exceptions', 'tasks', 'rules', 'documents', 'reports', 'quarantine', 'outgoing', 'compare', 'playbooks', 'handover', 'edi', 'sources', 'dashboard', 'design'];

export interface Route {
  screen: Screen;
  arg: string;
  /** The instant at which a load is to be seen, where the address names one: #/load/L480100/2026-11-23T14:00:00Z. */
  at?: string;
}

export function parse(hash: string): Route {
  const [, name = '', arg = '', at = ''] = hash.replace(/^#/, '').split('/');
  const screen = screens.find((s) => s === name) ?? 'board';
  return { screen, arg: screen === name ? decodeURIComponent(arg) : '', ...(screen === 'load' && at ? { at: decodeURIComponent(at) } : {}) };
}

export const href = (screen: Screen, arg = '', at = '') => `#/${[screen, arg, at].filter(Boolean).map(encodeURIComponent).join('/')}`;

/** Screens from which a load is opened, and to which Esc leads back from it. */
const lists: readonly Screen[] = ['board', 'exceptions', 'tasks', 'rules', 'dashboard'];

class Router {
  now = $state.raw<Route>(parse(location.hash));
  /** The list that was shown last. */
  list: Screen = $state(lists.find((s) => s === parse(location.hash).screen) ?? 'board');
  constructor() {
    window.addEventListener('hashchange', () => {
      this.now = parse(location.hash);
      if (lists.includes(this.now.screen)) this.list = this.now.screen;
    });
  }
  go(screen: Screen, arg = ''): void {
    location.hash = href(screen, arg);
  }
}

export const route = new Router();
