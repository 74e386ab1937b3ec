/** The desk's clock: the time that Go says it is, running on here; one tick every 15 seconds moves every relative time. */
class Clock {
  now = $state(Date.now());
  #offset = 0;

  constructor() {
    setInterval(() => this.tick(), 15_000);
  }

  set(deskNow: string): void {
    this.#offset = Date.parse(deskNow) - Date.now();
    this.tick();
  }

  tick(): void {
    this.now = Date.now() + this.#offset;
  }
}

export const clock = new Clock();
