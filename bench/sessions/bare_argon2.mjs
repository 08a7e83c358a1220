// node bare_argon2.mjs <count> <lanes>: that many argon2id verifications with the application's parameters and nothing
// else. Prints how many a second.
import { randomBytes } from 'node:crypto'
import { argon2id, hash } from 'argon2'

const [count, lanes] = process.argv.slice(2).map(Number)
const options = { type: argon2id, timeCost: 2, memoryCost: 19_456, parallelism: 1, hashLength: 32, raw: true }
const salt = randomBytes(16)

async function verifications(wanted) {
  let next = 0
  const lane = async () => {
    while (next++ < wanted) await hash('trois-girafes-sous-la-pluie', { ...options, salt })
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

await verifications(lanes)
const begun = performance.now()
await verifications(count)
console.log((count * 1000) / (performance.now() - begun))
