using System.Text.Json;
using Amazon.DynamoDBv2.Model;

namespace Waybill.LightBackend.DynamoDb;

/// <summary>The operations that the services use, with conditions, old items and consumed capacity, and those that make the table.</summary>
internal sealed class DynamoDbOperations
{
    public const string Validation = "com.amazon.coral.validate#ValidationException";

    private const string NotFound = "com.amazonaws.dynamodb.v20120810#" + nameof(ResourceNotFoundException);

    private readonly TableReads _reads;
    private readonly TableWrites _writes;
    private volatile bool _isMade;

    public DynamoDbOperations(Table table)
    {
        _reads = new TableReads(table);
        _writes = new TableWrites(table);
    }

    public void Answer(string operation, JsonElement request, Utf8JsonWriter json)
    {
        switch (operation)
        {
            case "GetItem":
                _reads.Get(request, json);
                break;

            case "BatchGetItem":
                _reads.BatchGet(request, json);
                break;

            case "Query":
                _reads.Query(request, json);
                break;

            case "PutItem":
                _writes.Put(request, json);
                break;

            case "UpdateItem":
                _writes.Update(request, json);
                break;

            case "BatchWriteItem":
                _writes.BatchPut(request, json);
                break;

            case "CreateTable":
                // Whatever it says: the indexes are those of the one definition.
                _isMade = true;
                break;

            case "UpdateTimeToLive":
                // Nothing lives that long here.
                break;

            case "DescribeTable":
                Describe(json);
                break;

            default:
                throw new AwsError("com.amazon.coral.service#UnknownOperationException", $"{operation} is not supported.");
        }
    }

    private void Describe(Utf8JsonWriter json)
    {
        if (!_isMade)
        {
            throw new AwsError(NotFound, "Requested resource not found");
        }

        json.WriteStartObject("Table");
        json.WriteString("TableStatus", "ACTIVE");
        json.WriteEndObject();
    }
}
