using System.Net.Mime;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.Signing;

namespace Waybill.IntakeService.Events;

/// <summary>
/// What <c>/openapi/v1.json</c> says of the calls that receivers get, deliveries and callbacks, and of what their answers mean; <c>docs/delivery.md</c> and
/// <c>docs/callbacks.md</c> have all of it.
/// </summary>
internal static class WebhookDescription
{
    private const string Name = "delivery";

    /// <summary>Of the operation, and of the operations that lead to it.</summary>
    private const string Tag = "Events";

    private static readonly (string Status, string Means)[] Answers =
    [
        ("2XX", "It is delivered. The body is not looked at."),
        ("3XX", "No redirect is followed: it has failed for good."),
        ("408", "It is called again, by the schedule."),
        ("410", "It is gone, and has failed for good."),
        ("425", "It is called again, by the schedule."),
        ("429", "It is called again, by the schedule, and not before Retry-After has passed."),
        ("4XX", "It has failed for good."),
        ("5XX", "It is called again, by the schedule, and not before Retry-After has passed."),
    ];

    public static async Task Add(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Webhooks = new Dictionary<string, IOpenApiPathItem> { [Name] = Item(Delivery(document)) };

        foreach (var callback in CallbackDescription.All)
        {
            document.Webhooks[callback.Type] = Item(Callback(document, callback, await context.GetOrCreateSchemaAsync(callback.Body, cancellationToken: cancellationToken)));
        }
    }

    private static OpenApiPathItem Item(OpenApiOperation call) => new() { Operations = new Dictionary<HttpMethod, OpenApiOperation> { [HttpMethod.Post] = call } };

    private static OpenApiOperation Delivery(OpenApiDocument document)
    {
        var call = Call(document);
        call.OperationId = "Delivery";
        call.Summary = "Delivers an event to an endpoint, signed with its secret (Standard Webhooks).";
        call.Description = "A notification that is posted to a URL comes likewise, with the method that it was given; its webhook-id is the notification's id. "
            + "The same may come more than once: whoever gets it deduplicates by webhook-id. Headers of the endpoint are sent, too.";
        call.RequestBody = new OpenApiRequestBody
        {
            Description = "The payload as it was posted, byte for byte, with its content type.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [MediaTypeNames.Application.Json] = new() { Schema = new OpenApiSchema(), Example = JsonNode.Parse("""{ "order": 4711, "state": "paid" }""") },
                ["*/*"] = new() { Schema = new OpenApiSchema() },
            },
        };

        return call;
    }

    private static OpenApiOperation Callback(OpenApiDocument document, CallbackDescription callback, OpenApiSchema body)
    {
        var call = Call(document);
        call.OperationId = callback.OperationId;
        call.Summary = callback.Summary;
        call.Description = $"A delivery of an event of the tenant {Tenants.Reserved} to an endpoint that takes {callback.Type}. Later releases may add fields.";
        call.RequestBody = new OpenApiRequestBody
        {
            Content = new Dictionary<string, OpenApiMediaType> { [MediaTypeNames.Application.Json] = new() { Schema = body, Example = JsonNode.Parse(callback.Example) } },
        };

        return call;
    }

    /// <summary>What all have in common.</summary>
    private static OpenApiOperation Call(OpenApiDocument document) => new()
    {
        Tags = new HashSet<OpenApiTagReference> { new(Tag, document) },
        Security = [],
        Parameters =
        [
            Header(WebhookHeaders.Id, "The event's id: the same for each endpoint and attempt.", "evt_01m7x9p2bd2cyevzwenvjnwmfr"),
            Header(WebhookHeaders.Timestamp, "When the attempt was made, in seconds since 1970.", "1763669826"),
            Header(
                WebhookHeaders.Signature,
                "Of id, timestamp and body: 'v1,' and Base64 for each valid secret, joined by spaces. Absent only where a notification is posted to a URL by an owner without secrets.",
                "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
                required: false),
            Header("traceparent", "Of the attempt (W3C Trace Context), only where Waybill is set up to send it.", "00-a267bc38adcb09ed72ecbd6855663663-b7ad6b7169203331-01", required: false),
        ],
        Responses = Responses(),
    };

    private static OpenApiParameter Header(string name, string description, string example, bool required = true) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = required,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = JsonValue.Create(example),
    };

    private static OpenApiResponses Responses()
    {
        var responses = new OpenApiResponses();

        foreach (var (status, means) in Answers)
        {
            responses[status] = Answer(means);
        }

        return responses;
    }

    private static OpenApiResponse Answer(string means)
    {
        var response = new OpenApiResponse { Description = means };

        if (means.Contains("Retry-After", StringComparison.Ordinal))
        {
            response.Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Retry-After"] = new OpenApiHeader
                {
                    Description = "Seconds, or an HTTP date; honoured up to 24 hours.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                },
            };
        }

        return response;
    }
}
