/* Starts Swagger UI on our document. It validates nothing elsewhere and keeps no token. */
const target = document.getElementById('document')

window.SwaggerUIBundle({
  url: target.dataset.url,
  domNode: target,
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  persistAuthorization: false,
})
