using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Waybill.Notifications.StatusApi;
using Waybill.Notifications.StatusApi.Batching;
using Waybill.Notifications.StatusApi.Redeliveries;

namespace Waybill.Simulation.Processes;

/// <summary>A request to the internal API, off the wire: one call, or a request of its own: a read, or one about a job.</summary>
/// <param name="Content">As it was sent; null for none.</param>
/// <param name="Call">What that says; null for one that is no call.</param>
internal sealed record StatusRequest(string Method, string Path, string Query, byte[]? Content, BatchedCall? Call)
{
    private const int IdSegment = 3;

    private readonly string[] _segments = Path.Split('/');

    /// <summary>Null for requests about no single notification.</summary>
    public string? NotificationId => Call?.Id ?? (IsAboutAJob ? null : Id);

    /// <summary>The one in the path.</summary>
    public string? Id => _segments.Length > IdSegment ? _segments[IdSegment] : null;

    private bool IsAboutAJob => Path.StartsWith(RedeliveryRoutes.All, StringComparison.Ordinal);

    public string Transition => Call?.Transition ?? $"{Method} {_segments[2]}";

    /// <summary>What the request knows of the record it acts on; null where it needs to know nothing.</summary>
    public string? Fence => Transition switch
    {
        StatusClient.Result or StatusClient.Release => Field("leaseToken"),
        StatusClient.RollBack => Field("version"),
        StatusClient.Dispatch => Field("dueAt"),
        _ => null,
    };

    /// <summary>The category of the result that it reports, as it is spelled there.</summary>
    public string? Word => Transition == StatusClient.Result ? (string?)JsonNode.Parse(Call!.Body.Span)!["result"]!["category"] : null;

    /// <summary>The path as the endpoint declares it.</summary>
    public string Template => _segments.Length <= IdSegment ? Path : string.Join('/', _segments.Select((segment, index) => index == IdSegment ? "{id}" : segment));

    public static StatusRequest Of(HttpRequestMessage message)
    {
        var uri = message.RequestUri!;
        var request = new StatusRequest(message.Method.Method, uri.AbsolutePath, uri.Query, null, null);
        return message.Content is null ? request : request.With(Read(message.Content));
    }

    /// <summary>The same with another call in it.</summary>
    public StatusRequest With(byte[] content) => this with
    {
        Content = content,
        Call = Path == StatusRoutes.Prefix + StatusRoutes.Batch ? BatchFormat.ReadCall(content.AsMemory().TrimEnd((byte)'\n')) : null,
    };

    private static byte[] Read(HttpContent content)
    {
        using var body = new MemoryStream();
        content.CopyTo(body, null, CancellationToken.None);
        return body.ToArray();
    }

    private string? Field(string name)
    {
        var reader = new Utf8JsonReader(Call!.Body.Span);

        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals(name))
            {
                reader.Read();
                return Encoding.UTF8.GetString(reader.ValueSpan);
            }
        }

        return null;
    }
}
