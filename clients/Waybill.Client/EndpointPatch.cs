using System.Text.Json.Nodes;

namespace Waybill.Client;

/// <summary>
/// What is to change about an endpoint (a JSON merge patch, RFC 7396): what is null stays as it is. What goes back to its default is named in
/// <see cref="Reset"/>, as null cannot mean both.
/// </summary>
public sealed record EndpointPatch
{
    /// <summary>Used from the next attempt on, also for what waits already.</summary>
    public string? Url { get; init; }

    public string? Description { get; init; }

    /// <summary>All of them: they take the place of those that there are, for events that come from now on.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>All of them: they take the place of those that there are.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>1–30 seconds for one whole attempt.</summary>
    public int? TimeoutSeconds { get; init; }

    /// <summary>Seconds between attempts; empty for a single attempt.</summary>
    public IReadOnlyList<int>? RetrySchedule { get; init; }

    /// <summary>1–1,000 calls a second, at most, over all workers.</summary>
    public int? MaxPerSecond { get; init; }

    /// <summary>What goes back to its default; none of it may be given a value, too.</summary>
    public EndpointDefaults Reset { get; init; }

    /// <exception cref="ArgumentException">A field is both given and reset.</exception>
    internal JsonObject ToJson()
    {
        var patch = new JsonObject();

        Put("url", Url is null ? null : JsonValue.Create(Url), EndpointDefaults.None);
        Put("description", Description is null ? null : JsonValue.Create(Description), EndpointDefaults.Description);
        Put("types", Types is null ? null : Array(Types.Select(type => JsonValue.Create(type))), EndpointDefaults.None);
        Put("headers", Headers is null ? null : Object(Headers), EndpointDefaults.Headers);
        Put("timeoutSeconds", TimeoutSeconds is { } seconds ? JsonValue.Create(seconds) : null, EndpointDefaults.TimeoutSeconds);
        Put("retrySchedule", RetrySchedule is null ? null : Array(RetrySchedule.Select(pause => JsonValue.Create(pause))), EndpointDefaults.RetrySchedule);
        Put("maxPerSecond", MaxPerSecond is { } most ? JsonValue.Create(most) : null, EndpointDefaults.MaxPerSecond);

        return patch;

        void Put(string name, JsonNode? value, EndpointDefaults reset)
        {
            var isReset = (Reset & reset) != EndpointDefaults.None;

            if (isReset && value is not null)
            {
                throw new ArgumentException($"{name} is given a value and reset.");
            }

            if (isReset || value is not null)
            {
                patch[name] = value;
            }
        }
    }

    private static JsonArray Array(IEnumerable<JsonValue?> values) => new([.. values]);

    private static JsonObject Object(IReadOnlyDictionary<string, string> texts) =>
        new(texts.Select(one => KeyValuePair.Create<string, JsonNode?>(one.Key, JsonValue.Create(one.Value))));
}

/// <summary>Fields of an endpoint that have a default.</summary>
[Flags]
public enum EndpointDefaults
{
    None = 0,

    /// <summary>None.</summary>
    Description = 1,

    /// <summary>None.</summary>
    Headers = 2,

    /// <summary>15.</summary>
    TimeoutSeconds = 4,

    /// <summary>Ten attempts over about 31 hours.</summary>
    RetrySchedule = 8,

    /// <summary>As many as it takes.</summary>
    MaxPerSecond = 16,
}
