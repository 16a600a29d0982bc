namespace Waybill.EndToEnd.Tests.Telemetry;

/// <param name="Service">The resource's service.name.</param>
/// <param name="ParentId">Empty for the root of a trace.</param>
/// <param name="Events">Their names.</param>
/// <param name="LinkedTraces">Ids of other traces that the span points to.</param>
public sealed record Span(
    string Service,
    string Scope,
    string TraceId,
    string SpanId,
    string ParentId,
    string Name,
    IReadOnlyDictionary<string, string> Tags,
    IReadOnlyList<string> Events,
    IReadOnlyList<string> LinkedTraces)
{
    public string? Tag(string name) => Tags.GetValueOrDefault(name);

    public override string ToString() => $"{Service}: {Name} {SpanId} of {ParentId} {string.Join(' ', Tags)}";
}

/// <param name="TraceId">Empty for a line that belongs to no trace.</param>
public sealed record LogLine(string Service, string Text, string TraceId, string SpanId, IReadOnlyDictionary<string, string> Properties);

/// <summary>One series of a metric.</summary>
public sealed record Measurement(string Service, string Name, IReadOnlyDictionary<string, string> Tags);
