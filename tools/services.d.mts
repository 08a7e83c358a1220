export interface MariadbAddress {
  host: string
  port: number
  user: string
  password: string
  /** Path of its Unix socket. */
  socket: string
}

export interface NginxAddress {
  /** Ports of the loopback. */
  https: number
  http: number
  /** Its certificate for `localhost`, in PEM: whoever connects has to trust it. */
  certificate: string
  /** What `nginx -t` said of the shipped file. */
  check: string
  /** Its access log. */
  log: string
}

export interface RunningServices {
  mariadb: MariadbAddress
  redis: { url: string }
  nginx: NginxAddress
  /** Ends the servers and deletes their data. */
  stop(): Promise<void>
  /** Where their data and logs are. */
  folder: string
  pids: number[]
}

export interface ServicesOptions {
  /** With a binary log, as replication needs it. */
  binlog?: boolean
  /** Their data lie in memory where there is room. */
  isForTests?: boolean
  /** They outlive this process: the caller must see to `stop`. */
  leaveRunning?: boolean
  /** The port of the loopback in front of which nginx stands. */
  upstream?: number
  log?: (line: string) => void
}

/** @throws Error with one sentence when programs are missing or a server does not start. */
export function startServices<Name extends 'mariadb' | 'redis' | 'nginx' = 'mariadb' | 'redis'>(
  services?: Name[],
  options?: ServicesOptions
): Promise<Pick<RunningServices, Name | 'stop' | 'folder' | 'pids'>>

/** DB_* and REDIS_URL for the application. */
export function environmentOf(services: Partial<Pick<RunningServices, 'mariadb' | 'redis'>>): Record<string, string>
