// Every path without a file's ending is one of the client's own routes. Runs inside CloudFront, hence the plain script.
// oxlint-disable-next-line no-unused-vars -- CloudFront calls it by its name
function handler(event) {
  var request = event.request;
  if (!/\.[^/]+$/.test(request.uri)) request.uri = "/index.html";
  return request;
}
