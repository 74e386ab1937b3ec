// Starts desks of their own for a run, from the program that PROGRAM names: a new data folder, and the clock at an instant.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const program = process.env.PROGRAM ?? 'tracedesk';

/** The zone is fixed, for times that are typed; so is the name on what is done. */
const env = { ...process.env, TZ: 'UTC' };

/**
 * A desk whose clock stands at an instant: its link, a way to bring files in as of another instant by the command line (as another person
 * or system would while the screens are open), and its end.
 */
export async function newDesk(at = '2026-11-22T18:00:00Z') {
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
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}
