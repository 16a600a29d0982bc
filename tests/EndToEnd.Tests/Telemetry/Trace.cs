namespace Waybill.EndToEnd.Tests.Telemetry;

/// <summary>The spans of one trace, as far as they have arrived.</summary>
internal sealed record Trace(IReadOnlyList<Span> Spans)
{
    private const string TransitionTag = "waybill.transition";

    public static Trace Of(string traceId, IEnumerable<Span> spans) => new([.. spans.Where(span => span.TraceId == traceId)]);

    /// <summary>Each of the transitions is there, and every span that was named as a parent.</summary>
    public bool IsComplete(string clientSpanId, IEnumerable<string> transitions)
    {
        var ids = Spans.Select(span => span.SpanId).Append(clientSpanId).ToHashSet();
        return transitions.All(name => Spans.Any(span => IsTransition(span, name))) && Spans.All(span => ids.Contains(span.ParentId));
    }

    public Span Single(string service, Func<Span, bool> matches) =>
        Assert.Single(Spans, span => span.Service == service && matches(span));

    /// <summary>The span in which it was asked for. Queue may have been refused, where the worker was faster.</summary>
    public Span TransitionOf(string name) => Single("status", span => IsTransition(span, name));

    /// <summary>The span's parent, that one's parent, and so on.</summary>
    public IEnumerable<Span> Above(Span span)
    {
        for (var above = Parent(span); above is not null; above = Parent(above))
        {
            yield return above;
        }
    }

    /// <summary>
    /// Service and name of each span below its parent, with what it is about; siblings by what is written of them and below them, as
    /// their order in time may vary. Calls to AWS are left out: a race may need one more to the table, and a first send asks about the queue.
    /// </summary>
    /// <param name="root">The id of the span above the first.</param>
    public string Tree(string root)
    {
        return string.Join('\n', Below(root));

        IEnumerable<string> Below(string parentId) => Spans
            .Where(span => span.ParentId == parentId && !IsCallToAws(span))
            .Select(span => string.Join('\n', Below(span.SpanId).Select(line => "  " + line.Replace("\n", "\n  ", StringComparison.Ordinal)).Prepend(Label(span))))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>A call to one of our own services has a span of that service below it.</summary>
    private bool IsCallToAws(Span span) =>
        span.Name.StartsWith("DynamoDB ", StringComparison.Ordinal)
        || (span.Name is "GET" or "POST" && Spans.All(other => other.ParentId != span.SpanId));

    private static string Label(Span span)
    {
        var attempt = span.Scope == "Waybill" && span.Tag("waybill.attempt.number") is { } number ? $" #{number} {span.Tag("waybill.delivery.category")}" : "";
        var transition = span.Tag(TransitionTag)?.Replace(" refused", "", StringComparison.Ordinal) is { } name ? $" [{name}]" : "";

        return $"{span.Service}: {span.Name}{attempt}{transition}";
    }

    public override string ToString() => string.Join(Environment.NewLine, Spans);

    private static bool IsTransition(Span span, string name) => span.Tag(TransitionTag) is { } tag && (tag == name || tag == $"{name} refused");

    private Span? Parent(Span span) => Spans.SingleOrDefault(candidate => candidate.SpanId == span.ParentId);
}
