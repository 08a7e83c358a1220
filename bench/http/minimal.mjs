// The least a server can do for a GET: check the token's hash, read the row, send it.
import { createHash } from 'node:crypto'
import http from 'node:http'
import mysql from 'mysql2/promise'

const { DB_HOST, DB_PORT, DB_USERNAME, DB_PASSWORD, DB_DATABASE, PORT } = process.env
const pool = mysql.createPool({
  host: DB_HOST,
  port: Number(DB_PORT),
  user: DB_USERNAME,
  password: DB_PASSWORD,
  database: DB_DATABASE,
  connectionLimit: 20,
  dateStrings: true,
})
const decode = (text) => Buffer.from(text, 'base64url').toString()

http
  .createServer(async (request, response) => {
    if (request.url === '/health/live') return response.end('{}')
    const [id, secret] = (request.headers.authorization ?? '').replace(/^Bearer oat_/, '').split('.')
    const [[token]] = await pool.query('select hash, tokenable_id from access_tokens where uuid = ?', [
      decode(id ?? ''),
    ])
    const known = token && secret && token.hash === createHash('sha256').update(decode(secret)).digest('hex')
    const uuid = request.url.split('/').pop()
    const [[row]] = known
      ? await pool.query('select id, uuid, mrn, family_name, given_name, sex, dob from patients where uuid = ?', [uuid])
      : [[]]
    response.writeHead(row ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(row ?? {}))
  })
  .listen(Number(PORT), '127.0.0.1')
