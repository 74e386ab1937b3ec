import { t, type Words } from '$lib/words';
import type { Screen } from '$lib/desk/route.svelte';

/** Where a key acts: on every screen, on one, or on a part of the board. */
export type Place = keyof Words['keyPlaces'];

/** One line of the key sheet. With press, the palette offers it as an act and presses that key. */
export interface Line {
  keys: string;
  does: keyof Words['does'];
  press?: string;
  hint?: keyof Words['keyHints'];
}

/** Every key there is: the key sheet, the hints of the status line and the acts of the palette are made from this one list. */
export const sheet: Record<Place, readonly Line[]> = {
  everywhere: [
    { keys: 'Ctrl+K', does: 'find', hint: 'palette' },
    { keys: '/', does: 'filter' },
    { keys: 'G B', does: 'goBoard' },
    { keys: 'G X', does: 'goExceptions' },
    { keys: 'G T', does: 'goTasks' },
    { keys: 'G D', does: 'goDocuments' },
    { keys: 'G R', does: 'goReports' },
    { keys: 'G Q', does: 'goQuarantine' },
    { keys: 'G O', does: 'goOutgoing' },
    { keys: 'G V', does: 'goCompare' },
    { keys: 'G P', does: 'goPlaybooks' },
    { keys: 'G H', does: 'goHandover' },
    { keys: 'G A', does: 'goAlerts' },
    { keys: 'G S', does: 'goSettings' },
    { keys: 'G U', does: 'goRules' },
    { keys: 'N', does: 'bringIn' },
    { keys: 'Z', does: 'undo' },
    { keys: 'Shift+Z', does: 'history' },
    { keys: '?', does: 'sheet' },
  ],
  board: [
    { keys: 'J K ↓ ↑', does: 'row', hint: 'move' },
    { keys: '← → Home End', does: 'cell' },
    { keys: 'PgUp PgDn Ctrl+Home Ctrl+End', does: 'page' },
    { keys: 'Alt+↓ Alt+↑', does: 'group' },
    { keys: 'X', does: 'nextAct', press: 'x' },
    { keys: 'Enter E', does: 'open', press: 'e', hint: 'open' },
    { keys: 'W', does: 'why', press: 'w', hint: 'why' },
    { keys: 'I', does: 'pane', press: 'i', hint: 'pane' },
    { keys: 'R', does: 'resort', press: 'r' },
    { keys: '1', does: 'laneActNow', press: '1' },
    { keys: '2', does: 'laneAtRisk', press: '2' },
    { keys: '3', does: 'laneVerify', press: '3' },
    { keys: '4', does: 'laneWaiting', press: '4' },
    { keys: '5', does: 'laneOnPlan', press: '5' },
    { keys: '6', does: 'laneDone', press: '6' },
    { keys: '0', does: 'allLanes', press: '0' },
    { keys: 'F', does: 'filterBy' },
    { keys: 'V', does: 'verifySources', press: 'v', hint: 'check' },
    { keys: 'Shift+V', does: 'views', press: 'V', hint: 'views' },
    { keys: 'O', does: 'columns', press: 'o' },
    { keys: 'Ctrl+P', does: 'printBoard', press: 'Ctrl+P' },
    { keys: 'Esc', does: 'boardBack' },
  ],
  chosen: [
    { keys: 'Space Ctrl+click', does: 'choose' },
    { keys: 'Shift+↓ ↑ PgUp PgDn Shift+click', does: 'range' },
    { keys: 'Ctrl+A', does: 'lane', press: 'Ctrl+A' },
    { keys: 'C', does: 'note', press: 'c' },
    { keys: 'A', does: 'owner', press: 'a' },
    { keys: 'L', does: 'flag', press: 'l' },
    { keys: 'P', does: 'pin', press: 'p' },
    { keys: 'Z', does: 'undoAll' },
  ],
  heads: [
    { keys: 'Enter', does: 'sort' },
    { keys: 'Shift+← →', does: 'size' },
    { keys: 'Ctrl+← →', does: 'moveColumn' },
    { keys: 'Delete', does: 'leaveOut' },
  ],
  load: [
    { keys: 'E', does: 'correct', press: 'e', hint: 'edit' },
    { keys: 'T', does: 'slide', press: 't', hint: 'then' },
    { keys: 'V', does: 'verifySources', press: 'v', hint: 'check' },
    { keys: 'J K', does: 'otherLoad', hint: 'move' },
    { keys: 'C', does: 'copyLoad', press: 'c' },
    { keys: '1 – 9', does: 'copyRef' },
    { keys: 'D', does: 'filePaper', press: 'd' },
    { keys: 'O', does: 'observations', press: 'o' },
    { keys: 'M', does: 'map', press: 'm' },
    { keys: 'L', does: 'goMilestones', press: 'l' },
    { keys: 'Ctrl+P', does: 'print', press: 'Ctrl+P' },
    { keys: 'Esc', does: 'loadBack', hint: 'back' },
  ],
  compare: [
    { keys: '↓ ↑ ← →', does: 'checkCells' },
    { keys: 'U', does: 'checkAccept', press: 'u', hint: 'accept' },
    { keys: 'X', does: 'checkDismiss', press: 'x', hint: 'known' },
    { keys: 'P', does: 'checkPaste', press: 'p', hint: 'paste' },
    { keys: 'O', does: 'checkPage', press: 'o' },
    { keys: 'I', does: 'checkRaw', press: 'i' },
    { keys: 'C', does: 'checkAsk', press: 'c' },
    { keys: 'F', does: 'checkOnly', press: 'f' },
    { keys: 'N', does: 'checkNext', press: 'n', hint: 'next' },
    { keys: 'S', does: 'checkSources', press: 's' },
    { keys: 'E', does: 'checkLoad', press: 'e' },
    { keys: 'Esc', does: 'checkBack', hint: 'back' },
  ],
  exceptions: [
    { keys: 'J K ↓ ↑', does: 'exception', hint: 'move' },
    { keys: 'X', does: 'exNext', press: 'x' },
    { keys: 'A', does: 'exSeen', press: 'a', hint: 'seen' },
    { keys: 'W', does: 'exWork', press: 'w', hint: 'work' },
    { keys: 'O', does: 'exTake', press: 'o', hint: 'take' },
    { keys: 'Shift+O', does: 'exGive', press: 'O' },
    { keys: 'S', does: 'exSnooze', press: 's', hint: 'snooze' },
    { keys: 'E', does: 'exResolve', press: 'e', hint: 'resolve' },
    { keys: 'Shift+E', does: 'exReopen', press: 'E' },
    { keys: 'Space Shift+↓ ↑ Shift+click', does: 'exChoose' },
    { keys: 'Ctrl+A', does: 'exLane', press: 'Ctrl+A' },
    { keys: '1 – 4', does: 'exLanes' },
    { keys: '0', does: 'exAll', press: '0' },
    { keys: 'V', does: 'verifySources', press: 'v' },
    { keys: 'Shift+V', does: 'exGroup', press: 'V' },
    { keys: 'M', does: 'exMine', press: 'm' },
    { keys: 'H', does: 'exResolved', press: 'h' },
    { keys: 'I', does: 'pane', press: 'i' },
    { keys: 'R', does: 'exList', press: 'r' },
    { keys: 'Enter', does: 'exLoad' },
    { keys: 'Esc', does: 'exBack', hint: 'back' },
  ],
  tasks: [
    { keys: 'J K ↓ ↑', does: 'task', hint: 'move' },
    { keys: '1', does: 'reached', press: '1', hint: 'reached' },
    { keys: '2', does: 'voicemail', press: '2', hint: 'voicemail' },
    { keys: '3', does: 'noAnswer', press: '3', hint: 'noAnswer' },
    { keys: '4', does: 'wrongNumber', press: '4' },
    { keys: '5', does: 'sent', press: '5' },
    { keys: '6', does: 'kept', press: '6' },
    { keys: '7', does: 'taskDone', press: '7' },
    { keys: 'E', does: 'answers', press: 'e' },
    { keys: 'P', does: 'promise', press: 'p' },
    { keys: 'T', does: 'telephone', press: 't', hint: 'telephone' },
    { keys: 'C', does: 'copyPhone', press: 'c' },
    { keys: 'S', does: 'calls', press: 's' },
    { keys: 'M', does: 'taskMine', press: 'm' },
    { keys: 'R', does: 'taskList', press: 'r' },
    { keys: 'Enter', does: 'taskLoad' },
    { keys: 'Esc', does: 'back', hint: 'back' },
  ],
  rules: [
    { keys: 'J K ↓ ↑', does: 'ruleRow', hint: 'move' },
    { keys: 'Q', does: 'ruleFind', press: 'q' },
    { keys: 'E', does: 'ruleEdit', press: 'e', hint: 'change' },
    { keys: 'S', does: 'ruleScope', press: 's' },
    { keys: 'P', does: 'rulePreview', press: 'p', hint: 'preview' },
    { keys: 'D', does: 'ruleDefault', press: 'd' },
    { keys: 'W', does: 'rulePeople', press: 'w' },
    { keys: 'Esc', does: 'back', hint: 'back' },
  ],
  playbooks: [
    { keys: 'J K ↓ ↑', does: 'bookKind', hint: 'move' },
    { keys: 'E', does: 'bookEdit', press: 'e', hint: 'edit' },
    { keys: 'O', does: 'bookOwn', press: 'o' },
    { keys: 'V', does: 'bookVersions', press: 'v', hint: 'versions' },
    { keys: 'X', does: 'bookShipped', press: 'x' },
    { keys: 'Ctrl+Enter', does: 'bookSave' },
    { keys: 'Alt+↓ Alt+↑', does: 'bookMove' },
    { keys: 'Esc', does: 'bookBack', hint: 'back' },
  ],
  handover: [
    { keys: 'J K ↓ ↑', does: 'shiftLine', hint: 'move' },
    { keys: 'E', does: 'shiftFill', press: 'e', hint: 'words' },
    { keys: 'O', does: 'shiftOwn', press: 'o', hint: 'own' },
    { keys: 'Shift+O', does: 'shiftOwnAll', press: 'O' },
    { keys: 'H', does: 'shiftHand', press: 'h', hint: 'handOver' },
    { keys: 'Y', does: 'shiftTake', press: 'y', hint: 'takeLoad' },
    { keys: 'Shift+Y', does: 'shiftTakeAll', press: 'Y' },
    { keys: 'L', does: 'shiftEarlier', press: 'l' },
    { keys: 'Enter', does: 'shiftOpen' },
    { keys: 'Ctrl+P', does: 'shiftPrint', press: 'Ctrl+P' },
    { keys: 'Esc', does: 'shiftBack', hint: 'back' },
  ],
  documents: [
    { keys: 'J K', does: 'document', hint: 'move' },
    { keys: 'Y', does: 'verify', press: 'y', hint: 'verify' },
    { keys: 'X', does: 'reject', press: 'x', hint: 'reject' },
    { keys: 'I', does: 'fileOnly', press: 'i' },
    { keys: 'L', does: 'loadNumber', press: 'l', hint: 'loadNumber' },
    { keys: 'P', does: 'candidate', press: 'p' },
    { keys: 'O', does: 'openLoad', press: 'o' },
    { keys: 'S', does: 'original', press: 's' },
    { keys: '1 – 5', does: 'states' },
    { keys: '[ ]', does: 'pages' },
    { keys: '+ − 0', does: 'zoom' },
    { keys: 'R Shift+R', does: 'turn' },
    { keys: 'PgUp PgDn', does: 'scroll' },
    { keys: 'Esc', does: 'back', hint: 'back' },
  ],
  quarantine: [
    { keys: 'J K ↓ ↑', does: 'item', hint: 'move' },
    { keys: 'E', does: 'fix', press: 'e', hint: 'fix' },
    { keys: 'Ctrl+Enter', does: 'readAgain' },
    { keys: 'Y', does: 'likeliest', press: 'y', hint: 'likeliest' },
    { keys: 'L', does: 'assign', press: 'l', hint: 'assign' },
    { keys: 'X', does: 'setAside', press: 'x', hint: 'setAside' },
    { keys: 'Esc', does: 'back', hint: 'back' },
  ],
  outgoing: [
    { keys: 'J K ↓ ↑', does: 'entry', hint: 'move' },
    { keys: 'Y', does: 'done', press: 'y', hint: 'done' },
    { keys: 'X', does: 'notNeeded', press: 'x', hint: 'notNeeded' },
    { keys: 'C', does: 'copyEntry', press: 'c', hint: 'copy' },
    { keys: 'Shift+C', does: 'copyAll', press: 'C' },
    { keys: 'S', does: 'exportCSV', press: 's', hint: 'csv' },
    { keys: 'E', does: 'export214', press: 'e', hint: 'x12' },
    { keys: 'Esc', does: 'back', hint: 'back' },
  ],
  reports: [
    { keys: 'C', does: 'customer', press: 'c', hint: 'customer' },
    { keys: 'D', does: 'day', press: 'd', hint: 'day' },
    { keys: 'S', does: 'savePDF', press: 's', hint: 'save' },
    { keys: 'Ctrl+P', does: 'printReport', press: 'Ctrl+P', hint: 'print' },
    { keys: 'Esc', does: 'back', hint: 'back' },
  ],
};

/** A letter, a digit or a sign on its own: what can be switched off. Arrows stay. */
const isLetter = (key: string) => key.length === 1 && !'←→↑↓'.includes(key);

/** The keys and words of the status line, the keys of the screen first. Those that are switched off are left out. */
export function hintsOf(screen: Screen, letters: boolean): [keys: string, what: string][] {
  const own = screen === 'design' ? [] : sheet[screen];
  return [...own, ...sheet.everywhere].flatMap((line): [string, string][] => {
    const keys = line.keys.split(' ').filter((key) => letters || !isLetter(key));
    return line.hint && keys[0] ? [[keys[0] === 'J' ? 'J K' : keys[0], t.keyHints[line.hint]]] : [];
  });
}

/** What the palette offers of a place: its name, its key, and the press that does it. */
export const pressed = (...places: Place[]) => places.flatMap((place) => sheet[place].flatMap((line) => (line.press ? [{ name: t.does[line.does], key: line.keys.split(' ')[0] ?? line.keys, press: line.press }] : [])));
