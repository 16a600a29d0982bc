namespace Waybill.IntakeService.Events;

internal static class EventsExtensions
{
    public static void AddEvents(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<EventSubmitter>();
        builder.Services.AddSingleton<EventBatchSubmitter>();
        builder.Services.AddSingleton<EventResults>();
        builder.Services.AddOpenApi(options => options.AddDocumentTransformer(WebhookDescription.Add));
    }
}
