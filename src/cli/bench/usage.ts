export const USAGE = `Usage: nestjs-mosec bench <url> [flags]

Loads a server, and tells latencies, errors, goodput, and what to change at the server.

Load
  --connections N      closed loop: so many clients, each of which sends after its last answer; default 16.
                       With --rate: the most connections at a time; default 500
  --rate R             open loop: R requests per second, whatever the server does
  --arrivals KIND      gaps of the open loop: poisson (default) or constant
  --ramp FROM:TO:STEPS open loop with so many rates one after the other, e.g. 50:500:10
  --ramp-connections FROM:TO:STEPS
                       closed loop with so many numbers of connections one after the other
  --duration TIME      measured time, of all steps together; default 10s
  --warm-up TIME       load before it that is not counted; default 2s
  --timeout TIME       a request without an answer by then is given up; default 10s

Request
  --method METHOD      default POST with a body, else GET
  --header LINE        e.g. 'Authorization: Bearer abc'; can be repeated
  --body TEXT          the body
  --body-file PATH     a file; or a folder of files, or lines of a .jsonl file, used in turn

Result
  --slo TIME           latency that answers have to keep
  --require PERCENT    exit code 1 if fewer requests are answered within the SLO, e.g. 99%
  --metrics URL|off    metrics of the server; default /metrics of the same origin
  --json FILE|-        the report as JSON; - is standard output
  --html FILE          the report as a page with plots

TIME is a number with ms, s, m or h: 500ms, 30s, 2m. Ctrl-C ends early and reports what there is.`;
