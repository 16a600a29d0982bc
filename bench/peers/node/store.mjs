// The table and the queue, in the order of Waybill's own calls: request and state put, QUEUED noted, claimed, the request read, the result written.
import { DynamoDBClient, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { DeleteMessageCommand, GetQueueUrlCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { Agent } from 'node:http';

const requestHandler = new NodeHttpHandler({ httpAgent: new Agent({ keepAlive: true, maxSockets: 256 }) });
const dynamoDb = new DynamoDBClient({ requestHandler });
const sqs = new SQSClient({ requestHandler, useQueueUrlAsEndpoint: false });
const TableName = 'notifications';
const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'notifications' }));

const due = now => ({ dueShard: { S: `due-${now % 8}` }, dueAt: { N: `${now + 60_000}` } });

export const accept = ({ id, url, payload, now }) => Promise.all([
  put({ pk: { S: id }, sk: { S: 'request' }, url: { S: url }, payload: { S: payload } }),
  put({
    pk: { S: id }, sk: { S: 'state' }, state: { S: 'PENDING' }, version: { N: '1' }, attempts: { L: [] },
    createdShard: { S: 'alice' }, createdAt: { N: `${now}` }, ...due(now),
  }),
]);

const put = Item => dynamoDb.send(new PutItemCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }));

export const send = id => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: id }));

// The worker may have claimed it before: then there is nothing to note.
export const queued = id => unlessRefused(update(id, 'SET #s = :queued, version = :two', '#s = :pending', { ':queued': 'QUEUED', ':pending': 'PENDING' }, { ':two': { N: '2' } }));

export const claim = async (id, token) => {
  const answer = await unlessRefused(update(
    id, 'SET #s = :processing, lease = :token, dueAt = :dueAt', '#s IN (:pending, :queued)',
    { ':processing': 'PROCESSING', ':pending': 'PENDING', ':queued': 'QUEUED', ':token': token }, { ':dueAt': { N: `${Date.now() + 35_000}` } }));
  return answer?.Attributes;
};

export const request = async id => (await dynamoDb.send(new GetItemCommand({ TableName, Key: { pk: { S: id }, sk: { S: 'request' } } }))).Item;

// Final states leave the index of what is due; a retry stays in it.
export const finish = (id, token, state, attempts) => update(
  id, 'SET #s = :state, attempts = :attempts REMOVE dueShard, dueAt, lease', '#s = :processing AND lease = :token',
  { ':state': state, ':processing': 'PROCESSING', ':token': token }, { ':attempts': { L: attempts } });

export const retry = (id, token, attempts) => update(
  id, 'SET #s = :queued, attempts = :attempts REMOVE lease', '#s = :processing AND lease = :token',
  { ':queued': 'QUEUED', ':processing': 'PROCESSING', ':token': token }, { ':attempts': { L: attempts } });

export const receive = async MaxNumberOfMessages =>
  (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages, WaitTimeSeconds: 20 }))).Messages ?? [];

export const remove = ReceiptHandle => sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));

const update = (id, UpdateExpression, ConditionExpression, texts, others) => dynamoDb.send(new UpdateItemCommand({
  TableName, Key: { pk: { S: id }, sk: { S: 'state' } }, UpdateExpression, ConditionExpression, ReturnValues: 'ALL_NEW',
  ExpressionAttributeNames: { '#s': 'state' },
  ExpressionAttributeValues: { ...Object.fromEntries(Object.entries(texts).map(([name, S]) => [name, { S }])), ...others },
}));

const unlessRefused = call => call.catch(error => {
  if (error.name !== 'ConditionalCheckFailedException') throw error;
});
