using System.Buffers;
using System.Text.Json;
using Waybill.LightBackend.DynamoDb;
using Waybill.LightBackend.Sqs;

namespace Waybill.LightBackend;

/// <summary>
/// Answers in AWS's JSON 1.0 protocol what Waybill's clients ask of DynamoDB and SQS; the header <c>X-Amz-Target</c> says which operation.
/// Signatures are not looked at. For benchmarks alone: nothing is stored, and what the services do not use is an error.
/// </summary>
internal sealed class AwsEndpoint(TimeSpan latency)
{
    private const string ContentType = "application/x-amz-json-1.0";

    private readonly DynamoDbOperations _dynamoDb = new(new Table());
    private readonly SqsOperations _sqs = new(new QueueDirectory());

    public async Task AnswerAsync(HttpContext context)
    {
        var target = context.Request.Headers["X-Amz-Target"].ToString();

        if (target.Length == 0)
        {
            // A look whether it serves.
            return;
        }

        if (latency > TimeSpan.Zero)
        {
            await Task.Delay(latency, context.RequestAborted);
        }

        using var request = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var answer = new ArrayBufferWriter<byte>();
        context.Response.ContentType = ContentType;

        try
        {
            await WriteAsync(target, request.RootElement, answer, context);
        }
        catch (AwsError error)
        {
            answer.Clear();
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            error.Write(answer);
        }

        context.Response.ContentLength = answer.WrittenCount;
        await context.Response.Body.WriteAsync(answer.WrittenMemory);
    }

    private async Task WriteAsync(string target, JsonElement request, ArrayBufferWriter<byte> answer, HttpContext context)
    {
        var operation = target[(target.IndexOf('.', StringComparison.Ordinal) + 1)..];
        await using var json = new Utf8JsonWriter(answer);

        json.WriteStartObject();

        if (target.StartsWith("DynamoDB", StringComparison.Ordinal))
        {
            _dynamoDb.Answer(operation, request, json);
        }
        else
        {
            var origin = $"http://{context.Request.Host}";
            await _sqs.AnswerAsync(operation, request, json, origin, context.RequestAborted);
        }

        json.WriteEndObject();
    }
}
