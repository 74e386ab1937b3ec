// What a screen reader is told: every screen has its landmarks, whatever takes the focus has a role and a name, and the board is a grid.
import { check, step } from './desk.mjs';

const screens = { board: '#/board', load: '#/load/L480103', documents: '#/documents', quarantine: '#/quarantine', reports: '#/reports', outgoing: '#/outgoing' };

/** The tree as the browser gives it to assistive technology, without what is ignored. */
async function tree(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const byId = new Map(nodes.map((n) => [n.nodeId, n]));
  const within = (n) => {
    const up = byId.get(n.parentId);
    return up?.ignored ? within(up) : up?.role?.value;
  };
  const property = (n, name) => n.properties?.find((p) => p.name === name)?.value.value;
  return nodes.filter((n) => !n.ignored).map((n) => ({ role: n.role?.value ?? '', name: n.name?.value ?? '', focusable: property(n, 'focusable'), within: within(n) }));
}

export async function roles({ page, to }) {
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const [name, hash] of Object.entries(screens)) {
    await step(page, `roles and names: ${name}`, async () => {
      await to(hash);
      await page.locator('main').waitFor();
      await page.waitForTimeout(600);
      const told = await tree(page);
      for (const landmark of ['main', 'navigation', 'banner', 'contentinfo']) check(told.some((n) => n.role === landmark), `no ${landmark}`);
      const mute = told.filter((n) => n.focusable && !n.name.trim() && !['RootWebArea', 'gridcell'].includes(n.role));
      check(mute.length === 0, `without a name: ${mute.map((n) => n.role).join(', ')}`);
      const nothing = told.filter((n) => n.focusable && ['generic', 'none', ''].includes(n.role));
      check(nothing.length === 0, `takes the focus without a role: ${nothing.map((n) => n.name).join(', ')}`);
      if (name === 'board') grid(told);
    });
  }
}

function grid(told) {
  check(told.filter((n) => n.role === 'grid').length === 1, 'the board is not one grid');
  const heads = told.filter((n) => n.role === 'columnheader');
  check(heads.length > 5 && heads.every((n) => n.name.trim()), 'column heads without names');
  check(told.filter((n) => n.role === 'gridcell').every((n) => n.within === 'row'), 'a cell outside a row');
}
