import { drawing, element, write } from './element.js';
import { age, amount, counted, milliseconds, percent } from './format.js';
import { Sparkline } from './sparkline.js';

const FIGURES = [
  [
    'Queue',
    ({ queueDepth, oldestWaitMs }) => amount(queueDepth) + (queueDepth ? ` for ${milliseconds(oldestWaitMs)}` : ''),
  ],
  ['Running', ({ inFlight, remote }) => amount(inFlight + (remote?.open ?? 0))],
  ['Items/s', ({ itemsPerSecond }) => amount(itemsPerSecond)],
  ['Restarts', ({ replicas }) => amount(restartsOf(replicas))],
];

const LINES = [
  ['Wait', ({ waitMs }) => waitMs],
  ['Compute', ({ computeMs }) => computeMs],
];

export const restartsOf = (replicas) => replicas.reduce((sum, { restarts }) => sum + restarts, 0);

/** One stage: a box that is made once and then only rewritten. */
export class StageCard {
  #figures = FIGURES.map(([label, read]) => figure(label, read));
  #lines = LINES.map(([label, read]) => ({ ...figure(label, read), line: new Sparkline() }));
  #kind = element('p', { class: 'kind' });
  #bar = drawing('rect', { class: 'bar', height: 4, width: 0 });
  #fill = figure('Batch fill', ({ fill }) => fill);
  #replicas = element('ul', { class: 'replicas' });

  /** @param level of its heading */
  constructor(stage, level) {
    const bar = { class: 'fill', viewBox: '0 0 100 4', preserveAspectRatio: 'none', 'aria-hidden': 'true' };
    this.#fill.row.append(drawing('svg', bar, drawing('rect', { class: 'groove', width: 100, height: 4 }), this.#bar));
    for (const { row, line } of this.#lines) row.append(line.node);
    const rows = [...this.#figures, this.#fill, ...this.#lines].map(({ row }) => row);
    const title = element(`h${level}`, {}, stage);
    this.node = element('article', { class: 'stage' }, title, this.#kind, element('dl', {}, ...rows), this.#replicas);
  }

  update(stage) {
    const { isPaused, execution, maxBatchSize, desiredReplicas, readyReplicas, remote } = stage;
    const kind = `${execution}, ${maxBatchSize > 1 ? `batches up to ${maxBatchSize}` : 'no batches'}`;
    const here = desiredReplicas > 0 || !remote ? `${readyReplicas} of ${desiredReplicas} ready` : undefined;
    const elsewhere = remote && `${counted(remote.hosts, 'worker host')}, ${amount(remote.queued)} queued`;
    const state = [here, elsewhere, isPaused && 'paused'].filter(Boolean).join(', ');
    write(this.#kind, `${state}; ${kind}`);
    for (const { value, read } of this.#figures) write(value, read(stage));
    for (const { value, read, line } of this.#lines) {
      write(value, milliseconds(read(stage)));
      line.add(read(stage));
    }
    this.#fill.row.hidden = maxBatchSize === 1;
    write(this.#fill.value, percent(stage.fill));
    this.#bar.setAttribute('width', 100 * (stage.fill ?? 0));
    this.#showReplicas(stage.replicas);
  }

  #showReplicas(replicas) {
    while (this.#replicas.children.length > replicas.length) this.#replicas.lastElementChild.remove();
    while (this.#replicas.children.length < replicas.length) this.#replicas.append(replicaRow());
    for (const [index, replica] of replicas.entries()) showReplica(this.#replicas.children[index], replica);
  }
}

function figure(label, read) {
  const value = element('dd');
  return { row: element('div', {}, element('dt', {}, label), value), value, read };
}

function replicaRow() {
  const row = element('li', { class: 'replica' }, element('b'), ' ', element('span'));
  row.append(element('small'));
  return row;
}

function showReplica(row, { workerId, state, pid, ageMs, inFlight, restarts, lastEnd }) {
  const [name, does, past] = row.querySelectorAll('b, span, small');
  row.dataset.state = state;
  const parts = [ageMs === undefined ? undefined : `for ${age(ageMs)}`, pid === undefined ? undefined : `pid ${pid}`];
  write(name, `#${workerId} ${state}`);
  write(does, [...parts, `${inFlight} running`].filter(Boolean).join(', '));
  write(past, restarts ? `${counted(restarts, 'restart')}${lastEnd ? `, last: ${lastEnd}` : ''}` : '');
}
