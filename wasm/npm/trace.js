// Which piece of a template wrote which stretch of its output.

/** Stretches as four numbers each: start and end in the output, start and end in the template. */
export class Trace {
  /** Takes the numbers, for example those of a `Trace` that came through `postMessage`. */
  constructor(numbers) {
    this.numbers = numbers;
  }

  get length() {
    return this.numbers.length / 4;
  }

  at(index) {
    if (index < 0 || index >= this.length) return undefined;
    const [from, to, start, end] = this.numbers.subarray(index * 4, index * 4 + 4);
    return { output: [from, to], template: [start, end] };
  }

  *[Symbol.iterator]() {
    for (let i = 0; i < this.length; i++) yield this.at(i);
  }

  /** The stretch that holds a code unit of the output. */
  atOutput(offset) {
    let [low, high] = [0, this.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.numbers[middle * 4 + 1] <= offset) low = middle + 1;
      else high = middle;
    }
    const found = this.at(low);
    return found && found.output[0] <= offset ? found : undefined;
  }

  /** The stretches that were written by the smallest piece around a code unit of the template. */
  atTemplate(offset) {
    let best = Infinity;
    let found = [];
    for (let i = 0; i < this.numbers.length; i += 4) {
      const [start, end] = [this.numbers[i + 2], this.numbers[i + 3]];
      if (offset < start || offset >= end || end - start > best) continue;
      if (end - start < best) found = [];
      best = end - start;
      found.push(this.at(i / 4));
    }
    return found;
  }
}
