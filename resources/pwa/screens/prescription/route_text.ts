import { hasText, t } from '#pwa/texts/t'

/** The form keeps a word that every language knows; what an import brought is shown as it is. */
export const routeText = (route: string): string =>
  hasText(`prescription.route.${route}`) ? t(`prescription.route.${route}`) : route
