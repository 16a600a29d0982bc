using System.Text.Json.Serialization;
using Waybill.IntakeService.Submissions.Batches;
using Waybill.IntakeService.Submissions.Bodies;
using Waybill.Notifications.Json;

namespace Waybill.IntakeService.Submissions;

public static class SubmissionExtensions
{
    /// <summary>Adds what <c>POST /v1/notifications</c> and its batch need, and their description at <c>/openapi/v1.json</c>.</summary>
    public static void AddSubmissions(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<SubmissionOptions>()
            .BindConfiguration(SubmissionOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();

        builder.Services.AddOptions<StatusLinkOptions>()
            .BindConfiguration(StatusLinkOptions.SectionName)
            .ValidateDataAnnotations()
            .Validate(options => options.PublicUrl is null || options.IsHttp, "StatusService:PublicUrl must be an absolute http or https URL.")
            .ValidateOnStart();

        builder.Services.AddSingleton<Submitter>();
        builder.Services.AddSingleton<BatchSubmitter>();
        builder.Services.AddSingleton<SubmissionResults>();
        builder.Services.AddSingleton<BodyMemory>();
        builder.Services.AddInFlightLimit();
        builder.AddSubmissionDescription();

        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new Rfc3339Converter());
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
    }
}
