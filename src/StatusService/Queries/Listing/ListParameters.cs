using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Waybill.Notifications.Records;
using Waybill.StatusService.Queries.Export;

namespace Waybill.StatusService.Queries.Listing;

/// <summary>The names of a list's parameters, and what <c>/openapi/v1.json</c> says of them; <see cref="ListQueryReader"/> reads them.</summary>
internal static class ListParameters
{
    public const string From = "from";
    public const string To = "to";
    public const string Status = "status";
    public const string Final = "final";
    public const string Category = "category";
    public const string Host = "host";
    public const string CorrelationId = "correlationId";
    public const string Owner = "owner";
    public const string Tenant = "tenant";
    public const string Endpoint = "endpoint";
    public const string EventType = "eventType";
    public const string Format = "format";
    public const string Limit = "limit";
    public const string Cursor = "cursor";

    /// <summary>Of a list.</summary>
    public static IReadOnlyList<string> Names { get; } = [From, To, Status, Final, Category, Host, CorrelationId, Owner, Tenant, Endpoint, EventType, Limit, Cursor];

    /// <summary>Of an export.</summary>
    public static IReadOnlyList<string> ExportNames { get; } = [From, To, Status, Final, Category, Host, CorrelationId, Owner, Tenant, Endpoint, EventType, Format];

    public static RouteHandlerBuilder WithListParameters(this RouteHandlerBuilder endpoint) => endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        operation.Parameters =
        [
            .. Window(ListQueryReader.LongestWindow, $"; {ListQueryReader.LongestChosenWindow.Days} days of failures, and of any length with a correlationId, whose default is all times"),
            .. Filters(),
            Parameter(Limit, Number(), "Items in one page."),
            Parameter(Cursor, Text(), "From the answer before, given with the same filters; 'from' and 'to' are those of the first request."),
        ];

        return Task.CompletedTask;
    });

    public static RouteHandlerBuilder WithExportParameters(this RouteHandlerBuilder endpoint) => endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        operation.Parameters =
        [
            .. Window(ListQueryReader.LongestChosenWindow),
            .. Filters(),
            Parameter(Format, Spelling([.. ExportFormat.All.Select(format => format.Name)]), $"Default: {ExportFormat.All[0].Name}."),
        ];

        return Task.CompletedTask;
    });

    /// <summary>For what takes a window of time and nothing else.</summary>
    public static void WithWindowParameters(this RouteHandlerBuilder endpoint, TimeSpan longest) => endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        operation.Parameters = [.. Window(longest)];
        return Task.CompletedTask;
    });

    private static OpenApiParameter[] Filters() =>
    [
        Parameter(Status, Spelling(Vocabulary.Texts<NotificationStatus>()), "In this status."),
        Parameter(Final, new OpenApiSchema { Type = JsonSchemaType.Boolean }, "True: only what will not change any more. False: only what is open, which also is FAILED while it waits for its next attempt."),
        Parameter(Category, Spelling(Vocabulary.Texts<DeliveryCategory>()), "With this category of its last result."),
        Parameter(Host, Text(), "With a URL of this host, with its port or without. Any spelling of the host: an international name in Unicode or Punycode, upper or lower case."),
        Parameter(CorrelationId, Text(), "With this correlationId."),
        Parameter(Owner, Text(), "Posted by this owner. A client may name itself only, and gets its own without it, too."),
        Parameter(Tenant, Text(), "Of events of this tenant."),
        Parameter(Endpoint, Text(), "Of events, for this endpoint."),
        Parameter(EventType, Text(), "Of events of this type, exactly."),
    ];

    private static OpenApiParameter[] Window(TimeSpan longest, string more = "") =>
    [
        Parameter(From, Time(), $"Created at this time or later. Default: a day before 'to'; at most {longest.Days} days before it{more}."),
        Parameter(To, Time(), "Created before this time. Default: now."),
    ];

    private static OpenApiParameter Parameter(string name, OpenApiSchema schema, string description) =>
        new() { Name = name, In = ParameterLocation.Query, Schema = schema, Description = description };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static OpenApiSchema Time() => new() { Type = JsonSchemaType.String, Format = "date-time" };

    private static OpenApiSchema Spelling(IEnumerable<string> texts) => new()
    {
        Type = JsonSchemaType.String,
        Enum = [.. texts.Select(text => JsonValue.Create(text))],
    };

    private static OpenApiSchema Number() => new()
    {
        Type = JsonSchemaType.Integer,
        Minimum = "1",
        Maximum = ListQueryReader.MaxLimit.ToString(CultureInfo.InvariantCulture),
        Default = JsonValue.Create(ListQueryReader.DefaultLimit),
    };
}
