// What a machine can see of a bad layout: a page that scrolls sideways, words that are cut off, things that lie on each other.

/** Faults of the page as it stands, each in words: "cut: .who “Acme Foods of …” (120 of 80 px)". */
export const layoutFaults = (page) => page.evaluate(look);

function look() {
  const found = [];
  const top = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) found.push(`sideways: the page is ${wide} px too wide`);

  const name = (el) => `${el.tagName.toLowerCase()}${[...el.classList].filter((c) => !c.startsWith('svelte-')).map((c) => `.${c}`).join('')}`;
  const words = (text) => `“${text.trim().replace(/\s+/g, ' ').slice(0, 48)}”`;
  const hidden = (el) => !el.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || el.closest('.hidden, [aria-hidden=true], option, canvas');

  /** The part of a box that its scrolling ancestors leave in sight. */
  function seen(el, box) {
    let { left, top: upper, right, bottom } = box;
    for (let up = el; up && up !== document.documentElement; up = up.parentElement) {
      const style = globalThis.getComputedStyle(up);
      if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
      const edge = up.getBoundingClientRect();
      left = Math.max(left, edge.left); right = Math.min(right, edge.right);
      upper = Math.max(upper, edge.top); bottom = Math.min(bottom, edge.bottom);
    }
    return { left: Math.max(left, 0), top: Math.max(upper, 0), right: Math.min(right, innerWidth), bottom: Math.min(bottom, globalThis.innerHeight) };
  }
  const area = (b) => Math.max(0, b.right - b.left) * Math.max(0, b.bottom - b.top);

  // Words that are cut off: where an ellipsis says so, the whole must be told by a title or a name. A time must stand whole.
  const texts = [];
  const walk = document.createTreeWalker(top, globalThis.NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const el = node.parentElement;
    if (!node.data.trim() || !el || hidden(el)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const whole = range.getBoundingClientRect();
    const inSight = seen(el, whole);
    if (whole.width < 1 || area(inSight) === 0) continue;
    texts.push({ el, node, boxes: [...range.getClientRects()].map((r) => seen(el, r)).filter((b) => area(b) > 4), fixed: Boolean(el.closest('.toasts, .toast, [data-above]')) });
    for (let up = el; up && up !== top && up.tagName !== 'MAIN'; up = up.parentElement) {
      const style = globalThis.getComputedStyle(up);
      const edge = up.getBoundingClientRect();
      if (style.overflowX === 'visible' || up.tagName === 'INPUT') continue;
      const scrolls = ['auto', 'scroll'].includes(style.overflowX);
      if (scrolls && up.scrollWidth > up.clientWidth + 1 && !up.closest('[role=grid]')) {
        found.push(`scrolls sideways: ${name(up)} (${up.scrollWidth} of ${up.clientWidth} px)`);
        break;
      }
      if (!scrolls && whole.right > edge.right + 1.5) {
        const told = up.closest('[title]') ?? el.closest('[title], [aria-label]');
        const time = node.data.length < 24 && /\d:\d\d|^\s*\d+\s?[mhd]\s*$/.test(node.data); // never, whatever a title says
        if (!told || time) found.push(`cut: ${name(up)} ${words(node.data)} (${Math.round(whole.width)} of ${Math.round(edge.right - whole.left)} px)`);
        break;
      }
      if (scrolls) break;
    }
    for (let up = el; up && up !== top && up.tagName !== 'MAIN'; up = up.parentElement) {
      const style = globalThis.getComputedStyle(up);
      const edge = up.getBoundingClientRect();
      if (style.overflowY === 'visible') continue;
      if (['auto', 'scroll'].includes(style.overflowY)) break;
      if (whole.bottom > edge.bottom + 4 && whole.top < edge.bottom - 2) found.push(`cut below: ${name(up)} ${words(node.data)} (${Math.round(whole.bottom - edge.bottom)} px)`);
      break;
    }
  }

  const meet = (a, b) => ({ left: Math.max(a.left, b.left), right: Math.min(a.right, b.right), top: Math.max(a.top, b.top), bottom: Math.min(a.bottom, b.bottom) });
  const over = (a, b) => {
    const m = meet(a, b);
    return m.right - m.left > 2.5 && m.bottom - m.top > 4;
  };
  const related = (a, b) => a.contains(b) || b.contains(a);

  /** Both are really there at the place: neither is hidden behind a thing of its own (a sticky head over a scrolled row). */
  const atTop = (el, box) => {
    const at = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    return Boolean(at && (el.contains(at) || at.contains(el)));
  };

  for (let i = 0; i < texts.length; i++)
    for (let j = i + 1; j < texts.length; j++) {
      const a = texts[i], b = texts[j];
      if (a.fixed !== b.fixed || a.el === b.el) continue;
      for (const boxA of a.boxes) for (const boxB of b.boxes)
        if (over(boxA, boxB) && atTop(a.el, boxA) && atTop(b.el, boxB)) found.push(`words on words: ${words(a.node.data)} and ${words(b.node.data)} (${name(a.el)}, ${name(b.el)})`);
    }

  const acts = [...top.querySelectorAll('a[href], button, input, select, textarea, summary, [role=button], [role=columnheader], [role=separator]')]
    .filter((el) => !hidden(el))
    .map((el) => ({ el, box: seen(el, el.getBoundingClientRect()) }))
    .filter((a) => area(a.box) > 4);
  for (let i = 0; i < acts.length; i++)
    for (let j = i + 1; j < acts.length; j++) {
      const a = acts[i], b = acts[j];
      if (related(a.el, b.el) || a.el.closest('.toast') || b.el.closest('.toast')) continue;
      if (over(a.box, b.box) && atTop(a.el, a.box) && atTop(b.el, b.box)) found.push(`act on act: ${name(a.el)} ${words(a.el.textContent)} and ${name(b.el)} ${words(b.el.textContent)}`);
    }
  return [...new Set(found)];
}
