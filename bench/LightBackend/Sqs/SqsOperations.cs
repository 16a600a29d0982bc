using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Waybill.LightBackend.Sqs;

/// <summary>The operations that MassTransit's transport, Provision and Waybill's look at the queue's depth use.</summary>
internal sealed class SqsOperations(QueueDirectory queues)
{
    private const string Account = "000000000000";

    public async Task AnswerAsync(string operation, JsonElement request, Utf8JsonWriter json, string origin, CancellationToken cancellationToken)
    {
        switch (operation)
        {
            case "CreateQueue":
                Url(json, origin, queues.Create(Text(request, "QueueName"), Attributes(request)));
                break;

            case "GetQueueUrl":
                Url(json, origin, queues.ByName(Text(request, "QueueName")));
                break;

            case "GetQueueAttributes":
                Describe(Queue(request), json);
                break;

            case "SendMessage":
                Send(Queue(request), request, json);
                break;

            case "SendMessageBatch":
                Each(request, json, entry => Send(Queue(request), entry, json));
                break;

            case "ReceiveMessage":
                await ReceiveAsync(request, json, cancellationToken);
                break;

            case "DeleteMessage":
                Queue(request).Delete(Text(request, "ReceiptHandle"));
                break;

            case "DeleteMessageBatch":
                Each(request, json, entry => Queue(request).Delete(Text(entry, "ReceiptHandle")));
                break;

            case "ChangeMessageVisibility":
                Queue(request).ChangeVisibility(Text(request, "ReceiptHandle"), request.GetProperty("VisibilityTimeout").GetInt32());
                break;

            default:
                throw new AwsError("com.amazonaws.sqs#UnsupportedOperation", $"{operation} is not supported.");
        }
    }

    private static void Send(LightQueue queue, JsonElement entry, Utf8JsonWriter json)
    {
        var body = Text(entry, "MessageBody");
        var attributes = entry.TryGetProperty("MessageAttributes", out var given) ? given.GetRawText() : null;
        var message = new QueueMessage(body, Md5(body), attributes);

        queue.Send(message);
        json.WriteString("MessageId", message.Id);
        json.WriteString("MD5OfMessageBody", message.Md5);
    }

    private async Task ReceiveAsync(JsonElement request, Utf8JsonWriter json, CancellationToken cancellationToken)
    {
        var messages = await Queue(request).ReceiveAsync(
            Number(request, "MaxNumberOfMessages") ?? 1,
            TimeSpan.FromSeconds(Number(request, "WaitTimeSeconds") ?? 0),
            Number(request, "VisibilityTimeout"),
            cancellationToken);

        json.WriteStartArray("Messages");

        foreach (var message in messages)
        {
            Write(json, message);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, QueueMessage message)
    {
        json.WriteStartObject();
        json.WriteString("MessageId", message.Id);
        json.WriteString("ReceiptHandle", message.Receipt);
        json.WriteString("MD5OfBody", message.Md5);
        json.WriteString("Body", message.Body);
        json.WriteStartObject("Attributes");
        json.WriteString("ApproximateReceiveCount", message.ReceiveCount.ToString(CultureInfo.InvariantCulture));
        json.WriteString("SentTimestamp", message.SentAt.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();

        if (message.Attributes is { } attributes)
        {
            json.WritePropertyName("MessageAttributes");
            json.WriteRawValue(attributes);
        }

        json.WriteEndObject();
    }

    private static void Describe(LightQueue queue, Utf8JsonWriter json)
    {
        json.WriteStartObject("Attributes");
        json.WriteString("QueueArn", $"arn:aws:sqs:us-east-1:{Account}:{queue.Name}");
        json.WriteString("ApproximateNumberOfMessages", queue.Visible.ToString(CultureInfo.InvariantCulture));
        json.WriteString("ApproximateNumberOfMessagesNotVisible", queue.InFlight.ToString(CultureInfo.InvariantCulture));
        json.WriteString("ApproximateNumberOfMessagesDelayed", "0");

        foreach (var (name, value) in queue.Attributes)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    /// <summary>Every entry of a batch succeeds.</summary>
    private static void Each(JsonElement request, Utf8JsonWriter json, Action<JsonElement> act)
    {
        json.WriteStartArray("Successful");

        foreach (var entry in request.GetProperty("Entries").EnumerateArray())
        {
            json.WriteStartObject();
            json.WriteString("Id", Text(entry, "Id"));
            act(entry);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Url(Utf8JsonWriter json, string origin, LightQueue queue) => json.WriteString("QueueUrl", $"{origin}/{Account}/{queue.Name}");

    private LightQueue Queue(JsonElement request) => queues.ByUrl(Text(request, "QueueUrl"));

    private static Dictionary<string, string> Attributes(JsonElement request) =>
        request.TryGetProperty("Attributes", out var attributes)
            ? attributes.EnumerateObject().ToDictionary(attribute => attribute.Name, attribute => attribute.Value.GetString()!)
            : [];

    private static string Text(JsonElement request, string name) => request.GetProperty(name).GetString()!;

    private static int? Number(JsonElement request, string name) => request.TryGetProperty(name, out var value) ? value.GetInt32() : null;

    /// <summary>The client compares it, as a checksum.</summary>
#pragma warning disable CA5351 // SQS's protocol names MD5; nothing is protected by it.
    private static string Md5(string body) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(body)));
#pragma warning restore CA5351
}
