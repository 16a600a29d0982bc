using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Waybill.Hosting.Endpoints;
using Waybill.IntakeService.Endpoints;
using Waybill.IntakeService.Events;
using Waybill.IntakeService.Redeliveries;
using Waybill.IntakeService.Submissions.Batches;
using Waybill.IntakeService.Submissions.Fields;
using Waybill.Notifications.Endpoints;
using Waybill.Notifications.StatusApi.Redeliveries;

namespace Waybill.IntakeService.Submissions;

/// <summary>
/// What the generator cannot see of the bodies that are read by hand, so that a client that checks a body against the document comes to
/// intake's own judgement. A test drives both from one table.
/// </summary>
internal static class SubmissionSchema
{
    private const string VisibleAscii = "^[!-~]+$";

    /// <summary>Two tokens of HTTP, and parameters in ASCII.</summary>
    private const string MediaType = "^[!#$%&'+.^_`|~0-9A-Za-z-]+/[!#$%&'+.^_`|~0-9A-Za-z-]+( *;[ -~]*[!-~])?$";

    private static readonly string HeaderName = $"^[!#$%&'*+.^_`|~0-9A-Za-z-]{{1,{HeaderRules.MaxNameLength}}}$";

    private const string TypeSegments = @"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*";

    /// <summary>A tenant that events are posted to.</summary>
    private static readonly string Tenant = $@"^(?!(\.|\.\.|{Tenants.Reserved})$)[A-Za-z0-9._~-]+$";

    private static readonly Type[] Bodies =
    [
        typeof(SubmissionBody), typeof(BatchBody), typeof(RedeliveryBody), typeof(EndpointBody), typeof(EndpointPatchBody), typeof(RotateBody), typeof(PauseBody), typeof(TestBody),
        typeof(EventBody), typeof(EventBatchBody),
    ];

    private const string NoControls = @"^[^\u0000-\u001F\u007F-\u009F]*$";

    /// <summary>A scheme, an authority without '@', and no white space, control character, '\' or '#' in all of it.</summary>
    private const string Url = @"^[Hh][Tt][Tt][Pp][Ss]?://[^\s\u0000-\u001F\u007F-\u009F\\#@/?]+([/?][^\s\u0000-\u001F\u007F-\u009F\\#]*)?$";

    public static Task Complete(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (IsBody(context.JsonTypeInfo.Type) && context.JsonPropertyInfo is null)
        {
            schema.AdditionalPropertiesAllowed = false;

            if (context.JsonTypeInfo.Type == typeof(EndpointPatchBody))
            {
                schema.MinProperties = 1;
            }
        }

        if (context.JsonPropertyInfo is { } property && IsBody(property.DeclaringType))
        {
            Complete(schema, property.Name);
        }

        return Task.CompletedTask;
    }

    private static bool IsBody(Type type) => Array.Exists(Bodies, type.IsAssignableTo);

    private static void Complete(OpenApiSchema schema, string field)
    {
        switch (field)
        {
            case UrlField.Name:
                schema.Pattern = Url;
                schema.Type = JsonSchemaType.String;
                break;
            case MethodField.Name:
                OneOf(schema, MethodField.Methods);
                break;
            case HeadersField.Name:
                schema.MaxProperties = HeadersField.MaxCount;
                schema.AdditionalProperties = null;
                schema.AdditionalPropertiesAllowed = false;
                schema.PatternProperties = new Dictionary<string, IOpenApiSchema>
                {
                    [HeaderName] = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = HeaderRules.MaxValueLength, Pattern = @"^[\t -~]*$" },
                };
                break;
            case ContentTypeField.Name:
                schema.Pattern = MediaType;
                break;
            case CorrelationIdField.Name:
                schema.Pattern = NoControls;
                break;
            case IdempotencyKeyField.Name:
                schema.Pattern = VisibleAscii;
                break;
            case RetryScheduleField.Name when schema.Items is OpenApiSchema entry:
                entry.Minimum = "0";
                entry.Maximum = RetryScheduleField.Longest.ToString(CultureInfo.InvariantCulture);
                break;
            case EndpointFields.Description:
                schema.Pattern = NoControls;
                break;
            case EndpointFields.Types:
                schema.Type = JsonSchemaType.Array;
                schema.Items = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = EventTypes.MaxLength, Pattern = $@"^(\*|{TypeSegments}(\.\*)?)$" };
                break;
            case EventTypeField.Name:
                schema.Pattern = $"^{TypeSegments}$";
                break;
            case EventReader.TenantField:
                schema.Pattern = Tenant;
                break;
            case SecretRotation.Field:
            case DeliverAtField.Name:
                schema.Type = JsonSchemaType.String | JsonSchemaType.Null;
                break;
            case RedeliveryReader.Status:
                schema.Enum = [JsonValue.Create(RedeliveryReader.OnlyStatus)];
                break;
            case RedeliveryReader.Category:
                OneOf(schema, RedeliveryRules.Categories.Select(category => category.Text()));
                break;
        }
    }

    /// <summary>One of these, or null, which counts as left out.</summary>
    private static void OneOf(OpenApiSchema schema, IEnumerable<string> texts) =>
        schema.Enum = [.. texts.Select(text => JsonValue.Create(text)), JsonNullSentinel.JsonNull];
}
