using System.Net;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Waybill.StatusService.Store.Table;

/// <summary>An answer that is no success.</summary>
/// <param name="Code">The exception's name, such as ThrottlingException.</param>
/// <param name="Item">Of a refusal: the item that stood in the way, as JSON; empty where there is none.</param>
internal sealed record CallError(HttpStatusCode Status, string Code, string Message, string? RequestId, byte[] Item)
{
    /// <summary>By the clock of the one who answered; null where it does not say.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>Whether other credentials may be taken where these were not.</summary>
    public bool IsAboutCredentials => CallerErrors.OfCredentials.Contains(Code);

    public bool IsRefusal => Code == nameof(ConditionalCheckFailedException);

    public static CallError Read(HttpResponseMessage response, byte[] body)
    {
        var requestId = response.Headers.NonValidated.TryGetValues("x-amzn-RequestId", out var ids) ? ids.ToString() : null;

        try
        {
            return Read(response.StatusCode, body, requestId) with { Date = response.Headers.Date };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or none of DynamoDB's.
            return new CallError(response.StatusCode, "", $"{(int)response.StatusCode} {response.ReasonPhrase}", requestId, []);
        }
    }

    /// <summary>As the SDK has it for this error.</summary>
    public AmazonDynamoDBException ToException() => Code switch
    {
        nameof(ProvisionedThroughputExceededException) => new ProvisionedThroughputExceededException(Message, ErrorType.Unknown, Code, RequestId, Status),
        "RequestLimitExceeded" => new RequestLimitExceededException(Message, ErrorType.Unknown, Code, RequestId, Status),
        nameof(ResourceNotFoundException) => new ResourceNotFoundException(Message, ErrorType.Unknown, Code, RequestId, Status),
        _ => new AmazonDynamoDBException(Message, ErrorType.Unknown, Code, RequestId, Status),
    };

    private static CallError Read(HttpStatusCode status, ReadOnlySpan<byte> body, string? requestId)
    {
        var code = "";
        var message = "";
        byte[] item = [];
        var reader = new Utf8JsonReader(body);
        reader.Read();

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();

            switch (name)
            {
                case "__type":
                    code = reader.GetString()?.Split('#')[^1] ?? "";
                    break;

                case "message" or "Message":
                    message = reader.GetString() ?? "";
                    break;

                case "Item":
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    item = body[start..(int)reader.BytesConsumed].ToArray();
                    break;

                default:
                    reader.Skip();
                    break;
            }
        }

        return new CallError(status, code, message, requestId, item);
    }
}
