/** Extension by which components travel with their operation until `completeDocument` takes it out. */
export const COMPONENTS_EXTENSION = 'x-mosec-components';
