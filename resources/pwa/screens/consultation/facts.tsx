import '#pwa/screens/consultation/consultation.css'

/** Names and what they are; what is empty is left out. */
export function Facts({ of }: { of: (readonly [string, string | null | undefined | false])[] }) {
  return (
    <dl class="consultation-facts">
      {of.map(([name, value]) =>
        value ? (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ) : null
      )}
    </dl>
  )
}
