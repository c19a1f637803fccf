// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What tools that keep figures print and write, as small as it may be.

namespace tenken::test
{

constexpr char wrkText[] = R"--(Running 6s test @ http://127.0.0.1:8080/api
  2 threads and 128 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   319.01ms   28.09ms   1.45s    82.30%
    Req/Sec   201.81    113.57   430.00     62.83%
  Latency Distribution
     50%  318.42ms
     75%  333.16ms
     90%  346.93ms
     99%  401.75ms
  2344 requests in 6.01s, 423.48KB read
  Non-2xx or 3xx responses: 12
Requests/sec:    389.69
Transfer/sec:     70.40KB
)--";

constexpr char wrkPlain[] = R"--(Running 5s test @ http://www.example.com
  8 threads and 16 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency    78.27ms   31.11ms 235.54ms   90.05%
    Req/Sec    25.44      6.03    38.00     69.63%
  1045 requests in 5.08s, 46.03MB read
Requests/sec:    205.68
Transfer/sec:      9.06MB
)--";

constexpr char wrkErrors[] = R"--(Running 10s test @ http://a/
  2 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   900.01us   28.09us   1.98s    82.30%
  Latency Distribution
     50%  800.00us
     99%    1.90s
  1000 requests in 10.00s, 423.48KB read
  Socket errors: connect 5, read 4, write 3, timeout 2
  Non-2xx or 3xx responses: 5
Requests/sec:    100.00
)--";

constexpr char wrk2Text[] = R"--(Running 15s test @ http://a/
  2 threads and 8 connections
  Thread calibration: mean lat.: 1.109ms, rate sampling interval: 10ms
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.05ms  476.54us   5.24ms   66.51%
    Req/Sec   184.92    104.93   555.00     55.69%
  Latency Distribution (HdrHistogram - Recorded Latency)
 50.000%    1.01ms
 99.000%    2.10ms
100.000%    5.24ms

  Detailed Percentile spectrum:
       Value   Percentile   TotalCount 1/(1-Percentile)

       0.033     0.000000            1         1.00
       1.300     0.950000         1620        20.00
       5.239     1.000000         1703          inf
#[Mean    =        1.050, StdDeviation   =        0.477]
#[Max     =        5.236, Total count    =         1703]
#[Buckets =           27, SubBuckets     =         2048]
----------------------------------------------------------
  5235 requests in 15.00s, 945.00KB read
Requests/sec:    349.00
)--";

constexpr char wrk2Minute[] = R"--(Running 1m test @ http://192.168.1.2
  1 threads and 10 connections
  Latency Distribution (HdrHistogram - Recorded Latency)
 50.000%    1.11ms
 99.000%    2.14ms
#[Max     =        2.540, Total count    =        99900]
  119956 requests in 1.00m, 98.26MB read
Requests/sec:   1999.21
)--";

constexpr char wrk2Short[] = R"--(Running 6s test @ http://a/
  2 threads and 8 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency    20.12ms    5.00ms  50.00ms   70.00%
    Req/Sec       -nan      -nan   0.00      0.00%
  Latency Distribution (HdrHistogram - Recorded Latency)
 50.000%   20.00ms
 99.000%    -nan
#[Max     =       50.000, Total count    =          600]
  600 requests in 6.00s, 100.00KB read
Requests/sec:    100.00
)--";

constexpr char wrk2Uncorrected[] = R"--(Running 20s test @ http://a/
  2 threads and 8 connections
  Latency Distribution (HdrHistogram - Recorded Latency)
 50.000%   20.00ms
 99.000%   90.00ms
#[Max     =       99.000, Total count    =         2500]

  Latency Distribution (HdrHistogram - Uncorrected Latency (measured without taking delayed starts into account))
 50.000%   10.00ms
 99.000%   30.00ms
 99.900%   35.00ms
  Detailed Percentile spectrum:
       Value   Percentile   TotalCount 1/(1-Percentile)
       1.300     0.950000         1620        20.00
#[Max     =       40.000, Total count    =         2400]
  5000 requests in 20.00s, 100.00KB read
)--";

constexpr char k6Legacy[] = R"--({"root_group": {"name": ""}, "metrics": {
  "http_req_duration": {"avg": 22, "min": 1, "med": 20, "max": 200, "p(90)": 60, "p(95)": 84.5,
                        "thresholds": {"p(95)<50": true, "max<1000": false}},
  "http_reqs": {"count": 1000, "rate": 20}, "iterations": {"count": 1000, "rate": 20},
  "http_req_failed": {"passes": 25, "fails": 975, "value": 0.025, "thresholds": {"rate<0.1": false}},
  "vus": {"value": 10, "min": 10, "max": 10}}})--";

constexpr char k6Handle[] = R"--({"root_group": {}, "options": {}, "state": {"testRunDurationMs": 60000.5},
 "metrics": {
  "http_req_duration": {"type": "trend", "contains": "time",
    "values": {"avg": 22, "min": 1, "med": 20, "max": 200, "p(90)": 60, "p(95)": 84.5, "p(99)": 120, "count": 1000},
    "thresholds": {"p(95)<50": {"ok": false}, "p(99)<500": {"ok": true}}},
  "http_reqs": {"type": "counter", "values": {"count": 1000, "rate": 16.7}},
  "http_req_failed": {"type": "rate", "values": {"rate": 0.025, "passes": 25, "fails": 975}},
  "vus": {"type": "gauge", "values": {"value": 10, "min": 10, "max": 10}}}})--";

constexpr char k6Dropped[] = R"--({"root_group": {}, "metrics": {
  "http_req_duration": {"type": "trend", "values": {"med": 20, "p(90)": 40}},
  "http_reqs": {"values": {"count": 900, "rate": 30}}, "http_req_failed": {"values": {"passes": 0}},
  "dropped_iterations": {"values": {"count": 100, "rate": 3.3}},
  "vus": {"values": {"value": 50, "min": 10, "max": 50}}}})--";

constexpr char k6Machine[] = R"--({"config": {"duration": 35, "execution": "local"},
 "metadata": {"generatedAt": "2026-11-22T20:00:00Z", "k6Version": "2.2.0"},
 "results": {"checks": {"metrics": [], "results": []}, "metrics": [
  {"name": "http_req_duration", "type": "trend", "values": {"avg": 1e1, "p(90)": 30, "p(95)": 33}},
  {"name": "http_reqs", "type": "counter", "values": {"count": 700, "rate": 20}},
  {"name": "iterations", "type": "counter", "values": {"count": 70, "rate": 2}},
  {"name": "iteration_duration", "type": "trend", "values": {"avg": 1000}},
  {"name": "http_req_failed", "type": "rate", "values": {"matches": 7, "total": 700, "rate": 0.01}},
  {"name": "vus", "type": "gauge", "values": {"value": 5, "min": 5, "max": 5}}]}, "version": "1"})--";

constexpr char vegetaJson[] = R"--({"latencies":{"total":51766977474,"mean":24650941,"50th":23298643,"90th":44864730,
"95th":51962185,"99th":63342542,"max":93282865,"min":473974},"bytes_in":{"total":23100,"mean":11},
"earliest":"2026-11-22T19:57:43.753482912Z","latest":"2026-11-22T19:57:49.750490162Z","duration":5997007250,
"wait":47657752,"requests":2100,"rate":350.1746642,"throughput":342,"success":0.98,
"status_codes":{"0":10,"200":2070,"503":20},"errors":["503 Service Unavailable"]})--";

constexpr char vegetaNulls[] = R"--({"latencies":{"total":0,"mean":null,"50th":null,"95th":"NaN"},"requests":10,"rate":5,
"duration":2000000000,"wait":null,"status_codes":{"200":10},"errors":null})--";

constexpr char vegetaText[] = R"--(Requests      [total, rate, throughput]         2100, 350.17, 347.41
Duration      [total, attack, wait]             1m6.045s, 1m5.997s, 47.658ms
Latencies     [min, mean, 50, 90, 95, 99, max]  473.974µs, 24.651ms, 23.299ms, 44.865ms, 1.051962s, 1.1s, 2.2s
Bytes In      [total, mean]                     23100, 11.00
Success       [ratio]                           95.24%
Status Codes  [code:count]                      200:2000  503:100
Error Set:
503 Service Unavailable
)--";

constexpr char vegetaOld[] = R"--(Requests	[total, rate]		1200, 120.00
Duration	[total, attack, wait]	10s, 9.99s, 10ms
Latencies	[mean, 50, 95, 99, max]	10ms, 9ms, 18ms, 20.5ms, 30ms
Success	[ratio]	100.00%
Status Codes	[code:count]	200:1200
)--";

constexpr char vegetaPlot[] = R"--(Value(ms)  Percentile  TotalCount  1/(1-Percentile)
0.473974   0.000000    0           1.000000
44.864730  0.900000    1890        10.000000
93.282865  1.000000    2100        inf
)--";

constexpr char locustStats[] =
    "Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,Max Response "
    "Time,Average Content Size,Requests/s,Failures/s,50%,95%,99%,100%\n\n"
    "POST,c,7245,0,400.0,370.5,198.0,906.8,1.0,12.0,0,480,580,630,630\n"
    "POST,\"a, b\",64219,10000,200.0,221.0,196.1,1009.6,1.0,107.0,4.0,450,570,590,590\n"
    ",Aggregated,71464,10000,200.0,223.8,196.1,1993.6,1.4,119.10666666666667,17.0,450,570,620,700\n";

constexpr char locust013[] =
    "\"Type\",\"Name\",\"# requests\",\"# failures\",\"Median response time\",\"Average response time\",\"Min response "
    "time\",\"Max response time\",\"Average Content Size\",\"Requests/s\",\"Requests "
    "Failed/s\",\"50%\",\"99%\",\"99.999\",\"100%\"\n"
    "\"GET\",\"/\",500,5,20,25,1,400,11,10.00,0.10,20,300,400,400\n"
    "\"None\",\"Aggregated\",500,5,20,25,1,400,11,10.00,0.10,20,300,400,400\n";

constexpr char locust08[] =
    "\"Method\",\"Name\",\"# requests\",\"# failures\",\"Median response time\",\"Average response time\",\"Min response "
    "time\",\"Max response time\",\"Average Content Size\",\"Requests/s\"\n"
    "\"GET\",\"/\",100,0,40,42,1,90,11,5.00\n\"None\",\"Total\",100,0,40,42,1,90,11,5.00\n";

constexpr char locustNoTotal[] =
    "Type,Name,Request Count,Failure Count,Median Response Time,50%,95%\nGET,/a,10,0,5,5,N/A\nGET,/b,20,1,5,5,6\n";

constexpr char locustWorkers[] =
    R"--({"errors": {"b43": {"name": "/", "method": "GET", "occurrences": 2, "error": "HTTPError('404',)"}}, "stats": [{"response_times": {"44": 1, "37": 4}, "num_requests": 5, "num_reqs_per_sec": {"1441222540": 3, "1441222541": 2}, "method": "GET", "num_failures": 2, "last_request_timestamp": 1441222541, "start_time": 1441222540.7, "name": "/"}], "user_count": 3, "client_id": "a"}
{"errors": {}, "stats": [], "user_count": 4, "client_id": "b"}
{"errors": {}, "stats": [{"response_times": {"64": 3}, "num_requests": 3, "num_reqs_per_sec": {"1441222544": 3}, "method": "POST", "num_failures": 0, "last_request_timestamp": 1441222544, "name": "/login"}], "user_count": 4, "client_id": "a"}
)--";

constexpr char locustJson[] = R"--([{"name": "/", "method": "GET", "last_request_timestamp": 1700000001.5, "start_time": 1700000000.1,
 "num_requests": 6, "num_none_requests": 0, "num_failures": 1, "response_times": {"10": 5, "20": 1},
 "num_reqs_per_sec": {"1700000000": 4, "1700000001": 2}, "num_fail_per_sec": {"1700000001": 1}}])--";

constexpr char iagoLog[] =
    R"--(INF [20140611-21:34:01.000] stats: {"200":84,"client\/failures":1,"client\/requests":85,"client\/request_latency_ms_count":85,"client\/request_latency_ms_p95":4,"client\/request_latency_ms_p999":105}
INF [20140611-21:34:31.000] stats: {"200":115,"503":4,"client\/failures":0,"client\/requests":119,"client\/request_latency_ms_p95":2}
INF [20140611-21:34:31.500] something else
)--";

constexpr char artillery2[] = R"--({"aggregate": {
  "counters": {"vusers.created": 300, "http.requests": 300, "http.responses": 290, "http.codes.200": 270,
               "http.codes.503": 20, "errors.ETIMEDOUT": 10, "vusers.failed": 10},
  "firstMetricAt": 1795377691500, "lastMetricAt": 1795377703000, "period": 1795377700000,
  "summaries": {"http.response_time": {"min": 1, "max": 94, "count": 290, "mean": 21, "p50": 20, "median": 20,
                                       "p95": 40, "p99": 80, "p999": 94}}},
 "intermediate": [
  {"counters": {"vusers.created": 100, "http.requests": 100, "http.responses": 100, "http.codes.200": 100},
   "firstMetricAt": 1795377691500, "lastMetricAt": 1795377699999, "period": "1795377690000",
   "summaries": {"http.response_time": {"count": 100, "p99": 50}}},
  {"counters": {"vusers.created": 200, "http.responses": 190, "http.codes.200": 170, "http.codes.503": 20,
                "errors.ETIMEDOUT": 10},
   "firstMetricAt": 1795377700001, "lastMetricAt": 1795377703000, "period": "1795377700000",
   "http.request_rate": null, "summaries": {}}]})--";

constexpr char artillery1[] = R"--({"aggregate": {"timestamp": "2020-02-25T14:17:45.000Z", "scenariosCreated": 1200,
  "scenariosCompleted": 1195, "requestsCompleted": 1200, "latency": {"min": 1, "max": 99, "median": 20, "p95": 40, "p99": 60},
  "rps": {"count": 1200, "mean": 80}, "codes": {"200": 1180, "500": 20}, "errors": {"ECONNRESET": 5},
  "latencies": [[1582640251851, "a", 20000000, 200]]},
 "intermediate": [
  {"timestamp": "2020-02-25T14:17:40.000Z", "scenariosCreated": 800, "requestsCompleted": 800,
   "latency": {"min": null, "p95": 30}, "codes": {"200": 800}, "errors": {}},
  {"timestamp": "2020-02-25T14:17:45.000Z", "scenariosCreated": 400, "requestsCompleted": 400,
   "latency": {"p95": 50}, "codes": {"200": 380, "500": 20}, "errors": {"ECONNRESET": 5}}]})--";

constexpr char autocannon[] = R"--({"url":"http://a/","connections":10,"duration":10.02,"start":"2026-11-22T20:00:27.198Z",
"finish":"2026-11-22T20:00:37.292Z","errors":5,"timeouts":2,"non2xx":10,"2xx":990,
"latency":{"average":20.5,"min":1,"max":60,"p50":20,"p97_5":41,"p99":50,"p99_999":60,"totalCount":990},
"requests":{"average":100,"total":1000,"sent":1010}})--";

constexpr char autocannonWrong[] = R"--({"url":"http://a/","connections":100,"duration":6.09,"errors":0,"timeouts":0,"non2xx":0,
"latency":{"average":113,"min":1,"max":304,"p50":113,"p97_5":210,"p99":236,"totalCount":440887},
"requests":{"total":2124,"sent":2200}})--";

constexpr char ohaText[] = R"--({"summary":{"successRate":0.97,"total":10.0,"slowest":null,"fastest":0.001,"average":null,
"requestsPerSec":9.7},"responseTimeHistogram":{"NaN":0,"0.1":90},"latencyPercentiles":{"p50":0.02,"p99":0.5,"p99.9":null},
"rps":{"mean":91034.0},"statusCodeDistribution":{"200":93,"500":1},
"errorDistribution":{"connection error":3,"aborted due to deadline":3}})--";

constexpr char ohaNewer[] = R"--({"summary":{"successRate":1.0,"total":1.0},"metrics":{"success_rate":1,
"latency_ms":{"min":1,"p50":5,"p95":12.5,"p99":13}},"statusCodeDistribution":{"200":10},"errorDistribution":{}})--";

constexpr char heyText[] = R"--(
Summary:
  Total:	6.0468 secs
  Slowest:	0.0947 secs
  Fastest:	0.0003 secs
  Average:	0.0210 secs
  Requests/sec:	379.5418

Response time histogram:
  0.000 [1]	|
  0.010 [661]	|■■■■

Latency distribution:
  10% in 0.0020 secs
  95% in 0.0475 secs
  0% in 0.0000 secs

Details (average, fastest, slowest):
  DNS+dialup:	0.0000 secs, 0.0003 secs, 0.0947 secs

Status code distribution:
  [200]	2290 responses
  [503]	5 responses

Error distribution:
  [5]	Get "http://a/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)
)--";

constexpr char heyPercents[] = R"--(Summary:
  Total:	2.0000 secs
  Slowest:	0.0947 secs
  Fastest:	0.0003 secs

Latency distribution:
  10%% in 0.0020 secs
  95%% in 0.0475 secs

Status code distribution:
  [200]	200 responses
)--";

constexpr char abText[] = R"--(This is ApacheBench, Version 2.3 <$Revision$>

Concurrency Level:      10
Time taken for tests:   12.500 seconds
Complete requests:      1000
Failed requests:        45
   (Connect: 0, Receive: 3, Length: 40, Exceptions: 2)
Non-2xx responses:      20
Requests per second:    80.00 [#/sec] (mean)
Time per request:       125.000 [ms] (mean)
Time per request:       12.500 [ms] (mean, across all concurrent requests)

Connection Times (ms)
              min  mean[+/-sd] median   max
Connect:        0    0   0.1      0       1
Total:          2   22   9.2     20      1300

Percentage of the requests served within a certain time (ms)
  50%     20
  99%   1234
 100%   1300 (longest request)
)--";

constexpr char abUnkind[] = R"--(Concurrency Level:      10
Time taken for tests:   12.500 seconds
Complete requests:      1000
Failed requests:        7
Time per request:       125.000 [ms] (mean)
Percentage of the requests served within a certain time (ms)
  50%      3
)--";

constexpr char abTable[] = "Percentage served,Time in ms\n0,2.055\n1,6.081\n99,46.5\n100,58.1\n";

constexpr char siegeJson[] = R"--(** SIEGE 4.0.7
** Preparing 1 concurrent users for battle.

{	"transactions":			         277,
	"availability":			       98.93,
	"elapsed_time":			        6.01,
	"response_time":		        0.02,
	"transaction_rate":		       46.09,
	"concurrency":			        0.99,
	"successful_transactions":	         272,
	"failed_transactions":		           3,
	"longest_transaction":		        0.06,
	"shortest_transaction":		        0.00
}
LOG FILE: /var/log/siege.log
)--";

constexpr char siegeText[] = R"--(Lifting the server siege...
Transactions:		         277    hits
Availability:		      100.00 %
Elapsed time:		        6.01 secs
Response time:		       21.70 ms
Transaction rate:	       46.09 trans/sec
Concurrency:		        1.00
Successful transactions:         277
Failed transactions:	           0
Longest transaction:	       60.00 ms
Shortest transaction:	        0.00 ms
)--";

constexpr char siegeLogText[] =
    "      Date & Time,  Trans,  Elap Time,  Data Trans,  Resp Time,  Trans Rate,  Throughput,  Concurrent,    OKAY,   "
    "Failed\n"
    "2026-11-22 20:25:10,    277,       6.01,           0,       0.02,       46.09,        0.00,        1.00,     277, "
    "      0\n"
    "2026-11-22 20:26:10,    555,      12.00,           0,       0.04,       46.09,        0.00,        2.00,     555, "
    "      3\n";

constexpr char h2load[] = R"--(starting benchmark...
spawning thread #0: 25 total client(s). Timing-based test with 0s of warm-up time and 6s of main duration
spawning thread #1: 25 total client(s). Timing-based test with 0s of warm-up time and 6s of main duration

finished in 6.01s, 389.00 req/s, 70.28KB/s
requests: 2334 total, 2384 started, 2334 done, 2300 succeeded, 34 failed, 10 errored, 4 timeout
status codes: 2300 2xx, 0 3xx, 4 4xx, 20 5xx
traffic: 421.67KB (431790) total, 284.91KB (291750) headers (space savings 0.00%), 25.07KB (25674) data
                     min         max         mean         sd        +/- sd
time for request:    86.45ms    264.11ms    127.04ms     17.83ms    71.77%
time for connect:       16us      4.64ms      4.11ms      1.05ms    94.00%
req/s           :       7.50        8.16        7.78        0.13    86.00%
)--";

constexpr char h2loadNewer[] = R"--(spawning thread #0: 20 total client(s). 1000 total requests
finished in 10.00s, 100.00 req/s, 18.07KB/s
requests: 1000 total, 1000 started, 1000 done, 1000 succeeded, 0 failed, 0 errored, 0 timeout
status codes: 1000 2xx, 0 3xx, 0 4xx, 0 5xx
                     min         max      median         p95         p99        mean         sd        +/- sd
time for request:     1.00ms    90.00ms    20.00ms    40.50ms    60.00ms    22.00ms     9.00ms    70.00%
)--";

constexpr char npmLoadtest[] = R"--(
Target URL:          http://127.0.0.1:8080/api
Max time (s):        6
Target rps:          100
Concurrent clients:  11
Agent:               none

Completed requests:  600
Total errors:        6
Total time:          6 s
Mean latency:        21.5 ms
Effective rps:       100

Percentage of requests served within a certain time
  50%      20 ms
  95%      40 ms
 100%      58 ms (longest request)
)--";

constexpr char npmLoadtestOld[] = R"--([Tue Jan 05 2021 10:00:00 GMT+0000] INFO
[Tue Jan 05 2021 10:00:00 GMT+0000] INFO Target URL:          http://127.0.0.1:8080/
[Tue Jan 05 2021 10:00:00 GMT+0000] INFO Concurrency level:   10
[Tue Jan 05 2021 10:00:00 GMT+0000] INFO Completed requests:  1000
[Tue Jan 05 2021 10:00:00 GMT+0000] INFO Total errors:        0
[Tue Jan 05 2021 10:00:00 GMT+0000] INFO Total time:          2.5 s
[Tue Jan 05 2021 10:00:00 GMT+0000] INFO Mean latency:        9.5 ms
[Tue Jan 05 2021 10:00:00 GMT+0000] INFO   90%      21 ms
)--";

constexpr char jmeterLog[] = R"--(2017-08-18 17:23:41,977 INFO o.a.j.JMeter: Version 3.2 r1790748
2017-08-18 17:23:42,105 INFO o.a.j.e.StandardJMeterEngine: Running the test! Some + and = in it
2017-08-18 17:24:00,006 INFO o.a.j.r.Summariser: Generate Summary Results +    626 in 00:00:18 =   35.4/s Avg:   270 Min:    50 Max:   500 Err:     0 (0.00%) Active: 10 Started: 10 Finished: 0
2017-08-18 17:24:00,007 INFO o.a.j.r.Summariser: summary +    626 in 00:00:18 =   35.4/s Avg:   270 Min:    50 Max:   500 Err:     0 (0.00%) Active: 10 Started: 10 Finished: 0
2017-08-18 17:24:12,904 INFO o.a.j.r.Summariser: summary +    374 in 00:00:13 =   29.0/s Avg:   284 Min:    51 Max:   499 Err:     3 (0.80%) Active: 0 Started: 10 Finished: 10
2017-08-18 17:24:12,905 INFO o.a.j.r.Summariser: summary =   1000 in 00:00:31 =   32.7/s Avg:   276 Min:    50 Max:   500 Err:     3 (0.30%)
2017-08-18 17:24:12,906 INFO o.a.j.r.Summariser: Generate Summary Results +    374 in 00:00:13 =   29.0/s Avg:   284 Min:    51 Max:   499 Err:     3 (0.80%) Active: 0 Started: 10 Finished: 10
2017-08-18 17:24:12,906 INFO o.a.j.r.Summariser: Generate Summary Results =   1000 in 00:00:31 =   32.7/s Avg:   276 Min:    50 Max:   500 Err:     3 (0.30%)
)--";

constexpr char jmeterConsole[] = R"--(Creating summariser <summary>
Starting the test @ Sun Nov 22 20:13:11 UTC 2026 (1795378391107)
summary +   1953 in    19s =  104.6/s Avg:    22 Min:     1 Max:   207 Err:     0 (0.00%) Active: 6 Started: 13 Finished: 7
summary +  10848 in    30s =  361.6/s Avg:    40 Min:     1 Max:   152 Err:     0 (0.00%) Active: 64 Started: 145 Finished: 81
summary =  12801 in    49s =  263.0/s Avg:    38 Min:     1 Max:   207 Err:     0 (0.00%)
summary +   2357 in     6s =  397.9/s Avg:   160 Min:   115 Max:   232 Err:     0 (0.00%) Active: 0 Started: 145 Finished: 145
summary =  15158 in    55s =  277.7/s Avg:    57 Min:     1 Max:   232 Err:     0 (0.00%)
Tidying up ...    @ Sun Nov 22 20:14:05 UTC 2026 (1795378445928)
)--";

constexpr char gatlingGlobal[] = R"--({"name": "All Requests", "numberOfRequests": {"total": 245, "ok": 240, "ko": 5},
 "minResponseTime": {"total": 1, "ok": 1, "ko": 9}, "maxResponseTime": {"total": 2068, "ok": 2068, "ko": 20},
 "meanResponseTime": {"total": 300, "ok": 301, "ko": 10}, "percentiles1": {"total": 100, "ok": 100, "ko": 9},
 "percentiles2": {"total": 200}, "percentiles3": {"total": 900}, "percentiles4": {"total": 2026},
 "meanNumberOfRequestsPerSecond": {"total": 5, "ok": 4.9, "ko": 0.1}})--";

constexpr char gatlingOther[] = R"--({"numberOfRequests": {"total": 245, "ok": 240, "ko": 5}, "percentiles1": {"total": 200},
 "percentiles2": {"total": 100}, "percentiles3": {"total": 900}, "percentiles4": {"total": 2026},
 "meanNumberOfRequestsPerSecond": 5})--";

constexpr char gatlingJs[] = R"--(var stats = {
    type: "GROUP",
name: "All Requests",
path: "",
pathFormatted: "group_missing-name-b06d1",
stats: {
    "name": "All Requests",
    "numberOfRequests": { "total": "10", "ok": "10", "ko": "-" },
    "minResponseTime": { "total": "20", "ok": "20", "ko": "-" },
    "percentiles1": { "total": "60", "ok": "60", "ko": "-" },
    "percentiles2": { "total": "90", "ok": "90", "ko": "-" },
    "percentiles3": { "total": "120", "ok": "120", "ko": "-" },
    "percentiles4": { "total": "-", "ok": "-", "ko": "-" },
    "meanNumberOfRequestsPerSecond": { "total": "2", "ok": "2", "ko": "-" }
},
contents: {
"req_request-1-46da4": {
        type: "REQUEST",
        name: "request",
path: "group / request: {1}",
pathFormatted: "req_request-1-46da4",
stats: { "numberOfRequests": { "total": "10", "ok": "10", "ko": "0" } }
    }
}

}

function fillStats(stat){
    $("#numberOfRequests").append(stat.numberOfRequests.total);
}
)--";

constexpr char taurusXml[] = R"--(<?xml version='1.0' encoding='UTF-8'?>
<FinalStatus>
  <TestDuration>42.5</TestDuration>
  <Group label="">
    <rc value="666" param="200"><name>rc/200</name><value>666</value></rc>
    <rc value="11" param="503"><name>rc/503</name><value>11</value></rc>
    <perc value="1.29300" param="95.0"><name>perc/95.0</name><value>1.29300</value></perc>
    <perc value="0.06400" param="0.0"><name>perc/0.0</name><value>0.06400</value></perc>
    <perc value="1.71800" param="100.0"><name>perc/100.0</name><value>1.71800</value></perc>
    <succ value="666"/><throughput value="677"/><concurrency value="16"/><avg_rt value="0.45950"/><fail value="11"/>
  </Group>
  <Group label="http://a/?x=1&amp;y=2"><throughput value="337"/><fail value="11"/></Group>
</FinalStatus>
)--";

constexpr char taurusCsv[] = R"--(label,avg_ct,avg_lt,avg_rt,bytes,concurrency,fail,stdev_rt,succ,throughput,perc_0.0,perc_50.0,perc_95.0,perc_100.0,rc_200,rc_503
"http://a/?x=1,2",0.001,0.002,0.45950,1000,16,11,0.1,326,337,0.06500,0.40000,1.29300,1.71800,326,11
,0.001,0.002,0.45950,2000,16,11,0.1,666,677,0.06400,0.40000,1.29300,1.71800,666,11
http://a/,0.001,0.002,0.45950,1000,16,0,0.1,340,340,0.06400,0.40000,1.29300,1.71800,340,0
)--";

} // namespace tenken::test
