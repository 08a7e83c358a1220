import * as React from 'react'
import { Box, H2, Text } from '@adminjs/design-system'
import { useCurrentAdmin, useTranslation } from 'adminjs'

export function Dashboard() {
  const { translatePage } = useTranslation()
  const [admin] = useCurrentAdmin()
  return (
    <Box variant="grey">
      <Box variant="white">
        <H2>{translatePage('dashboard.title')}</H2>
        <Text>{translatePage('dashboard.greeting', { name: admin?.email })}</Text>
      </Box>
    </Box>
  )
}
