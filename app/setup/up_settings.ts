import { resolve } from 'node:path'
import { readEnvFile, writeEnvFile } from '#app/setup/env_file'
import { isLoopback } from '#app/core/loopback'
import { checkPort } from '#app/setup/check_port'
import { makeWritable } from '#app/setup/data_folder'
import { homeFolder, overrideSettings, shellSetting } from '#app/setup/shell_environment'

/** What the command line asks for. */
export interface Asked {
  host?: string
  port?: number
  dataDir?: string
  /** TLS with an authority of our own, which an address of the network implies. */
  tls?: boolean
}

export interface UpSettings {
  envFileMade: boolean
  dataDir: string
  /** The folder that `.env` names, where this run uses another. */
  otherDataDir: string | null
}

/**
 * The settings of a run of `medinfo up`: what is asked wins over the environment, which wins over `.env`. The first run
 * writes `.env` and notes the data folder there, since every later command needs to find it; port and host are for this
 * run alone. Nothing is written before the address and the folder are known to be good. What goes through the network goes
 * by TLS: with the certificate that is named, else with one of our own authority.
 * Errors: PortTaken, PortRefused, FolderNotWritable.
 */
export async function chooseSettings(asked: Asked): Promise<UpSettings> {
  const home = homeFolder()
  const kept = readEnvFile(home)
  const setting = (name: string, otherwise: string) => shellSetting(name) ?? (kept?.[name] || otherwise)
  const keptDir = resolve(home, setting('DATA_DIR', './data'))
  const dataDir = asked.dataDir ? resolve(asked.dataDir) : keptDir
  const host = asked.host ?? setting('HOST', '127.0.0.1')
  const port = asked.port ?? Number(setting('PORT', '3333'))
  await checkPort(port, host)
  await makeWritable(dataDir)
  const envFileMade = !kept && (await writeEnvFile(home, asked.dataDir ? { DATA_DIR: dataDir } : {}))
  overrideSettings({
    HOST: host,
    PORT: String(port),
    DATA_DIR: dataDir,
    TLS_OWN_AUTHORITY: asked.tls || !isLoopback(host) ? 'true' : undefined,
    // The steps are what the operator reads here; a line for each request would bury the password.
    LOG_LEVEL: setting('LOG_LEVEL', 'info') === 'info' ? 'warn' : undefined,
  })
  return { envFileMade, dataDir, otherDataDir: kept && keptDir !== dataDir ? keptDir : null }
}
