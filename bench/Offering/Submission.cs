using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waybill.Bench.Offering;

/// <summary>The body that each request to intake has; only where it goes differs.</summary>
internal sealed class Submission(int payloadBytes, IReadOnlyList<int>? retrySchedule)
{
    private static readonly JsonSerializerOptions WithoutNulls = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly byte[] _rest = JsonSerializer.SerializeToUtf8Bytes(new { payload = Payload(payloadBytes), retrySchedule }, WithoutNulls);

    public HttpContent To(Uri url) => After($$"""{"url":"{{url}}",""");

    /// <summary>The same payload as an event, for whoever takes its type.</summary>
    public HttpContent OfEvent(string type, string tenant) => After($$"""{"type":"{{type}}","tenant":"{{tenant}}",""");

    /// <param name="beginning">With its opening brace; the serialized object without its own follows.</param>
    private HttpContent After(string beginning)
    {
        var start = Encoding.UTF8.GetBytes(beginning);
        var body = new byte[start.Length + _rest.Length - 1];
        start.CopyTo(body, 0);
        _rest.AsSpan(1).CopyTo(body.AsSpan(start.Length));

        return new ByteArrayContent(body) { Headers = { { "Content-Type", "application/json" } } };
    }

    /// <summary>Different numbers: compression halves it, which is less than it gains on most events, so that costs are not made to look small.</summary>
    private static object Payload(int bytes)
    {
        const int Overhead = 14;
        var text = new StringBuilder();
        var random = new Random(bytes);

        while (text.Length < bytes - Overhead)
        {
            text.Append(random.Next(100_000)).Append(' ');
        }

        return new { filler = text.ToString(0, Math.Max(1, bytes - Overhead)) };
    }
}
