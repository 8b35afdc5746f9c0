const SVG = 'http://www.w3.org/2000/svg';

/** Makes an element of HTML. Texts become text nodes: data is never read as HTML. */
export function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same for a drawing. */
export function drawing(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

/** Leaves alone what says so already, so that a selection stays and nothing is laid out again. */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function fill(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}
