import { element } from './element.js';
import { StageCard } from './stage-card.js';

/** All pipelines, each as a row of boxes with arrows between. */
export class Pipelines {
  #cards = [];
  #shape = '';

  constructor(place) {
    this.place = place;
  }

  update({ pipelines, stages }) {
    const shape = JSON.stringify(pipelines);
    if (shape !== this.#shape) this.#build(pipelines);
    this.#shape = shape;
    const byName = new Map(stages.map((stage) => [stage.stage, stage]));
    for (const { stage, card } of this.#cards) card.update(byName.get(stage));
  }

  #build(pipelines) {
    this.#cards = [];
    const rows = pipelines.map(({ name, paths, stages }) => {
      const steps = stages.map((stage) => {
        const card = new StageCard(stage, 4);
        this.#cards.push({ stage, card });
        return element('li', {}, card.node);
      });
      const where = paths.map((path) => element('code', {}, path));
      const head = element('h3', {}, name);
      const routes = element('p', { class: 'paths' }, ...(where.length > 0 ? where : ['called from within']));
      return element('div', { class: 'pipeline' }, head, routes, element('ol', { class: 'flow' }, ...steps));
    });
    this.place.replaceChildren(...rows);
  }
}
