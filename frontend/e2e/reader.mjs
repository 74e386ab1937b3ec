// What a screen reader is told: the tree as Chromium gives it to assistive technology.
import { check } from './desk.mjs';

/** Every node that is not ignored: role, name, what it is within, and its states (focused, selected, pressed, expanded, checked ...). */
export async function tree(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const byId = new Map(nodes.map((n) => [n.nodeId, n]));
  const within = (n) => {
    const up = byId.get(n.parentId);
    return up?.ignored ? within(up) : up?.role?.value;
  };
  const states = (n) => Object.fromEntries((n.properties ?? []).map((p) => [p.name, p.value.value]));
  return nodes.filter((n) => !n.ignored).map((n) => ({ role: n.role?.value ?? '', name: n.name?.value ?? '', value: n.value?.value ?? '', within: within(n), ...states(n) }));
}

const words = (n) => `${n.role} “${n.name.slice(0, 60)}”${n.focused ? ' (focused)' : ''}`;

/** Something of this role and name is told, with these states: told(page, 'option', /L480105/, { selected: true }). Comes to be, at most after three seconds. */
export async function told(page, role, name, states = {}) {
  const fits = (n) => n.role === role && name.test(n.name) && Object.entries(states).every(([state, value]) => String(n[state] ?? false) === String(value));
  let all = [];
  for (let i = 0; i < 15; i++) {
    all = await tree(page);
    if (all.some(fits)) return;
    await page.waitForTimeout(200);
  }
  const near = all.filter((n) => n.role === role || n.focused).slice(0, 6).map(words).join(', ');
  check(false, `a screen reader is not told of ${role} ${name} ${JSON.stringify(states)}; it is told of ${near || 'nothing like it'}`);
}

/** The screen has its landmarks, and whatever takes the focus has a role and a name. */
export async function wellTold(page) {
  const all = await tree(page);
  // Behind an open dialog nothing is told.
  if (!all.some((n) => n.role === 'dialog')) for (const landmark of ['main', 'navigation', 'banner', 'contentinfo']) check(all.some((n) => n.role === landmark), `no ${landmark}`);
  const mute = all.filter((n) => n.focusable && !n.name.trim() && !['RootWebArea', 'gridcell'].includes(n.role));
  check(mute.length === 0, `without a name: ${mute.map((n) => n.role).join(', ')}`);
  const nothing = all.filter((n) => n.focusable && ['generic', 'none', ''].includes(n.role));
  check(nothing.length === 0, `takes the focus without a role: ${nothing.map((n) => n.name).join(', ')}`);
  if (!all.some((n) => n.role === 'grid')) return;
  const heads = all.filter((n) => n.role === 'columnheader');
  check(heads.length > 1 && heads.every((n) => n.name.trim()), 'column heads without names');
  check(all.filter((n) => n.role === 'gridcell').every((n) => n.within === 'row'), 'a cell outside a row');
}
