import { element, write } from './element.js';
import { amount, milliseconds } from './format.js';
import { Sparkline } from './sparkline.js';

const COLUMNS = [
  ['Requests/s', ({ perSecond }) => amount(perSecond)],
  ['Failed/s', ({ failedPerSecond }) => amount(failedPerSecond)],
  ['Requests', ({ answers }) => amount(answers)],
  ['Failed', ({ failures }) => amount(failures)],
  ['Mean time', ({ meanMs }) => milliseconds(meanMs)],
];

/** A table of what clients see, with one row for each route that was asked. */
export class Routes {
  #rows = new Map();
  #body = element('tbody');

  constructor(place) {
    const heads = ['Route', ...COLUMNS.map(([label]) => label), 'Last minute'];
    const head = element('tr', {}, ...heads.map((label) => element('th', { scope: 'col' }, label)));
    this.empty = element('p', { class: 'hint' }, 'No request yet.');
    this.table = element('table', { hidden: true }, element('thead', {}, head), this.#body);
    place.append(this.empty, this.table);
  }

  update(routes) {
    this.table.hidden = routes.length === 0;
    this.empty.hidden = routes.length > 0;
    for (const route of routes) {
      const { cells, line } = this.#rows.get(route.endpoint) ?? this.#add(route.endpoint);
      for (const [index, [, read]] of COLUMNS.entries()) write(cells[index], read(route));
      line.add(route.meanMs);
    }
  }

  #add(endpoint) {
    const line = new Sparkline();
    const cells = COLUMNS.map(() => element('td'));
    const name = element('th', { scope: 'row' }, element('code', {}, endpoint));
    this.#body.append(element('tr', {}, name, ...cells, element('td', {}, line.node)));
    const row = { cells, line };
    this.#rows.set(endpoint, row);
    return row;
  }
}
