using System.Globalization;

namespace Waybill.EndToEnd.Tests.Telemetry;

/// <summary>
/// Takes export requests apart. The numbers are the field numbers of opentelemetry-proto; all three requests are
/// built alike: resources, in them scopes, in them the items.
/// </summary>
internal static class OtlpReader
{
    private const int Resources = 1;
    private const int Resource = 1;
    private const int ResourceAttributes = 1;
    private const int Scopes = 2;
    private const int Scope = 1;
    private const int ScopeName = 1;
    private const int Items = 2;

    public static IEnumerable<Span> Spans(ProtobufMessage request) => Read(request, (service, scope, span) => new Span(
        service,
        scope,
        TraceId: span.Hex(1),
        SpanId: span.Hex(2),
        ParentId: span.Hex(4),
        Name: span.Text(5),
        Tags: Attributes(span, 9),
        Events: [.. span.Messages(11).Select(happened => happened.Text(2))],
        LinkedTraces: [.. span.Messages(13).Select(link => link.Hex(1))]));

    public static IEnumerable<LogLine> Logs(ProtobufMessage request) => Read(request, (service, _, line) => new LogLine(
        service,
        Text: Value(line.Message(5)),
        TraceId: line.Hex(9),
        SpanId: line.Hex(10),
        Properties: Attributes(line, 6)));

    public static IEnumerable<Measurement> Measurements(ProtobufMessage request) =>
        Read(request, (service, _, metric) => Series(metric).Select(tags => new Measurement(service, metric.Text(1), tags))).SelectMany(series => series);

    /// <summary>Gauges, sums and histograms; each keeps its points in field 1, and only a histogram's tags have another number.</summary>
    private static IEnumerable<IReadOnlyDictionary<string, string>> Series(ProtobufMessage metric)
    {
        var numbers = metric.Message(5).Messages(1).Concat(metric.Message(7).Messages(1)).Select(point => Attributes(point, 7));
        var histograms = metric.Message(9).Messages(1).Select(point => Attributes(point, 9));

        return numbers.Concat(histograms);
    }

    private static IEnumerable<T> Read<T>(ProtobufMessage request, Func<string, string, ProtobufMessage, T> item) =>
        from resource in request.Messages(Resources)
        let service = Attributes(resource.Message(Resource), ResourceAttributes).GetValueOrDefault("service.name", "")
        from scope in resource.Messages(Scopes)
        let name = scope.Message(Scope).Text(ScopeName)
        from found in scope.Messages(Items)
        select item(service, name, found);

    private static Dictionary<string, string> Attributes(ProtobufMessage message, int field)
    {
        var attributes = new Dictionary<string, string>();

        foreach (var attribute in message.Messages(field))
        {
            attributes[attribute.Text(1)] = Value(attribute.Message(2));
        }

        return attributes;
    }

    /// <summary>A value of whatever type, as text.</summary>
    private static string Value(ProtobufMessage value) => value switch
    {
        _ when value.Has(2) => value.Number(2) == 0 ? "false" : "true",
        _ when value.Has(3) => ((long)value.Number(3)).ToString(CultureInfo.InvariantCulture),
        _ when value.Has(4) => BitConverter.UInt64BitsToDouble(value.Number(4)).ToString(CultureInfo.InvariantCulture),
        _ => value.Text(1),
    };
}
