import { Badge } from '#pwa/design/surfaces'
import { List, ListItem } from '#pwa/design/list'
import type { Duplicate } from '#pwa/screens/patients/duplicates'
import { nameOf, WhoLine } from '#pwa/screens/patients/who'
import { t } from '#pwa/texts/t'

/** Who this may be, and why; leads to the patient. */
export function DuplicateList({ duplicates }: { duplicates: Duplicate[] }) {
  return (
    <List>
      {duplicates.map(({ who, why }) => (
        <ListItem
          key={who.id}
          href={`/app/patients/${who.id}`}
          title={nameOf(who)}
          detail={
            <>
              <WhoLine who={who} /> <Badge tone="warning">{t(`patients.like.${why}`)}</Badge>
            </>
          }
        />
      ))}
    </List>
  )
}
