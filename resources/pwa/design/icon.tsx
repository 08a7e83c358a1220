import { SHAPES, type IconName } from '#pwa/design/icon_shapes'

export type { IconName } from '#pwa/design/icon_shapes'

/** A picture beside a text, which says the same: it is not read aloud. */
export function Icon({ name, size = 24 }: { name: IconName; size?: number }) {
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={SHAPES[name]} />
    </svg>
  )
}
