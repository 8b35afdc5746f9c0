/** Runs in the page. @returns texts whose colour is too near to that of their ground, by the formula of WCAG 2 */
export function weakTexts(needed) {
  const read = (css) => {
    const [r = 0, g = 0, b = 0, a = 1] = (css.match(/[\d.]+/g) ?? []).map(Number);
    return [r, g, b, a];
  };
  const luminance = ([r, g, b]) => {
    const linear = [r, g, b].map((part) => {
      const share = part / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
  };
  const groundOf = (node) => {
    if (!node) return [255, 255, 255, 1];
    const colour = read(getComputedStyle(node).backgroundColor);
    return colour[3] > 0 ? colour : groundOf(node.parentElement);
  };
  const texts = [...document.querySelectorAll('body *')].filter(
    (node) =>
      node.checkVisibility() &&
      [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.textContent?.trim()),
  );
  return texts.flatMap((node) => {
    const [one, other] = [luminance(read(getComputedStyle(node).color)), luminance(groundOf(node))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    return ratio < needed ? [`${node.textContent}: ${ratio.toFixed(2)}`] : [];
  });
}
