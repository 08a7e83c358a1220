import { newUuid } from '#app/core/ids'
import { admittedTo, type Admitted } from '#app/http/operation'
import { documented, type Documented } from '#tests/functional/api/send_example'

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

export interface Stop {
  title: string
  method: Method
  path: string
  route: Documented
}

/** Every documented route that lets these in, with an address that names nothing. */
export function routesFor(...admitted: Admitted[]): Stop[] {
  const routes = documented.filter(({ operation }) => admitted.includes(admittedTo(operation)))
  return routes.map((route) => ({
    title: `${route.method} ${route.pattern}`,
    method: route.method.toLowerCase() as Method,
    path: route.pattern.replaceAll(/:\w+/g, () => newUuid()),
    route,
  }))
}
