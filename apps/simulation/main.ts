import { PARAMETERS } from './parameters.js';
import { study } from './model/study.js';
import { boundsOf } from './model/bounds.js';
for (const hosts of [1,2,3,5,10,30,100,300,1000]) {
  const t=performance.now();
  const scenario = { hosts, gateways: 2, shards: 1, shardBy: 'cell', stages: [{baseMs:20,itemMs:0.5,maxBatchSize:32,isLocal:false}], replicas:1, maxWaitMs:10, requestKib:1,resultKib:1,rttMs:0.2,stalledMs:3000,seed:1,parameters:PARAMETERS} as const;
  const s = study(scenario, 0.7);
  console.log(hosts, boundsOf(scenario), s.limit, s.most, s.usual, Math.round(performance.now()-t));
}
