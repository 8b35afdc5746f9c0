export const USAGE = `Usage: nestjs-mosec batch --route PATH --in FILE --out FILE [flags]

Runs the lines of a file through a server: one line out for each line in, in the same order. Started again with the
same files it goes on where it ended, however it ended.

Files
  --in FILE|-          JSON, one body per line, or lines of OpenAI's batch files; - is standard input
  --out FILE|-         results; FILE.state beside it is for going on. - is standard output, which cannot go on
  --format KIND        of the lines: plain, openai, or auto (default): by the first of them
  --restart            drops what is in --out
  --max-line SIZE      a longer line, or answer, is an error of that line; default 16MiB

Requests
  --url URL            the server; default http://127.0.0.1:8000
  --route PATH         e.g. /v1/embeddings; "url" of OpenAI's lines goes before it
  --header LINE        e.g. 'Authorization: Bearer \${API_KEY}', where API_KEY is read from the environment;
                       can be repeated
  --concurrency N      the most requests at a time; fewer while the server refuses; default 64
  --timeout TIME       of one request; default 60s

Failures
  --retries N          how often a line is sent again after a timeout, a lost connection, 408 or 504; default 3
  --patience TIME      how long the server may refuse (429, 502, 503) or be away; default 5m
  --fail-fast          ends at the first line that fails

TIME is a number with ms, s, m or h: 500ms, 30s, 2m. SIZE is a number with KiB or MiB. Ctrl-C ends after the requests
on their way, a second one at once. Exit code: 0 every line has an answer with a status of 2xx, 3 some have not,
1 it could not finish, 2 wrong usage, 130 Ctrl-C.`;
