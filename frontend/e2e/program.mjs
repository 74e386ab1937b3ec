// Starts desks of their own for a run, from the program that PROGRAM names: a new data folder, and the clock at an instant; and
// simulated platforms beside them.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const program = process.env.PROGRAM ?? 'tracedesk';

/** The zone is fixed, for times that are typed; so is the name on what is done. Secrets stay in the desk's own folder, sealed, whatever key store this machine has. */
const env = { ...process.env, TZ: 'UTC', TRACEDESK_KEYSTORE: 'file', TRACEDESK_PASSPHRASE: 'stories' };

/** The instant at which the clock of a desk stands. */
const now = '2026-11-22T18:00:00Z';

/**
 * A desk whose clock stands at an instant: its link, a way to bring files in as of another instant by the command line (as another person
 * or system would while the screens are open), and its end.
 */
export async function newDesk(at = now) {
  const home = mkdtempSync(join(tmpdir(), 'tracedesk-stories-'));
  const child = spawn(program, ['serve', '--home', home, '--at', at], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const link = await new Promise((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => line.includes('http://') && resolve(line.slice(line.indexOf('http://'))));
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${program} serve ended with ${code}`)));
  });
  return {
    link,
    bring: (file, when = at) => execFileSync(program, ['import', file, '--home', home, '--at', when], { env, stdio: ['ignore', 'ignore', 'inherit'] }),
    /** Waits until every paper that came is read, so that a picture of the desk does not depend on how busy the machine is. */
    async papersRead() {
      for (;;) {
        const queue = JSON.parse(execFileSync(program, ['docs', 'queue', '--json', '--home', home], { env, stdio: ['ignore', 'pipe', 'inherit'] }));
        if (queue.counts.reading === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    },
    async stop() {
      await end(child);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function end(child) {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  await ended;
}

/** Simulated platforms at the instant of the desks: how each is reached ("platforms"), the sheets of their loads ("files"), and their end. */
export async function newPlatforms() {
  const out = mkdtempSync(join(tmpdir(), 'tracedesk-platforms-'));
  const child = spawn(program, ['sim', 'serve', '--json', '--quiet', '--loads', '20', '--start', now, '--out', out], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  const told = await new Promise((resolve, reject) => {
    let text = '';
    createInterface(child.stdout).on('line', (line) => {
      text += line;
      if (line === '}') resolve(JSON.parse(text));
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${program} sim serve ended with ${code}`)));
  });
  return {
    ...told,
    async stop() {
      await end(child);
      rmSync(out, { recursive: true, force: true });
    },
  };
}
