import fc from 'fast-check'
import { FAULTS, type Fault } from '#tests/proofs/sync_model/bad_line'

export const WRITES = [
  'record',
  'consultation',
  'prescription',
  'addendum',
  'patient',
  'diagnosis',
  'notes',
  'address',
  'description',
  'dosage',
  'stop',
  'cancel',
] as const
export type WriteKind = (typeof WRITES)[number]

export const ANSWERS = ['mine', 'theirs', 'another'] as const

/** Each names its device, patient or record by a number, taken modulo how many there are. */
export type Action =
  | { kind: 'write'; device: number; what: WriteKind; which: number }
  | { kind: 'sync'; device: number; fault: Fault }
  | { kind: 'both sync'; devices: [number, number] }
  | { kind: 'crash'; device: number; nth: number; what: WriteKind; which: number }
  | { kind: 'settle'; device: number; how: (typeof ANSWERS)[number] }
  | { kind: 'again'; device: number; how: 'as it was' | 'corrected' | 'aside' }
  | { kind: 'deliver'; device: number }
  | { kind: 'clock'; device: number; hours: number }
  | { kind: 'lock'; device: number }
  | { kind: 'assign' | 'unassign'; doctor: number; patient: number }
  | { kind: 'elsewhere'; which: number }
  | { kind: 'copy' | 'restore' | 'forget' | 'mend' }
  | { kind: 'damage'; which: number }

const device = fc.nat(2)
const which = fc.nat(7)
const what = fc.constantFrom(...WRITES)
const pair = { doctor: fc.nat(1), patient: fc.nat(1) }

export const actions = fc.array(
  fc.oneof(
    { weight: 10, arbitrary: fc.record({ kind: fc.constant('write' as const), device, what, which }) },
    {
      weight: 8,
      arbitrary: fc.record({ kind: fc.constant('sync' as const), device, fault: fc.constantFrom(...FAULTS) }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('both sync' as const), devices: fc.tuple(device, device) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('crash' as const),
        device,
        nth: fc.integer({ min: 1, max: 6 }),
        what,
        which,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('settle' as const), device, how: fc.constantFrom(...ANSWERS) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        ...{ kind: fc.constant('again' as const), device },
        how: fc.constantFrom('as it was' as const, 'corrected' as const, 'aside' as const),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('deliver' as const), device }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('clock' as const), device, hours: fc.integer({ min: -72, max: 72 }) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('lock' as const), device }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('assign' as const, 'unassign' as const), ...pair }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('elsewhere' as const), which }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constantFrom('copy' as const, 'restore' as const, 'forget' as const) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('damage' as const), which }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('mend' as const) }) }
  ),
  { minLength: 4, maxLength: 40, size: 'max' }
) as fc.Arbitrary<Action[]>
