import { type RuleOutlook, type RuleTrial, rules as api } from '$lib/api';
import { ruleWords } from '$lib/words/rules';

const askEvery = 300;

/** What a change would have flagged last week: asked for, followed while the desk looks back, stopped when it is no longer wanted. */
export class Trial {
  result = $state.raw<RuleOutlook | null>(null);
  wrong = $state('');
  running = $state(false);
  done = $state(0);
  total = $state(0);
  #id = '';
  #turn = 0;

  async ask(trial: RuleTrial): Promise<void> {
    await this.stop();
    const turn = this.#turn;
    this.result = null;
    this.wrong = '';
    this.done = this.total = 0;
    this.running = true;
    try {
      let at = await api.preview(trial);
      while (at.state === 'running' && turn === this.#turn) {
        this.#id = at.id;
        this.done = at.done;
        this.total = at.total;
        await new Promise((go) => setTimeout(go, askEvery));
        if (turn === this.#turn) at = await api.previewed(at.id);
      }
      if (turn !== this.#turn) return;
      this.result = at.result;
      this.wrong = at.state === 'failed' ? at.error : at.state === 'cancelled' ? ruleWords.previewCancelled : '';
    } catch (error) {
      if (turn === this.#turn) this.wrong = error instanceof Error ? error.message : String(error);
    } finally {
      if (turn === this.#turn) this.#end();
    }
  }

  /** Stops one under way, and says so. */
  async stop(): Promise<void> {
    this.#turn++;
    const id = this.#id;
    if (this.running) this.wrong = ruleWords.previewCancelled;
    this.#end();
    if (id) await api.cancelPreview(id).catch(() => undefined); // it ends by itself too
  }

  /** Forgets what it told. */
  clear(): void {
    void this.stop();
    this.result = null;
    this.wrong = '';
  }

  #end(): void {
    this.running = false;
    this.#id = '';
  }
}
