// What a request for the client gets: a page, a file, or 404. Runs inside CloudFront, hence the plain script. `SITE` is put in
// front of it: the files beside the pages, and what an address that is none is answered with.
var PAGES =
  /^\/(index\.html|courses\/[^/]+|checkout(\/[^/]+)?|enrollment\/return|my-courses|purchases|sign-in\/callback)?\/?$/;

// oxlint-disable-next-line no-unused-vars -- CloudFront calls it by its name
function handler(event) {
  var request = event.request;
  if (PAGES.test(request.uri)) {
    request.uri = "/index.html";
    return request;
  }
  for (var index = 0; index < SITE.files.length; index++) {
    var name = SITE.files[index];
    // A folder ends with a slash.
    if (name.slice(-1) === "/" ? request.uri.indexOf(name) === 0 : request.uri === name) return request;
  }
  return {
    statusCode: 404,
    statusDescription: "Not Found",
    headers: SITE.headers,
    body: { encoding: "text", data: SITE.page },
  };
}
