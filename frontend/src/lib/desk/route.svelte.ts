/** Which screen is shown, kept in the address so that back, reload and links work: #/board, #/load/L480100. */
export type Screen = 'board' | 'load' | 'documents' | 'reports' | 'quarantine' | 'outgoing' | 'compare' | 'playbooks' | 'handover' | 'design';

const screens: readonly Screen[] = ['board', 'load', 'documents', 'reports', 'quarantine', 'outgoing', 'compare', 'playbooks', 'handover', 'design'];

export interface Route {
  screen: Screen;
  arg: string;
}

export function parse(hash: string): Route {
  const [, name = '', arg = ''] = hash.replace(/^#/, '').split('/');
  const screen = screens.find((s) => s === name) ?? 'board';
  return { screen, arg: screen === name ? decodeURIComponent(arg) : '' };
}

export const href = (screen: Screen, arg = '') => `#/${screen}${arg ? `/${encodeURIComponent(arg)}` : ''}`;

class Router {
  now = $state.raw<Route>(parse(location.hash));
  constructor() {
    window.addEventListener('hashchange', () => (this.now = parse(location.hash)));
  }
  go(screen: Screen, arg = ''): void {
    location.hash = href(screen, arg);
  }
}

export const route = new Router();
