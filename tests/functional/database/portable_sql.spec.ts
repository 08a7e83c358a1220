import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import type { BaseSchema } from '@adonisjs/lucid/schema'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'

interface Construct {
  name: string
  pattern: RegExp
  /** A statement that holds it: the check must find what it looks for. */
  planted: string
}

/** What MariaDB takes and MySQL 8.4 refuses, or takes for something else. */
const DIFFERENT: Construct[] = [
  { name: 'uuid and inet types', pattern: /[`"]\s+(uuid|inet4|inet6)\b/i, planted: 'create table t (`u` uuid)' },
  {
    name: 'sequences',
    pattern: /\bcreate\s+sequence\b|\b(nextval|lastval|setval)\s*\(|\bnext value for\b/i,
    planted: 'select nextval(s)',
  },
  { name: 'returning', pattern: /\breturning\b/i, planted: 'insert into t (a) values (1) returning id' },
  {
    name: 'if exists on columns and indexes',
    pattern:
      /\b(add|drop|modify|change|rename)\s+(column|index|key|constraint|foreign key)\s+if\s+(not\s+)?exists\b|\b(create|drop)\s+(unique\s+)?index\s+if\s+(not\s+)?exists\b/i,
    planted: 'alter table t add column if not exists a int',
  },
  {
    name: 'create or replace of tables and triggers',
    pattern: /\bcreate\s+or\s+replace\s+(?!view)/i,
    planted: 'create or replace table t (a int)',
  },
  { name: 'json columns', pattern: /[`"]\s+json\b/i, planted: 'create table t (`d` json)' },
  {
    name: 'system versioning',
    pattern: /\bsystem\s+versioning\b|\bperiod\s+for\b|\bfor\s+system_time\b/i,
    planted: 'create table t (a int) with system versioning',
  },
  {
    name: 'functions of MariaDB only',
    pattern:
      /\b(json_(compact|detailed|loose|exists|query|normalize|equals)|natural_sort_key|sformat|column_(create|add|get|json)|to_char|add_months|median|percentile_(cont|disc)|uuid_v[47]|chr|decode_oracle|kdf|crc32c)\s*\(/i,
    planted: 'select json_query(d, "$")',
  },
  {
    name: 'defaults of text and blobs',
    pattern: /\b(text|blob)\b[^,)]*\bdefault\s+(?!\(|null)/i,
    planted: "create table t (`a` text not null default 'x')",
  },
  {
    name: 'collations of MariaDB only',
    pattern: /\bcollate\s+\w*(uca1400|nopad)/i,
    planted: 'create table t (`a` varchar(9) collate utf8mb4_uca1400_ai_ci)',
  },
  {
    name: 'character sets that end with 8.4',
    pattern: /\butf8(mb3)?\b(?!mb4)/i,
    planted: 'create table t (`a` varchar(9) character set utf8)',
  },
  {
    name: 'engines and column forms of MariaDB only',
    pattern: /\bengine\s*=?\s*(aria|columnstore)\b|\bpage_compressed\b|\bpersistent\b/i,
    planted: 'create table t (a int) engine=Aria',
  },
  {
    name: 'waiting locks',
    pattern: /\bfor\s+update\s+wait\b|\block\s+in\s+share\s+mode\s+wait\b/i,
    planted: 'select 1 from t for update wait 3',
  },
  { name: 'limit of rows examined', pattern: /\brows\s+examined\b/i, planted: 'select 1 from t limit rows examined 3' },
  {
    name: 'statements as one',
    pattern: /\bbegin\s+not\s+atomic\b|\bfor\s+\w+\s+in\s*\(/i,
    planted: 'begin not atomic select 1; end',
  },
  {
    name: 'words that MySQL 8.4 reserves, without quotes',
    pattern:
      /(?<=\b(?:select|where|and|or|by|from|join|set|on|,)\s+|\.)(rank|groups|system|lead|lag|row_number|rows|window|cume_dist|dense_rank|empty|except|first_value|function|grouping|intersect|lateral|manual|of|over|parallel|qualify|recursive|tablesample)\b(?!\s*\()/i,
    planted: 'select rank from t',
  },
]

const found = (sql: string) => DIFFERENT.filter(({ pattern }) => pattern.test(sql)).map(({ name }) => name)

/** The SQL of every migration as MySQL gets it, whatever engine this run uses. */
async function migrationSql(direction: 'execUp' | 'execDown'): Promise<string[]> {
  const client = db.connection('mysql')
  const files = readdirSync(app.makePath('database/migrations')).filter((file) => /\.ts$/.test(file))
  const all: string[] = []
  for (const file of files.sort()) {
    const { default: Migration } = await import(`#database/migrations/${file.replace(/\.ts$/, '')}`)
    const queries = await (new Migration(client, file, true) as BaseSchema)[direction]()
    all.push(...(queries as string[]))
  }
  return all
}

/** Strings and templates of a source file that hold SQL. */
function sqlOf(source: string): string[] {
  const literals = source.match(/`[^`]*`|'[^'\n]*'|"[^"\n]*"/g) ?? []
  return literals.filter((literal) => /^.\s*(select|insert|update|delete|create|alter|join|exists|\()/i.test(literal))
}

function sourcesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file))
}

test
  .group('SQL for MySQL 8.4', () => {
    test('the check finds each construct that it looks for', ({ assert }) => {
      for (const { name, planted } of DIFFERENT) assert.include(found(planted), name)
    })

    test('migrations hold none of what differs from MariaDB', async ({ assert }) => {
      const up = (await migrationSql('execUp')).flatMap((sql) => sql.split(/;\s*\n/))
      assert.isAbove(up.length, 60)
      assert.isTrue(up.some((sql) => sql.startsWith('create table `patients`')))
      for (const sql of [...up, ...(await migrationSql('execDown'))]) assert.deepEqual(found(sql), [], sql)
    })

    test('statements of the application hold none either', ({ assert }) => {
      const files = ['app', 'cli', 'database'].flatMap((folder) => sourcesOf(app.makePath(folder)))
      const sources = files.map((file) => ({ file, source: readFileSync(file, 'utf8') }))
      // Whoever opens a SQLite file of their own never speaks to a server.
      const served = sources.filter(({ source }) => !source.includes(`from 'better-sqlite3'`))
      const statements = served.flatMap(({ file, source }) => sqlOf(source).map((sql) => ({ file, sql })))
      assert.isAbove(statements.length, 30)
      for (const { file, sql } of statements) assert.deepEqual(found(sql), [], `${file}: ${sql}`)
    })
  })
  .teardown(async () => {
    if (db.primaryConnectionName !== 'mysql') await db.manager.close('mysql')
  })
