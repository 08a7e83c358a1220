// The same SQL statements and the same cryptography as the application's requests, on node:http and mysql2 alone: no
// framework, no validation, no policy object, no model.
import http from 'node:http'
import { userOf } from './floor/base.mjs'
import { listChart, listLabResults, recordConsultation, showConsultation, showTimeline } from './floor/charts.mjs'
import { listPatients, registerPatient, showPatient } from './floor/patients.mjs'

async function answerTo(call, [resource, id, of], query) {
  const { method } = call.request
  if (method === 'POST') return CREATE[resource](call, await bodyOf(call.request))
  if (of === 'consultations') return listChart(call, 'consultation', 'consultations.list', id, query)
  if (of === 'lab-results') return listChart(call, 'lab_result', 'lab_results.list', id, query)
  if (of === 'timeline') return showTimeline(call, id, query)
  if (resource === 'lab-results') return listLabResults(call, query)
  if (resource === 'consultations') return showConsultation(call, id)
  return id ? showPatient(call, id) : listPatients(call)
}

const CREATE = { patients: registerPatient, consultations: recordConsultation }

async function bodyOf(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks))
}

http
  .createServer(async (request, response) => {
    if (request.url === '/health/live') return response.end('{}')
    const { pathname, searchParams } = new URL(request.url, 'http://127.0.0.1')
    const user = await userOf(request)
    const path = pathname.split('/').slice(3)
    const [status, body] = await answerTo({ user, request }, path, Object.fromEntries(searchParams))
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    response.end(JSON.stringify(body))
  })
  .listen(Number(process.env.PORT), '127.0.0.1')
