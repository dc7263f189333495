/** What revenue and demand share: walking forward over the books, and learning from past errors. */
export { type Protocol, type ProtocolOptions, protocolOf } from './protocol';
