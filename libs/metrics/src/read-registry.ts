import type { MetricFamily, MetricLabels, MetricSample, MetricType } from '#libs/contracts';
import type { MetricObjectWithValues, MetricType as ClientType, MetricValue, Registry } from 'prom-client';

/** A value as it is at run time: the package's type leaves out what histograms have. */
interface ClientValue {
  readonly metricName?: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
  readonly exemplar?: {
    readonly labelSet: Readonly<Record<string, string | number>>;
    readonly value: number;
    readonly timestamp: number;
  } | null;
}

/** The values of a registry at this moment. It is only read: its content type and its metrics stay what they are. */
export async function readRegistry(registry: Registry): Promise<MetricFamily[]> {
  return (await registry.getMetricsAsJSON()).map(toFamily);
}

/** The package says `counter` here, and has an enumeration of numbers in its types. */
function toFamily({ name, help, type, aggregator, values }: MetricObjectWithValues<MetricValue<string>>): MetricFamily {
  return {
    name,
    help,
    type: type as ClientType | string as MetricType,
    aggregator: aggregator,
    samples: (values as unknown as ClientValue[]).map((value) => toSample(name, value)),
  };
}

function toSample(family: string, { metricName = family, labels, value, exemplar }: ClientValue): MetricSample {
  return {
    suffix: metricName.slice(family.length),
    labels: texts(labels),
    value,
    ...(exemplar && {
      exemplar: { labels: texts(exemplar.labelSet), value: exemplar.value, timestamp: exemplar.timestamp },
    }),
  };
}

function texts(labels: Readonly<Record<string, string | number>>): MetricLabels {
  const result: Record<string, string> = {};
  for (const name in labels) if (labels[name] !== undefined) result[name] = String(labels[name]);
  return result;
}
