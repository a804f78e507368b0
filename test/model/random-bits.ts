/** Small, fast and repeatable: xorshift32 (Marsaglia, 2003). Never returns 0. */
export class RandomBits {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) || 1;
    for (let round = 0; round < 4; round += 1) this.next();
  }

  /** 32 bits, as a signed number. */
  next(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return x;
  }
}
