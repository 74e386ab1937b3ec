// Every screen and every dialog, one line each: what looks at all of them (pictures, roles, axe, 400 %) reads this table.
import { readFileSync } from 'node:fs';
import { data } from './desk.mjs';

/** A load of this desk to open: the one asked for, or the board's first. */
export const someLoad = (page) =>
  page.evaluate(async () => {
    const asked = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"filter":{"live":true},"sort":{"by":"attention"}}' };
    const { view } = await fetch('api/board/view', asked).then((r) => r.json());
    const { rows } = await fetch(`api/board/rows?view=${view}&from=0&to=1`).then((r) => r.json());
    return rows[0]?.load ?? '';
  });

const onBoard = (...keys) => async ({ page }) => {
  await page.locator('[role=gridcell][tabindex="0"], .empty').first().focus().catch(() => undefined);
  for (const key of keys) await page.keyboard.press(key);
};

const onPapers = (key) => ({ page }) => page.keyboard.press(key);

/** Explains a text as if it were pasted, then presses keys. */
const explain = (text, ...keys) => async ({ page }) => {
  await page.keyboard.press('p');
  await page.locator('textarea').fill(text);
  await page.keyboard.press('Control+Enter');
  await page.locator('aside h2').waitFor();
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.waitForTimeout(150);
  }
};

const tender = readFileSync(data('tender.edi'), 'utf8');
const unknownCode = 'LX*1~AT7*ZX*NS***20261123*0810*CT~MS1*DALLAS*TX~';

/**
 * name: what it is called in pictures and faults. hash: its address ({load} is the number of a load). letter: G and this goes there, and the rail shows it.
 * ready: what shows that it stands. act: what is done once there. over: a dialog above the screen.
 */
export const screens = [
  { name: 'board', hash: '#/board', letter: 'b', ready: '[role=gridcell], .empty' },
  { name: 'load', hash: '#/load/{load}', ready: 'h1' },
  { name: 'exceptions', hash: '#/exceptions', letter: 'x', ready: '[role=gridcell], .empty' },
  { name: 'tasks', hash: '#/tasks', letter: 't', ready: '[role=option], .empty' },
  { name: 'rules', hash: '#/rules', ready: '[role=option]' },
  { name: 'documents', hash: '#/documents', letter: 'd', ready: '.viewer img, .empty' },
  { name: 'quarantine', hash: '#/quarantine', letter: 'q' },
  { name: 'reports', hash: '#/reports', letter: 'r', act: report },
  { name: 'dashboard', hash: '#/dashboard', letter: 'f', ready: '.tile' },
  { name: 'quality', hash: '#/dashboard/quality', ready: '.quality h1', picture: false }, // tells the person at this computer
  { name: 'schedules', hash: '#/reports/schedules', ready: '.screen h1', picture: false }, // names the data folder
  { name: 'schedule', hash: '#/reports/schedules', ready: '.screen h1', act: ({ page }) => page.keyboard.press('n'), over: true, picture: false }, // names the data folder
  { name: 'archive', hash: '#/reports/archive', ready: '.screen h1' },
  { name: 'outgoing', hash: '#/outgoing', letter: 'o' },
  { name: 'contradictions', hash: '#/compare', letter: 'v', ready: '.lines, .empty' },
  { name: 'compare', hash: '#/compare/{load}', ready: '[role=grid]' },
  { name: 'playbooks', hash: '#/playbooks', letter: 'p', ready: '.steps' },
  { name: 'handover', hash: '#/handover', letter: 'h', ready: '.sheet, .empty' },
  { name: 'edi', hash: '#/edi', letter: 'e', ready: '.edi .segment, .edi textarea', act: explain(tender, ...'jjjjjjjjjjjjjj') },
  { name: 'edi-unknown-code', hash: '#/edi', ready: '.edi .segment, .edi textarea', act: explain(unknownCode, 'f', 'm'), over: true },
  { name: 'edi-write', hash: '#/edi', ready: '.edi .segment, .edi textarea', act: explain(tender, 'j', 'j', 'j', 'w'), over: true },
  { name: 'edi-partners', hash: '#/edi/partners', ready: '.edi .empty, .edi [role=option]' },
  { name: 'edi-partner', hash: '#/edi/partners', ready: '.edi .empty, .edi [role=option]', act: ({ page }) => page.keyboard.press('n'), over: true },
  { name: 'edi-unknown', hash: '#/edi/unknown', ready: '.edi .empty, .edi [role=option]' },
  { name: 'sources', hash: '#/sources', letter: 'c', ready: '.empty, [role=option]', picture: false }, // names where secrets lie on this machine
  { name: 'source-form', hash: '#/sources', ready: '.empty, [role=option]', act: ({ page }) => page.keyboard.press('n'), over: true, picture: false },
  { name: 'design', hash: '#/design' },
  { name: 'palette', hash: '#/board', act: onBoard('Control+k'), over: true },
  { name: 'keys', hash: '#/board', act: onBoard('?'), over: true },
  { name: 'history', hash: '#/board', act: onBoard('Shift+Z'), over: true },
  { name: 'import', hash: '#/board', act: onBoard('n'), over: true },
  { name: 'alerts', hash: '#/board', act: onBoard('g', 'a'), over: true },
  { name: 'paper-load', hash: '#/documents', ready: '.viewer img, .empty', act: onPapers('l'), over: true },
  { name: 'paper-ask', hash: '#/documents', ready: '.viewer img, .empty', act: onPapers('e'), over: true },
  { name: 'paper-teach', hash: '#/documents', ready: '.viewer img, .empty', act: onPapers('t'), over: true, picture: false },
  { name: 'paper-export', hash: '#/documents', ready: '.viewer img, .empty', act: onPapers('P'), over: true },
  { name: 'paper-settings', hash: '#/documents', ready: '.viewer img, .empty', act: onPapers(','), over: true, picture: false }, // names the data folder
  { name: 'settings', hash: '#/board', act: onBoard('g', 's'), over: true, picture: false }, // names the data folder
];

/** The report of the first customer, where there is one. */
async function report({ page }) {
  const customer = page.locator('main select').first();
  if ((await customer.locator('option').count()) < 2) return;
  await customer.selectOption({ index: 1 });
  await page.waitForFunction(drawn, undefined, { timeout: 20000 });
}

/** Whether the first page of a report has ink. */
export function drawn() {
  const canvas = document.querySelector('canvas');
  const dots = canvas?.width ? canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data : null;
  return Boolean(dots?.some((v, i) => i % 4 === 0 && v < 100));
}

/** Goes to a screen of the table, and back to its bare state when it is left. */
export async function visit(page, screen, load) {
  await page.keyboard.press('Escape');
  await page.evaluate((hash) => (location.hash = hash), screen.hash.replace('{load}', load));
  await page.locator(screen.ready ?? 'main h1, main h2, main').first().waitFor();
  await page.waitForTimeout(300);
  await screen.act?.({ page });
  if (screen.over) await page.locator('dialog[open]').waitFor();
  await page.waitForTimeout(400);
}
