// Runs in the page when it is ready, and again after a reload of it: what a web
// page in a window needs and a page in a browser has already.
if (!window.tracedeskWindow) {
  window.tracedeskWindow = true;

  // Two frames: the first of them is on the glass.
  requestAnimationFrame(() => requestAnimationFrame(() => window.runtime.EventsEmit("painted")));

  // Dropped files. Their paths reach Go by Wails, wherever in the window they
  // fell; here the webview is kept from opening them in place of the desk, and
  // the drop zone (--wails-drop-target: drop) lights up. Wails' own listeners do
  // so only for drags that call themselves "Files"; in WebKitGTK a file comes as
  // text/uri-list and text/html. On Windows they hand the files to Wails.
  window.runtime.OnFileDrop(function () {}, true);
  let own = false; // something of the page itself is dragged
  let lit;
  const zone = (at) => {
    for (; at instanceof Element; at = at.parentElement)
      if (getComputedStyle(at).getPropertyValue("--wails-drop-target").trim() === "drop") return at;
  };
  const light = (at) => {
    if (lit === at) return;
    if (lit) lit.classList.remove("wails-drop-target-active");
    if (at) at.classList.add("wails-drop-target-active");
    lit = at;
  };
  window.addEventListener("dragstart", () => { own = true; });
  window.addEventListener("dragend", () => { own = false; });
  window.addEventListener("dragover", (e) => {
    if (own) return;
    e.preventDefault();
    e.dataTransfer.dropEffect = "copy";
    light(zone(e.target));
  });
  window.addEventListener("dragleave", (e) => { if (!e.relatedTarget) light(); });
  window.addEventListener("drop", (e) => {
    if (own) return;
    e.preventDefault();
    light();
  });

  // Links that leave the desk open in the system's browser, mail or phone program.
  window.addEventListener("click", (e) => {
    const link = e.target instanceof Element && e.target.closest("a[href]");
    if (!link || link.origin === location.origin || !/^(https?|mailto|tel):$/.test(link.protocol)) return;
    e.preventDefault();
    window.go.window.Native.Browse(link.href).catch((why) => console.error(why));
  });

  // Zoom keys that Wails' menus do not know: + and - on Windows, = (+ without
  // shift) everywhere. A key that the menu took does not come here.
  window.addEventListener("keydown", (e) => {
    const direction = { "+": 1, "=": 1, "-": -1, "_": -1 }[e.key];
    if (!direction || e.altKey || !(e.ctrlKey || e.metaKey)) return;
    e.preventDefault();
    window.go.window.Native.Zoom(direction).catch((why) => console.error(why));
  });
}
