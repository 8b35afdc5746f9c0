import type {
  BatchStage,
  BatchStreamStage,
  ItemStage,
  StageCall,
  StreamCall,
  StreamEvent,
  StreamStage,
} from '#libs/contracts';

export class Request {
  text!: string;
}

export class Encoded {
  ids!: number[];
}

export class Label {
  label!: string;
}

export class Tokenize implements ItemStage<Request, Encoded> {
  async forward(request: Request, call: StageCall): Promise<Encoded> {
    return { ids: [request.text.length, call.deadline] };
  }
}

export class Classify implements BatchStage<Encoded, Label> {
  async forwardBatch(items: Encoded[]): Promise<(Label | Error)[]> {
    return items.map(({ ids }) => (ids.length > 0 ? { label: 'any' } : new Error('empty')));
  }
}

export class Shorten {
  forward(label: Label): Label | TypeError {
    return label.label ? { label: label.label.slice(0, 3) } : new TypeError('empty');
  }
}

/** Its data look like an error and are none. */
export class Report {
  forward(label: Label): { name: string; message: string } {
    return { name: 'report', message: label.label };
  }
}

export class Mail {
  forward(report: { name: string; message: string }): number {
    return report.message.length;
  }
}

export class Tick {
  forward(): number {
    return 1;
  }
}

export class Generate {
  async *forward(request: Request): AsyncGenerator<string> {
    yield request.text;
  }
}

export class GenerateBatch {
  async forwardBatch(requests: Request[], calls: StreamCall[]): Promise<void[]> {
    return Promise.all(requests.map(({ text }, index) => calls[index]?.sendEvent(text)));
  }
}

export class GenerateLabels implements StreamStage<Request, StreamEvent<Label>, Encoded> {
  async *forward(request: Request, call: StreamCall<StreamEvent<Label>>) {
    await call.sendEvent({ data: { label: request.text } });
    yield { data: { label: request.text }, event: 'label' };
    return { ids: [] };
  }
}

export class SendLabels implements BatchStreamStage<Request, Encoded, StreamEvent<Label>> {
  async forwardBatch(requests: Request[], calls: StreamCall<StreamEvent<Label>>[]): Promise<(Encoded | Error)[]> {
    await calls[0]?.sendEvent({ data: { label: 'any' } });
    return requests.map(() => ({ ids: [] }));
  }
}

export class SendNothing implements BatchStreamStage<Request> {
  async forwardBatch(requests: Request[], calls: StreamCall[]): Promise<void> {
    await Promise.all(requests.map(({ text }, i) => calls[i]?.sendEvent(text)));
  }
}

export class NoHandler {
  run(): void {}
}
