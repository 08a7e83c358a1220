/**
 * Chance that is the same on every machine. Each thing that is made gets its own stream from the seed, its kind and its
 * number, so that patient 900,000 can be made again without the 899,999 before it.
 */
export class Random {
  /** @param {...(string|number)} parts the seed and the thing's kind and number */
  constructor(...parts) {
    // FNV-1a over the parts, then mulberry32 for the stream: both public domain, both a few lines.
    let hash = 0x811c9dc5
    for (const character of parts.join('|')) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193)
    this.state = hash >>> 0
  }

  /** A fraction in [0, 1). */
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000
  }

  /** A whole number from low to high, both included. */
  whole(low, high) {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  chance(share) {
    return this.next() < share
  }

  pick(list) {
    return list[Math.floor(this.next() * list.length)]
  }

  /** One of the things, each as often as its `weight` says. */
  weighted(things) {
    let left = this.next() * things.reduce((sum, thing) => sum + thing.weight, 0)
    return things.find((thing) => (left -= thing.weight) < 0) ?? things[things.length - 1]
  }

  digits(count) {
    let text = ''
    while (text.length < count) text += this.whole(0, 9)
    return text
  }
}
