using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Waybill.Notifications.Records;

namespace Waybill.AppHost.Local;

/// <summary>Once everything is healthy: delivers a first notification, and prints where each thing is.</summary>
internal sealed class StartupReport(WaybillResources waybill, DataFolder data, IConfiguration configuration, ResourceNotificationService notifications)
    : BackgroundService
{
    private readonly long _started = Stopwatch.GetTimestamp();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var resource in waybill.All)
        {
            await notifications.WaitForResourceHealthyAsync(resource.Resource.Name, stoppingToken);
        }

        // Signature included: that URL refuses what is not signed.
        var client = await waybill.ClientAsync(stoppingToken);
        var first = await TestDelivery.MakeAsync(client, $"{waybill.ReceiverUrl}/ok?verify=1", stoppingToken);

        Console.WriteLine(Text(await waybill.ApiKeyAsync(stoppingToken), Sentence(first)));
    }

    private static string Sentence(TestOutcome first) => first switch
    {
        { Record: { } record } => $"A first notification, {first.Id}, ended {record.Status.Text()}.",
        { Id: { } id } => $"But the first notification, {id}, {first.Trouble}.",
        _ => $"But the first notification {first.Trouble}.",
    };

    private string Text(string key, string outcome) =>
        $$"""

        Waybill is ready after {{Stopwatch.GetElapsedTime(_started).TotalSeconds:0.0}} s. {{outcome}}

          Intake API     {{IntakeUrl}}/v1/notifications
          Status API     {{StatusUrl}}/v1/notifications/{id}
          Operator page  {{StatusUrl}}/
          Receiver       {{waybill.ReceiverUrl}}
          Dashboard      {{configuration["ASPNETCORE_URLS"]}}
          API key        {{key}}
          Data           {{data.Path}}

        Send one, and follow its statusUrl:

          curl -s {{IntakeUrl}}/v1/notifications -H 'Authorization: Bearer {{key}}' \
               -H 'Content-Type: application/json' -d '{{Example}}'

        Ctrl+C ends everything.

        """;

    private string IntakeUrl => WaybillResources.Url(waybill.Intake);

    private string StatusUrl => WaybillResources.Url(waybill.Status);

    private string Example => $$$"""{"url":"{{{waybill.ReceiverUrl}}}/ok","payload":{"hello":"world"}}""";
}

internal static class StartupReportExtensions
{
    public static void AddStartupReport(this IDistributedApplicationBuilder builder, WaybillResources waybill, DataFolder data)
    {
        builder.Services.AddSingleton(waybill);
        builder.Services.AddSingleton(data);
        builder.Services.AddHostedService<StartupReport>();
    }
}
