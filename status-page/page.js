import { write } from './element.js';
import { follow } from './feed.js';
import { newsBetween, stateOf } from './news.js';
import { Pipelines } from './pipelines.js';
import { Routes } from './routes.js';
import { showForms } from './try-it.js';

const place = (id) => document.getElementById(id);
const pipelines = new Pipelines(place('pipelines'));
const routes = new Routes(place('routes'));
let last;

follow({
  sample(sample) {
    say(sample.unreadyReason ? 'unready' : 'ready', stateOf(sample));
    tell(newsBetween(last, sample));
    pipelines.update(sample);
    routes.update(sample.routes);
    last = sample;
  },
  draining() {
    say('unready', 'The server is stopping');
    tell(['The server is stopping']);
  },
  lost() {
    if (place('state').dataset.state === 'lost') return;
    say('lost', 'Connection lost, trying again');
    tell(['Connection lost']);
    last = undefined;
  },
});
void showForms(place('try-it'), place('forms'), place('title'));

function say(state, text) {
  place('state').dataset.state = state;
  write(place('state'), text);
}

function tell(news) {
  if (news.length > 0) write(place('news'), news.join('. '));
}
