using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Waybill.Notifications.StatusApi;

namespace Waybill.Simulation.Processes;

/// <summary>A request to the internal API, off the wire.</summary>
internal sealed record StatusRequest(string Method, string Path, string Query, byte[]? Body)
{
    private const int IdSegment = 3;
    private const int TransitionSegment = 4;

    private readonly string[] _segments = Path.Split('/');

    /// <summary>Null for requests about no single notification, and for Accept, whose id is in the body.</summary>
    public string? NotificationId => _segments.Length > IdSegment ? _segments[IdSegment] : Field("id");

    public string Transition => _segments.Length > TransitionSegment ? _segments[TransitionSegment] : $"{Method} {_segments[2]}";

    /// <summary>What the request knows of the record it acts on; null where it needs to know nothing.</summary>
    public string? Fence => Transition switch
    {
        StatusRoutes.Result or StatusRoutes.Release => Field("leaseToken"),
        StatusRoutes.RollBack => Field("version"),
        StatusRoutes.Redispatch or StatusRoutes.Abandon => Field("dueAt"),
        _ => null,
    };

    /// <summary>The category of the result that it reports, as it is spelled there.</summary>
    public string? Word => Transition == StatusRoutes.Result ? (string?)JsonNode.Parse(Body!)!["result"]!["category"] : null;

    /// <summary>The path as the endpoint declares it.</summary>
    public string Template
    {
        get
        {
            if (_segments.Length <= IdSegment)
            {
                return Path;
            }

            return _segments.Length == IdSegment + 1
                ? $"/{_segments[1]}/{_segments[2]}/{{id}}"
                : $"/{_segments[1]}/{_segments[2]}/{{id}}/{_segments[TransitionSegment]}";
        }
    }

    public static StatusRequest Of(HttpRequestMessage message)
    {
        var uri = message.RequestUri!;
        return new StatusRequest(message.Method.Method, uri.AbsolutePath, uri.Query, message.Content is null ? null : Read(message.Content));
    }

    private static byte[] Read(HttpContent content)
    {
        using var body = new MemoryStream();
        content.CopyTo(body, null, CancellationToken.None);
        return body.ToArray();
    }

    private string? Field(string name)
    {
        if (Body is null)
        {
            return null;
        }

        var reader = new Utf8JsonReader(Body);

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
