import { Stage, type BatchStage } from 'nestjs-mosec';
import { Order, Total } from '../order.dto.js';

/** Gets instances of the DTO, nested ones too; what does not fit never gets here, and leaves its batch-mates alone. */
@Stage({ maxBatchSize: 8, input: Order, output: Total })
export class Price implements BatchStage<Order, Total> {
  forwardBatch(orders: Order[]): Total[] {
    return orders.map(({ positions }) => ({ total: positions.reduce((sum, position) => sum + position.total, 0) }));
  }
}
