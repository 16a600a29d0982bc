using Amazon.DynamoDBv2;
using Amazon.SQS;
using Waybill.LocalAws;

// Runs once at each local start, before the services: makes the table and the queues where they are missing.
// Endpoints, region and credentials come from the AWS SDK's usual configuration.
using var dynamoDb = new AmazonDynamoDBClient();
using var sqs = new AmazonSQSClient();

await new Provisioner(dynamoDb, sqs).ProvisionAsync();
Console.WriteLine("The table and the queues are there.");
