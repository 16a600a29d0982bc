using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Waybill.Notifications.Records;

namespace Waybill.StatusService.Queries.Listing;

/// <summary>The names of a list's parameters, and what <c>/openapi/v1.json</c> says of them; <see cref="ListQueryReader"/> reads them.</summary>
internal static class ListParameters
{
    public const string From = "from";
    public const string To = "to";
    public const string Status = "status";
    public const string Host = "host";
    public const string CorrelationId = "correlationId";
    public const string Limit = "limit";
    public const string Cursor = "cursor";

    public static IReadOnlyList<string> Names { get; } = [From, To, Status, Host, CorrelationId, Limit, Cursor];

    public static RouteHandlerBuilder WithListParameters(this RouteHandlerBuilder endpoint) => endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        operation.Parameters =
        [
            .. Window(ListQueryReader.LongestWindow),
            Parameter(Status, Spelling(), "In this status."),
            Parameter(Host, Text(), "With a URL of this host, with its port or without. Any spelling of the host: an international name in Unicode or Punycode, upper or lower case."),
            Parameter(CorrelationId, Text(), "With this correlationId."),
            Parameter(Limit, Number(), "Items in one page."),
            Parameter(Cursor, Text(), "From the answer before, given with the same filters; 'from' and 'to' are those of the first request."),
        ];

        return Task.CompletedTask;
    });

    /// <summary>For what takes a window of time and nothing else.</summary>
    public static void WithWindowParameters(this RouteHandlerBuilder endpoint, TimeSpan longest) => endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        operation.Parameters = [.. Window(longest)];
        return Task.CompletedTask;
    });

    private static OpenApiParameter[] Window(TimeSpan longest) =>
    [
        Parameter(From, Time(), $"Created at this time or later. Default: a day before 'to'; at most {longest.Days} days before it."),
        Parameter(To, Time(), "Created before this time. Default: now."),
    ];

    private static OpenApiParameter Parameter(string name, OpenApiSchema schema, string description) =>
        new() { Name = name, In = ParameterLocation.Query, Schema = schema, Description = description };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static OpenApiSchema Time() => new() { Type = JsonSchemaType.String, Format = "date-time" };

    private static OpenApiSchema Spelling() => new()
    {
        Type = JsonSchemaType.String,
        Enum = [.. Vocabulary.Texts<NotificationStatus>().Select(text => JsonValue.Create(text))],
    };

    private static OpenApiSchema Number() => new()
    {
        Type = JsonSchemaType.Integer,
        Minimum = "1",
        Maximum = ListQueryReader.MaxLimit.ToString(CultureInfo.InvariantCulture),
        Default = JsonValue.Create(ListQueryReader.DefaultLimit),
    };
}
