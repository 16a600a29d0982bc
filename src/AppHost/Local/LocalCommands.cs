using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Waybill.AppHost.Local;

/// <summary>What a person can do at a resource in the dashboard, beside start and stop.</summary>
internal static class LocalCommands
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    public static void WithSendCommand(
        this IResourceBuilder<ProjectResource> intake,
        IResourceBuilder<ProjectResource> receiver,
        IResourceBuilder<ParameterResource> apiKey) =>
        intake.WithCommand(
            "send",
            "Send a test notification",
            async context =>
            {
                var key = await apiKey.Resource.GetValueAsync(context.CancellationToken) ?? "";
                var delivery = new FirstDelivery(intake.GetEndpoint("http").Url, receiver.GetEndpoint("http").Url, key);

                return CommandResults.Success(await delivery.MakeAsync(context.CancellationToken));
            },
            new CommandOptions { Description = "Delivers one to the sample receiver.", IconName = "Send", IsHighlighted = true });

    public static void WithRedeliverCommand(this IResourceBuilder<ProjectResource> intake, IResourceBuilder<ParameterResource> apiKey) =>
        intake.WithHttpCommand(
            "/v1/redeliveries",
            "Redeliver what failed in the last hour",
            endpointName: "http",
            commandName: "redeliver",
            new HttpCommandOptions
            {
                IconName = "ArrowRepeatAll",
                ConfirmationMessage = "Deliver all notifications once more that failed in the last hour?",
                ResultMode = HttpCommandResultMode.Json,
                PrepareRequest = async context =>
                {
                    var key = await apiKey.Resource.GetValueAsync(context.CancellationToken);
                    var now = DateTimeOffset.UtcNow;
                    context.Request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
                    context.Request.Content = JsonContent.Create(new { from = now - Window, to = now, status = "FAILED" });
                },
            });
}
